"""Gain of a bed that makes way for speech, computed from the level of the speech itself. Pure.

Since all the speech is known beforehand, the bed is down when a word begins, and does not hurry after it. It goes
down over `ATTACK`, stays down over short breaths, and comes up over `RELEASE`: slower than it went, so that nothing
pumps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

STEP = 441
"""Samples over which speech is there or not: 10 ms at 44.1 kHz."""

THRESHOLD = -50.0
"""dBFS of a step from which on somebody speaks: 24 dB below the level of speech in the mix (`voices.audio.mixing.MIX` of a
mono file), above the noise of any engine."""

DEPTH = 10.0
"""dB by which the bed is softer under speech than in the open."""

ATTACK = 15
"""Steps before a word in which the bed goes down."""

HOLD = 15
"""Steps after a word in which it stays down."""

RELEASE = 60
"""Steps in which it comes up again."""


def step_levels(sound: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    """Return the dBFS (mean square) of each whole step."""
    power = (sound[: len(sound) // STEP * STEP].reshape(-1, STEP).astype(np.float64) ** 2).mean(axis=1)
    return np.asarray(10 * np.log10(np.maximum(power, 1e-12)))


def plan_reductions(speech: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the dB to take from the bed in each step, by the speech's levels: 0 in the open, `DEPTH` under words."""
    steps = np.arange(len(speech))
    is_speech = speech > THRESHOLD
    far = 2 * (len(speech) + ATTACK + HOLD + RELEASE)
    since = steps - np.maximum.accumulate(np.where(is_speech, steps, -far))
    until = np.minimum.accumulate(np.where(is_speech, steps, far)[::-1])[::-1] - steps
    falling = 1 - until / ATTACK
    rising = 1 - (since - HOLD) / RELEASE
    return np.asarray(DEPTH * np.clip(np.maximum(falling, rising), 0, 1))


def gain_factors(taken: NDArray[np.float64], start: int, count: int) -> NDArray[np.float64]:
    """Return the bed's gain, sample by sample from sample `start` on, as a factor that moves without steps."""
    places = np.arange(start, start + count)
    centres = np.arange(len(taken)) * STEP + STEP / 2
    first, last = max(0, start // STEP - 1), (start + count) // STEP + 2
    taken_there = np.interp(places, centres[first:last], taken[first:last])
    return np.asarray(10 ** (-taken_there / 20))

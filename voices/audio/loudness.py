"""Meter of ITU-R BS.1770-4 integrated loudness, computed from spectra. Pure.

The programme's published figures are ffmpeg's, measured on the encoded file. This meter serves where one number
for hundreds of clips, or for a mix that is not encoded yet, is wanted at once; it agrees with ffmpeg's within a
tenth of a unit (`tests/voices/audio/test_loudness.py`).

Loudness is in LUFS with the dual-mono convention: a mono file plays on two speakers, which adds 3 LU.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FRAMES_A_SECOND = 10
"""Energy is kept in steps of 100 ms: a gating block is four of them, and overlaps the next by three (annex 1)."""

BLOCK = 4
OFFSET = -0.691 + 10 * math.log10(2)
"""dB: what BS.1770 adds so that a 997 Hz tone shows its level, and the second speaker."""

ABSOLUTE_GATE = -70.0
RELATIVE_GATE = -10.0
"""LU below the loudness of what passed the absolute gate: pauses do not count."""

SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
"""The two filters of BS.1770, annex 1, for 48 kHz: what a head does to sound, and what ears do not hear."""

FILTER_RATE = 48_000


def step_energies(sound: NDArray[np.floating[Any]], rate: int) -> NDArray[np.float64]:
    """Return the K-weighted mean square of each 100 ms of sound between −1 and 1; a rest at the end is left out.

    Sound that is shorter than 100 ms is one step.
    """
    size = min(rate // FRAMES_A_SECOND, len(sound))
    if not size:
        return np.zeros(0)
    frames = sound[: len(sound) // size * size].reshape(-1, size)
    power = np.abs(np.fft.rfft(frames)) ** 2
    # Parseval: all bins but the first and, for an even size, the last stand for two.
    power[:, 1 : (size + 1) // 2] *= 2
    weighted: NDArray[np.float64] = power @ _bin_weights(size, rate) / size**2
    return weighted


def integrated_loudness(steps: NDArray[np.float64]) -> float:
    """Return the gated loudness in LUFS of the energies of a programme or of all clips of a voice; -inf for silence."""
    if len(steps) >= BLOCK:
        steps = np.convolve(steps, np.full(BLOCK, 1 / BLOCK), mode="valid")
    audible = steps[_lufs(steps) > ABSOLUTE_GATE]
    if not audible.size:
        return -math.inf
    gate = float(_lufs(audible.mean())) + RELATIVE_GATE
    return float(_lufs(audible[_lufs(audible) > gate].mean()))


def momentary_loudness(steps: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the loudness in LUFS of the 400 ms around each step, without any gate; silence is −120."""
    if not len(steps):
        return steps
    padded = np.pad(steps, (BLOCK // 2, BLOCK - 1 - BLOCK // 2), mode="edge")
    return _lufs(np.convolve(padded, np.full(BLOCK, 1 / BLOCK), mode="valid"))


def _lufs(energy: NDArray[np.float64] | np.floating[Any]) -> NDArray[np.float64]:
    return np.asarray(OFFSET + 10 * np.log10(np.maximum(energy, 1e-12)))


@cache
def _bin_weights(size: int, rate: int) -> NDArray[np.float64]:
    """Return the effect of K-weighting on the power of each bin: the response of the filters themselves, at any rate."""
    delay = np.exp(-2j * np.pi * np.fft.rfftfreq(size, 1 / rate) / FILTER_RATE)
    response = np.ones(len(delay), dtype=complex)
    for above, below in (SHELF, HIGH_PASS):
        response *= np.polyval(above[::-1], delay) / np.polyval(below[::-1], delay)
    return np.asarray(np.abs(response) ** 2)

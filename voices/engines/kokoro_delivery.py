"""Delivery of a sentence by the offline voice: a speed and a pitch for each of its phonemes. Pure.

Left alone, the model makes a comma of 165 to 240 ms and every sentence alike. A reader breathes at the comma that ends
a longer stretch, says headlines a little slower and higher, and lets the last sentence of a story fall and slow down.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from voices.model import Delivery

CLAUSE, CLAUSE_SPEED = 18, 0.55
"""Phonemes (about four syllables) from which on a comma ends a clause, and the speed of the comma behind it."""

BREATH, BREATH_SPEED = 45, 0.33
"""Phonemes (about ten syllables) since the last breath from which on a comma is one, and its speed."""

LEAST_AFTER = 20
"""Phonemes that have to follow a breath: nobody breathes before the last word."""

FALL, FALL_PITCH, FALL_SPEED = 16, 0.9, 0.93
"""Phonemes (about three syllables) at the end of a story that fall, how low the last of them is, and their speed.

A pitch of 0.9 is 1.8 semitones below what the model would say, which falls by itself already.
"""

_COMMA = re.compile(r"[,;:] ")


def plan_speeds(said: str, speed: float, delivery: Delivery) -> NDArray[np.float32]:
    """Return the speed of each phoneme, and of the silences before and after them.

    The silence before the first phoneme keeps its length, although it is cut off again: without it, the network
    swallows the first syllable (去年 is heard as 言).
    """
    speeds = np.full(len(said) + 2, speed * delivery.speed, dtype=np.float32)
    for index, factor in _longer_pauses(said):
        speeds[index + 1 : index + 3] *= factor  # the mark and the space behind it
    if delivery.falls:
        first, after = _last_phonemes(said)
        speeds[first + 1 : after + 1] *= FALL_SPEED
    return speeds


def plan_pitches(said: str, delivery: Delivery) -> NDArray[np.float32]:
    """Return the factor on the pitch of each phoneme, and of the silences before and after them."""
    pitches = np.full(len(said) + 2, delivery.pitch, dtype=np.float32)
    if delivery.falls:
        first, after = _last_phonemes(said)
        pitches[first + 1 : after + 1] *= np.linspace(1, FALL_PITCH, after - first, dtype=np.float32)
        pitches[after + 1 :] *= FALL_PITCH
    return pitches


def _longer_pauses(said: str) -> list[tuple[int, float]]:
    """Return the place of each comma that is to be longer, and its speed."""
    commas = [match.start() for match in _COMMA.finditer(said)]
    places, breathed = [], 0
    for before, comma in pairwise([0, *commas]):
        if comma - breathed >= BREATH and len(said) - comma >= LEAST_AFTER:
            places.append((comma, BREATH_SPEED))
            breathed = comma
        elif comma - before >= CLAUSE:
            places.append((comma, CLAUSE_SPEED))
    return places


def _last_phonemes(said: str) -> tuple[int, int]:
    """Return the first of the last phonemes, at the beginning of a word, and the place after them."""
    after = len(said.rstrip(".!?;:,…— "))
    space = said.rfind(" ", 0, max(0, after - FALL))
    return (space + 1 if after - space <= 2 * FALL else max(0, after - FALL)), after

"""A voice for tests and trials: as long as speech, exact to the sample, and barely there."""

from __future__ import annotations

import random
from array import array
from functools import cache
from sys import byteorder
from typing import TYPE_CHECKING

from voices.errors import SpeechFailed
from voices.model import Clip, PinyinSupport

if TYPE_CHECKING:
    from voices.model import Utterance

LEVEL = 800
"""Peak of the samples, −32 dBFS: enough for a meter and for the proof that a clip is whole."""


class Silent:
    """Murmur without a tone, `millis` long for each character; the same words give the same samples."""

    obeys = PinyinSupport.PINYIN
    """A murmur misreads nothing."""

    def __init__(self, rate: int = 24_000, millis: int = 200) -> None:
        self._rate = rate
        self._millis = millis

    @property
    def identity(self) -> str:
        """Rate and pace are all there is."""
        return f"silent {self._rate} Hz {self._millis} ms"

    def speak(self, utterance: Utterance) -> Clip:
        """Return characters x `millis` x rate / 1000 samples; raises `SpeechFailed` when there is no word."""
        if not any(map(str.isalnum, utterance.text)):
            raise SpeechFailed("there is nothing to say; remove the sentence")
        samples = len(utterance.text) * self._millis * self._rate // 1000
        second = _murmur_second(self._rate)
        return Clip((second * (samples * 2 // len(second) + 1))[: samples * 2], self._rate)


@cache
def _murmur_second(rate: int) -> bytes:
    """Return a second of white noise that is the same everywhere."""
    chance = random.Random(0)  # noqa: S311 - noise for the ear, not for secrets
    samples = array("h", (chance.randint(-LEVEL, LEVEL) for _ in range(rate)))
    if byteorder == "big":
        samples.byteswap()
    return samples.tobytes()

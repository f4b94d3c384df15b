"""A voice for tests and trials: as long as speech, exact to the sample, and barely there."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from voices.model import Clip

if TYPE_CHECKING:
    from voices.model import Utterance


class Silent:
    """Each character takes `millis` milliseconds of a soft square wave, so that levels can be measured."""

    def __init__(self, rate: int = 24_000, millis: int = 200) -> None:
        self._rate = rate
        self._millis = millis

    @property
    def identity(self) -> str:
        """Rate and pace are all there is."""
        return f"silent {self._rate} Hz {self._millis} ms"

    def speak(self, utterance: Utterance) -> Clip:
        """A wave of 100 Hz, as long as the characters of the text take."""
        samples = len(utterance.text) * self._millis * self._rate // 1000
        period = self._rate // 100
        wave = [800 if place < period // 2 else -800 for place in range(period)]
        tiled = wave * (samples // period + 1)
        return Clip(struct.pack(f"<{samples}h", *tiled[:samples]), self._rate)

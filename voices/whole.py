"""Proof that speech is whole: what an engine gives is checked before anybody hears or keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from voices.errors import SpeechFailed, SpeechNotWhole

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from voices.base import Voice
    from voices.model import Clip, Obeys, Utterance

FASTEST, SLOWEST = 0.09, 0.60
"""Seconds a syllable. Newsreaders say 4 to 5 characters a second; the band leaves room for short sentences,
speed settings and the pauses at commas, and still catches a sentence that was cut in half."""

ALLOWANCE = 1.2
"""Seconds that a short sentence may be longer than its syllables."""

LETTER = 0.6
"""Syllables of a Latin letter: it has a name (G-D-P), or is a part of a word."""

QUIETEST = 0.01
"""Share of full scale that the loudest sample must reach."""

HOLE = 1.5
"""Seconds without sound inside a sentence that no reader would make."""

ATTEMPTS = 2


class Checked:
    """A voice whose every clip is whole, or an error; a sentence that fails is tried once more."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice

    @property
    def identity(self) -> str:
        """The checked voice's own: checking changes no sound."""
        return self._voice.identity

    @property
    def obeys(self) -> Obeys:
        """As the checked voice does."""
        return self._voice.obeys

    def speak(self, utterance: Utterance) -> Clip:
        """Speak and prove; raises what the voice raises, and `SpeechNotWhole`."""
        for _ in range(ATTEMPTS - 1):
            try:
                return self._proved(utterance)
            except (SpeechFailed, SpeechNotWhole):
                continue
        return self._proved(utterance)

    def _proved(self, utterance: Utterance) -> Clip:
        clip = self._voice.speak(utterance)
        prove(utterance, clip)
        return clip


def prove(utterance: Utterance, clip: Clip) -> None:
    """Raise `SpeechNotWhole`, which says what is wrong, unless the clip can be the whole utterance."""
    if fault := _fault(utterance, clip):
        raise SpeechNotWhole(f"{fault}; speak it again, or with another voice")


def syllables(utterance: Utterance) -> float:
    """How many syllables the utterance takes: one a Han character, fewer a Latin letter."""
    letters = sum(char.isascii() and char.isalpha() for char in utterance.text)
    return len(utterance.pinyin) + LETTER * letters


def _fault(utterance: Utterance, clip: Clip) -> str | None:
    sound = np.abs(np.frombuffer(clip.pcm, dtype="<i2").astype(np.float32)) / 32768
    if sound.max(initial=0) < QUIETEST:
        return "there is no sound"
    seconds, wanted = len(sound) / clip.rate, syllables(utterance)
    if not FASTEST * wanted <= seconds <= SLOWEST * wanted + ALLOWANCE:
        return f"{seconds:.1f} s cannot be {wanted:.0f} syllables"
    hole = _longest_hole(sound, clip.rate)
    return f"there is a hole of {hole:.1f} s" if hole > HOLE else None


def _longest_hole(sound: NDArray[np.floating[Any]], rate: int) -> float:
    """The longest stretch in seconds without a loud sample, also at the ends."""
    loud = np.concatenate(([0], np.flatnonzero(sound >= QUIETEST), [len(sound)]))
    return float(np.diff(loud).max()) / rate

"""Proof that speech is whole: what an engine gives is checked before anybody hears or keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from voices.errors import SpeechFailed, SpeechNotWhole

if TYPE_CHECKING:
    from voices.base import Voice
    from voices.model import Clip, Utterance

FASTEST, SLOWEST = 0.09, 0.60
"""Seconds a syllable. Newsreaders say 4 to 5 characters a second; the band leaves room for short sentences,
speed settings and the pauses at commas, and still catches a sentence that was cut in half."""

ALLOWANCE = 1.2
"""Seconds that a short sentence may be longer than its syllables."""

LETTER = 0.6
"""Latin letters are names of letters or parts of words: said faster than syllables."""

QUIETEST = 0.01
"""Share of full scale that the loudest sample must reach."""

HOLE = 1.5
"""Seconds without sound inside a sentence that no reader would make."""

ATTEMPTS = 2


class Checked:
    """A voice whose every clip is whole, or an error."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice

    @property
    def identity(self) -> str:
        """The checked voice's own: checking changes no sound."""
        return self._voice.identity

    def speak(self, utterance: Utterance) -> Clip:
        """Speak; a clip that is not whole, or a sentence that failed, is tried once more."""
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
    """Raise `SpeechNotWhole`, with the sentence and what is wrong, unless the clip can be all of it."""
    said = f"the speech for {utterance.text[:40]!r}"
    sound = np.abs(np.frombuffer(clip.pcm, dtype="<i2").astype(np.int32)) / 32768
    if not sound.size or sound.max() < QUIETEST:
        raise SpeechNotWhole(f"{said} is silent; it is tried again")
    syllables = len(utterance.pinyin) + LETTER * sum(
        char.isascii() and char.isalpha() for char in utterance.text
    )
    seconds = len(sound) / clip.rate
    if not FASTEST * syllables <= seconds <= SLOWEST * syllables + ALLOWANCE:
        raise SpeechNotWhole(f"{said} takes {seconds:.1f} s for {syllables:.0f} syllables; it is tried again")
    if (hole := _longest_hole(sound, clip.rate)) > HOLE:
        raise SpeechNotWhole(f"{said} has a hole of {hole:.1f} s; it is tried again")


def _longest_hole(sound: np.ndarray, rate: int) -> float:
    """The longest stretch in seconds between two loud samples."""
    loud = np.flatnonzero(sound >= QUIETEST)
    return float(np.diff(loud).max(initial=0)) / rate

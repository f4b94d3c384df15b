"""Fallback: the first of an anchor's voices that can speak a whole edition does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voices import voice_protocol
from voices.errors import SpeechFailed, SpeechNotWhole, Stopped, VoiceUnavailable
from voices.model import PinyinSupport

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voices.model import Clip, Utterance
    from voices.voice_protocol import Voice

GIVEN_UP = (VoiceUnavailable, SpeechFailed, SpeechNotWhole)
"""What makes an edition go on with the next voice of the chain."""


class FallbackVoice:
    """Voices in the order in which they are asked; by itself a voice that speaks sentence by sentence.

    Many sentences belong to the chorus, which gives one anchor one voice for all of them.
    """

    def __init__(self, voices: Sequence[Voice]) -> None:
        self.voices = tuple(voices)

    @property
    def identity(self) -> str:
        """All identities: any of the voices may be heard."""
        return " | ".join(voice.identity for voice in self.voices)

    @property
    def obeys(self) -> PinyinSupport:
        """SPELLING when any voice needs it: one that takes pinyin does not mind."""
        every = {voice.obeys for voice in self.voices}
        return next(
            kind
            for kind in (PinyinSupport.SPELLING, PinyinSupport.NOTHING, PinyinSupport.PINYIN)
            if kind in every
        )

    def speak(self, utterance: Utterance) -> Clip:
        """Speak by the first voice that can; raises what the last one raises."""
        for voice in self.voices[:-1]:
            try:
                return voice.speak(utterance)
            except Stopped:
                raise
            except GIVEN_UP:
                continue
        return self.voices[-1].speak(utterance)

    def stop(self) -> None:
        """End what any of them is speaking."""
        for voice in self.voices:
            voice_protocol.stop_voice(voice)

    def warm(self) -> None:
        """Let the first of them load what it needs: the others are asked only where it fails."""
        voice_protocol.warm_voice(self.voices[0])


def voices_of(voice: Voice) -> tuple[Voice, ...]:
    """Return the voices of a fallback chain; a voice by itself is a chain of one."""
    return voice.voices if isinstance(voice, FallbackVoice) else (voice,)

"""Protocol of every engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from voices.model import Clip, PinyinSupport, Utterance


class Voice(Protocol):
    """One speaker of one engine.

    An implementation MUST be safe to call from several threads at once, MUST return the whole sentence or
    raise, and MUST raise only `VoiceUnavailable` (no use to ask again), `SpeechFailed` or `SpeechNotWhole`.
    An utterance without anything to say is `SpeechFailed`, never silence. It MAY leave out word times, and it
    MAY keep callers waiting when more ask than its engine can serve at once.
    `identity` names everything that changes the sound besides the utterance (engine and model version,
    speaker, speed): it is part of the cache's key.
    """

    @property
    def identity(self) -> str:
        """Engine, version, speaker and settings in one stable line."""
        ...

    @property
    def obeys(self) -> PinyinSupport:
        """Way in which it can be told a reading: pinyin, spelling, or none."""
        ...

    def speak(self, utterance: Utterance) -> Clip:
        """Speak one utterance; `pause_after` is not part of the clip."""
        ...


@runtime_checkable
class Stoppable(Protocol):
    """Voice that can be stopped: one SHOULD be that a network or another program can keep waiting."""

    def stop(self) -> None:
        """End at once what is being spoken: each of those calls raises `Stopped`. May be spoken to again."""
        ...


def stop_voice(voice: Voice) -> None:
    """End what a voice is speaking, if it can; one that cannot ends its sentence."""
    if isinstance(voice, Stoppable):
        voice.stop()


@runtime_checkable
class SelfVerifying(Protocol):
    """Voice that verifies each clip itself, as one does whose service is asked again: nobody does it a second time."""

    def learn_clip(self, utterance: Utterance, clip: Clip) -> None:
        """Count in a sentence that the voice spoke, and that was verified, another day."""


@runtime_checkable
class Warmable(Protocol):
    """Voice that can load ahead: one SHOULD be whose first sentence waits for something to be loaded."""

    def warm(self) -> None:
        """Load it now; raises as `Voice.speak` does."""
        ...


def warm_voice(voice: Voice) -> None:
    """Let a voice load what its first sentence would wait for, if it loads anything."""
    if isinstance(voice, Warmable):
        voice.warm()

"""Errors of speaking and mixing, as one tree.

VoicesError
├── VoiceUnavailable    an engine that cannot start: a piece is missing, a service is unreachable
│   └── Stopped         somebody told the voice to stop; nothing is wrong with it
├── SpeechFailed        an utterance that this engine could not speak, now or at all
├── SpeechNotWhole      an engine answered with sound that is not the whole sentence
└── AudioFailed         sound that could not be decoded, mixed, measured, encoded or tagged
"""

from __future__ import annotations


class VoicesError(Exception):
    """Base of all errors of `voices`; its text is one sentence that a person can act on."""


class VoiceUnavailable(VoicesError):  # noqa: N818 - the name is the state of the voice
    """The engine cannot speak at all here: a file, program or service is missing."""


class Stopped(VoiceUnavailable):
    """The voice was told to stop while it spoke this utterance."""

    def __init__(self) -> None:
        super().__init__("it was stopped; run it again to go on")


class SpeechFailed(VoicesError):  # noqa: N818 - the name says what happened to the speech
    """The engine did not speak this utterance."""


class SpeechNotWhole(VoicesError):  # noqa: N818 - the name says what is wrong with the speech
    """The engine's sound is empty, silent, clipped or too short or long for the words."""


class AudioFailed(VoicesError):  # noqa: N818 - the name says what happened to the audio
    """Decoding, mixing, measuring, encoding or tagging failed."""

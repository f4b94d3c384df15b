"""The silent voice: exact lengths."""

from __future__ import annotations

import pytest

from tests.voices.fakes import utterance
from voices.engines.silent import LEVEL, Silent


@pytest.mark.parametrize(
    ("rate", "millis", "samples"), [(24_000, 200, 24_000), (44_100, 150, 33_075), (8_000, 1, 40)]
)
def test_the_length_is_exact(rate: int, millis: int, samples: int) -> None:
    """Five characters, punctuation too, each exactly as long as was asked."""
    clip = Silent(rate, millis).speak(utterance("今天天晴。"))
    assert (len(clip.pcm), clip.rate) == (samples * 2, rate)


def test_it_can_be_measured_and_hurts_nobody() -> None:
    """The peak is where the docstring says."""
    pcm = memoryview(Silent().speak(utterance("今天晴。")).pcm).cast("h")
    assert (max(pcm), min(pcm)) == (LEVEL, -LEVEL)

"""The proof that speech is whole, and the voice that insists on it."""

from __future__ import annotations

import pickle

import pytest

from tests.voices.fakes import Scripted, clip, utterance
from voices.engines.silent import Silent
from voices.errors import SpeechFailed, SpeechNotWhole, VoiceUnavailable
from voices.model import Clip, Utterance
from voices.synthesis.verify import Pace, VerifiedVoice, count_syllables, verify_clip

TEN = utterance("一二三四五六七八九十")
GOOD = clip(2.2)
EMPTY = Clip(b"", 1000)


def test_speech_of_a_natural_length_is_whole() -> None:
    """Ten syllables in 2.2 seconds, without a hole, pass."""
    verify_clip(TEN, GOOD)
    assert GOOD.duration == 2200


@pytest.mark.parametrize(
    ("damaged", "fault"),
    [
        (EMPTY, "there is no sound"),
        (clip(2.2, level=0), "there is no sound"),
        (clip(2.2, level=300), "there is no sound"),
        (clip(0.8), "0.8 s cannot be 10 syllables"),
        (clip(7.3), "7.3 s cannot be 10 syllables"),
        (Clip(clip(1.0).pcm + clip(1.6, 0).pcm + clip(1.0).pcm, 1000), "there is a hole of 1.6 s"),
        (Clip(clip(1.0).pcm + clip(2.0, 0).pcm, 1000), "there is a hole of 2.0 s"),
        (Clip(clip(2.0, 0).pcm + clip(1.0).pcm, 1000), "there is a hole of 2.0 s"),
    ],
    ids=["empty", "silent", "too soft", "cut off", "too long", "hole", "silent end", "silent start"],
)
def test_damaged_speech_is_refused(damaged: Clip, fault: str) -> None:
    """Each way in which engines fail quietly is named."""
    with pytest.raises(SpeechNotWhole, match=f"^{fault}; speak it again, or with another voice$"):
        verify_clip(TEN, damaged)


def test_the_loudest_negative_sample_is_loud() -> None:
    """−32768 has no positive twin in 16 bits, and is sound all the same."""
    spoken = b"".join(clip(0.55, level=0).pcm[2:] + clip(0.001, level=-32768).pcm for _ in range(4))
    verify_clip(TEN, Clip(spoken, 1000))
    with pytest.raises(SpeechNotWhole):
        verify_clip(TEN, clip(0.2, level=-32768))


def test_latin_letters_take_time_too() -> None:
    """An abbreviation counts by its letters: GDP增长 is 3 x 0.6 + 2 syllables."""
    assert count_syllables(Utterance(("GDP", "增长"), ("zeng1", "zhang3"))) == pytest.approx(3.8)


def test_a_clip_that_is_not_whole_is_made_again() -> None:
    """One bad answer costs one more call and nobody hears it."""
    voice = Scripted({TEN.text: [EMPTY, GOOD]})
    assert VerifiedVoice(voice).speak(TEN) == GOOD
    assert voice.asked == [TEN.text] * 2


def test_a_sentence_that_failed_is_tried_again() -> None:
    """An engine's hiccup is forgiven once."""
    assert VerifiedVoice(Scripted({TEN.text: [SpeechFailed("hiccup"), GOOD]})).speak(TEN) == GOOD


def test_the_second_bad_clip_is_an_error() -> None:
    """What stays damaged is raised, never handed over."""
    voice = Scripted({TEN.text: [SpeechFailed("hiccup"), EMPTY, GOOD]})
    with pytest.raises(SpeechNotWhole, match="no sound"):
        VerifiedVoice(voice).speak(TEN)
    assert voice.asked == [TEN.text] * 2


def test_a_voice_that_cannot_speak_at_all_is_not_asked_again() -> None:
    """A missing file does not appear by asking twice."""
    voice = Scripted({TEN.text: [VoiceUnavailable("no model"), GOOD]})
    with pytest.raises(VoiceUnavailable, match="no model"):
        VerifiedVoice(voice).speak(TEN)
    assert voice.asked == [TEN.text]


def test_checking_changes_no_identity() -> None:
    """A checked clip sounds like an unchecked one, so the cache may share them."""
    assert VerifiedVoice(Scripted(identity="x")).identity == "x"


@pytest.mark.parametrize("text", ["ありがとうございます", "Сегодня утром", "Αθήνα Αθήνα"])
def test_letters_of_every_alphabet_take_time(text: str) -> None:
    """A title without one Han character is spoken whole, not refused as too long for nothing."""
    said = Utterance((text,), ())
    assert count_syllables(said) == pytest.approx(0.6 * sum(map(str.isalpha, text)))
    verify_clip(said, clip(0.22 * count_syllables(said)))


def test_another_process_expects_the_same_pace() -> None:
    """A checked voice that is sent there refuses half a sentence as it does here."""
    sent = pickle.loads(pickle.dumps(VerifiedVoice(Silent(24_000, 100), Pace(0.22))))  # noqa: S301 - our own bytes
    with pytest.raises(SpeechNotWhole, match=r"1\.0 s cannot be 10 syllables"):
        sent.speak(TEN)

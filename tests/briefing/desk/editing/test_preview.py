"""Hearing a sentence: in breaths while it is new, whole once it was spoken, and never half without saying so."""

from __future__ import annotations

import io
import wave
from typing import TYPE_CHECKING, cast

import pytest

from briefing import mandarin
from briefing.desk.editing import preview
from briefing.editions import utterances
from briefing.errors import ScriptError, SoundError
from voices.errors import SpeechFailed
from voices.model import Clip, PinyinSupport, Utterance
from voices.synthesis.clip_cache import CachedVoice
from voices.synthesis.fallback import FallbackVoice

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.editions.show_context import ShowContext

LONG = "6月5日，长沙市政协副主席黄梁率队来渝中区考察，了解历史街区改造情况。"


class Counting:
    """A voice that hums as many milliseconds as a newsreader takes, and remembers what it was asked."""

    identity = "counting"
    obeys = PinyinSupport.PINYIN

    def __init__(self, rates: tuple[int, ...] = (8000,)) -> None:
        self.asked: list[str] = []
        self.warmed = 0
        self._rates = rates

    def speak(self, utterance: Utterance) -> Clip:
        """A square wave."""
        rate = self._rates[min(len(self.asked), len(self._rates) - 1)]
        self.asked.append(utterance.text)
        return Clip(b"\x00\x10\x00\xf0" * (len(utterance.pinyin) * rate // 10), rate)

    def warm(self) -> None:
        """Counted."""
        self.warmed += 1


class Studio:
    """What of a show context a sentence needs to be heard."""

    def __init__(self, voice: object) -> None:
        self.voices = {"晓伊": voice}
        self.anchors = ("晓伊",)
        self.lexicon = mandarin.newsroom_lexicon()


def context(voice: object) -> ShowContext:
    """A show context with one anchor."""
    return cast("ShowContext", Studio(voice))


def said(text: str) -> Utterance:
    """A text as a voice gets it."""
    return utterances.utterance(mandarin.read(text), Counting(), mandarin.newsroom_lexicon())


def test_breaths_joined_again_are_the_sentence() -> None:
    """Words and pinyin are parted at the same places; no breath is shorter than it may be."""
    whole = said(LONG)
    parts = preview.split_breaths(whole)
    assert [part.text for part in parts] == [
        "六月五日，",
        "长沙市政协副主席黄梁率队来渝中区考察，",
        "了解历史街区改造情况。",
    ]
    assert sum((part.words for part in parts), ()) == whole.words
    assert sum((part.pinyin for part in parts), ()) == whole.pinyin


def test_a_respelled_sentence_is_parted_in_its_spelling_too() -> None:
    """For a voice that is told a reading by other characters."""
    whole = Utterance(
        ("重庆", "市", "今天", "下雨", "，", "明天", "也", "下雨", "。"),
        ("a",) * 12,
        respelled="虫庆市今天下雨，明天也下雨。",
    )
    assert [part.respelled for part in preview.split_breaths(whole)] == ["虫庆市今天下雨，明天也下雨。"]
    longer = Utterance(
        (*whole.words[:5], *whole.words),
        ("a",) * 19,
        respelled="虫庆市今天下雨，虫庆市今天下雨，明天也下雨。",
    )
    assert [part.respelled for part in preview.split_breaths(longer)] == [
        "虫庆市今天下雨，",
        "虫庆市今天下雨，明天也下雨。",
    ]


def test_a_new_sentence_is_spoken_breath_by_breath_and_the_first_is_there_at_once() -> None:
    """Nothing but the first breath was asked for before anybody takes the sound."""
    voice = Counting()
    sounds = preview.stream_wav(context(voice), "晓伊", LONG)
    assert len(voice.asked) == 1
    list(sounds)
    assert len(voice.asked) == 3


def test_what_is_heard_is_a_wav_file_with_the_pause_that_was_asked_for() -> None:
    """22 syllables of a tenth of a second… and half a second of silence at the end."""
    heard = b"".join(preview.stream_wav(context(Counting()), "晓伊", "今天下雨。{停0.5}"))
    with wave.open(io.BytesIO(heard)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (8000, 1, 2)
    assert len(heard) - 44 == 4 * 8000 // 10 * 4 + 8000
    assert not any(heard[-8000:])


def test_a_sentence_that_was_spoken_before_comes_whole(tmp_path: Path) -> None:
    """As it is on the air."""
    voice = Counting()
    remembering = CachedVoice(voice, tmp_path)
    remembering.speak(said(LONG))
    voice.asked.clear()
    list(preview.stream_wav(context(FallbackVoice([remembering])), "晓伊", LONG))
    assert voice.asked == []


def test_an_edit_makes_only_its_own_breath_again(tmp_path: Path) -> None:
    """The breath that did not change comes from the clips."""
    voice = Counting()
    remembering = FallbackVoice([CachedVoice(voice, tmp_path)])
    list(preview.stream_wav(context(remembering), "晓伊", LONG))
    voice.asked.clear()
    list(preview.stream_wav(context(remembering), "晓伊", LONG.replace("改造情况", "改造进展")))
    assert voice.asked == ["了解历史街区改造进展。"]


def test_another_rate_in_the_middle_is_an_error() -> None:
    """A spare voice that takes over would be heard at a wrong speed."""
    sounds = preview.stream_wav(context(Counting(rates=(8000, 16000))), "晓伊", LONG)
    with pytest.raises(SoundError, match="another voice"):
        list(sounds)


@pytest.mark.parametrize(
    ("anchor", "text", "why"),
    [
        ("小明", "今天下雨。", "小明 reads nothing in this show"),
        ("晓伊", "。{停0.5}", "nothing to say"),
        ("晓伊", "好" * 601, "601 characters"),
        ("晓伊", "重{chong}庆。", "is no mark"),
    ],
)
def test_what_cannot_be_heard_is_refused_before_anything_is_spoken(anchor: str, text: str, why: str) -> None:
    """With the reason."""
    voice = Counting()
    with pytest.raises(ScriptError, match=why):
        preview.stream_wav(context(voice), anchor, text)
    assert voice.asked == []


def test_a_voice_that_fails_at_once_fails_before_anything_is_sent() -> None:
    """So that the page gets an answer, not half a file."""

    class Dumb(Counting):
        def speak(self, utterance: Utterance) -> Clip:
            raise SpeechFailed(utterance.text)

    with pytest.raises(SpeechFailed):
        preview.stream_wav(context(Dumb()), "晓伊", "今天下雨。")


def test_voices_are_warmed_behind_the_scenes(tmp_path: Path) -> None:
    """Through the chain and the cache, and only the voice that speaks first."""
    first, spare = Counting(), Counting()
    voice = FallbackVoice([CachedVoice(first, tmp_path), CachedVoice(spare, tmp_path)])
    preview.warm_voices([context(voice)]).join()
    assert (first.warmed, spare.warmed) == (1, 0)

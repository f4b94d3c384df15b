"""Syllables that are said lightly."""

from __future__ import annotations

import pytest

from briefing import mandarin
from briefing.mandarin import segmenter
from briefing.mandarin.pronounce import light_tones


@pytest.mark.parametrize(
    "word", [word for word in sorted(light_tones.WORDS) if segmenter.cut(word) == [word]]
)
def test_a_word_of_the_list_is_light(word: str) -> None:
    """By itself, each word of the list ends lightly."""
    assert mandarin.pinyin(word)[-1].endswith("5")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("样子", 1),
        ("领导班子", 3),
        ("村子里", 1),
        ("小伙子", 2),
        ("包子铺", 1),
        ("老太太", 2),
        ("消息人士", 1),
        ("好朋友", 2),
        ("爸爸", 1),
    ],
)
def test_suffixes_and_longer_words_are_light_too(text: str, place: int) -> None:
    """子 as a suffix, kin said twice, and the words of the list inside others."""
    assert mandarin.pinyin(text)[place].endswith("5")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("男子", 1),
        ("电子商务", 1),
        ("知识分子", 3),
        ("负离子", 2),
        ("大学生", 2),
        ("东西部协作", 1),
        ("地方政府", 1),
        ("会议精神", 3),
        ("亲子活动", 1),
    ],
)
def test_what_only_looks_light_is_full(text: str, place: int) -> None:
    """子 that is a person or a particle, and the other meanings of words of the list."""
    assert not mandarin.pinyin(text)[place].endswith("5")


def test_a_voice_that_takes_text_is_shown_no_light_syllable() -> None:
    """It says 朋友 lightly by itself, and no plain character is light."""
    reading = mandarin.read("朋友带来消息")

    assert mandarin.respell(reading) == "朋友带来消息"
    assert mandarin.misread(reading, respelled=True) == ()

"""Erhua: one syllable, at the character before 儿."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import mandarin
from briefing.mandarin.pronounce import erhua, syllables


@pytest.mark.parametrize(
    ("text", "pinyin"),
    [
        ("玩儿", ["wanr2", ""]),
        ("一会儿", ["yi1", "huir4", ""]),
        ("胡同儿", ["hu2", "tongr5", ""]),
        ("馅儿饼", ["xianr4", "", "bing3"]),
        ("转一圈儿", ["zhuan4", "yi1", "quanr1", ""]),
        ("门口儿", ["men2", "kour3", ""]),
        ("劲儿", ["jinr4", ""]),
    ],
)
def test_the_r_stands_in_the_syllable_before(text: str, pinyin: list[str]) -> None:
    """One item a character; 儿 has an empty one."""
    assert mandarin.pinyin(text) == pinyin


@pytest.mark.parametrize(
    "text", ["女儿", "婴儿", "儿童", "幼儿园", "健儿", "新生儿", "少儿节目", "儿科", "笛卡儿"]
)
def test_a_child_is_a_syllable(text: str) -> None:
    """儿 that is a child keeps its own."""
    assert mandarin.pinyin(text)[text.index("儿")] == "er2"


@pytest.mark.parametrize("syllable", ["quanr1", "juanr1", "xuanr1", "wanr2", "menr2", "jinr4", "fenr4"])
def test_an_editor_may_write_erhua(syllable: str) -> None:
    """In a mark and in the lexicon; the voice knows it."""
    assert syllables.typed(syllable) == syllable
    assert mandarin.read(f"圈{{{syllable}}}儿").pinyin[0] == syllable


@given(st.text(alphabet="玩儿花女童一点圈子好，", max_size=30))
def test_there_is_one_item_a_character(text: str) -> None:
    """However the text is put together."""
    said = mandarin.pinyin(text)

    assert len(said) == len(text)
    assert all(said[place] == "" for place in erhua.find_erhua(text))

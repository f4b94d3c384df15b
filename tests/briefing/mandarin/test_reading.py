"""A printed text and how it is read, as a whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import mandarin
from briefing.mandarin.pronounce import homophones, syllables
from briefing.model import han_count, is_han


@pytest.mark.parametrize(
    ("printed", "spoken", "pinyin"),
    [
        ("重庆渝中", "重庆渝中", "chong2 qing4 yu2 zhong1"),
        ("调研长沙", "调研长沙", "diao4 yan2 chang2 sha1"),
        ("不会一样", "不会一样", "bu2 hui4 yi2 yang4"),
        ("第一季度", "第一季度", "di4 yi1 ji4 du4"),
        ("展览馆", "展览馆", "zhan2 lan2 guan3"),
        ("GDP增长5%", "GDP增长百分之五", "zeng1 zhang3 bai3 fen1 zhi1 wu3"),
    ],
)
def test_a_text_is_read_with_the_tones_that_are_heard(printed: str, spoken: str, pinyin: str) -> None:
    """One syllable a Han character of the spoken form, sandhi done."""
    reading = mandarin.read(printed)

    assert reading.spoken == spoken
    assert " ".join(reading.pinyin) == pinyin
    assert "".join(reading.words) == spoken


@given(st.text(st.characters(exclude_characters="{}｛｝"), max_size=80))
def test_any_text_is_read_and_the_counts_agree(text: str) -> None:
    """No crash, words that join to the spoken form, a syllable and a reason for each Han character."""
    reading = mandarin.read(text)

    assert "".join(reading.words) == reading.spoken
    assert len(reading.pinyin) == len(reading.chosen) == han_count(reading.spoken)


def test_a_doubtful_reading_is_listed_with_the_others() -> None:
    """Its place in the spoken form, its choice, what else it could be, and why."""
    (doubt,) = mandarin.read("15日，薄。").doubtful

    assert (doubt.index, doubt.char) == (4, "薄")
    assert {doubt.chosen, *doubt.others} == {"bo2", "bao2", "bo4"}
    assert doubt.why


def test_what_no_rule_knows_is_listed() -> None:
    """A symbol that cannot be said, at its place in the print, with no reading."""
    (doubt,) = mandarin.read("投入↗增长").doubtful

    assert doubt == mandarin.Doubt(2, "↗", "", (), "no rule knows it")


def test_what_is_certain_is_not_listed() -> None:
    """An editor's eye is not for 重庆."""
    assert not mandarin.read("重庆银行6月9日上午开业。").doubtful


@pytest.mark.parametrize(
    ("printed", "respelled"),
    [
        ("今天下雨", "今天下雨"),
        ("重庆银行", "重庆银行"),
        ("重{zhòng}庆", "众庆"),
    ],
)
def test_only_what_an_engine_would_misread_is_respelled(printed: str, respelled: str) -> None:
    """What dictionaries and the model say anyway stays as it is written."""
    assert mandarin.respell(mandarin.read(printed)) == respelled


def test_an_editor_s_word_is_respelled_even_where_a_guess_would_do() -> None:
    """Another engine may guess otherwise."""
    known = mandarin.Lexicon([mandarin.entry("重庆", pinyin="chong2 qing4")])

    assert mandarin.respell(mandarin.read("重庆", known), known)[0] != "重"


def test_a_respelled_text_sounds_the_same() -> None:
    """The character that takes the place has that reading, tone and all, and no other."""
    reading = mandarin.read("单{shàn}县县长任{rén}某")

    respelled = mandarin.respell(reading)

    assert respelled != reading.spoken
    changed = [place for place, char in enumerate(reading.spoken) if respelled[place] != char]
    cited = mandarin.pinyin(respelled)
    assert [(cited[place], syllables.of_char(respelled[place])) for place in changed] == [
        (one.syllable, (one.syllable,)) for one in (reading.chosen[place] for place in changed)
    ]


def test_what_an_engine_cannot_be_told_is_reported() -> None:
    """Without respelling everything it would guess otherwise; with it, what no plain character sounds like."""
    reading = mandarin.read("重{zhòng}庆好得{děi}很")

    assert [doubt.char for doubt in mandarin.misread(reading, respelled=False)] == ["重", "得"]
    assert [(doubt.index, doubt.chosen) for doubt in mandarin.misread(reading, respelled=True)] == [
        (3, "dei3")
    ]


def test_every_common_syllable_has_a_plain_character() -> None:
    """Of the syllables of the commonest words nearly all can be written so that no engine misreads them."""
    wanted = {syllable for syllable in mandarin.pinyin("重庆长沙调研银行校对供给朝阳区单县仇任") if syllable}

    assert {syllable for syllable in wanted if homophones.plain(syllable) is None} == set()
    assert all(is_han(homophones.plain(syllable) or "") for syllable in wanted)

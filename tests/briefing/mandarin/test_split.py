"""Sentences, breaths and pieces for engines with limits."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import mandarin
from briefing.mandarin import split
from briefing.model import han_count

NEWS = st.text(alphabet="今天的新闻，。；、！？“”《》（）3.5%ab \n", max_size=300)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("今天晴。明天雨！后天呢？", ["今天晴。", "明天雨！", "后天呢？"]),
        ("他说：“好。我来！”大家笑了。", ["他说：“好。我来！”", "大家笑了。"]),
        ("增长3.5%。见www.a.cn。", ["增长3.5%。", "见www.a.cn。"]),
        ("见https://a.cn/b?c=1。好。", ["见https://a.cn/b?c=1。", "好。"]),
        ("《今天。明天》出版……读者说好", ["《今天。明天》出版……", "读者说好"]),
        ("（注：甲；乙。）丙。", ["（注：甲；乙。）", "丙。"]),
        ("少了一半“的引号。照样断。", ["少了一半“的引号。", "照样断。"]),
        ("比分2：1；全场沸腾。", ["比分2：1；", "全场沸腾。"]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, sentences: list[str]) -> None:
    """Not inside quotations, titles, numbers or addresses; a mark without its pair holds nothing together."""
    assert mandarin.sentences(text) == sentences


@pytest.mark.parametrize(
    "whole", ["1,234.5万", "3.5%", "https://a.cn/x,y", "《红楼梦，石头记》", "Wi-Fi", "2:1"]
)
def test_what_belongs_together_is_never_cut(whole: str) -> None:
    """Wherever it stands in a long sentence."""
    for before in range(4):
        text = "新" * before + whole + "增长很快的城市"

        assert any(whole in piece for piece in mandarin.breaths(text, 4))


def test_a_breath_ends_at_a_comma_where_it_can() -> None:
    """About equal parts, behind the comma."""
    assert mandarin.breaths("今天上午，全市召开大会，部署下一步工作。", 8) == [
        "今天上午，",
        "全市召开大会，",
        "部署下一步工作。",
    ]


def test_a_breath_without_a_comma_ends_between_words() -> None:
    """Never before a particle."""
    assert all(
        piece[0] not in "的了着"
        for piece in mandarin.breaths("重庆市渝中区解放碑街道的社区工作者们走访了居民", 8)
    )


@given(NEWS, st.integers(5, 60))
def test_breaths_lose_nothing_and_are_short(text: str, limit: int) -> None:
    """Longer than asked is only a title in 《》, or a word with what clings to it."""
    pieces = mandarin.breaths(text, limit)

    assert "".join(pieces) == text
    for piece in pieces:
        loose = re.sub(r"《[^《》\n]{1,40}》", "", piece)
        assert han_count(loose) <= limit or piece.count("的") or "《" in piece


@given(NEWS)
def test_sentences_lose_nothing(text: str) -> None:
    """Joined again they are the text."""
    assert "".join(mandarin.sentences(text)) == text


@given(st.text(max_size=400), st.integers(4, 400))
def test_byte_limits_really_hold(text: str, limit: int) -> None:
    """Whatever the text, no piece has more bytes, and none is lost."""
    text = text.encode(errors="ignore").decode()

    pieces = mandarin.fitting(text, limit)

    assert "".join(pieces) == text
    assert all(len(piece.encode()) <= limit for piece in pieces)


def test_a_limit_below_one_character_is_refused() -> None:
    """No piece could hold it."""
    with pytest.raises(ValueError, match="give at least 4"):
        mandarin.fitting("好", 3)


def test_a_quotation_that_never_ends_is_a_misprint() -> None:
    """More characters than any quotation has: the sentences inside are sentences."""
    text = "“" + "好。" * split.QUOTATION + "”"

    assert len(mandarin.sentences(text)) == split.QUOTATION

"""The spoken form: its parts, one by one, and what it does with hostile text."""

from __future__ import annotations

import pytest

from briefing.mandarin.normalize import layout, measure_words, numerals, spoken, unknown

LONG = 20_000


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("0", "零"),
        ("10", "十"),
        ("102", "一百零二"),
        ("1010", "一千零一十"),
        ("2000", "两千"),
        ("20008", "两万零八"),
        ("100000100", "一亿零一百"),
        ("220000000", "两亿二千万"),
        ("1000000000000", "一万亿"),
        ("007", "零零七"),
        ("123456789012345678901", "一二三四五六七八九零一二三四五六七八九零一"),
    ],
)
def test_cardinals(printed: str, said: str) -> None:
    """Whole numbers with 零 for a gap, 两 at the head of 千, 万 and 亿, and digits where they are no quantity."""
    assert numerals.cardinal(printed) == said


@pytest.mark.parametrize(
    ("printed", "said"),
    [("-12.50", "负十二点五零"), ("1,286,400", "一百二十八万六千四百"), ("2.5", "二点五"), (".5", "零点五")],
)
def test_numbers_as_printed(printed: str, said: str) -> None:
    """Signs, separators and decimals."""
    assert numerals.number(printed) == said


@pytest.mark.parametrize(
    ("number", "follows", "precedes", "said"),
    [
        ("2", "个窗口", "", "两"),
        ("2", "月", "", "二"),
        ("2", "年级", "", "二"),
        ("2", "年", "", "两"),
        ("2", "名", "第", "二"),
        ("2", "层", "位于", "二"),
        ("2", "层", "共", "两"),
        ("2", "栋3单元", "", "二"),
        ("12", "个", "", "十二"),
    ],
)
def test_two_before_what_it_counts(number: str, follows: str, precedes: str, said: str) -> None:
    """2 is 两 when it counts and 二 when it orders."""
    assert measure_words.counted(number, follows, precedes=precedes) == said


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("本报讯,“好”", "本报讯，“好”"),
        ("(一)甲;乙!", "（一）甲；乙！"),
        ("((重庆))", "（（重庆））"),
        ("f(x), g", "f(x), g"),
        ("人口１，２８６，４００人", "人口1286400人"),
        ("（上接1版）会议", "会议"),
        ("▲图为现场", "图为现场"),
    ],
)
def test_the_page_becomes_plain_text(printed: str, plain: str) -> None:
    """Widths, layout marks and half-width punctuation between Han characters are set right; the rest stays."""
    assert layout.plain(printed) == plain


def test_punctuation_of_a_number_is_no_punctuation_of_a_sentence() -> None:
    """Separators and colons within numbers do not become Chinese punctuation."""
    assert spoken("共1,286人,9:05到") == "共一千二百八十六人，九点零五分到"


def test_a_symbol_that_no_rule_knows_is_shown_and_not_spoken() -> None:
    """The editor is told of it; the voice never sees it."""
    assert unknown("边长√5≈2.2，GDP增长5%。") == ("√",)
    assert spoken("€以外，☂有雨。") == "欧元以外，有雨。"


def test_a_number_that_counts_nothing_is_shown() -> None:
    """33618 may be a name; it is read as a count, and the editor is told."""
    assert unknown("推进33618集群，涉及33618个岗位。") == ("33618",)


def test_what_the_rules_know_is_not_doubted() -> None:
    """A page of ordinary news has nothing for the editor."""
    assert unknown("6月9日9:05，PM2.5为35μg/m³，C919获$1.5亿订单，比分2:0，“3+13+79”，拨打12345。") == ()


@pytest.mark.parametrize("char", ["⑪", "㈠", "⅔", "٣", "❷", "\U0001d7d9", "⑴"])
def test_numbers_of_every_shape_are_said(char: str) -> None:
    """Circles, brackets, vulgar fractions and other scripts' digits have a reading in Han characters."""
    assert spoken(char) in {"十一", "一", "三分之二", "三", "二"}


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1.",
        "1,",
        "1-",
        "1:",
        "1+",
        "1/",
        "a.",
        "a@",
        "a-",
        "(",
        "（1",
        "电话1、",
        "12345、",
        "第1、",
        "12:00-",
        "2023-",
        "K1+",
        "#a",
    ],
)
def test_a_long_run_of_anything_is_read_to_its_end(piece: str) -> None:
    """What repeats for pages is read through, and nothing unspeakable is left of it."""
    said = spoken(piece * (LONG // len(piece)))

    assert not any(char in "0123456789+/@#" for char in said)


def test_no_text_is_no_speech() -> None:
    """The empty text stays empty, and a lone layout note is not read."""
    assert (spoken(""), spoken("（下转3版）")) == ("", "")

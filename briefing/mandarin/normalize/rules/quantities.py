"""Quantities without a unit sign: spans, negatives, odd ends (1米25), and plain numbers.

Source: GB/T 15835-2011 for what is printed; spans with 到 as in the weather and market reports of 中央人民广播电台.
"""

from __future__ import annotations

import re

from briefing.mandarin.normalize.grammar import (
    ALONE,
    DASH,
    DASHES,
    HAN,
    MINUS,
    NUMBER,
    SCALE,
    Rule,
    after,
    before,
    joint,
    rule,
)
from briefing.mandarin.normalize.measure_words import COUNTED, counted
from briefing.mandarin.normalize.numerals import by_digit, cardinal, number


def _span_of_words(match: re.Match[str]) -> str:
    """3万元—50万元, 5厘米-10厘米, 周一-周五."""
    return match[1] + "到"


def _span(match: re.Match[str]) -> str:
    """100-200元, 200万—250万人次, 0—3岁."""
    scale = match["scale"] or ""
    first = ("负" if match["minus"] else "") + counted(match["a"], scale or match.string[match.end() :])
    return f"{first}{scale}{joint(match['to'])}{counted(match['b'], after(match))}"


def _odd_end(match: re.Match[str]) -> str:
    """1米25 一米二五, 12块5 十二块五, 2万5 两万五."""
    return f"{counted(match[1], match[2])}{match[2]}{by_digit(match[3])}"


def _list(match: re.Match[str]) -> str:
    """第1、2、3名."""
    return re.sub(r"\d+", lambda digits: counted(digits[0], "", precedes="第"), match[0])


def _plain(match: re.Match[str]) -> str:
    return counted(match[0], after(match, 8), precedes=before(match, 8))


def _fraction_point(match: re.Match[str]) -> str:
    return "零点" + by_digit(match[1])


def _address(match: re.Match[str]) -> str:
    """3-2-501室: each part with 杠 before it."""
    *heads, last = match[0].split("-")
    return "杠".join([*map(cardinal, heads), by_digit(last) if len(last) > 2 else cardinal(last)])  # noqa: PLR2004 - up to 99 is counted


TIME_SPANS: tuple[Rule, ...] = (
    rule(
        r"(?<![\d.A-Za-z-])\d{1,3}(?:-\d{1,4}){1,3}(?=号楼|号院|号室|[室栋幢座户]|单元)",
        _address,
        needs="-",
        also="号室栋幢座户单",
    ),
    rule(
        r"(\d[日号月时点分秒年天周度])\s?(?:[-~–]|—{1,2}|--)\s?(?=(?:次|前|公元前|当|翌)?[日年]?\d)",
        _span_of_words,
        needs=DASHES,
    ),
    rule(r"(\d:\d\d)\s?(?:[-~–]|—{1,2})\s?(?=(?:次日|翌日|当日|\d{1,2}[日月]))", _span_of_words, needs=":"),
)
"""Before the dates and the times, which would leave no digit beside the dash."""

SPANS: tuple[Rule, ...] = (
    rule(r"(?<![\d.A-Za-z-])\d{1,3}(?:-\d{1,4}){2,3}(?![\d.-])", _address, needs="-"),
    rule(
        rf"(\d[余多]?(?:{SCALE}[余多]?)?[{HAN}]{{0,2}}(?<![\d楼栋幢座室层院版号期到至为是降升跌涨约达])(?<!单元))(?:[-~～–]|—)(?=\d)",
        _span_of_words,
        needs=DASHES,
    ),
    rule(r"(\d[万亿])(?:[-~～–]|—)(?=\d)", _span_of_words, needs=DASHES),
    rule(
        r"((?:周|星期)[一二三四五六日天])[-~～—–]{1,2}(?=(?:周|星期)[一二三四五六日天])",
        _span_of_words,
        needs=DASHES,
    ),
    rule(
        r"([日月时点分秒年号天周])(?:[-~～–]|—{1,2})(?=\d|[上中下本次]|凌晨|早|晚)",
        _span_of_words,
        needs=DASHES,
    ),
)
"""Before the numbers are said, since the digit on the other side is what tells a span from a dash."""

RULES: tuple[Rule, ...] = (
    rule(r"(?<![\dA-Za-z.])\.(\d+)", _fraction_point, needs="."),
    rule(r"第\d+(?:、\d+)+", _list, needs="第"),
    rule(
        rf"(?P<minus>{MINUS})?{ALONE}(?P<a>{NUMBER})(?P<scale>{SCALE}{{1,2}})?(?P<to>{DASH}|[至到])(?P<b>{NUMBER})(?![\d-])",
        _span,
        needs=DASHES + "至到",
    ),
    rule(
        rf"(?<![\d.])(\d+)([米块元毛万])(\d{{1,2}})(?![\d.,]|[{HAN}]?[米块元角分个厘]|[万亿千百]|{COUNTED}|[{HAN}]-)",
        _odd_end,
        needs="米块元毛万",
    ),
    rule(
        rf"(?<![\w)）.{HAN}])-({NUMBER})|(?<=[由为从至到达在是比约近跌涨算于、：])-({NUMBER})",
        lambda m: "负" + number(m[1] or m[2]),
        needs="-",
    ),
)

PLAIN = (rule(NUMBER, _plain),)
"""What is left is a count."""

_GUESSED = re.compile(rf"(?<![\d.,])\d{{3,}}(?![\d.,])(?=[{HAN}A-Za-z])(?!{COUNTED})", re.ASCII)


def guessed(text: str) -> list[str]:
    """Numbers of three and more digits that stand before something that is no measure word: they may be a name."""
    return _GUESSED.findall(text)

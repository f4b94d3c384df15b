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
    NUMBER,
    SCALE,
    Rule,
    after,
    before,
    rule,
)
from briefing.mandarin.normalize.measure_words import COUNTED, counted
from briefing.mandarin.normalize.numerals import by_digit, number
from briefing.mandarin.normalize.rules.percent import MINUS


def _span_of_words(match: re.Match[str]) -> str:
    """3万元—50万元, 5厘米-10厘米, 周一-周五."""
    return match[1] + "到"


def _span(match: re.Match[str]) -> str:
    """100-200元, 200万—250万人次, 0—3岁."""
    scale = match["scale"] or ""
    first = ("负" if match["minus"] else "") + counted(match["a"], scale or match.string[match.end() :])
    return f"{first}{scale}到{counted(match['b'], after(match))}"


def _odd_end(match: re.Match[str]) -> str:
    """1米25 一米二五, 12块5 十二块五, 2万5 两万五."""
    return f"{counted(match[1], match[2])}{match[2]}{by_digit(match[3])}"


def _negative(match: re.Match[str]) -> str:
    return "负" + number(match[1])


def _list(match: re.Match[str]) -> str:
    """第1、2、3名."""
    return re.sub(r"\d+", lambda digits: counted(digits[0], "", precedes="第"), match[0])


def _power(match: re.Match[str]) -> str:
    """10⁶ 十的六次方."""
    exponent = match[2].translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-"))
    return f"{number(match[1])}的{number(exponent)}次方" if exponent.lstrip("-").isdigit() else match[0]


def _plain(match: re.Match[str]) -> str:
    return counted(match[0], after(match, 8), precedes=before(match, 8))


def _fraction_point(match: re.Match[str]) -> str:
    return "零点" + by_digit(match[1])


SPANS: tuple[Rule, ...] = (
    rule(
        rf"(\d[余多]?(?:{SCALE}[余多]?)?[{HAN}]{{0,2}}(?<![\d楼栋幢座室层院版号期])(?<!单元))(?:[-~～–]|—)(?=\d)",
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
    rule(r"(?<![\d.])(\d{1,4})([⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})", _power, needs="⁰¹²³⁴⁵⁶⁷⁸⁹"),
    rule(r"(?<![\dA-Za-z.])\.(\d+)", _fraction_point, needs="."),
    rule(r"第\d+(?:、\d+)+", _list, needs="第"),
    rule(
        rf"(?P<minus>{MINUS})?{ALONE}(?P<a>{NUMBER})(?P<scale>{SCALE}{{1,2}})?{DASH}(?P<b>{NUMBER})(?![\d-])",
        _span,
        needs=DASHES,
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
    rule(rf"(?<=[{HAN}])-(?=(?:\d+\.\d|\d+{COUNTED}))", lambda _: "负", needs="-"),
    rule(rf"(?<=[{HAN}])-(?=\d)", lambda _: "", needs="-"),
)

PLAIN = (rule(NUMBER, _plain),)
"""What is left is a count."""

_GUESSED = re.compile(rf"(?<![\d.,])\d{{3,}}(?![\d.,])(?=[{HAN}A-Za-z])(?!{COUNTED})", re.ASCII)


def guessed(text: str) -> list[str]:
    """Numbers of three and more digits that stand before something that is no measure word: they may be a name."""
    return _GUESSED.findall(text)

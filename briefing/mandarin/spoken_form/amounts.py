"""Quantities: percent, money, temperatures, units, ranges, scores, fractions, sums, and plain numbers.

Units by their Chinese names (GB 3100-1993); 零下 for temperatures below zero; 百分之 before the number; a span of
percent says 百分之 twice, so that no listener hears 4.5 where 4.5 % is meant.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.mandarin.spoken_form import words
from briefing.mandarin.spoken_form.days import DASH, scored
from briefing.mandarin.spoken_form.numerals import by_digit, cardinal, number

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
SCALE = r"(?:万亿|万|亿|千万|百万|千|百|十)?"
_LEFT = r"(?<![\d.A-Za-z])"
_MINUS = r"(?<![\w)）])-|(?<=[\u4e00-\u9fff])-"
_MEASURE = re.compile(words.MEASURES)
_UNITS = "|".join(map(re.escape, sorted(words.UNITS, key=len, reverse=True)))
_UNIT = rf"(?:{_UNITS})(?![A-Za-z²³/])"
_CURRENCIES = "|".join(map(re.escape, sorted(words.CURRENCIES, key=len, reverse=True)))


def counted(text: str, after: str) -> str:
    """A number in front of what it counts: 2个 两个, 2月 二月."""
    said = number(text)
    takes_liang = text == "2" and _MEASURE.match(after.lstrip("余多来几"))
    return "两" if takes_liang else said


def _percent(match: re.Match[str]) -> str:
    name = "千分之" if match["sign"] == "‰" else "百分之"
    first, second = match["a"], match["b"]
    if first is None:
        return _signed(match["minus"], name, second)
    return f"{_signed(match['minus'], name, first)}到{name}{number(second)}"


def _signed(sign: str | None, name: str, text: str) -> str:
    hundred = "百" if number(text) == "一百" else number(text)
    return {"-": "负", "±": "正负", "+": "正"}.get(sign or "", "") + name + hundred


def _money(match: re.Match[str]) -> str:
    end = f"到{number(match['b'])}" if match["b"] else ""
    return f"{number(match['a'])}{end}{match['scale'] or ''}{match['more'] or ''}{words.CURRENCIES[match['sign']]}"


def _per(match: re.Match[str]) -> str:
    return f"{match[1]}每{words.UNITS.get(match[2], match[2])}"


def _temperature(match: re.Match[str]) -> str:
    unit = "度" if match["unit"] == "度" else words.UNITS.get(match["unit"], "摄氏度")
    said = _degrees(match["minus"], match["a"])
    if match["b"]:
        said += "到" + _degrees(match["minus2"], match["b"], below=bool(match["minus"]))
    return said + unit


def _degrees(minus: str | None, text: str, *, below: bool = False) -> str:
    """Below zero it is 零下; a span that comes up from there says 零上 for nothing."""
    del below
    return ("零下" if minus else "") + number(text)


def _unit(match: re.Match[str]) -> str:
    name = words.UNITS[match["unit"]]
    counts = (
        "两"
        if match["a"] == "2" and not match["scale"] and name[0] in "公千米小平吨升厘毫立"
        else number(match["a"])
    )
    end = f"到{number(match['b'])}" if match["b"] else ""
    sign = "负" if match["minus"] else ""
    if "每" in name and match["scale"]:
        return f"{sign}{counts}{end}{match['scale']}{name}"
    return f"{sign}{counts}{end}{match['scale'] or ''}{match['more'] or ''}{name}"


def _range(match: re.Match[str]) -> str:
    after = match.string[match.end() :]
    if scored(match) and match["dash"].strip() == "-" and not match["scale"]:
        return f"{number(match['a'])}比{number(match['b'])}"
    first = counted(match["a"], match["scale"] or after)
    return f"{first}{match['scale'] or ''}到{counted(match['b'], after)}"


def _ratio(match: re.Match[str]) -> str:
    return "比".join(number(part) for part in re.split(r"[::∶]", match[0]))


def _fraction(match: re.Match[str]) -> str:
    top, bottom = match[1], match[2]
    return f"{number(bottom)}分之{number(top)}"


def _sum(match: re.Match[str]) -> str:
    """3+13+79, 1+2+N, 7×24: the operands as numbers, the signs by name."""
    names = {"+": "加", "×": "乘", "x": "乘", "*": "乘", "X": "乘", "÷": "除以", "=": "等于", "-": "减"}
    said = ""
    for piece in re.findall(r"\d+(?:\.\d+)?|[A-Za-z]+|[+×xX*÷=-]", match[0]):
        said += number(piece) if piece[0].isdigit() else names.get(piece, piece)
    return said


def _odd_end(match: re.Match[str]) -> str:
    """1米25 一米二五, 12块5 十二块五."""
    return f"{counted(match[1], match[2])}{match[2]}{by_digit(match[3])}"


def _coordinate(match: re.Match[str]) -> str:
    said = number(match[1]) + "度"
    if match[2]:
        said += number(match[2]) + "分"
    if match[3]:
        said += number(match[3]) + "秒"
    return said


def _negative(match: re.Match[str]) -> str:
    return "负" + number(match[1])


def _plain(match: re.Match[str]) -> str:
    text = match[0]
    if match.string[match.start() - 1 : match.start()] == "第" and match.start():
        return number(text).replace("两", "二") if text == "2" else number(text)
    return counted(text, match.string[match.end() : match.end() + 6])


MONEY: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern), says)
    for pattern, says in (
        (
            rf"(?P<minus>[±+]|{_MINUS})?{_LEFT}(?:(?P<a>{NUMBER})(?P<sign1>[%‰])?(?:{DASH}|[至到]))?(?P<b>{NUMBER})\s*(?P<sign>[%‰])",
            _percent,
        ),
        (
            rf"(?<![A-Za-z])(?P<sign>{_CURRENCIES})\s?(?P<a>{NUMBER})(?:{DASH}[$€£¥￥]?(?P<b>{NUMBER}))?(?P<scale>{SCALE})(?P<more>[余多])?元?",
            _money,
        ),
        (
            rf"{_LEFT}(?P<a>{NUMBER})(?P<b>(?!))?(?P<scale>{SCALE})(?P<more>[余多])?\s?(?P<sign>USD|HKD|EUR|RMB|CNY|JPY|GBP|[€£￥¥](?![\d]))(?![A-Za-z])",
            _money,
        ),
    )
)  # fmt: skip - a table of rules reads best one a line
"""Before the codes, since CNY1.25 is no code."""

RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern), says)
    for pattern, says in (
        (
            r"([元角分升克吨人次台头只辆件米里])/(平方公里|平方米|立方米|公里|公斤|千克|小时|分钟|人次|平方千米|天|日|月|年|人|吨|米|斤|度|亩|户|件|次|张|瓶|升|克|秒|股|盒|支|份|台|辆|只|头|m²|m³|㎡|kg|kWh|km|h|t|L|d)",
            _per,
        ),
        (
            rf"(?P<minus>{_MINUS})?{_LEFT}(?P<a>\d+(?:\.\d+)?)\s?(?:℃|°C)?(?:(?:{DASH}|[至到])(?P<minus2>-)?(?P<b>\d+(?:\.\d+)?))?\s?(?P<unit>℃|°C|℉|°F)",
            _temperature,
        ),
        (
            r"(?P<minus>(?<=[\u4e00-\u9fff])-|^-)(?P<a>\d+(?:\.\d+)?)(?P<minus2>(?!))?(?P<b>(?!))?(?P<unit>度)",
            _temperature,
        ),
        (
            r"(?<![\d.])(\d{1,3}(?:\.\d+)?)\s?[°º](?:\s?(\d{1,2}(?:\.\d+)?)\s?[′'’])?(?:\s?(\d{1,2}(?:\.\d+)?)\s?[″\"”])?",
            _coordinate,
        ),
        (rf"{_LEFT}\d+(?:\.\d+)?(?:\s?[+×=÷]\s?(?:\d+(?:\.\d+)?|[A-Z]))+(?![A-Za-z\d])", _sum),
        (
            rf"{_LEFT}\d+(?:\.\d+)?(?:{_UNIT})?\s?[×xX*]\s?\d+(?:\.\d+)?",
            lambda m: re.sub(
                r"[×xX*]",
                "乘",
                re.sub(_UNIT, lambda u: words.UNITS[u[0]], re.sub(NUMBER, lambda n: number(n[0]), m[0])),
            ),
        ),
        (
            rf"(?P<minus>{_MINUS})?{_LEFT}(?P<a>{NUMBER})(?:{DASH}(?P<b>{NUMBER}))?(?P<scale>{SCALE})(?P<more>[余多])?\s?(?P<unit>{_UNIT})",
            _unit,
        ),
        (rf"{_LEFT}\d+(?:\.\d+)?(?:\s?[:∶]\s?\d+(?:\.\d+)?)+(?![\d.])", _ratio),
        (rf"{_LEFT}(\d+)\s?/\s?(\d+)(?![\d/])", _fraction),
        (r"(?<![\dA-Za-z.])\.(\d+)", lambda m: "零点" + by_digit(m[1])),
        (rf"(?:{_MINUS})({NUMBER})(?=[-+×~～])", _negative),
        (rf"{_LEFT}(?P<a>{NUMBER})(?P<scale>{SCALE})(?P<dash>{DASH})(?P<b>{NUMBER})(?![\d-])", _range),
        (r"(?<![\d.])(\d+)([米块元])(\d{1,2})(?![\d.]|[\u4e00-\u9fff]?[米块元角分个]|[万亿千百])", _odd_end),
        (rf"(?:{_MINUS})({NUMBER})", _negative),
        (rf"{NUMBER}", _plain),
    )
)  # fmt: skip - a table of rules reads best one a line
"""In the order in which they are tried."""

__all__ = ["NUMBER", "RULES", "cardinal", "counted"]

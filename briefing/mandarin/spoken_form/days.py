"""Dates, years, spans of them, and times of day.

Years digit by digit, months and days as numbers, spans with 到 (GB/T 7408, GB/T 15835-2011 §4.1); a colon between
hours and minutes is a time only where nothing around it makes it a score or a ratio.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.mandarin.spoken_form import words
from briefing.mandarin.spoken_form.numerals import by_digit, cardinal

if TYPE_CHECKING:
    from collections.abc import Callable

DASH = r"\s*(?:[-–~～]|—{1,2}|--)\s*"
"""What newspapers print between the ends of a span."""

_MONTH = r"(?:0?[1-9]|1[0-2])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_YEAR = r"(?:1[5-9]|20|21)\d\d"
_SCORE = re.compile(words.SCORE)
_RATIO = re.compile(words.RATIO)
NEAR = 14
"""Characters on either side in which a word decides what a colon means."""


def _small(text: str) -> str:
    """A month, day, hour or minute: 08 is 八."""
    return cardinal(text.lstrip("0") or "0").replace("两", "二")


def _ymd(match: re.Match[str]) -> str:
    return f"{by_digit(match['y'])}年{_small(match['m'])}月{_small(match['d'])}日"


def _ym(match: re.Match[str]) -> str:
    return f"{by_digit(match['y'])}年{_small(match['m'])}月"


def _year_span(match: re.Match[str]) -> str:
    return f"{by_digit(match[1])}到{by_digit(match[2])}{match[3]}"


def _season(match: re.Match[str]) -> str:
    return by_digit(match[1]) + by_digit(match[2])


def _first(match: re.Match[str]) -> str:
    """Digit by digit what the first group holds, the rest as it is."""
    return by_digit(match[1]) + match[0][len(match[1]) :]


def _many_years(match: re.Match[str]) -> str:
    return cardinal(match[1]) + match[0][len(match[1]) :]


def _month_day_span(match: re.Match[str]) -> str:
    return f"{_small(match[1])}月到{_small(match[2])}月" if match[2] else match[0]


def _months(match: re.Match[str]) -> str:
    return f"{_small(match[1])}到{_small(match[2])}月"


def _days(match: re.Match[str]) -> str:
    return f"{_small(match[1])}到{_small(match[2])}{match[3]}"


def _month_and_days(match: re.Match[str]) -> str:
    end = f"{_small(match[4])}月" if match[4] else ""
    return f"{_small(match[1])}月{_small(match[2])}日到{end}{_small(match[5])}{match[6]}"


def _unit_two(match: re.Match[str]) -> str:
    return _small(match[1]) + match[2]


def _day_of_month(match: re.Match[str]) -> str:
    return f"{_small(match[1] or match[2])}月{_small(match[3])}日"


def _anniversary(match: re.Match[str]) -> str:
    return by_digit(match[1]) + by_digit(match[2])


def _near(match: re.Match[str], pattern: re.Pattern[str]) -> bool:
    """Whether a word of the pattern stands near the match, in the same sentence."""
    before = re.split(r"[。！？；]", match.string[max(0, match.start() - NEAR) : match.start()])[-1]
    after = re.split(r"[。！？；]", match.string[match.end() : match.end() + NEAR])[0]
    return bool(pattern.search(before) or pattern.search(after))


def scored(match: re.Match[str]) -> bool:
    """Whether numbers around a colon or hyphen are a score or a ratio."""
    return _near(match, _SCORE) or _near(match, _RATIO)


def clock(hour: str, minute: str, second: str | None = None) -> str:
    """15:00 十五点, 16:05 十六点零五分, 7:30 七点三十分."""
    said = cardinal(hour.lstrip("0") or "0").replace("两", "两") + "点"
    if int(hour) == 2:  # noqa: PLR2004 - the hour that is said 两点
        said = "两点"
    if minute != "00" or second:
        said += ("零" + _small(minute) if minute[0] == "0" else _small(minute)) + "分"
    if second:
        said += _small(second) + "秒"
    return said


def _time(match: re.Match[str]) -> str:
    if scored(match):
        return match[0]
    half = {"a": "上午", "p": "下午"}.get((match["half"] or "")[:1].lower(), "")
    said = half + clock(match["h"], match["m"], match["s"])
    if match["h2"]:
        said += "到" + clock(match["h2"], match["m2"], None)
    return said


_HOUR = r"(?:[01]?\d|2[0-4])"
_MINUTE = r"[0-5]\d"
_TIME = (
    rf"(?<![\d:.])(?P<h>{_HOUR}):(?P<m>{_MINUTE})(?::(?P<s>{_MINUTE}))?(?!\d|:\d)"
    rf"(?:{DASH}(?P<h2>{_HOUR}):(?P<m2>{_MINUTE})(?!\d|:))?(?:\s*(?P<half>[ap]\.?m\b\.?))?"
)

RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), says)
    for pattern, says in (
        (rf"(?<!\d)(?P<y>{_YEAR})[-/.·](?P<m>{_MONTH})[-/.·](?P<d>{_DAY})(?![\d.])日?", _ymd),
        (rf"(?<!\d)(?P<m>{_MONTH})[-/.](?P<d>{_DAY})[-/.](?P<y>{_YEAR})(?![\d.])", _ymd),
        (rf"(?<![\d./-])(?P<y>{_YEAR})[-/.](?P<m>0[1-9]|1[0-2])(?![\d%./-]|\s*[万亿元点个倍])", _ym),
        (rf"(?<![\d./-])(?P<m>0[1-9]|1[0-2])[-/.](?P<y>{_YEAR})(?![\d./-])", _ym),
        (rf"(?<!\d)({_YEAR})[/-](\d\d)(?=(?:赛季|学年|年度|雪季|财年))", _season),
        (rf"(?<!\d)({_YEAR})年?{DASH}({_YEAR})(年|学年|赛季|年度|财年)", _year_span),
        (r"(?<!\d)(\d{4})(?=余?年(?:的?历史|的?文明|以上|以前|前的?))", _many_years),
        (r"公元前?(\d{1,4})(?=年)", lambda match: match[0][: -len(match[1])] + by_digit(match[1])),
        (rf"(?<!\d)({_YEAR})(?=年(?!级))", lambda match: by_digit(match[1])),
        (
            r"(?<![\d第.])((?:19|20)\d\d)(?=(?:级|届|款|版|赛季|财年|学年|行动|峰会|年会|大会|论坛|欧洲杯|世界杯|亚洲杯|中国|重庆|全国|世界|国际|中超|春晚))",
            lambda match: by_digit(match[1]),
        ),
        (
            r"(?<![\d.])(\d\d)(?=年(?:\d{1,2}月|初|底|末|春|夏|秋|冬|上半年|下半年|第?[一二三四1-4]季))",
            _first,
        ),
        (
            r"(?<![\d.第近约超过满共历达])([5-9]\d)(?=年(?!来|前|后|间|内|以|代|的?(?:历史|时间|努力)))",
            _first,
        ),
        (r"(?<![\d.])(0\d|[5-9]\d)(?=后(?!卫))", _first),
        (rf"(?<![\d.])({_MONTH})月({_DAY})[日号]?{DASH}(({_MONTH})月)?({_DAY})([日号])", _month_and_days),
        (rf"(?<![\d.])({_MONTH})月?{DASH}({_MONTH})(?=月)月", _months),
        (rf"(?<![\d.:-])({_DAY}){DASH}({_DAY})([日号])(?![楼线店馆院])", _days),
        (
            r"(?<![\d./-])(?:(0[1-9])[-/.]|(1[0-2])[-/])(0[1-9]|[12]\d|3[01])(?![\d./%-]|[:个点元万亿米千公分倍])",
            _day_of_month,
        ),
        (r"(?<![\d.])(\d{1,2})·(\d{1,2})(?!\d)", _anniversary),
        (r"(?<=[“\"])(\d{1,2})\.(\d{1,2})(?=[”\"])", _anniversary),
        (r"(?<![\d.])(3)\.(15)(?=晚会|国际|消费)", _anniversary),
        (_TIME, _time),
        (rf"(?<![\d.])({_DAY}|0\d)([月日号时](?![间期代尚])|分(?=\d|[,，。]))", _unit_two),
        (r"(?<=[日月时点分年号天])(?:[-~～]|—{1,2})(?=\d|[上中下本次]|凌晨|早|晚)", lambda _match: "到"),
    )
)
"""In the order in which they are tried: the longer form first."""

"""Times of day and lengths of time.

Sources: GB/T 7408 (hours and minutes with a colon); said as in the programme notes of 中央人民广播电台: 十五点,
十六点零五分. A colon is a time only where nothing makes it a score or a ratio (`scores`, which comes first).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.mandarin.normalize.grammar import DASH, Rule, rule
from briefing.mandarin.normalize.numerals import by_digit, cardinal, small

if TYPE_CHECKING:
    import re

_HALVES = {"a": "上午", "p": "下午"}


def _liang(text: str) -> str:
    """An hour of the clock or a count of hours: 2 两, 12 十二, 05 五."""
    spoken = small(text)
    return "两" if spoken == "二" else spoken


def _minute(text: str) -> str:
    return ("零" if text[0] == "0" and text != "00" else "") + small(text)


def clock(hour: str, minute: str, second: str | None = None) -> str:
    """15:00 十五点, 16:05 十六点零五分, 7:30 七点三十分, 10:28:35 十点二十八分三十五秒."""
    if minute == "00" and not second:
        return f"{_liang(hour)}点"
    spoken = f"{_liang(hour)}点{_minute(minute)}分"
    return f"{spoken}{small(second)}秒" if second else spoken


def _time(match: re.Match[str]) -> str:
    half = _HALVES.get((match["half"] or "")[:1].lower(), "")
    until = f"到{clock(match['h2'], match['m2'])}" if match["h2"] else ""
    return half + clock(match["h"], match["m"], match["s"]) + until


def _hundredths(match: re.Match[str]) -> str:
    """9秒83."""
    return f"{cardinal(match[1])}秒{by_digit(match[2])}"


def _hours(match: re.Match[str]) -> str:
    """7h25min."""
    return f"{_liang(match[1])}小时{small(match[2])}分钟"


def _after_hour(match: re.Match[str]) -> str:
    """9时08分, 9点05分."""
    return _minute(match[0])


def _two_oclock(match: re.Match[str]) -> str:
    """2点, 02点, 2时: the hour as a newsreader says it."""
    return (
        {"点": "两"}.get(match[2], "二") + match[2] if small(match[1]) == "二" else small(match[1]) + match[2]
    )


_HOUR = r"(?:2[0-4]|[01]?\d)"
_MINUTE = r"[0-5]\d"

RULES: tuple[Rule, ...] = (
    rule(
        rf"(?<![\d:.])(?P<h>{_HOUR}):(?P<m>{_MINUTE})(?::(?P<s>{_MINUTE}))?(?!\d|:\d)"
        rf"(?:{DASH}(?P<h2>{_HOUR}):(?P<m2>{_MINUTE})(?!\d|:\d))?(?:\s?(?P<half>[ap]\.?m\b\.?))?",
        _time,
        fold=True,
        needs=":",
    ),
    rule(r"(?<![\d.A-Za-z])(\d{1,2})h(\d{1,2})(?:min|m)(?![A-Za-z])", _hours, needs="h"),
    rule(r"(?<![\d.])(\d{1,3})秒(\d{2,3})(?!\d)", _hundredths, needs="秒"),
    rule(r"(?<=[时点])0\d(?=分)|(?<=时)0\d(?!\d)", _after_hour, needs="时点"),
    rule(
        r"(?<![\d.])(0?\d|1\d|2[0-4])([时点])(?=[^\d个间]|\d|$)(?![以之]?[上下]跌|候|代)",
        _two_oclock,
        needs="时点",
    ),
)

"""Hours of the day as they are said: 22:30 is 晚上10点半."""

from __future__ import annotations

import re

_DAY_PARTS = ((5, "凌晨"), (9, "早上"), (12, "上午"), (13, "中午"), (18, "下午"), (24, "晚上"))
"""Until which hour a part of the day lasts."""
HALF, TWO_DIGITS = 30, 10
"""Minutes that are said as half an hour; minutes that need no 零 before them."""
_PART = r"(?P<part>清晨|凌晨|上午|中午|下午|傍晚|晚间|晚上|深夜|早上|早晨|夜间|夜里|当晚|今晚|昨晚)?"
_TIME = r"(?P<hour>[01]?\d|2[0-4])(?:[:：](?P<colon>[0-5]\d)(?!\d)|时(?:(?P<minute>[0-5]?\d)分(?!钟)|(?P<half>半|整)|(?![间速空候半])))"
_CLOCK = re.compile(rf"(?<![\d.:：第])(?<![\d.][小])(?:北京时间|当地时间)?{_PART}{_TIME}(?P<about>许|左右)?")
_ABOUT_HOUR = re.compile(rf"(?<![\d.:：第]){_PART}(?P<hour>[01]?\d|2[0-4])时许")
_NIGHTS = re.compile(
    r"(?P<part>每晚|每天晚上|当晚|夜间|夜里|晚上?)(?P<low>\d{1,2})(?:时|[:：]00)[—–~～至到-]+(?P<next>次日|第二天)?(?:凌晨|早上|早)?(?P<high>\d{1,2})(?:时(?!间)|[:：]00)"
)
_SAME_PART = re.compile(
    r"(?P<part>凌晨|早上|上午|中午|下午|晚上)(?P<low>\d{1,2}点(?:半|\d{1,2}分|零\d分)?)到(?P=part)(?P<high>\d{1,2}点)"
)
_SPAN = re.compile(r"(?<=[点分半])[—–~～至-]+(?=[凌清早上中下傍晚深夜夜\d])")


def say_clock_times(text: str) -> str:
    """Return the text with clock times in hours of the twelve-hour clock behind their part of the day.

    Durations (2小时30分), results (7分16秒) and ratios are no clock times.
    """
    text = _NIGHTS.sub(_night, text)
    spoken = _ABOUT_HOUR.sub(lambda found: _hour(found["part"], int(found["hour"])) + "左右", text)
    spoken = _CLOCK.sub(_said, spoken)
    spoken = _SPAN.sub("到", spoken)
    return _SAME_PART.sub(r"\g<part>\g<low>到\g<high>", spoken)


def _said(found: re.Match[str]) -> str:
    if found["colon"] is None and "时" not in found[0]:
        return found[0]
    minutes = int(found["colon"] or found["minute"] or 0)
    hour = _hour(found["part"], int(found["hour"]))
    tail = "半" if found["half"] == "半" or minutes == HALF else _minutes(minutes)
    return hour + tail + ("左右" if found["about"] else "")


def _night(found: re.Match[str]) -> str:
    """Return hours of an evening, whose part of the day stands before the first."""
    low, high = (int(found[name]) for name in ("low", "high"))
    until = f"第二天{_hour(None, high)}" if found["next"] else f"{high - 12 if high > 12 else high}点"  # noqa: PLR2004 - hours of the dial
    return f"{found['part']}{low - 12 if low > 12 else low}点到{until}"  # noqa: PLR2004 - hours of the dial


def _minutes(minutes: int) -> str:
    """Return the minutes behind an hour: 零5分, 45分, nothing at the full hour."""
    if not minutes:
        return ""
    return f"{minutes}分" if minutes >= TWO_DIGITS else f"零{minutes}分"


def _hour(part: str | None, hour: int) -> str:
    named = next(name for until, name in (*_DAY_PARTS, (25, "晚上")) if hour < until)
    twelve = hour - 12 if hour > 12 else hour  # noqa: PLR2004 - the twelve-hour clock
    return f"{part or named}{twelve}点"

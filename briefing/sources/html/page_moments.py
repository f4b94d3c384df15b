"""The moments that a text names, in the forms that Chinese pages print and declare."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

FIRST_YEAR, LAST_YEAR = 1990, 2099
"""Years outside are no publication dates of web pages."""
_WEEKDAY: Final = r"(?:\s*(?:[（(]?(?:星期|周|礼拜)[一二三四五六日天][）)]?|[（(][一二三四五六日][）)]))?"
_CLOCK: Final = (
    r"(?:[T\s,，|]*(?P<half>上午|下午|晚上|凌晨|中午)?\s*(?P<hour>[01]?\d|2[0-4])\s*[:：时点]\s*(?P<minute>[0-5]\d)"
    r"(?:\s*[:：分]\s*(?P<second>[0-5]\d)(?:\.\d+)?)?(?:分)?\s*(?P<zone>Z\b|[+-]\d{2}:?\d{2}\b)?)?"
)
DAY: Final = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d{2})\s*(?:"
    r"年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日?"
    r"|(?P<sep>[-/.－])\s*(?P<m2>\d{1,2})\s*(?P=sep)\s*(?P<d2>\d{1,2})(?!\d)"
    # 新华网 sets the year apart: 2023 06/09 10:20:30
    r"|\s*(?P<m3>\d{2})\s*/\s*(?P<d3>\d{2})(?=\s|\d\d:|$)"
    r")" + _WEEKDAY + _CLOCK
)
_YEARLESS: Final = re.compile(
    r"(?<![\d./年-])(?P<month>0?[1-9]|1[0-2])(?:[-/]|月)(?P<day>\d{1,2})日?"
    r"(?:\s*[（(]?(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])[）)]?)?"
    r"(?:(?=\s*$)|\s+(?P<hour>[01]?\d|2[0-3])[:：](?P<minute>[0-5]\d)(?!\d)|(?<=[一二三四五六日天）)])(?=\s))"
)
"""06-14 08:30, as apps print the days of this year; without a time of day only at the end of a line."""
_PARTED: Final = (
    re.compile(
        r"(?<![\d.:/-])(?P<d>\d{1,2})\s+(?P<y>20\d{2})\s*[-./年]\s*(?P<m>\d{1,2})(?!\d|\s*[-./月]\s*\d)"
    ),
    re.compile(r"(?<!\d)(?P<y>20\d{2})\s*[-./年]\s*(?P<m>\d{1,2})\s*月?\s+(?P<d>\d{1,2})(?![\d:：])"),
    re.compile(r"(?<![\d.])(?P<y>[12]\d)(?P<sep>[./-])(?P<m>\d{2})(?P=sep)(?P<d>\d{2})(?![\d.])"),
)
"""A day set large beside its month, 09 2023-06, and a year of two digits, 23.06.09."""
_RELATIVE: Final = re.compile(
    r"(?P<many>\d{1,3}|半)\s*(?P<unit>秒钟?|分钟|个?小时|天|[周週]|个?星期)(?:之)?前|(?P<just>刚刚)"
    r"|(?P<named>[今昨]天|[今昨]日|前天)\s*(?P<hour>[01]?\d|2[0-3])[:：](?P<minute>[0-5]\d)"
)
_UNITS: Final = {
    "秒": "seconds",
    "分": "minutes",
    "小": "hours",
    "天": "days",
    "周": "weeks",
    "週": "weeks",
    "星": "weeks",
}
_WEEKDAY_TIME: Final = re.compile(
    r"(?:上|本)?(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])\s*(?P<hour>[01]?\d|2[0-3])[:：](?P<minute>[0-5]\d)(?!\d)"
)
_WEEKDAYS: Final = {name: at for at, name in enumerate("一二三四五六日")} | {"天": 6}
_HALF: Final = 0.5
_UTC_LABEL: Final = re.compile(r"(?:Z|GMT|UTC|[+-]00:?00)$")
_AGO: Final = {"今": 0, "昨": 1, "前": 2}
_COMPACT: Final = re.compile(
    r"^\s*(?P<y>20\d{2})(?P<m>[01]\d)(?P<d>[0-3]\d)(?:(?P<hour>[0-2]\d)(?P<minute>[0-5]\d)(?P<second>[0-5]\d))?\s*$"
)
_EPOCH: Final = re.compile(r"^\s*(1\d{9})(\d{3})?\s*$")
_IN_ADDRESS: Final = (
    re.compile(r"(?<!\d)(20\d{2})[-/_](\d{1,2})[-/_]?(\d{2})(?!\d)"),
    re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])[/_-]?([0-3]\d)(?!\d)"),
    re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])([0-3]\d)"),
    # 网易: /23/0609/10/
    re.compile(r"/(\d{2})/([01]\d)([0-3]\d)/\d{2}/"),
)
_PM: Final = frozenset({"下午", "晚上"})
_NOON: Final = 12


def moments(text: str, zone: ZoneInfo) -> Iterator[tuple[dt.datetime, bool]]:
    """Every moment in a text, and whether its time of day is given; without a zone of its own it is in `zone`."""
    for match in DAY.finditer(text):
        moment = read_match(match, zone)
        if moment:
            yield moment, match["hour"] is not None


def moment(value: str, zone: ZoneInfo) -> tuple[dt.datetime, bool] | None:
    """The moment that a machine-readable value names: ISO 8601, RFC 822, digits, seconds or ms since 1970."""
    if epoch := _EPOCH.match(value):
        return dt.datetime.fromtimestamp(int(epoch[1]), zone), True
    if compact := _COMPACT.match(value):
        match = read_match(compact, zone)
        return (match, compact["hour"] is not None) if match else None
    return next(moments(value, zone), None) or _rfc822(value, zone)


def yearless(text: str, year: int, zone: ZoneInfo) -> tuple[dt.datetime, bool] | None:
    """The moment in `year` that a text names without its year, such as 06-14 08:30, and whether a time is given."""
    match = _YEARLESS.search(text)
    day = _checked(year, int(match["month"]), int(match["day"]), zone) if match else None
    if not match or not day or not match["hour"]:
        return (day, False) if day else None
    return day.replace(hour=int(match["hour"]), minute=int(match["minute"])), True


def parted(text: str, zone: ZoneInfo) -> dt.datetime | None:
    """The day that a text names with its parts set apart, or with a year of two digits."""
    matches = (match for form in _PARTED for match in form.finditer(text))
    days = (
        _checked(2000 + int(match["y"][-2:]), int(match["m"]), int(match["d"]), zone) for match in matches
    )
    return next(filter(None, days), None)


def relative(text: str, now: dt.datetime) -> tuple[dt.datetime, bool] | None:
    """The moment that a text names by its distance from `now`, such as 2小时前 or 昨天 08:30; None when it does not."""
    match = _RELATIVE.search(text)
    if not match:
        return _of_weekday(text, now)
    if match["named"]:
        day = now - dt.timedelta(days=_AGO[match["named"][0]])
        return day.replace(
            hour=int(match["hour"]), minute=int(match["minute"]), second=0, microsecond=0
        ), True
    unit = _UNITS[match["unit"].lstrip("个")[0]] if match["unit"] else "seconds"
    many = _HALF if match["many"] == "半" else int(match["many"] or 0)
    span = dt.timedelta(**{unit: many})
    return (now - span).replace(second=0, microsecond=0), unit not in {"days", "weeks"}


def _of_weekday(text: str, now: dt.datetime) -> tuple[dt.datetime, bool] | None:
    """The last moment before `now` that has the weekday and the time of a text: 星期日 19:30."""
    match = _WEEKDAY_TIME.search(text)
    if not match:
        return None
    stamp = now.replace(hour=int(match["hour"]), minute=int(match["minute"]), second=0, microsecond=0)
    stamp -= dt.timedelta(days=(stamp.weekday() - _WEEKDAYS[match["weekday"]]) % 7)
    return (stamp if stamp <= now else stamp - dt.timedelta(days=7)), True


def labelled_utc(value: str) -> bool:
    """Return whether a machine-readable moment says that it is in UTC."""
    return bool(_UTC_LABEL.search(value.strip()))


def as_local(moment: dt.datetime) -> dt.datetime:
    """Return a moment whose clock was that of its zone, though it was labelled UTC."""
    zone = moment.tzinfo
    return moment.astimezone(dt.UTC).replace(tzinfo=zone)


def of_address(url: str, zone: ZoneInfo) -> dt.datetime | None:
    """The day in an article's address, such as /2023-06/09/content_1.htm or /20230609/."""
    groups = [match.groups() for form in _IN_ADDRESS for match in form.finditer(url)]
    days = (_checked(int(year[-2:]) + 2000, int(month), int(day), zone) for year, month, day in groups)
    return next(filter(None, days), None)


def read_match(found: re.Match[str], zone: ZoneInfo) -> dt.datetime | None:
    """The moment of a match of `DAY`; None for a day that does not exist."""
    parts = found.groupdict()
    month = parts["m"] or parts.get("m2") or parts.get("m3")
    day = parts["d"] or parts.get("d2") or parts.get("d3")
    stamp = _checked(int(parts["y"]), int(month or 0), int(day or 0), zone)
    if stamp is None or parts["hour"] is None:
        return stamp
    return _at(stamp, parts)


def _at(day: dt.datetime, parts: dict[str, str | None]) -> dt.datetime:
    """The day with its time, moved from the zone that is written to the page's."""
    hour = int(parts["hour"] or 0)
    if parts.get("half") in _PM and hour < _NOON:
        hour += _NOON
    stamp = day.replace(hour=hour % 24, minute=int(parts["minute"] or 0), second=int(parts["second"] or 0))
    written = parts.get("zone")
    if not written:
        return stamp
    return stamp.replace(tzinfo=_offset(written)).astimezone(day.tzinfo)


def _offset(written: str) -> dt.timezone:
    if written == "Z":
        return dt.UTC
    sign = -1 if written[0] == "-" else 1
    span = dt.timedelta(hours=min(int(written[1:3]), 23), minutes=int(written[-2:]) % 60)
    return dt.timezone(sign * span)


def _checked(year: int, month: int, day: int, zone: ZoneInfo) -> dt.datetime | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return dt.datetime(year, month, day, tzinfo=zone)
    except ValueError:
        return None


def _rfc822(value: str, zone: ZoneInfo) -> tuple[dt.datetime, bool] | None:
    try:
        stamp = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if not FIRST_YEAR <= stamp.year <= LAST_YEAR:
        return None
    return (stamp.astimezone(zone) if stamp.tzinfo else stamp.replace(tzinfo=zone)), True

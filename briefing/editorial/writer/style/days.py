"""Days and years of a printed page, as a listener on the day of broadcast says them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

RELATIVE = {
    "大前天": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "昨": -1, "今天": 0, "今日": 0, "当日": 0,
    "明天": 1, "明日": 1, "后天": 2,
}  # fmt: skip
"""Words of a page for days, counted from the day it was printed."""
SPOKEN = {-2: "前天", -1: "昨天", 0: "今天", 1: "明天", 2: "后天"}
"""Words of a listener for days, counted from the day of broadcast."""
YEARS = {-2: "前年", -1: "去年", 0: "今年", 1: "明年"}
WEEKDAYS = "一二三四五六日"
WEEK, SOON = 7, 60
"""Days back that are named by their weekday; days ahead whose year needs no word."""
STALE_DAYS = 10
"""Days after which a page's 近日 and 刚刚 say nothing true any more."""

_PARTS = {"晚": "晚上", "早": "早上", "晨": "早晨", "午": "中午"}
_PART = r"(?P<part>清晨|凌晨|上午|中午|下午|傍晚|晚间|晚上|深夜|早上|早晨|晚|夜间|夜里)?"
_RELATIVE = re.compile(
    r"(?<![\u4e00-\u9fff]前)(?P<word>大前天|前天|前日|昨天|昨日|今天|今日|明天|明日|后天|昨(?=[晚晨]|早[，上])|今(?=[晚晨]|早[，上]))"
    r"(?:[（(](?:\d{1,2}月)?\d{1,2}日[）)])?(?P<part>清晨|凌晨|上午|中午|下午|傍晚|晚间|晚上|深夜|早上|早晨|晚|晨|早)?"
)
_SPAN_TAIL = r"(?!日?[～~—–-]|日?[至到](?:\d|次|本|下)|[、和](?:\d{1,2}月)?\d{1,2}日)"
_SPAN_HEAD = r"(?<![～~—–\-、和\d./])(?<!(?<![截迟])至)(?<![日天]到)(?<!\d日)(?<!第)"
_DATE = re.compile(
    rf"{_SPAN_HEAD}(?:(?P<year>\d{{4}}|今|去)年)?(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日{_SPAN_TAIL}{_PART}"
)
_BARE = re.compile(
    rf"{_SPAN_HEAD}(?<![月\d.])(?:(?P<which>本|上|下)月)?(?P<day>[1-9]|[12]\d|3[01])日(?![元游内均间期报子后常])(?!前(?!抢|完|将|到|报|提))"
    rf"(?:电|讯)?{_SPAN_TAIL}{_PART}"
)
_BARE_SPAN = re.compile(
    rf"{_SPAN_HEAD}(?<![月\d.])(?P<low>[1-9]|[12]\d|3[01])日?[～~—–至到-]+(?P<high>[1-9]|[12]\d|3[01])日(?![元游内均间期报子])"
)
_YEARS = re.compile(r"\d{4}(?:年(?:\d{1,2}月)?(?:\d{1,2}日)?)?\s*[至到—–~～-]+\s*(?:次年|\d{4}年)|次年")
"""A span from one year to another, in which no year is turned by itself."""
_YEAR = re.compile(
    r"(?<![\d./-])(?P<year>(?:19|20)\d\d)年(?!度)(?=(?P<next>[\u4e00-\u9fff，]{0,2}|\d{1,2}月|前\d))"
)
_AGE = re.compile(r"(?<!\d)(今|去|前|明|后)年")
_AGES = {"前": -2, "去": -1, "今": 0, "明": 1, "后": 2}
_VAGUE = re.compile(
    r"(?:^|(?<=[，；。]))(?:日前|近日|近期|最近|连日来|刚刚)，?|(?:日前|近日|刚刚)(?=[\u4e00-\u9fff])"
)
_QUOTED = re.compile("“[^”]*”|《[^》]*》")
SOON_DAYS = 10
"""Days ahead that a bare day of the month may mean, where it lies nearer than the one before."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Day that a page was printed, None when nobody knows it, and day of broadcast."""

    printed: date | None
    aired: date

    @property
    def is_stale(self) -> bool:
        """Return whether the page is older than what 近日 can mean, or of a day nobody knows."""
        return self.printed is None or (self.aired - self.printed).days > STALE_DAYS


def turn_days(text: str, calendar: Calendar) -> str:
    """Return the text with its days and years as said on the day of broadcast; names in quotation marks stay.

    Within a week days are relative (昨天, 本周二), beyond they have a date. A page without a printed day keeps its
    dates, and its relative days go: nobody can say which they are.
    """
    parts, start = [], 0
    for quoted in _QUOTED.finditer(text):
        parts += [_turn(text[start : quoted.start()], calendar), quoted[0]]
        start = quoted.end()
    return "".join((*parts, _turn(text[start:], calendar)))


def _turn(text: str, calendar: Calendar) -> str:
    printed = calendar.printed
    if printed is None:
        return _undated(text)
    if _YEARS.search(text):
        return text
    turned = _RELATIVE.sub(lambda found: _relative(found, calendar), text)
    turned = _BARE_SPAN.sub(lambda found: _bare_span(found, calendar), turned)
    turned = _DATE.sub(lambda found: _dated(found, calendar), turned)
    turned = _BARE.sub(lambda found: _bare(found, calendar), turned)
    turned = _YEAR.sub(lambda found: _year(found, calendar.aired), turned)
    if printed.year != calendar.aired.year:
        turned = _AGE.sub(lambda found: say_year(printed.year + _AGES[found[1]], calendar.aired), turned)
    return _VAGUE.sub("", turned) if calendar.is_stale else turned


def _undated(text: str) -> str:
    """Leave out relative days of a page whose day is not known."""
    bare = re.sub(_RELATIVE.pattern + "，?", "", text)
    return _VAGUE.sub("", bare)


def _relative(found: re.Match[str], calendar: Calendar) -> str:
    meant = _printed(calendar) + timedelta(
        days=RELATIVE.get(found["word"], -1 if found["word"][0] == "昨" else 0)
    )
    return say_day(meant, calendar.aired) + _part(found["part"])


def _printed(calendar: Calendar) -> date:
    """Return the printed day; only called where there is one."""
    if calendar.printed is None:
        raise ValueError("a page without a printed day has no relative days")
    return calendar.printed


def _part(printed: str | None) -> str:
    return _PARTS.get(printed or "", printed or "")


def _dated(found: re.Match[str], calendar: Calendar) -> str:
    printed = _printed(calendar)
    year = {"今": printed.year, "去": printed.year - 1}.get(found["year"] or "")
    if year is None:
        year = int(found["year"]) if found["year"] else None
    meant = (
        _nearest(int(found["month"]), int(found["day"]), printed)
        if year is None
        else _day(year, int(found["month"]), int(found["day"]))
    )
    return say_day(meant, calendar.aired) + _part(found["part"]) if meant else found[0]


def _bare(found: re.Match[str], calendar: Calendar) -> str:
    """Give a day of the month its month: of the last and the next such day the one that is nearer to printing."""
    day, printed = int(found["day"]), _printed(calendar)
    back = next(
        (printed - timedelta(days=n) for n in range(31) if (printed - timedelta(days=n)).day == day), None
    )
    ahead = next(
        (printed + timedelta(days=n) for n in range(1, 31) if (printed + timedelta(days=n)).day == day), None
    )
    month = {"上": -1, "本": 0, "下": 1}.get(found["which"] or "")
    if month is not None:
        index = printed.year * 12 + printed.month - 1 + month
        meant = _day(index // 12, index % 12 + 1, day)
    else:
        soon = ahead is not None and (back is None or (ahead - printed).days < (printed - back).days)
        meant = ahead if soon and ahead is not None and (ahead - printed).days <= SOON_DAYS else back
    return say_day(meant, calendar.aired) + _part(found["part"]) if meant else found[0]


def _bare_span(found: re.Match[str], calendar: Calendar) -> str:
    """Give a span of days of the month its days: 明天到本周五, or with the month where they are far."""
    printed = _printed(calendar)
    around = (printed + timedelta(days=n) for n in range(-15, 20))
    low = min(
        (day for day in around if day.day == int(found["low"])),
        key=lambda day: abs((day - printed).days),
        default=None,
    )
    high = low and next(
        (low + timedelta(days=n) for n in range(31) if (low + timedelta(days=n)).day == int(found["high"])),
        None,
    )
    if not low or not high:
        return found[0]
    return f"{say_day(low, calendar.aired)}到{say_day(high, calendar.aired)}"


def _nearest(month: int, day: int, printed: date) -> date | None:
    """Return the date of that month and day that lies nearest to the printed day."""
    days = (_day(printed.year + shift, month, day) for shift in (-1, 0, 1))
    return min((day for day in days if day), key=lambda found: abs((found - printed).days), default=None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def say_day(meant: date, aired: date) -> str:
    """Return how a listener on `aired` calls a day: 昨天, 本周二, 上周五, 下周一, 5月30日, 去年5月30日."""
    delta = (meant - aired).days
    if delta in SPOKEN:
        return SPOKEN[delta]
    monday = aired - timedelta(days=aired.weekday())
    if -WEEK <= delta < 0:
        return ("本周" if meant >= monday else "上周") + WEEKDAYS[meant.weekday()]
    if delta > 0 and meant - monday < timedelta(days=WEEK):
        return "本周" + WEEKDAYS[meant.weekday()]
    if 0 < delta <= WEEK + 1 and meant - monday < timedelta(days=2 * WEEK):
        return "下周" + WEEKDAYS[meant.weekday()]
    year = "" if meant.year == aired.year or 0 < delta < SOON else say_year(meant.year, aired)
    return f"{year}{meant.month}月{meant.day}日"


def say_year(year: int, aired: date) -> str:
    """Return how a listener on `aired` calls a year."""
    return YEARS.get(year - aired.year, f"{year}年")


def _year(found: re.Match[str], aired: date) -> str:
    spoken = say_year(int(found["year"]), aired)
    return spoken if not spoken[0].isdigit() else found[0]


_SPAN = re.compile(
    r"(?:^|(?<=，))((?:去年|今年|前年|\d{4}年)(?:上半年|下半年|全年|[一二三四]季度|前\d{1,2}个月|前三季度)|上半年|前三季度|[一二三四]季度|去年|今年以来|前年|\d{4}年)(?=，|全[市区县省]|[\u4e00-\u9fff]{2,3}[区市县省])"
)
_QUANTITY = re.compile(r"\d[\d.]*(?:[万亿多]*(?:元|人次|件|吨|辆|家|户|个|公里|天)|%|个百分点)")
_ANY_TIME = re.compile(
    r"\d{4}年|[\d一二三四五六七八九十]月|\d日|[去今明前]年|上半年|下半年|季度|以来|目前|累计|全年|[昨今明前]天|本周|上周|最近|届时|期间|将|要|当天|首轮|计划|预计|到\d|现在|如今|眼下|目前|当时|如果|如遇|可以|应|必须|[年月天]来|时|后|前"
)


def find_span(text: str) -> str:
    """Return the last stretch of time (去年, 一季度) that a text gives for what follows; empty without one."""
    spans = _SPAN.findall(text)
    return spans[-1] if spans else ""


def needs_span(text: str) -> bool:
    """Return whether a text gives figures and no time."""
    return _QUANTITY.search(text) is not None and _ANY_TIME.search(text) is None

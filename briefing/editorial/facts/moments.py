"""Days, months, years and clock times of a sentence, resolved against the printed day.

A bare 8日 is the nearest such day: papers name the month of a farther one.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from briefing.editorial.facts.read_numerals import read_numeral

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Moment:
    """A time in a text: days from `first` to `last`, or a clock time in minutes, with its relation to the event."""

    start: int
    """First character."""
    end: int
    """Behind the last character, the relation (前, 起) included."""
    text: str
    """The characters as written."""
    first: date | None = None
    """First day meant; None for a clock time or a part of a day."""
    last: date | None = None
    """Last day meant."""
    minutes: int | None = None
    """Minutes after midnight, of a clock time."""
    vague: bool = False
    """Whether the clock time may be half a day later: 10点 without a part of the day."""
    part: str = ""
    """Part of the day: 夜, 早, 午, 晚, or empty."""
    relation: str = ""
    """前, 起, 止 or empty: by then, from then, until then."""


_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR_WORDS = {
    "大前年": -3,
    "前年": -2,
    "去年": -1,
    "上年": -1,
    "今年": 0,
    "本年": 0,
    "本年度": 0,
    "明年": 1,
    "后年": 2,
    "次年": 1,
    "当年": 0,
}
_DAY_WORDS = {
    "大前天": -3, "前天": -2, "前日": -2, "前晚": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "昨晨": -1, "昨夜": -1,
    "今天": 0, "今日": 0, "今晨": 0,
    "今早": 0, "今晚": 0, "明天": 1, "明日": 1, "明晚": 1, "明早": 1, "后天": 2, "后日": 2, "大后天": 3,
}  # fmt: skip
_WORD_PARTS = {"晚": "晚", "晨": "早", "早": "早", "夜": "晚"}
_WEEK_WORDS = {"上上": -2, "上个": -1, "上": -1, "本": 0, "这个": 0, "这": 0, "下个": 1, "下": 1, "": 0}
_WEEKDAYS = {char: number for number, char in enumerate("一二三四五六日")} | {"天": 6, "末": 5}
_MONTH_WORDS = {"上个月": -1, "上月": -1, "本月": 0, "这个月": 0, "当月": 0, "下个月": 1, "下月": 1}
_SEASONS = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11), "冬": (11, 14)}
_PARTS = {
    "零时": "夜", "凌晨": "夜", "清晨": "早", "早晨": "早", "早上": "早", "清早": "早", "一早": "早", "上午": "早",
    "中午": "午", "正午": "午",
    "下午": "午", "午后": "午", "傍晚": "晚", "晚上": "晚", "晚间": "晚", "当晚": "晚", "夜间": "晚", "夜里": "晚",
    "深夜": "晚", "晚": "晚", "夜": "晚",
}  # fmt: skip
_PART = "|".join(sorted(_PARTS, key=len, reverse=True))
_RELATION = (
    r"(?P<relation>及?之前|及?以前|及以后|及之后|前(?!后|往|来|景|两|三|十|\d)|底前|起|开始|以后|之后"
    r"|以来|止|截止|为止|前夕)?"
)
_UNTIL = re.compile(r"(?:截至|截止到?|直到)(?:今年|去年)?$")
_YEAR_WORD = "|".join(sorted(_YEAR_WORDS, key=len, reverse=True))
_SPELLED_YEAR = r"[一二]〇[〇一二三四五六七八九]{2}|二[〇零][〇零一二三四五六七八九]{2}"
_YEAR = rf"(?:(?P<year>\d{{4}}|{_SPELLED_YEAR})年|(?P<yearword>{_YEAR_WORD})(?:的)?)"
_SPANS = (
    r"(?P<span>全年|上半年|下半年|第?[一二三四]季度|首季|前\d{1,2}个?月|前[一二两三四五六七八九十]+个?月"
    r"|头[一二两三四五六七八九十]+个?月|前[二两三]个?季度"
    r"|年初|年底|年末|年中|岁末|底|初|末"
    r"|春天|夏天|秋天|冬天|春季|夏季|秋季|冬季|[春夏秋冬](?![天季日]))"
)
_DATE = re.compile(
    rf"(?:{_YEAR})?(?P<month>{_N})月(?:份)?(?:(?P<day>{_N})(?:日|号)(?![线楼院])|(?P<ten>上旬|中旬|下旬|初|底|末|中(?=[，,旬]))?){_RELATION}"
)
_YEAR_SPAN = re.compile(rf"{_YEAR}(?:度)?{_SPANS}?{_RELATION}")
_BARE_SPAN = re.compile(
    r"(?P<span>上半年|下半年|第?[一二三四]个?季度|首季|(?<![提之以此])前\d{1,2}个?月|(?<![提之以此])[前头][一二两三四五六七八九十]{1,2}个?月|前[二三]个?季度|年底|年末|年初|年内|年前)(?P<rel2>以前|之前|前)?|(?<![历清])(?P<which>[今去])(?P<season>[春夏秋冬])"
)
_BARE_DAY = re.compile(
    rf"(?<![\d月.:])(?P<day>\d{{1,2}}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?:日|号(?![线楼院路馆桥站台风文门]))(?!内|间|游|均|产|报|常|元|本|后|龄){_RELATION}"
)
_WORD = re.compile("(?:" + "|".join(sorted(_DAY_WORDS, key=len, reverse=True)) + ")" + _RELATION)
_WEEKDAY = re.compile(
    r"(?P<week>上上|上个|下个|这个|上|本|这|下)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末])(?![期年岁个次])"
)
_WEEK = re.compile(r"(?P<week>上个|下个|这个|上|本|这|下)(?:周|星期)(?![一二三四五六日天末])")
_MONTH_WORD = "|".join(sorted(_MONTH_WORDS, key=len, reverse=True))
_MONTH = re.compile(
    rf"(?P<word>{_MONTH_WORD})(?:的)?(?:(?P<day>{_N})(?:日|号)|(?P<ten>上旬|中旬|下旬|初|底|末))?{_RELATION}"
)
_RANGE = r"(?:—+|－|-|~|～|–|至|到)"
_CLOCK = re.compile(
    rf"(?<!分之)(?P<part>{_PART})?(?P<hour>\d{{1,2}}|(?<![零一二两三四五六七八九十百])[零一二两三四五六七八九十]{{1,3}})(?:(?:时|点(?!\d)|点(?=\d{{1,2}}分))(?!间|刻|期|代|速|长|评|子|多|火|赞|左右的|击|名|心|检)(?:整|钟)?|[:：](?=\d\d))"
    rf"(?:(?P<half>半)|(?P<quarter>[一三])刻|(?P<minute>\d{{1,2}}|[零一二三四五六七八九十]{{1,3}})分?(?!\d|钟))?(?:许|左右|前后|多)?(?P<relation>前(?!往|来)|之前|以前|起|开始|以后|之后|止|截止)?"
)
_CLOCK_RANGE = re.compile(rf"(?P<hour>\d{{1,2}}){_RANGE}(?=\d{{1,2}}[时点])")
_BARE_PART = re.compile(
    f"(?:{'|'.join(sorted((word for word in _PARTS if len(word) > 1), key=len, reverse=True))})"
)
_RELATIONS = {
    **dict.fromkeys(("及之前", "及以前", "之前", "以前", "前", "底前", "前夕"), "前"),
    **dict.fromkeys(("及以后", "及之后", "起", "开始", "以后", "之后", "以来"), "起"),
    **dict.fromkeys(("止", "截止", "为止"), "止"),
}  # fmt: skip
_LONGEST_GUESS = 32
_DAY_BEFORE = frozenset("今昨明前当")
_NOON, _DAY_HOURS, _HOUR_MINUTES, _DAY_MINUTES = 12, 24, 60, 1440
_MONTHS = 12
_LATEST_PAST, _LATEST_AHEAD = 8, 9
"""Months that a month without its year may lie ahead or behind."""


def parse_moments(text: str, printed: date) -> tuple[Moment, ...]:
    """Return the times of a text in order, none overlapping another; `printed` is the day of the paper."""
    collected: list[Moment] = []
    for parse in (_dates, _months, _words, _weekdays, _spans, _days, _clocks, _parts):
        for moment in parse(text, printed):
            if not any(other.start < moment.end and moment.start < other.end for other in collected):
                collected.append(moment)
    ordered = sorted(collected, key=lambda moment: moment.start)
    return tuple(_with_context(text, ordered))


def _dates(text: str, printed: date) -> Iterator[Moment]:
    """Dates with their month, months, and years with or without a part of them."""
    for match in (*_DATE.finditer(text), *_YEAR_SPAN.finditer(text)):
        span = _date_span(match, _year(match, printed), printed)
        if span:
            relation = _RELATIONS.get(match["relation"] or "", "")
            yield Moment(match.start(), match.end(), match[0], *span, relation=relation)


def _year(match: re.Match[str], printed: date) -> int | None:
    parts = match.groupdict()
    if parts.get("yearword"):
        return printed.year + _YEAR_WORDS[parts["yearword"]]
    if parts.get("year"):
        number = read_numeral(parts["year"])
        return int(number) if number else None
    return None


def _date_span(match: re.Match[str], year: int | None, printed: date) -> tuple[date, date] | None:
    month = _number(match.groupdict().get("month"))
    if month is None:
        return _in_year(match.groupdict().get("span") or "", year or printed.year)
    if not 1 <= month <= _MONTHS:
        return None
    year = year or _nearest_year(month, printed)
    if match["day"]:
        return _day_of(year, month, _number(match["day"]) or 0)
    return _in_month(year, month, match["ten"] or "")


def _nearest_year(month: int, printed: date) -> int:
    """The year that a month without one means: the nearest, as papers write."""
    distance = month - printed.month
    return printed.year - (distance > _LATEST_PAST) + (distance < -_LATEST_AHEAD)


def _day_of(year: int, month: int, day: int) -> tuple[date, date] | None:
    try:
        meant = date(year, month, day)
    except ValueError:
        return None
    return meant, meant


def _in_month(year: int, month: int, part: str) -> tuple[date, date] | None:
    if not date.min.year <= year < date.max.year:
        return None
    last = calendar.monthrange(year, month)[1]
    first, end = {
        "上旬": (1, 10), "中旬": (11, 20), "下旬": (21, last), "初": (1, 7), "底": (last - 6, last), "末": (last - 6,
        last), "中": (10, 20),
    }.get(part, (1, last))  # fmt: skip
    return date(year, month, first), date(year, month, end)


def _in_year(span: str, year: int) -> tuple[date, date] | None:
    """The days of a part of a year: 上半年, 前三季度, 年底, 冬天; the whole year when no part is named."""
    if not date.min.year <= year < date.max.year:
        return None
    first, last = _months_of(span)
    extra, last_month = divmod(last - 1, 12)
    return date(year, first, 1), _month_end(year + extra, last_month + 1)


def _months_of(span: str) -> tuple[int, int]:
    fixed = {
        "上半年": (1, 6), "下半年": (7, 12), "首季": (1, 3), "年初": (1, 2), "初": (1, 2), "年底": (12, 12),
        "底": (12, 12), "末": (12, 12), "年末": (12, 12),
        "岁末": (12, 12), "年中": (6, 7),
    }  # fmt: skip
    if span in fixed:
        return fixed[span]
    if "季度" in span:
        count = _number(span.strip("第前季度个")) or 1
        return (1, 3 * count) if span.startswith("前") else (3 * count - 2, 3 * count)
    if span.startswith(("前", "头")):
        return 1, min(12, _number(span.strip("前头个月")) or 1)
    if span[:1] in _SEASONS:
        return _SEASONS[span[0]]
    return 1, 12


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _months(text: str, printed: date) -> Iterator[Moment]:
    """下月, 本月8日, 上个月底."""
    for match in _MONTH.finditer(text):
        months = printed.year * 12 + printed.month - 1 + _MONTH_WORDS[match["word"]]
        year, month = divmod(months, 12)
        day = _number(match["day"])
        span = _day_of(year, month + 1, day) if day else _in_month(year, month + 1, match["ten"] or "")
        if span:
            relation = _RELATIONS.get(match["relation"] or "", "")
            yield Moment(match.start(), match.end(), match[0], *span, relation=relation)


def _words(text: str, printed: date) -> Iterator[Moment]:
    """昨天, 今晚."""
    for match in _WORD.finditer(text):
        word = next(word for word in sorted(_DAY_WORDS, key=len, reverse=True) if match[0].startswith(word))
        meant = printed + timedelta(days=_DAY_WORDS[word])
        relation = _RELATIONS.get(match["relation"] or "", "")
        yield Moment(
            match.start(),
            match.end(),
            match[0],
            meant,
            meant,
            part=_WORD_PARTS.get(word[-1], ""),
            relation=relation,
        )


def _weekdays(text: str, printed: date) -> Iterator[Moment]:
    """周日, 上周五, 下周."""
    monday = printed - timedelta(days=printed.weekday())
    for match in _WEEKDAY.finditer(text):
        first = monday + timedelta(days=7 * _WEEK_WORDS[match["week"] or ""] + _WEEKDAYS[match["weekday"]])
        last = first + timedelta(days=1 if match["weekday"] == "末" else 0)
        habit = re.search(r"[每逢]个?$", text[max(0, match.start() - 2) : match.start()]) is not None
        yield Moment(
            match.start(), match.end(), match[0], first, last, part="每" + match["weekday"] if habit else ""
        )
    for match in _WEEK.finditer(text):
        first = monday + timedelta(days=7 * _WEEK_WORDS[match["week"]])
        yield Moment(match.start(), match.end(), match[0], first, first + timedelta(days=6))


def _spans(text: str, printed: date) -> Iterator[Moment]:
    """上半年, 年底, 今冬 of the paper's own year, 去冬 of the year before."""
    for match in _BARE_SPAN.finditer(text):
        if match["season"]:
            span = _in_year(match["season"], printed.year - (match["which"] == "去"))
        elif match["span"] in {"年内", "年前"}:
            span = (date(printed.year, 1, 1), date(printed.year, 12, 31))
        else:
            span = _in_year(match["span"], printed.year)
        if span:
            yield Moment(match.start(), match.end(), match[0], *span, relation="前" if match["rel2"] else "")


def _days(text: str, printed: date) -> Iterator[Moment]:
    """8日 without its month."""
    for match in _BARE_DAY.finditer(text):
        day = _number(match["day"]) or 0
        meant = _last_such_day(day, printed)
        if meant:
            relation = _RELATIONS.get(match["relation"] or "", "")
            yield Moment(match.start(), match.end(), match[0], meant, meant, relation=relation)


def _last_such_day(day: int, printed: date) -> date | None:
    """The nearest such day: papers name the month of a farther one."""
    near = (printed + timedelta(days=offset) for far in range(_LONGEST_GUESS) for offset in (-far, far))
    return next((meant for meant in near if meant.day == day), None)


def _clocks(text: str, _printed: date) -> Iterator[Moment]:
    """22:30, 晚上十点半, 6时."""
    for match in _CLOCK.finditer(text):
        hour, minute = _number(match["hour"]), _clock_minute(match)
        if match["hour"] == "一" and not match["part"] and not match["half"]:
            continue
        if hour is None or not 0 <= hour <= _DAY_HOURS or not 0 <= minute < _HOUR_MINUTES:
            continue
        part = _PARTS.get(match["part"] or "", "")
        afternoon = (
            part in {"午", "晚"} and hour < _NOON and not (match["part"] == "中午" and hour >= _NOON - 1)
        ) and hour != 0
        if hour == _NOON and part in {"晚", "夜"}:
            hour = 24
        minutes = ((hour + (12 if afternoon else 0)) * 60 + minute) % _DAY_MINUTES
        vague = not part and 1 <= hour <= _NOON and match[0].find(":") < 0
        relation = _RELATIONS.get(match["relation"] or "", "")
        start = match.start()
        if match["part"] and text[max(0, start - 1) : start] in _DAY_BEFORE:
            # 今晚 is a day already: the hour keeps its part and gives the word away.
            start = match.start("hour")
        yield Moment(
            start,
            match.end(),
            text[start : match.end()],
            minutes=minutes,
            vague=vague,
            part=part,
            relation=relation,
        )
    for match in _CLOCK_RANGE.finditer(text):
        yield Moment(
            match.start(), match.end("hour"), match["hour"], minutes=int(match["hour"]) % 24 * 60, vague=True
        )


def _clock_minute(match: re.Match[str]) -> int:
    if match["half"]:
        return 30
    if match["quarter"]:
        return 15 if match["quarter"] == "一" else 45
    return _number(match["minute"]) or 0


def _parts(text: str, _printed: date) -> Iterator[Moment]:
    for match in _BARE_PART.finditer(text):
        yield Moment(match.start(), match.end(), match[0], part=_PARTS[match[0]])


def _number(text: str | None) -> int | None:
    number = read_numeral(text) if text else None
    return None if number is None else int(number)


def _with_context(text: str, moments: list[Moment]) -> Iterator[Moment]:
    """Moments with what their neighbours say: a range shares its month, 截至 makes an end."""
    previous: Moment | None = None
    for moment in moments:
        between = text[previous.end : moment.start] if previous else ""
        ranged = previous is not None and re.fullmatch(_RANGE, between) is not None
        resolved = _in_range(previous, moment) if ranged and previous else moment
        until = _UNTIL.search(text[max(0, moment.start - 4) : moment.start])
        if not resolved.relation and until and not ranged:
            resolved = replace(resolved, relation="止")
        yield resolved
        previous = resolved


def _in_range(first: Moment, last: Moment) -> Moment:
    """The end of a range with the month of its beginning: 12月1日至15日."""
    match = re.match(r"(\d{1,2})[日号]", last.text)
    if match is None or first.first is None:
        return last
    year, month, day = first.first.year, first.first.month, int(match[1])
    span = _day_of(year, month, day)
    if span and span[0] < first.first:
        span = _day_of(year + month // _MONTHS, month % _MONTHS + 1, day)
    return replace(last, first=span[0], last=span[1]) if span else last

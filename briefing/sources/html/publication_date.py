"""Which of the dates on a page is the article's.

Each place that may name it has a voice: what is declared for machines, the comment of a newspaper system, the line
under the title, script variables, the address. Voices for the same day add up; the day with the most is taken, and
of its moments the one with the strongest voice that has a time of day.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from briefing.sources.html import boilerplate, class_names, container, page_moments
from briefing.sources.newspaper.lines import printed_dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from zoneinfo import ZoneInfo

    from briefing.sources.html.dom import Line, Node
    from briefing.sources.html.metadata import Metadata

_LABELLED: Final = re.compile(
    r"(?:发布|发表|发稿|刊发|刊登|出版|公开|推送|上传|创建|成文|录入|添加|日期|时间)[^\d]{0,8}$|^\s*(?:日期|时间)"
)
_CREDITS: Final = re.compile(r"发布|发表|来源|阅读量")
"""A line of credits, though it may end with a sentence on rights."""
_CHANGED: Final = re.compile(r"(?:更新|修改|编辑于|截至|截止)[^\d]{0,8}$")
_NOW: Final = re.compile(r"今天是|今日是|现在是|当前(?:时间|日期)|北京时间\s*$|农历")
_COPYRIGHT: Final = re.compile(r"(?i)©|copyright|版权所有")
_AHEAD: Final = dt.timedelta(minutes=5)
"""How far a site's clock may be ahead of ours."""
_SHORT: Final = 160
"""Characters of a line that may hold the article's time; longer ones are prose."""


class Around(NamedTuple):
    """Places where a page may print its day: from title to text, elsewhere, the last paragraphs."""

    head: Sequence[Line]
    rest: Sequence[Line]
    signed: Sequence[str]


class Voice(NamedTuple):
    """A moment, how much its place is trusted, and whether its time of day is given."""

    moment: dt.datetime
    trust: float
    timed: bool


def find(
    told: Metadata, around: Around, url: str, zone: ZoneInfo, now: dt.datetime | None = None
) -> dt.datetime | None:
    """Return when the article was published; `now` is when the page was fetched, None for one that was kept."""
    shown = list(_printed(around.head, zone, trusted=True))
    voices = [
        *_declared(told, zone, [voice.moment for voice in shown if voice.timed], now),
        *shown,
        *_each_day_once(_printed(around.rest, zone, trusted=False)),
    ]
    addressed = page_moments.of_address(url or told.canonical, zone)
    if addressed:
        voices.append(Voice(addressed, 3.5, timed=False))
    elected = _elected(voices)
    if elected is None or not any(voice.timed for voice in voices):
        voices.extend(_short(around, elected, zone, now))
        elected = _elected(voices)
    return elected or _worded(around, zone)


def _short(
    around: Around, found: dt.datetime | None, zone: ZoneInfo, now: dt.datetime | None
) -> Iterator[Voice]:
    """Yield what the lines under the title say without a year, or by the distance from now."""
    year = found.year if found else _copyright_year(around.rest)
    for line in around.head:
        if len(line.text) > _SHORT or line.linked > len(line.text) / 2:
            continue
        moment = page_moments.relative(line.text, now.astimezone(zone)) if now else None
        moment = moment or _yearless(line.text, year, zone, now)
        if moment:
            yield Voice(moment[0], 2.0, timed=moment[1])


def _yearless(
    text: str, year: int | None, zone: ZoneInfo, now: dt.datetime | None
) -> tuple[dt.datetime, bool] | None:
    """The moment of a text without a year: in the year that is known, else the last such day before now."""
    if year or not now:
        return page_moments.yearless(text, year, zone) if year else None
    moment = page_moments.yearless(text, now.astimezone(zone).year, zone)
    if moment and moment[0] > now + dt.timedelta(days=1):
        return page_moments.yearless(text, moment[0].year - 1, zone)
    return moment


def _copyright_year(lines: Sequence[Line]) -> int | None:
    """The last year in the page's line of copyright, which sites keep up."""
    years = (
        int(year)
        for line in lines
        if _COPYRIGHT.search(line.text)
        for year in re.findall(r"(?<!\d)20\d\d(?!\d)", line.text)
    )
    return max(years, default=None)


def _worded(around: Around, zone: ZoneInfo) -> dt.datetime | None:
    """The day in other forms: 09 2023-06 or June 9, 2023 at the title, 二〇二三年六月九日 under an official paper."""
    short = [line.text for line in around.head if len(line.text) <= _SHORT]
    parted = next(filter(None, (page_moments.parted(text, zone) for text in short)), None)
    if parted:
        return parted
    short += [text for text in reversed(around.signed) if len(text) <= printed_dates.LONGEST_ALONE]
    date = (next(printed_dates.dates(text.replace("○", "〇")), None) for text in short)
    day = next(filter(None, date), None)
    return dt.datetime.combine(day, dt.time.min, zone) if day else None


def _clock_of(
    value: str, moment: dt.datetime, shown: Sequence[dt.datetime], now: dt.datetime | None
) -> dt.datetime:
    """The moment that was meant: many sites label their own clock as UTC, which shows where it lies in the future.

    The clock that the page prints decides as well.
    """
    if not page_moments.labelled_utc(value):
        return moment
    local = page_moments.as_local(moment)
    future = now is not None and moment > now + _AHEAD >= local
    printed = any(clock.replace(second=0) == local.replace(second=0) for clock in shown)
    return local if future or printed else moment


def _declared(
    told: Metadata, zone: ZoneInfo, shown: Sequence[dt.datetime] = (), now: dt.datetime | None = None
) -> Iterator[Voice]:
    for trust, values in (
        (5.0, told.published),
        (4.0, told.times),
        (3.0, told.script_dates),
        (1.0, told.weak_dates),
    ):
        for index, value in enumerate(values[:6]):
            stamp = page_moments.moment(value, zone)
            if stamp:
                # A newspaper system writes midnight where it has no time.
                timed = stamp[1] and stamp[0].time().isoformat() != "00:00:00"
                yield Voice(_clock_of(value, stamp[0], shown, now), trust / (1 + index), timed)


def _printed(found: Sequence[Line], zone: ZoneInfo, *, trusted: bool) -> Iterator[Voice]:
    for line in found:
        if len(line.text) > _SHORT or _NOW.search(line.text):
            continue
        named = _is_named(line.node)
        for match in page_moments.DAY.finditer(line.text):
            moment = page_moments.read_match(match, zone)
            before = line.text[max(0, match.start() - 14) : match.start()]
            trust = _trust(line, before, named=named, trusted=trusted)
            if moment and trust:
                yield Voice(moment, trust, match["hour"] is not None)


def _each_day_once(voices: Iterator[Voice]) -> Iterable[Voice]:
    """The best voice for each day; a list of today's articles says their day many times."""
    best: dict[dt.date, Voice] = {}
    for voice in voices:
        day = voice.moment.date()
        best[day] = max(best.get(day, voice), voice, key=lambda one: one.trust)
    return best.values()


def _trust(line: Line, before: str, *, named: bool, trusted: bool) -> float:
    """Return the trust in a printed date by its label, its place, and its element's name."""
    prose = container.weight(line) and boilerplate.ends_sentence(line.text)
    if line.linked > len(line.text) / 2 or (prose and not (trusted and _CREDITS.search(line.text))):
        return 0.0
    if _CHANGED.search(before):
        return 2.0 if trusted else 0.8
    if _LABELLED.search(before):
        return 6.0 if trusted else 3.0
    if trusted:
        return 5.0 if named else 4.0
    return 1.5 if named else 0.0


def _is_named(node: Node) -> bool:
    around = islice((node, *node.iterancestors()), 3)
    return any(map(class_names.is_dated, (*around, *islice(node.iter("span", "em", "i", "time", "b"), 5))))


def _elected(voices: Sequence[Voice]) -> dt.datetime | None:
    """The day with the most voices, and its best moment."""
    if not voices:
        return None
    trusts: dict[dt.date, float] = defaultdict(float)
    for voice in dict.fromkeys(voices):
        trusts[voice.moment.date()] += voice.trust
    day = max(trusts, key=lambda one: (trusts[one], one))
    best = max(
        (voice for voice in voices if voice.moment.date() == day),
        key=lambda voice: (voice.timed, voice.trust),
    )
    # A line under the title stops at the minute; what was declared knows the second.
    minute = best.moment.replace(second=0)
    return max(voice.moment for voice in voices if voice.moment.replace(second=0) == minute)

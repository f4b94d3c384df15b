"""Which of the dates on a page is the article's.

Each place that may name it has a voice: what is declared for machines, the comment of a newspaper system, the line
under the title, script variables, the address. Voices for the same day add up; the day with the most is taken, and
of its moments the one with the strongest voice that has a time of day.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from briefing.sources.page import container, dates, names, wording

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

    from briefing.sources.page.dom import Line, Node
    from briefing.sources.page.metadata import Metadata

_LABELLED: Final = re.compile(
    r"(?:发布|发表|发稿|刊发|刊登|出版|公开|推送|上传|创建|成文|录入|添加|日期|时间)[^\d]{0,8}$|^\s*(?:日期|时间)"
)
_CHANGED: Final = re.compile(r"(?:更新|修改|编辑于|截至|截止)[^\d]{0,8}$")
_NOW: Final = re.compile(r"今天是|今日是|现在是|当前(?:时间|日期)|北京时间\s*$|农历")
_NEAR: Final = 40
"""Lines around the title in which a date without a name may be the article's."""
_SHORT: Final = 160
"""Characters of a line that may hold the article's time; longer ones are prose."""


class Voice(NamedTuple):
    """A moment, how much its place is trusted, and whether its time of day is given."""

    moment: dt.datetime
    trust: float
    timed: bool


def find(
    told: Metadata, head: Sequence[Line], rest: Sequence[Line], url: str, zone: ZoneInfo
) -> dt.datetime | None:
    """When the article was published; `head` are the lines from its title to its text, `rest` all others."""
    voices = [
        *_declared(told, zone),
        *_printed(head, zone, trusted=True),
        *_printed(rest, zone, trusted=False),
    ]
    addressed = dates.of_address(url or told.canonical, zone)
    if addressed:
        voices.append(Voice(addressed, 3.5, timed=False))
    return _elected(voices)


def _declared(told: Metadata, zone: ZoneInfo) -> Iterator[Voice]:
    for trust, values in (
        (5.0, told.published),
        (4.0, told.times),
        (3.0, told.script_dates),
        (1.0, told.weak_dates),
    ):
        for place, value in enumerate(values[:6]):
            found = dates.moment(value, zone)
            if found:
                # A newspaper system writes midnight where it has no time.
                timed = found[1] and found[0].time().isoformat() != "00:00:00"
                yield Voice(found[0], trust / (1 + place), timed)


def _printed(found: Sequence[Line], zone: ZoneInfo, *, trusted: bool) -> Iterator[Voice]:
    for line in found:
        if len(line.text) > _SHORT or _NOW.search(line.text):
            continue
        named = _is_named(line.node)
        for one in dates.DAY.finditer(line.text):
            moment = dates.read_match(one, zone)
            before = line.text[max(0, one.start() - 14) : one.start()]
            trust = _trust(line, before, named=named, trusted=trusted)
            if moment and trust:
                yield Voice(moment, trust, one["hour"] is not None)


def _trust(line: Line, before: str, *, named: bool, trusted: bool) -> float:
    """How much a printed date is trusted, by its label, by where it stands, and by how its element is named."""
    if line.linked > len(line.text) / 2 or (container.weight(line) and wording.ends_sentence(line.text)):
        return 0.0
    if _CHANGED.search(before):
        return 0.8
    if _LABELLED.search(before):
        return 6.0 if trusted else 3.0
    if trusted:
        return 5.0 if named else 4.0
    return 1.5 if named else 0.0


def _is_named(node: Node) -> bool:
    return any(
        names.is_dated(around) for _, around in zip(range(3), (node, *node.iterancestors()), strict=False)
    )


def _elected(voices: Sequence[Voice]) -> dt.datetime | None:
    """The day with the most voices, and its best moment."""
    if not voices:
        return None
    days: dict[dt.date, float] = defaultdict(float)
    for voice in dict.fromkeys(voices):
        days[voice.moment.date()] += voice.trust
    day = max(days, key=lambda one: (days[one], one))
    best = max(
        (voice for voice in voices if voice.moment.date() == day),
        key=lambda voice: (voice.timed, voice.trust),
    )
    # A line under the title stops at the minute; what was declared knows the second.
    minute = best.moment.replace(second=0)
    return max(voice.moment for voice in voices if voice.moment.replace(second=0) == minute)

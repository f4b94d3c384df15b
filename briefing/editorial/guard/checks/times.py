"""Compare the days and clock times of a sentence with those of its sources."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing.editorial.guard.likeness import SAME_WORD, Site, affinity, is_nearer, likeness
from briefing.editorial.guard.unsupported_claim import ClaimKind, UnsupportedClaim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.editorial.facts.moments import Moment
    from briefing.editorial.guard.evidence import Evidence
    from briefing.editorial.guard.sentence_reading import Reading

RELATED, RELATED_YEAR = 0.8, 0.5
_MANY, _MOST_SHARE = 2, 0.6
_HALF_DAY = 720
_OPPOSED = frozenset({("前", "起"), ("起", "前"), ("止", "起"), ("起", "止")})


def check_times(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Yield a doubt for each time that no source has, or has for another event."""
    named = [Site(reading, index) for reading in evidence.named for index in reading.moments]
    for index in spoken.moments:
        yield from _check_moment(Site(spoken, index), named, evidence)
    yield from _check_order(spoken, evidence)
    yield from _check_parts(spoken, named)


def _moment(site: Site) -> Moment:
    assert site.word.moment is not None  # noqa: S101 - sites of this module are moments
    return site.word.moment


def _check_moment(site: Site, named: Sequence[Site], evidence: Evidence) -> Iterator[UnsupportedClaim]:
    moment = _moment(site)
    if moment.first is None and moment.minutes is None:
        return
    if site.reading.text[max(0, moment.start - 1) : moment.start] in {"比", "较"}:
        # What a change is measured against belongs to the value behind it.
        return
    alike = [other for other in named if _same_kind(moment, _moment(other))]
    equal = [other for other in named if _agrees(moment, _moment(other))]
    nearest = max(alike, key=lambda other: affinity(site, other), default=None)
    if equal:
        yield from _check_place(site, equal, nearest)
        return
    least = RELATED_YEAR if _is_year(moment) else RELATED
    if _grain(moment) == 0 and nearest is not None and _is_same_event(site, nearest, alike):
        least = 0.0
    if (nearest is None or affinity(site, nearest) < least) and _is_in_story(moment, evidence):
        return
    if moment.first and _is_year(moment) and _fits_year(moment, named, evidence):
        return
    if nearest is not None:
        yield _claim(site, f"“{moment.text}”不对，原文是“{_moment(nearest).text}”", _moment(nearest).text)
    elif not _is_known(moment, evidence) and not is_greeting(site):
        yield _claim(site, f"来源里没有“{moment.text}”", "")


def _is_same_event(site: Site, nearest: Site, alike: Sequence[Site]) -> bool:
    """Return whether a source with one day only says what the sentence says, so that its day is meant."""
    others = [other for other in alike if other.reading is nearest.reading]
    words = [word.text for word in site.reading.words if word.content and len(word.text) > 1]
    held = [word.text for word in nearest.reading.words if word.content]
    shared = sum(any(likeness(word, other) >= SAME_WORD for other in held) for word in words)
    return len(others) == 1 and shared >= _MANY and shared >= _MOST_SHARE * len(words)


def _is_in_story(moment: Moment, evidence: Evidence) -> bool:
    """Return whether the rest of the story has the time."""
    sites = (Site(reading, index) for reading in evidence.story for index in reading.moments)
    return any(_agrees(moment, _moment(other)) for other in sites)


def is_greeting(site: Site) -> bool:
    """Return whether 今天 is the programme's own: 今天接着关注, 先来听今天的主要内容."""
    clause = [word for word in site.reading.words if word.clause == site.word.clause]
    claims = any(word.value or (word.content and word.text not in _GREETING) for word in clause)
    return _moment(site).text in {"今天", "今日"} and not claims


_GREETING = frozenset({"听", "内容", "看", "主要"})
"""Words of a greeting that the lists of empty words do not hold."""


def _check_order(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Doubt a span of hours whose ends are turned round: 23时至次日5时 is not 5点到23点."""
    pairs = [pair for reading in evidence.named for pair in _clock_spans(reading)]
    for first, last in _clock_spans(spoken):
        turned = any(_same_clock(first, end) and _same_clock(last, begin) for begin, end in pairs)
        straight = any(_same_clock(first, begin) and _same_clock(last, end) for begin, end in pairs)
        if turned and not straight:
            what = f"“{first.text}到{last.text}”起止说反了"
            yield UnsupportedClaim(ClaimKind.TIME, what, first.start, last.end)


def _clock_spans(reading: Reading) -> list[tuple[Moment, Moment]]:
    """The pairs of clock times that are the ends of one span."""
    clocks = [
        moment for index in reading.moments if (moment := _moment(Site(reading, index))).minutes is not None
    ]
    pairs = pairwise(clocks)
    return [
        (first, last)
        for first, last in pairs
        if re.fullmatch(
            r"[^，。；]{0,2}(?:到|至|—+|-|~|～)[^，。；]{0,4}", reading.text[first.end : last.start]
        )
    ]


def _check_place(site: Site, equal: Sequence[Site], nearest: Site | None) -> Iterator[UnsupportedClaim]:
    """Doubt a time that belongs to another event, or whose 前 or 起 is another."""
    moment = _moment(site)
    best = max(equal, key=lambda other: affinity(site, other))
    own = [_moment(Site(site.reading, index)) for index in site.reading.moments if index != site.index]
    if nearest is not None and any(
        _same_kind(other, _moment(nearest)) and _agrees(other, _moment(nearest)) for other in own
    ):
        # The sentence has both times: the third quarter against the second.
        nearest = None
    if nearest is not None and nearest not in equal and is_nearer(site, nearest, best, strictly=True):
        yield _claim(site, f"“{moment.text}”不对，原文是“{_moment(nearest).text}”", _moment(nearest).text)
        return
    relations = {_moment(other).relation for other in equal}
    opposed = all((moment.relation, relation) in _OPPOSED for relation in relations)
    dropped = relations == {"前"} and not moment.relation
    if opposed or dropped:
        yield _claim(site, f"“{moment.text}”不对，原文是“{_moment(best).text}”", _moment(best).text)


def _same_kind(left: Moment, right: Moment) -> bool:
    """Return whether two times could be the same fact: two clock times, two days, two months."""
    if (left.minutes is None) != (right.minutes is None):
        return False
    if left.minutes is not None:
        return True
    return left.first is not None and right.first is not None and _grain(left) == _grain(right)


def _grain(moment: Moment) -> int:
    """0 for days, 1 for weeks, 2 for months, 3 for longer spans, 4 for years."""
    if moment.first is None or moment.last is None:
        return -1
    days = (moment.last - moment.first).days
    return next((grain for grain, longest in enumerate((2, 12, 31, 300)) if days < longest), 4)


def _agrees(spoken: Moment, source: Moment) -> bool:
    if spoken.minutes is not None:
        return source.minutes is not None and _same_clock(spoken, source)
    if spoken.first is None or spoken.last is None or source.first is None or source.last is None:
        return False
    if spoken.part.startswith("每") or source.part.startswith("每"):
        return spoken.part == source.part
    return spoken.first <= source.first and source.last <= spoken.last


def _same_clock(spoken: Moment, source: Moment) -> bool:
    difference = abs((spoken.minutes or 0) - (source.minutes or 0))
    return difference == 0 or (difference == _HALF_DAY and (spoken.vague or source.vague))


def _is_year(moment: Moment) -> bool:
    return _grain(moment) == 4  # noqa: PLR2004 - the grain of years


def _fits_year(moment: Moment, named: Sequence[Site], evidence: Evidence) -> bool:
    """Return whether 今年 may be said of sources that name no year at all."""
    years = [_moment(site) for site in named if _is_year(_moment(site))]
    return not years and moment.first is not None and moment.first.year == evidence.printed.year


def _is_known(moment: Moment, evidence: Evidence) -> bool:
    """Return whether the very words stand in a source: a date that was read as something else there."""
    return moment.text.rstrip("前起") in evidence.whole


def _check_parts(spoken: Reading, named: Sequence[Site]) -> Iterator[UnsupportedClaim]:
    """Doubt a part of the day that differs from every one in the sources."""
    written = {_moment(site).part for site in named if not _moment(site).part.startswith("每")} - {""}
    parts = written | {_part_of(_moment(site).minutes) for site in named} if written else set()
    for index in spoken.moments:
        moment = _moment(Site(spoken, index))
        if (
            moment.part
            and not moment.part.startswith("每")
            and parts
            and moment.part not in parts
            and moment.minutes is None
        ):
            yield _claim(Site(spoken, index), f"“{moment.text}”和原文的时段不一致", "")


def _part_of(minutes: int | None) -> str:
    """The part of the day of a clock time."""
    if minutes is None:
        return ""
    return next(part for part, end in (("夜", 360), ("早", 720), ("午", 1080), ("晚", 1441)) if minutes < end)


def _claim(site: Site, what: str, source: str) -> UnsupportedClaim:
    return UnsupportedClaim(ClaimKind.TIME, what, site.word.start, site.word.end, source)

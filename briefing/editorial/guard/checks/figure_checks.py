"""Compare the values of a sentence with those of its sources: number, unit, bound, change and what they measure."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing.editorial.facts.measure_units import COUNTS, are_comparable
from briefing.editorial.facts.value_agreement import agree
from briefing.editorial.facts.values import RANGE_MARK, Bound, Change, Value
from briefing.editorial.guard.checks.derived_values import is_derived, is_share_of_people
from briefing.editorial.guard.clause_topics import cover, topic_of
from briefing.editorial.guard.likeness import SAME_WORD, Site, affinity, clause_overlap, is_nearer, likeness
from briefing.editorial.guard.unsupported_claim import ClaimKind, UnsupportedClaim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.editorial.guard.evidence import Evidence
    from briefing.editorial.guard.sentence_reading import Reading

_RANKS = frozenset({"首位", "榜首", "居首", "头名", "领跑", "第一位", "第一名"})
RELATED = 0.5
_CLEARLY, _SWAPPED, _MANY, _ONE_WORD = 1.6, 0.3, 2.0, 0.9
SMALL = 3
_BETWEEN = frozenset("是 为 达 共 约 有 达到 就 仅 只 了".split())  # noqa: SIM905 - a list of words
_CHANGE = re.compile(r"[^，。；、]{0,6}(?:到|至|为|成|退居|升居|跃居|跃升|列)了?(?:第)?")
_IN_TABLE = re.compile(
    r"(?:排名?|位[列居]|名列|位次|[列居]|榜|[升跃]到了?|[升跃]至)(?:在|到|了|[^，。；第]{0,4})$"
)
_EXTREME = re.compile(r"最([高低大小多少])[^，。；\d]{0,6}[-零下]*\d[\d.]*[^，。；\d]{0,3}$")
_MOST_OF_ALL = re.compile(r"最[大多高快长好强早]|超过")
_TINY, _ROUNDED, _HALF = 1e-9, 0.5, 0.5


def check_figures(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Yield a doubt for each value that no source has, or has for something else."""
    sources = [Site(reading, index) for reading in evidence.named for index in reading.values]
    for index in spoken.values:
        yield from _check_value(Site(spoken, index), sources, evidence)
    yield from _check_turned(spoken, evidence)
    yield from _check_codes(spoken, evidence)


def _value(site: Site) -> Value:
    assert site.word.value is not None  # noqa: S101 - sites of this module are values
    return site.word.value


def _check_value(site: Site, sources: Sequence[Site], evidence: Evidence) -> Iterator[UnsupportedClaim]:
    value = _value(site)
    alike = [other for other in sources if are_comparable(value.dimension, _value(other).dimension)]
    if _is_first_time(site, evidence):
        return
    equal = [other for other in alike if agree(value, _value(other))]
    nearest = max(alike, key=lambda other: affinity(site, other), default=None)
    if not equal:
        yield from _without_equal(site, alike, nearest, sources, evidence)
        return
    best = max(equal, key=lambda other: affinity(site, other))
    if _other_change(value, equal):
        yield _claim(site, f"“{value.text}”增减的说法不对，原文是{_phrase(best)}", _phrase(best))
    elif (extreme := _extreme(site)) and all(_extreme(other) not in {"", extreme} for other in equal):
        yield _claim(site, f"“{value.text}”用错了地方，原文是{_phrase(best)}", _phrase(best))
    elif not _is_same_range(site, equal):
        rival = _other_kind(site, affinity(site, best), alike, sources) or _rival(
            site, best, nearest, equal, sources
        )
        yield from _claim_place(site, rival) if rival else _check_unit(site, best, equal)


def _is_first_time(site: Site, evidence: Evidence) -> bool:
    """Return whether 第一 is a first time that the sources have in other words, not a place in a table."""
    value = _value(site)
    return (
        value.dimension.startswith("ordinal")
        and value.number == 1
        and value.text not in _RANKS
        and not _ranks(site)
        and any(word in evidence.text for word in ("首", "处女", "头一"))
    )


def _claim_place(site: Site, rival: Site) -> Iterator[UnsupportedClaim]:
    yield _claim(site, f"“{_value(site).text}”用错了地方，原文是{_phrase(rival)}", _phrase(rival))


def _check_unit(site: Site, best: Site, equal: Sequence[Site]) -> Iterator[UnsupportedClaim]:
    """Doubt another base of a change, and another unit."""
    value, source = _value(site), _value(best)
    if value.base and all(_value(other).base not in {"", value.base} for other in equal):
        yield _claim(site, f"同比和环比说反了，原文是{_phrase(best)}", _phrase(best))
    elif not (
        value.dimension == source.dimension
        or {value.dimension, source.dimension} <= COUNTS | {""}
        or _is_speed(value, source, best)
    ):
        yield _claim(site, f"单位不对，原文是{source.text}", source.text)


def _extreme(site: Site) -> str:
    """Return 高 or 低 where a value is the highest or lowest of something: 最低气温16℃, 最多2000元."""
    match = _EXTREME.search(site.reading.text[: site.word.end])
    return "" if not match else "高" if match[1] in "高大多" else "低"


def _ranks(site: Site) -> bool:
    """Return whether 第一 is a place in a table, not a first time: 排第一, 升到积分榜第一."""
    return (
        _value(site).text not in _RANKS and _IN_TABLE.search(site.reading.text[: site.word.start]) is not None
    )


def _is_same_range(site: Site, equal: Sequence[Site]) -> bool:
    """Return whether a source has the whole range of which the value is an end: 27到29度 for 27℃—29℃."""
    return any(
        (ours := _range_partner(site, step))
        and (theirs := _range_partner(other, step))
        and agree(_value(ours), _value(theirs))
        for other in equal
        for step in (-1, 1)
    )


def _range_partner(site: Site, step: int) -> Site | None:
    """The other end of the range that begins or ends with a value; None if it is no range."""
    indices = site.reading.values
    position = indices.index(site.index) + step
    if not 0 <= position < len(indices):
        return None
    partner = Site(site.reading, indices[position])
    first, last = sorted((site, partner), key=lambda end: end.index)
    between = site.reading.text[first.word.end : last.word.start]
    return partner if RANGE_MARK.fullmatch(between) else None


def _check_turned(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Doubt a change whose ends are turned round: 从二级调整到三级 for 由三级提升至二级."""
    pairs = [pair for reading in evidence.named for pair in _changes(reading)]
    for first, last in _changes(spoken):
        straight = any(
            agree(_value(first), _value(begin)) and agree(_value(last), _value(end)) for begin, end in pairs
        )
        turned = any(
            agree(_value(first), _value(end)) and agree(_value(last), _value(begin)) for begin, end in pairs
        )
        if turned and not straight:
            yield _claim(first, f"“{_value(first).text}”到“{_value(last).text}”说反了", "")


def _changes(reading: Reading) -> list[tuple[Site, Site]]:
    """The pairs of values that are the two ends of a change."""
    sites = [Site(reading, index) for index in reading.values]
    return [
        (first, last)
        for first, last in pairwise(sites)
        if _CHANGE.fullmatch(reading.text[first.word.end : last.word.start])
        and _value(first).dimension == _value(last).dimension
    ]


def _label_rival(site: Site, equal: Sequence[Site], sources: Sequence[Site]) -> Site | None:
    """A value whose clause has the noun right beside this one, when no clause of the own value has it."""
    labels = _labels(site)
    if not labels or any(_has_label(other, label) for other in equal for label in labels):
        return None
    rivals = [
        other for other in sources if other not in equal and _value(other).dimension == _value(site).dimension
    ]
    return next((other for other in rivals if all(_has_label(other, label) for label in labels)), None)


def _labels(site: Site) -> list[str]:
    """The nouns of at least two characters right before and right behind a value."""
    words, labels = site.reading.words, []
    for step in (-1, 1):
        position = site.index + step
        while 0 <= position < len(words) and words[position].text in _BETWEEN and step < 0:
            position += step
        if (
            0 <= position < len(words)
            and words[position].content
            and words[position].flag[:1] in {"n", "s"}
            and len(words[position].text) > 1
        ):
            labels.append(words[position].text)
    return labels


def _has_label(site: Site, label: str) -> bool:
    topic = topic_of(site.reading, site.word.clause)
    words = [word.text for word in site.reading.words if word.clause == site.word.clause]
    return any(likeness(text, label) >= SAME_WORD for text in (*words, *(topic.words if topic else ())))


def _other_kind(site: Site, near: float, alike: Sequence[Site], sources: Sequence[Site]) -> Site | None:
    """A value of another dimension that clearly belongs here: 道岔5.2公里 where the source has 道岔9组."""
    if _value(site).dimension.startswith(("label", "ordinal")) or _is_small_count(_value(site)):
        return None
    rivals = [
        other
        for other in sources
        if other not in alike and not _value(other).dimension.startswith(("label", "ordinal"))
    ]
    best = max(rivals, key=lambda other: affinity(site, other), default=None)
    clearly = best is not None and affinity(site, best) > _CLEARLY * near + _ROUNDED
    return best if clearly and best is not None and _partner(site, best) is not None else None


def _rival(
    site: Site, own: Site, nearest: Site | None, equal: Sequence[Site], sources: Sequence[Site]
) -> Site | None:
    """The value of the sources that belongs where this one stands; None if there is none."""
    grown = _value(site).change is Change.BY
    if (
        nearest is not None
        and nearest not in equal
        and _same_kind(_value(site), _value(nearest))
        and grown == (_value(nearest).change is Change.BY)
    ):
        partner = _partner(site, nearest)
        if partner is not None and _are_swapped(site, own, partner, nearest):
            return nearest
        if partner is None and is_nearer(site, nearest, own, strictly=True):
            return nearest
    return (
        _clause_rival(site, own, equal, sources)
        or _label_rival(site, equal, sources)
        or _topic_rival(site, equal, sources)
    )


def _topic_rival(site: Site, equal: Sequence[Site], sources: Sequence[Site]) -> Site | None:
    """A place in a table, or another value, that the sources give to what this clause speaks of: 绿水队升至第三."""
    topic = topic_of(site.reading, site.word.clause)
    if topic is None or topic.is_generic or _value(site).dimension != "ordinal":
        return None
    if any(_speaks_of(other, topic.words) for other in equal):
        return None
    rivals = (
        other for other in sources if other not in equal and _value(other).dimension == _value(site).dimension
    )
    return next((other for other in rivals if _speaks_of(other, topic.words)), None)


def _speaks_of(site: Site, words: Sequence[str]) -> bool:
    topic = topic_of(site.reading, site.word.clause)
    return topic is not None and cover(words, topic.words) > _HALF


def _partner(site: Site, nearest: Site) -> Site | None:
    """The value of the sentence that has the number of a source's value; None if there is none."""
    others = (Site(site.reading, index) for index in site.reading.values if index != site.index)
    return next((other for other in others if agree(_value(other), _value(nearest))), None)


def _are_swapped(site: Site, own: Site, partner: Site, nearest: Site) -> bool:
    """Return whether two values of the sentence stand in each other's place."""
    straight = affinity(site, own) + affinity(partner, nearest)
    crossed = affinity(site, nearest) + affinity(partner, own)
    return crossed > straight + _SWAPPED and is_nearer(site, nearest, own)


def _clause_rival(site: Site, own: Site, equal: Sequence[Site], sources: Sequence[Site]) -> Site | None:
    """A value of the clause that says the same as this one's clause, where that clause has another number."""
    clause = site.word.clause
    most = max(clause_overlap(site.reading, clause, other.reading, other.word.clause) for other in equal)
    for other in sources:
        same = _value(other).dimension == _value(site).dimension
        if (
            same
            and _is_growth(other) == _is_growth(site)
            and other not in equal
            and other.word.clause != own.word.clause
        ):
            overlap = clause_overlap(site.reading, clause, other.reading, other.word.clause)
            rest = [equal_site for equal_site in equal if equal_site.word.clause == other.word.clause]
            if overlap >= _MANY and overlap > most + _ONE_WORD and not rest:
                return other
    return None


def _is_growth(site: Site) -> bool:
    return _value(site).change is Change.BY


def _same_kind(left: Value, right: Value) -> bool:
    return left.dimension == right.dimension or {left.dimension, right.dimension} <= COUNTS


def _is_speed(value: Value, source: Value, site: Site) -> bool:
    """Return whether kilometres are kilometres an hour: 限速40公里."""
    return {value.dimension, source.dimension} == {"length", "speed"} and "速" in site.reading.text


def _other_change(value: Value, equal: Sequence[Site]) -> bool:
    """Return whether the sentence grows by what the sources grow to, or the other way round."""
    changes = {_value(other).change for other in equal}
    if value.change is Change.NONE or Change.NONE in changes:
        return value.change is Change.BY and value.dimension == "times" and Change.BY not in changes
    return value.change not in changes


def _without_equal(
    site: Site, alike: Sequence[Site], nearest: Site | None, sources: Sequence[Site], evidence: Evidence
) -> Iterator[UnsupportedClaim]:
    value = _value(site)
    if value.text in _RANKS and value.text in evidence.whole:
        return
    if value.dimension == "ordinal" and value.number == 1 and _MOST_OF_ALL.search(evidence.text):
        return
    if (
        is_share_of_people(site.reading.text, value)
        or is_derived(value, [_value(other) for other in sources], evidence)
        or (not alike and evidence.holds_number(value.text))
    ):
        return
    same = [other for other in sources if abs(_value(other).number - value.number) < _TINY]
    bounded = [
        other
        for other in alike
        if abs(_value(other).number - value.number) < 1e-6 * max(1.0, abs(value.number))
    ]
    if bounded:
        source = _value(bounded[0])
        grave = {value.bound, source.bound} != {Bound.OVER, Bound.EXACT}
        yield _claim(site, f"范围不对，原文是{source.text}", source.text, grave=grave)
    elif same:
        yield _claim(site, f"单位不对，原文是{_phrase(same[0])}", _phrase(same[0]))
    elif (
        nearest is not None
        and affinity(site, nearest) >= RELATED
        and not (_is_small_count(value) and _value(nearest).dimension not in COUNTS)
    ):
        yield _claim(site, f"“{value.text}”不对，原文是{_phrase(nearest)}", _phrase(nearest))
    elif not _is_small_count(value):
        yield _claim(site, f"来源里没有“{value.text}”", "")


def _is_small_count(value: Value) -> bool:
    """Return whether a count may be the writer's own: 两项行动, 三地."""
    return value.dimension in COUNTS and value.number <= SMALL and not value.text[:1].isdigit()


def _check_codes(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    for word in spoken.words:
        if word.flag == "code" and not evidence.holds_code(word.text):
            what = f"来源里没有“{word.text}”"
            yield UnsupportedClaim(ClaimKind.NOVELTY, what, word.start, word.end)


def _phrase(site: Site) -> str:
    """The value with the word or two in front that say what it measures."""
    words = site.reading.words
    before = ""
    for word in reversed(words[max(0, site.index - 4) : site.index]):
        if word.is_mark or word.value or word.moment:
            break
        before = site.reading.text[word.start : word.end] + before
    return f"“{before[-8:]}{_value(site).text}”"


def _claim(site: Site, what: str, source: str, *, grave: bool = True) -> UnsupportedClaim:
    word = site.word
    return UnsupportedClaim(ClaimKind.FIGURE, what, word.start, word.end, source.strip("“”"), grave)

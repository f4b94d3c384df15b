"""Find values that follow from others of the sources: differences, ratios, days of a span, ends of a range."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing.editorial.facts.read_numerals import read_numeral
from briefing.editorial.facts.value_agreement import agree
from briefing.editorial.facts.values import Bound, Change, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.editorial.guard.evidence import Evidence
    from briefing.editorial.guard.sentence_reading import Reading

_TINY, _ROUNDED, _HALF, _HOURS = 1e-9, 0.5, 0.5, 24
_MOST_NUMBERS = 60
"""Values that are compared pair by pair; the sources of one sentence have fewer."""
_HALVED = re.compile(r"半价|减半|五折|对折|一半")
_RUN = re.compile(r"连续第([一二两三四五六七八九十\d]{1,3})")
_OF_PEOPLE = re.compile(r"[里中](?:就)?(?:有)?[^，。]{0,3}一[个人]")


def is_derived(value: Value, sources: Sequence[Value], evidence: Evidence) -> bool:
    """Return whether the value follows from others: 多六成 from 1.6倍, two ends of a range."""
    numbers = sources[:_MOST_NUMBERS]
    if value.dimension in {"percent", "times"}:
        return (value.change is Change.NONE and _is_ratio(value, numbers)) or _is_growth(value, numbers)
    if value.dimension.startswith(("ordinal", "label")):
        return _is_same_ordinal(value, numbers, evidence)
    return (
        _is_half_price(value, numbers, evidence)
        or _is_run(value, evidence)
        or (value.dimension == "hours" and any(_spans_days(reading, value) for reading in evidence.named))
        or (value.dimension == "count" and not value.text[:1].isdigit() and evidence.lists(int(value.number)))
        or _is_difference(value, numbers)
        or _is_end(value, numbers)
    )


def _is_same_ordinal(value: Value, numbers: Sequence[Value], evidence: Evidence) -> bool:
    """Return whether an ordinal is one in other words: 第一期 for 一期, 第三年 for 三年."""
    if value.dimension == "ordinal 年":
        return any(other.dimension == "months" and other.number == 12 * value.number for other in numbers)
    return value.dimension.startswith("ordinal ") and value.text.removeprefix("第") in evidence.text


def _is_half_price(value: Value, numbers: Sequence[Value], evidence: Evidence) -> bool:
    """Return whether an amount is the half of another that the sources halve: 半价 of 80元 is 40元."""
    halved = _HALVED.search(evidence.text) is not None
    return halved and any(
        other.dimension == value.dimension and abs(other.number - 2 * value.number) <= _TINY * other.number
        for other in numbers
    )


def _is_run(value: Value, evidence: Evidence) -> bool:
    """Return whether so many in a row are the last of them: 连续四个月 for 连续第4个月."""
    runs = (read_numeral(match[1]) for match in _RUN.finditer(evidence.text))
    return value.dimension in {"months", "hours", "count", "occasions"} and any(
        run is not None and value.number in {run, run * 12, run * 24} for run in runs
    )


def is_share_of_people(text: str, value: Value) -> bool:
    """Return whether a number of a text only says a share: 四个人里有一个."""
    return _OF_PEOPLE.match(text, value.end - 1) is not None


def _is_difference(value: Value, numbers: Sequence[Value]) -> bool:
    """Return whether a change is that between two values: 多4万 from 20万元 and 24万元."""
    same = [other.number for other in numbers if value.dimension in {"", other.dimension}]
    return value.change is Change.BY and any(
        abs(first - last - value.number) <= _TINY * abs(first) for first in same for last in same
    )


def _is_growth(value: Value, numbers: Sequence[Value]) -> bool:
    """Return whether a share and a multiple say the same growth: 多六成, 1.6倍."""
    if value.dimension == "percent":
        grown = [
            100 * (other.number - 1)
            for other in numbers
            if other.dimension == "times" and other.change is not Change.BY
        ]
        return any(abs(value.number - number) < _ROUNDED for number in grown)
    return value.change is not Change.BY and any(
        other.dimension == "percent"
        and other.change is Change.BY
        and abs(value.number - 1 - other.number / 100) < _ROUNDED / 100
        for other in numbers
    )


def _is_end(value: Value, numbers: Sequence[Value]) -> bool:
    """Return whether a value is an end of a range that the sources bound on both sides: 50元以上200元以下."""
    bounded = [
        other
        for other in numbers
        if other.bound in {Bound.LEAST, Bound.MOST} and other.dimension == value.dimension
    ]
    equal = (abs(other.number - value.number) < 1e-6 * max(1.0, abs(value.number)) for other in bounded)
    return value.bound is Bound.EXACT and len(bounded) > 1 and any(equal)


def _spans_days(reading: Reading, value: Value) -> bool:
    """Return whether two days of a source stand so many days apart, both counted: 四天 for 1日至4日."""
    moments = [
        moment for index in reading.moments if (moment := reading.words[index].moment) and moment.first
    ]
    return any(
        first.first and last.first and (last.first - first.first).days + 1 == value.number / _HOURS
        for first, last in pairwise(moments)
    )


def _is_ratio(value: Value, numbers: Sequence[Value]) -> bool:
    """Return whether two values of the sources stand in this ratio: 6.2亿 is twice 3.1亿."""
    scale = 100.0 if value.dimension == "percent" else 1.0
    return any(
        first.dimension == second.dimension
        and second.number
        and _agrees_with(value, scale * first.number / second.number)
        for first in numbers
        for second in numbers
        if first is not second and first.dimension not in {"percent", "ordinal"}
    )


def _agrees_with(value: Value, number: float) -> bool:
    """Return whether a value is a number or, with its bound, means it."""
    return agree(value, replace(value, number=number, bound=Bound.EXACT)) or (
        value.bound is Bound.UNDER and number < value.number and number > _HALF * value.number
    )

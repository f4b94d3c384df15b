"""Find what was turned round between a sentence and its sources: comparisons, directions, parts of days, 且 and 或."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing.editorial.facts.tables import read_sections
from briefing.editorial.guard.likeness import clause_numbers, clause_overlap, clause_text, clause_words
from briefing.editorial.guard.unsupported_claim import ClaimKind, UnsupportedClaim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.editorial.facts.moments import Moment
    from briefing.editorial.guard.evidence import Evidence
    from briefing.editorial.guard.sentence_reading import Reading

_SIGNS = {
    word: sign
    for name, sign in (("more", 1), ("less", -1), ("same", 0))
    for word in read_sections("comparisons")[name]
}
_FAST = frozenset(read_sections("comparisons")["speed"])
_WORDS = "|".join(sorted(_SIGNS, key=len, reverse=True))
_ABOVE = re.compile(
    rf"(?:比|较|相比|与|跟|和|同)(?P<base>[^，。；比较]{{1,14}}?)(?:相比)?，?(?:还|还要|更|略|都|均|要|仍|又|大幅|明显|再)*(?P<word>{_WORDS})"
)
_BESIDE = re.compile(
    r"(?P<word>高于|低于|多于|少于|快于|慢于|大于|小于|长于|短于|超过|不及|不如|优于|好于)(?P<base>[^，。；\d]{2,12})"
)
_DURATION = re.compile(r"时间|用时|耗时|时长|候诊|等候|车程|行程|周期|[小时分钟天月]+(?=[，。])|个月")
_YEAR_BASE = re.compile(r"去年|上年|同期|上一年|前一年|往年")
_WAY = re.compile(
    r"(?:由|从|自)(?P<first>[\u4e00-\u9fff]{1,8}?)(?:开往|驶往|飞往|向|到|至|往)(?P<last>[\u4e00-\u9fff]{1,6})"
)
_EITHER, _BOTH = (
    re.compile(r"或者|或(?!将|许|者)|要么|其中一[个项]|任意一"),
    re.compile(r"，且|并且|同时(?:满足|具备|符合)|(?<=[\u4e00-\u9fff])且(?=[\u4e00-\u9fff])"),
)
_NEAR = 1.4


@dataclass(frozen=True, slots=True)
class Comparison:
    """Something compared with a base: 1 for more, -1 for less, 0 for the same."""

    sign: int
    speed: bool
    """Whether it is the speed that is more or less."""
    base: str
    clause: int
    start: int
    end: int


def check_contrasts(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Yield a doubt for each comparison, direction, part of a day or alternative that is turned round."""
    yield from _check_comparisons(spoken, evidence)
    yield from _check_ways(spoken, evidence)
    yield from _check_parts(spoken, evidence)
    yield from _check_alternatives(spoken, evidence)
    yield from _check_choices(spoken, evidence)


def find_comparisons(reading: Reading) -> Iterator[Comparison]:
    """Yield the comparisons of a sentence."""
    for pattern in (_ABOVE, _BESIDE):
        for match in pattern.finditer(reading.text):
            clause = next((word.clause for word in reading.words if word.end > match.start("word")), 0)
            sign, speed = _SIGNS.get(match["word"], 0), match["word"] in _FAST
            if not speed and _DURATION.search(clause_text(reading, clause)) and sign:
                sign, speed = -sign, True
            yield Comparison(sign, speed, match["base"], clause, match.start(), match.end())


def _check_comparisons(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    held = [(reading, other) for reading in evidence.body for other in find_comparisons(reading)]
    for ours in find_comparisons(spoken):
        alike = [
            (reading, other)
            for reading, other in held
            if _is_same_base(ours.base, other.base)
            and ours.speed == other.speed
            and clause_overlap(spoken, ours.clause, reading, other.clause) >= _NEAR
        ]
        if alike and all(other.sign != ours.sign for _, other in alike):
            reading, other = alike[0]
            source = clause_text(reading, other.clause).strip("，。；")
            what = f"比较的方向不对，原文是“{source}”"
            yield UnsupportedClaim(ClaimKind.OPPOSITE, what, ours.start, ours.end, source)


def _is_same_base(ours: str, theirs: str) -> bool:
    """Return whether two comparisons are with the same: 去年同期, 2022年."""
    if _YEAR_BASE.search(ours) and _YEAR_BASE.search(theirs):
        return True
    pairs = {ours[index : index + 2] for index in range(len(ours) - 1)}
    return any(pair in theirs for pair in pairs) or {ours, theirs} <= {"白天", "日间"}


def _check_ways(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Doubt a way whose ends are turned round: 由西向东 for 由东向西."""
    held = [match for reading in evidence.body for match in _WAY.finditer(reading.text)]
    for match in _WAY.finditer(spoken.text):
        ends = (match["first"], match["last"])
        straight = any(_starts_alike(ends, (other["first"], other["last"])) for other in held)
        turned = next((other for other in held if _starts_alike(ends, (other["last"], other["first"]))), None)
        if turned and not straight:
            what = f"方向说反了，原文是“{turned[0]}”"
            yield UnsupportedClaim(ClaimKind.OPPOSITE, what, match.start(), match.end(), turned[0])


def _starts_alike(ours: tuple[str, str], theirs: tuple[str, str]) -> bool:
    return all(
        left.startswith(right) or right.startswith(left) for left, right in zip(ours, theirs, strict=True)
    )


def _check_parts(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Doubt the part of a day that the sources give another part: 1日下午 for 1日上午."""
    held = [pair for reading in evidence.named for pair in _day_parts(reading)]
    for day, part in _day_parts(spoken):
        parts = {theirs.part for other, theirs in held if other.first == day.first}
        if parts and part.part not in parts:
            what = f"“{part.text}”和原文的时段不一致"
            yield UnsupportedClaim(ClaimKind.TIME, what, day.start, part.end)


def _day_parts(reading: Reading) -> list[tuple[Moment, Moment]]:
    """The days of a sentence with the part that stands right behind each."""
    moments = [moment for index in reading.moments if (moment := reading.words[index].moment)]
    return [
        (day, part)
        for day, part in pairwise(moments)
        if day.first and day.first == day.last and part.part and part.first is None and part.start == day.end
    ]


def _check_alternatives(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Doubt 或 where the source demands both: 持续6个月以上，且达到重度标准."""
    match = _EITHER.search(spoken.text)
    if not match or any(_EITHER.search(reading.text) for reading in evidence.body):
        return
    for reading in evidence.body:
        both = _BOTH.search(reading.text)
        shared = set(spoken_words(spoken)) & set(spoken_words(reading))
        if both and len(shared) > _FEW:
            what = f"原文是“{both[0].strip('，')}”，不是“{match[0]}”"
            yield UnsupportedClaim(ClaimKind.SCOPE, what, match.start(), match.end(), both[0])
            return


def _check_choices(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Doubt 和 between two of which the source asks for one: 身份证或社保卡."""
    for reading in evidence.body:
        for match in _CHOICE.finditer(reading.text):
            first, last = match["first"][-_TAIL:], match["last"][:_TAIL]
            start = spoken.text.find(first)
            joined = _JOINED.match(spoken.text, start + len(first)) if start >= 0 else None
            if joined and spoken.text.startswith(last, joined.end()):
                what = f"原文是“{match[0]}”，不是“{joined[0]}”"
                yield UnsupportedClaim(ClaimKind.SCOPE, what, start, joined.end() + len(last), match[0])


_CHOICE = re.compile(r"(?P<first>[\u4e00-\u9fff]{2,8})或者?(?P<last>[\u4e00-\u9fff]{2,8})")
_JOINED = re.compile(r"和|与|以及|及|加上|并且|并|再加")
_TAIL = 3
_FEW = 2


def spoken_words(reading: Reading) -> tuple[str, ...]:
    """Return the content words of a sentence."""
    return tuple(word for clause in clause_numbers(reading) for word in clause_words(reading, clause))

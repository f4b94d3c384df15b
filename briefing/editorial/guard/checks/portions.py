"""Find figures of a whole that a sentence gives to a part of it, and figures of a list in the wrong order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.editorial.facts.value_agreement import agree
from briefing.editorial.guard.likeness import SAME_WORD, clause_numbers, clause_text, likeness
from briefing.editorial.guard.unsupported_claim import ClaimKind, UnsupportedClaim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.editorial.facts.values import Value
    from briefing.editorial.guard.evidence import Evidence
    from briefing.editorial.guard.sentence_reading import Reading, Word

_PART = re.compile(r"^[^\w]*(?:其中|当中|里面|另有)")
_LEAST = 0.5
_JOINED = re.compile(r"[、和与及]")


def check_portions(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Yield a doubt for each figure of a whole that is said of its part, and each figure of another item of a list."""
    for reading in evidence.body:
        yield from _check_wholes(spoken, reading)
        yield from _check_order(spoken, reading)


def _check_wholes(spoken: Reading, source: Reading) -> Iterator[UnsupportedClaim]:
    """Doubt 外贸航线9条 where the source has 航线9条，其中外贸航线6条."""
    for whole, part in _wholes(source):
        wholes = _values(source, whole)
        parts = _values(source, part)
        marks = _marks(source, part, whole)
        for clause in clause_numbers(spoken) if marks and wholes else ():
            said = _values(spoken, clause)
            taken = [value for value in said if any(agree(value, other) for other in wholes)]
            if not taken or any(agree(value, other) for value in said for other in parts):
                continue
            if _share(marks, spoken, clause) >= _LEAST:
                source_text = clause_text(source, part).strip("，。；")
                what = f"“{taken[0].text}”是总数，原文是“{source_text}”"
                yield UnsupportedClaim(ClaimKind.FIGURE, what, taken[0].start, taken[0].end, source_text)


def _wholes(source: Reading) -> Iterator[tuple[int, int]]:
    """The clauses that begin with 其中, each with the nearest clause in front that has a value."""
    for clause in clause_numbers(source):
        if clause and _PART.match(clause_text(source, clause)):
            before = [number for number in range(clause - 1, -1, -1) if _values(source, number)]
            if before:
                yield before[0], clause


def _values(reading: Reading, clause: int) -> list[Value]:
    return [word.value for word in reading.words if word.value and word.clause == clause]


def _marks(source: Reading, part: int, whole: int) -> list[str]:
    """The words that tell a part from its whole."""
    theirs = [word.text for word in source.words if word.clause == whole]
    return [
        _token(word)
        for word in source.words
        if word.clause == part
        and (word.content or (word.value and word.value.dimension == "age"))
        and len(word.text) > 1
        and word.text not in {"其中", "占", "比重", "达到"}
        and not any(likeness(word.text, other) >= SAME_WORD for other in theirs)
    ]


def _token(word: Word) -> str:
    return f"={word.value.dimension}{word.value.number:.6g}" if word.value else word.text


def _share(marks: list[str], spoken: Reading, clause: int) -> float:
    said = [_token(word) for word in spoken.words if word.clause == clause and (word.content or word.value)]
    hits = sum(any(mark == word or likeness(mark, word) >= SAME_WORD for word in said) for mark in marks)
    return hits / len(marks)


def _check_order(spoken: Reading, source: Reading) -> Iterator[UnsupportedClaim]:
    """Doubt 柴油降235元 where the source has 汽油、柴油分别下调235元和225元."""
    own = {item: value for item, value, _ in _respective(spoken)}
    for item, value, others in _respective(source):
        if any(likeness(item, other) >= SAME_WORD and agree(said, value) for other, said in own.items()):
            continue
        for index, word in enumerate(spoken.words):
            if likeness(word.text, item) < SAME_WORD or word.value or word.moment:
                continue
            said = next(
                (
                    other.value
                    for other in spoken.words[index:]
                    if other.value and other.clause == word.clause
                ),
                None,
            )
            if said and not agree(said, value) and any(agree(said, other) for other in others):
                what = f"“{said.text}”用错了地方，原文里“{item}”是{value.text}"
                yield UnsupportedClaim(ClaimKind.FIGURE, what, said.start, said.end, value.text)


def _respective(source: Reading) -> Iterator[tuple[str, Value, list[Value]]]:
    """The items of a list with 分别, each with its value and those of the others."""
    place = source.text.find("分别")
    if place < 0:
        return
    clause = next((word.clause for word in source.words if word.end > place), 0)
    values = [value for value in _values(source, clause) if value.start > place]
    if len(values) < 2:  # noqa: PLR2004 - a list of two
        return
    before = [word for word in source.words if word.clause == clause and word.start < place]
    groups: list[list[Word]] = [[]]
    for word in before:
        if word.text in {"、", "和", "与", "及"}:
            groups.append([])
        elif word.content and not word.value and len(word.text) > 1:
            groups[-1].append(word)
    groups = groups[-len(values) :]
    if len(groups) != len(values):
        return
    for index, (group, value) in enumerate(zip(groups, values, strict=True)):
        rest = {word.text for number, other in enumerate(groups) if number != index for word in other}
        own = [word.text for word in (group if index else group[-1:]) if word.text not in rest]
        if own:
            yield own[0], value, [other for other in values if other is not value]

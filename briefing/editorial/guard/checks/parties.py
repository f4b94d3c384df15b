"""Compare who acts: a body that no source names, and an act that belongs to another party of the sources."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.editorial.facts.bodies import are_same_body
from briefing.editorial.guard.likeness import best_clause, clause_numbers, clause_text
from briefing.editorial.guard.sentence_reading import HOME
from briefing.editorial.guard.unsupported_claim import ClaimKind, UnsupportedClaim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.editorial.guard.evidence import Evidence
    from briefing.editorial.guard.sentence_reading import Reading, Word

_BODY_ENDS = (
    "局",
    "厅",
    "委",
    "委员会",
    "法院",
    "检察院",
    "公司",
    "集团",
    "大学",
    "学院",
    "医院",
    "银行",
    "协会",
    "商会",
    "管委会",
    "派出所",
    "研究院",
    "研究所",
    "海关",
    "部门",
)
_COUNTED = frozenset("一二两三四五六七八九十几首末整这那")
"""What stands before an end of a body that is counted: 连赢三局."""
_LEAST_BODY, _CLOSE = 3, 1.9
_SPEAKS = re.compile(r"[^，。]{0,4}(?:说|表示|介绍|指出|认为|透露|提醒|建议|强调|坦言)，?")
_NAMED = ("nr", "ns")
_PROPER = frozenset(_NAMED)
_MOST, _FEW = 0.75, 0.4


def check_parties(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Yield a doubt for each unknown body, and for each act of another party."""
    yield from _check_bodies(spoken, evidence)
    yield from _check_subjects(spoken, evidence)


def _check_bodies(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    for text, start, end in bodies_of(spoken):
        if text in evidence.whole:
            continue
        bodies = [name for reading in (*evidence.named, *evidence.story) for name, _, _ in bodies_of(reading)]
        if not any(are_same_body(text, other, evidence.place) for other in bodies):
            near = max(bodies, key=lambda other: len(set(other) & set(text)), default="")
            what = f"来源里没有“{text}”" + (f"，原文是“{near}”" if set(near) & set(text) else "")
            yield UnsupportedClaim(ClaimKind.BODY, what, start, end, near)


@lru_cache(maxsize=4096)
def bodies_of(reading: Reading) -> tuple[tuple[str, int, int], ...]:
    """Return the public bodies of a sentence with their places: runs of nouns that end like one."""
    collected = []
    for first, last in noun_runs(reading):
        words = reading.words[first:last]
        text = "".join(word.text for word in words if word.text != HOME)
        if len(text) >= _LEAST_BODY and text.endswith(_BODY_ENDS) and text[-2] not in _COUNTED:
            collected.append((text, words[0].start, words[-1].end))
    return tuple(collected)


@lru_cache(maxsize=4096)
def noun_runs(reading: Reading) -> tuple[tuple[int, int], ...]:
    """Return the runs of words that together name something."""
    runs: list[tuple[int, int]] = []
    first = None
    for index, word in enumerate((*reading.words, None)):
        if word is not None and _names(word):
            first = index if first is None else first
        elif first is not None:
            runs.append((first, index))
            first = None
    return tuple(runs)


def _names(word: Word) -> bool:
    if word.value or word.moment or word.is_mark:
        return False
    single = len(word.text) == 1 and word.flag in {"zg", "g", "ng", "ag", "tg", "vg", "k"}
    return word.flag.startswith(("n", "j", "vn", "s", "b", "l")) or single or word.flag == "code"


def _check_subjects(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Doubt a party whose clause the sources have with another party."""
    for clause in clause_numbers(spoken):
        ours = subject_of(spoken, clause)
        if ours is None or _SPEAKS.match(spoken.text, ours[2]):
            continue
        text, start, end = ours
        best = best_clause(spoken, clause, evidence.named)
        if best is None or best[0] < _CLOSE:
            continue
        theirs = subject_of(best[1], best[2])
        if (
            theirs is None
            or _is_of(text, theirs[0], best[1], best[2])
            or _cover(theirs[0], spoken.text) > _FEW
        ):
            continue
        if _cover(text, evidence.whole) >= _MOST:
            what = f"原文做这件事的是“{theirs[0]}”，不是“{text}”"
            yield UnsupportedClaim(ClaimKind.MERGED, what, start, end, theirs[0])


def _is_of(text: str, other: str, reading: Reading, clause: int) -> bool:
    """Return whether the party stands in the sentence; of two places or people it must be in the clause itself."""
    if _cover(text, reading.text) < _MOST:
        return False
    both = all(_PROPER.intersection(_proper_words(reading, run)) for run in (text, other))
    return not both or max(_cover(text, clause_text(reading, clause)), _cover(text, other)) >= _MOST


def _proper_words(reading: Reading, run: str) -> set[str]:
    """The flags of the proper names of a reading that a run of words holds."""
    return {word.flag for word in reading.words if word.text in run and len(word.text) > 1}


@lru_cache(maxsize=8192)
def subject_of(reading: Reading, clause: int) -> tuple[str, int, int] | None:
    """Return the party that acts in a clause, carried over from the clause before if it names none."""
    verb = next(
        (index for index, word in enumerate(reading.words) if word.clause == clause and word.flag[:1] == "v"),
        len(reading.words),
    )
    for first, last in noun_runs(reading):
        words = reading.words[first:last]
        if words[0].clause == clause and last <= verb and any(_is_party(word) for word in words):
            text = "".join(word.text for word in words if word.text != HOME)
            return (text, words[0].start, words[-1].end) if text else None
    return subject_of(reading, clause - 1) if clause else None


def _is_party(word: Word) -> bool:
    return word.flag.startswith(_NAMED) or word.text.endswith(_BODY_ENDS) or word.text.endswith("队")


def _cover(part: str, whole: str) -> float:
    """The share of a name's pairs of characters that a text has."""
    pairs = {part[index : index + 2] for index in range(len(part) - 1)}
    return sum(pair in whole for pair in pairs) / len(pairs) if pairs else 1.0

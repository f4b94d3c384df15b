"""Compare how often a clause and its source deny: 不能免除 is two denials, and 不用 one.

A denial may be a negation or a verb that denies what it takes: 暂缓, 取消, 除外. Two clauses that say the same with an odd
and an even number of them say the opposite.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.editorial.facts.tables import read_sections
from briefing.editorial.guard.clause_topics import topic_of
from briefing.editorial.guard.likeness import SAME_WORD, clause_numbers, clause_text, likeness
from briefing.editorial.guard.sentence_reading import HOME
from briefing.editorial.guard.unsupported_claim import ClaimKind, UnsupportedClaim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.editorial.guard.evidence import Evidence
    from briefing.editorial.guard.sentence_reading import Reading

_TABLE = read_sections("denials")
_EMPTY = frozenset(_TABLE["empty"])
"""Words with the sign of a denial that deny nothing."""
_DENIAL = re.compile("|".join(sorted((*_TABLE["plain"], *_TABLE["verbs"], *_EMPTY), key=len, reverse=True)))
_WHETHER = re.compile(r"(.)不\1")
"""A question of whether, which denies nothing: 参不参加."""
_RESTRICTED = re.compile(
    r"[只仅才]|除非|除了?|如果|若|一旦|要是|非(?!必要不)[^，。]{1,12}不|不仅|不但|不光|不只|无论|不管|不论"
)
"""What makes a count of denials say nothing: exceptions, conditions, 不仅."""
PENALTY, FINE = re.compile(r"违者|违反|否则|违规"), re.compile(r"罚|处")
"""What a source says behind a prohibition, and a sentence that tells only what it costs."""
_LEAST_SHARE, _LEAST_MASS = 0.7, 1.4


def check_denials(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Yield a doubt for each clause that denies what its source affirms, or the other way round."""
    for clause in clause_numbers(spoken):
        yield from _check_parties(spoken, clause, evidence)
        text = clause_text(spoken, clause)
        if _RESTRICTED.search(text):
            continue
        ours = count_denials(text)
        near = _nearest(spoken, clause, evidence)
        if not near or any(_agrees(spoken, ours, reading, number) for reading, number in near):
            continue
        source = clause_text(*near[0]).strip("，。；")
        words = [word for word in spoken.words if word.clause == clause]
        yield UnsupportedClaim(ClaimKind.OPPOSITE, f"原文是“{source}”", words[0].start, words[-1].end, source)


def _check_parties(spoken: Reading, clause: int, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Doubt what is denied of somebody of whom the sources affirm it: 过敏者不宜接种；孕妇可以接种."""
    topic = topic_of(spoken, clause)
    if topic is None or topic.clause != clause or _RESTRICTED.search(clause_text(spoken, clause)):
        return
    ours = count_denials(clause_text(spoken, clause)) % 2
    acts = [
        word.text
        for word in spoken.words
        if word.clause == clause and word.start >= topic.end and word.content
    ]
    for name in topic.words:
        held = [
            clause_text(reading, number)
            for reading in evidence.body
            for number in clause_numbers(reading)
            if len(name) > 1 and _acts_alike(name, acts, reading, number)
        ]
        if held and all(count_denials(text) % 2 != ours for text in held):
            source = held[0].strip("，。；")
            yield UnsupportedClaim(ClaimKind.OPPOSITE, f"原文是“{source}”", topic.start, topic.end, source)
            return


def _acts_alike(name: str, acts: list[str], reading: Reading, number: int) -> bool:
    """Return whether a clause speaks of a party by itself and says one of the acts of it."""
    topic = topic_of(reading, number)
    if topic is None or topic.clause != number or name not in topic.words:
        return False
    words = [
        word.text
        for word in reading.words
        if word.clause == number and word.start >= topic.end and word.content
    ]
    return any(likeness(act, word) >= SAME_WORD for act in acts for word in words)


def _agrees(spoken: Reading, ours: int, source: Reading, number: int) -> bool:
    """Return whether a clause of the sources denies as often, or the rest of either sentence may make up for it."""
    text = clause_text(source, number)
    if PENALTY.search(source.text) and FINE.search(spoken.text):
        return True
    if _RESTRICTED.search(text) or count_denials(text) % 2 == ours % 2:
        return True
    # What a sentence denies in so many words, the source may deny in the next clause: 周一闭馆，法定节假日除外.
    return count_denials((source if ours % 2 else spoken).text) > 0


def _nearest(spoken: Reading, clause: int, evidence: Evidence) -> list[tuple[Reading, int]]:
    """The clauses of the sources that hold most of a clause; none where no clause holds enough."""
    scored = [
        (_overlap(spoken, clause, reading, number), reading, number)
        for reading in evidence.body
        for number in clause_numbers(reading)
    ]
    if not _shares_verb(spoken, clause, evidence):
        return []
    most = max((mass for (share, mass), _, _ in scored if share >= _LEAST_SHARE), default=0.0)
    if most < _LEAST_MASS:
        return []
    return [
        (reading, number)
        for (share, mass), reading, number in scored
        if share >= _LEAST_SHARE and mass >= most - 0.5
    ]


def _shares_verb(spoken: Reading, clause: int, evidence: Evidence) -> bool:
    """Return whether a verb of the clause stands in the sources, or the clause has none that says anything."""
    verbs = [
        word.text for word in spoken.words if word.clause == clause and word.content and word.flag[:1] == "v"
    ]
    held = [word.text for reading in evidence.body for word in reading.words if word.content]
    return not verbs or any(_is_alike(verb, other) for verb in verbs for other in held)


@lru_cache(maxsize=16384)
def _overlap(spoken: Reading, clause: int, source: Reading, number: int) -> tuple[float, float]:
    """The share of a clause's words that another has, and their number."""
    theirs = [word.text for word in source.words if word.clause == number and not word.is_mark]
    asked = held = 0.0
    topic = topic_of(spoken, clause)
    head = (topic.start, topic.end) if topic and topic.clause == clause else (0, 0)
    for word in spoken.words:
        if head[0] <= word.start < head[1]:
            continue
        if (
            word.clause != clause
            or not (word.content or word.value)
            or word.text == HOME
            or _denies(word.text)
        ):
            continue
        weight = min(2.0, 0.5 * len(word.text))
        if any(_is_alike(word.text, other) for other in theirs):
            asked, held = asked + weight, held + weight
        elif word.text not in source.text:
            asked += weight
    return (held / asked if asked else 0.0), held


@lru_cache(maxsize=65536)
def _is_alike(word: str, other: str) -> bool:
    if likeness(word, other) >= SAME_WORD:
        return True
    short, long = sorted((word, other), key=len)
    return len(long) == 2 and short in long and len(short) == 1  # noqa: PLR2004 - 休 is 休息


def _denies(word: str) -> bool:
    return word not in _EMPTY and _DENIAL.fullmatch(word) is not None


@lru_cache(maxsize=4096)
def count_denials(text: str) -> int:
    """Return how many denials a text has."""
    asked = _WHETHER.sub("", text)
    return sum(match[0] not in _EMPTY for match in _DENIAL.finditer(asked))

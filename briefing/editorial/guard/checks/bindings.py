"""Compare of whom or of what a clause says something with whom the sources say it of."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.editorial.facts.value_agreement import agree
from briefing.editorial.guard.clause_topics import Topic, cover, predicate_words, topic_of
from briefing.editorial.guard.likeness import SAME_WORD, clause_numbers, clause_text, likeness
from briefing.editorial.guard.unsupported_claim import ClaimKind, UnsupportedClaim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.editorial.guard.evidence import Evidence
    from briefing.editorial.guard.sentence_reading import Reading

_PASSIVE = re.compile(r"被|由(?!于)|遭|受到")
_SPEAKS = re.compile(r"(?:[^，。]{0,6})(?:说|表示|介绍|指出|认为|透露|提醒|建议|发布的?|显示)")
_LEAST, _GAIN = 1.9, 0.9
_SAME, _OTHER = 0.34, 0.6


def check_bindings(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Yield a doubt for each clause whose topic the sources have with something else."""
    for clause in clause_numbers(spoken):
        topic = topic_of(spoken, clause)
        if topic is None or topic.is_generic or _PASSIVE.search(clause_text(spoken, clause)):
            continue
        if _SPEAKS.match(spoken.text, topic.end):
            continue
        yield from _check_values(spoken, clause, topic, evidence)
        owners = _owners(spoken, clause, evidence)
        best = max((score for score, _, _ in owners), default=0.0)
        if best < _LEAST:
            continue
        near = [(reading, number) for score, reading, number in owners if score > best - _GAIN / 2]
        if any(_is_theirs(topic, reading, number) for reading, number in near):
            continue
        own = topic_of(*near[0])
        if own is None:
            continue
        if _has_rival(topic, spoken, clause, owners) or _is_exchanged(topic, own, spoken, clause, near[0]):
            theirs = near[0][0].text[own.start : own.end]
            what = f"原文说的是“{theirs}”，不是“{spoken.text[topic.start : topic.end]}”"
            yield UnsupportedClaim(ClaimKind.MERGED, what, topic.start, topic.end, theirs)


def _check_values(
    spoken: Reading, clause: int, topic: Topic, evidence: Evidence
) -> Iterator[UnsupportedClaim]:
    """Doubt a value of a topic that the sources name elsewhere, where its only clause has its own topic."""
    values = [word.value for word in spoken.words if word.value and word.clause == clause]
    named = [word for word in topic.words if len(word) > 1]
    if (
        topic.clause != clause
        or len(values) != 1
        or not named
        or values[0].dimension.startswith(("label", "count", "hours"))
    ):
        return
    owners = [
        (reading, word.clause)
        for reading in evidence.body
        for word in reading.words
        if word.value and word.value.dimension == values[0].dimension and agree(values[0], word.value)
    ]
    tops = [(topic_of(reading, number), reading, number) for reading, number in owners]
    if len(tops) != 1 or not (own := tops[0][0]) or own.clause != tops[0][2] or own.is_generic:
        return
    reading = tops[0][1]
    elsewhere = all(word in reading.text and word not in clause_text(reading, own.clause) for word in named)
    if elsewhere and not any(word in spoken.text for word in own.words if len(word) > 1):
        theirs = reading.text[own.start : own.end]
        what = f"“{values[0].text}”说的是“{theirs}”，不是“{spoken.text[topic.start : topic.end]}”"
        yield UnsupportedClaim(ClaimKind.MERGED, what, topic.start, topic.end, theirs)


def _owners(spoken: Reading, clause: int, evidence: Evidence) -> list[tuple[float, Reading, int]]:
    """The clauses of the sources by how much of the predicate they hold, best first."""
    collected = [
        (predicate_overlap(spoken, clause, reading, number), reading, number)
        for reading in evidence.body
        for number in clause_numbers(reading)
    ]
    return sorted(collected, key=lambda item: -item[0])


@lru_cache(maxsize=16384)
def predicate_overlap(spoken: Reading, clause: int, source: Reading, other: int) -> float:
    """Return how much of a clause's predicate another clause has."""
    theirs = [word for word, _ in predicate_words(source, other)]
    return sum(
        weight
        for word, weight in predicate_words(spoken, clause)
        if any(word == text or likeness(word, text) >= SAME_WORD for text in theirs)
    )


def _is_theirs(topic: Topic, reading: Reading, number: int) -> bool:
    """Return whether the sources say it of the same topic, or of none that they name."""
    own = topic_of(reading, number)
    if own is None or not own.words:
        return True
    if own.words[-1][-1] == topic.words[-1][-1] and own.words[-1] != topic.words[-1]:
        return True
    shared = max(cover(topic.words, own.words), cover(own.words, topic.words))
    if shared >= _SAME and not _is_contrasted(topic, own, reading):
        return True
    return any(word in clause_text(reading, number) for word in topic.words if len(word) > 1)


def _is_contrasted(topic: Topic, own: Topic, reading: Reading) -> bool:
    """Return whether two topics share their noun and the source tells them apart: 外籍选手, 国内选手."""
    ours, theirs = "".join(topic.words), "".join(own.words)
    if ours in theirs or theirs in ours:
        return False
    others = [topic_of(reading, number) for number in clause_numbers(reading)]
    names = ["".join(other.words) for other in others if other and other.words]
    return any(ours in name or name in ours for name in names)


def _has_rival(topic: Topic, spoken: Reading, clause: int, owners: list[tuple[float, Reading, int]]) -> bool:
    """Return whether a clause of the sources speaks of the topic and says something else of the same kind of it."""
    best, owner, place = owners[0]
    own = topic_of(owner, place)
    for score, reading, number in owners:
        other = topic_of(reading, number)
        if (
            other is None
            or other == own
            or score > best - _GAIN
            or (own and own.is_generic and reading is not owner)
        ):
            continue
        if cover(topic.words, other.words) >= _OTHER and _is_parallel(spoken, clause, reading, number):
            return True
    return False


def _is_exchanged(topic: Topic, own: Topic, spoken: Reading, clause: int, near: tuple[Reading, int]) -> bool:
    """Return whether the sentence gives two parties of one source each other's part."""
    source, number = near
    for other in clause_numbers(spoken):
        theirs = topic_of(spoken, other)
        if (
            other == clause
            or theirs is None
            or theirs.clause != other
            or cover(own.words, theirs.words) < _OTHER
        ):
            continue
        for place in clause_numbers(source):
            held = topic_of(source, place)
            if held and held.clause == place != number and cover(topic.words, held.words) >= _OTHER:
                return predicate_overlap(spoken, other, source, place) > predicate_overlap(
                    spoken, other, source, number
                )
    return False


def _is_parallel(spoken: Reading, clause: int, source: Reading, number: int) -> bool:
    """Return whether two clauses say the same kind of thing: a verb, or a value of one dimension."""
    ours, theirs = predicate_words(spoken, clause), predicate_words(source, number)
    kinds = {_kind(word) for word, _ in ours if word[0] == "="}
    if kinds & {_kind(word) for word, _ in theirs if word[0] == "="}:
        return True
    verbs = [
        word.text for word in source.words if word.clause == number and word.flag[:1] == "v" and word.content
    ]
    return any(likeness(word, verb) >= SAME_WORD for word, _ in ours if word[0] != "=" for verb in verbs)


def _kind(token: str) -> str:
    return token.rstrip("0123456789.e+-")

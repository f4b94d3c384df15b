"""Find what no source says: a clause without support, or a word that was put in another's place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing.editorial.facts.bodies import is_subsequence
from briefing.editorial.facts.equivalents import GROUPS, SAME
from briefing.editorial.facts.modality import MODES, NEGATIONS
from briefing.editorial.facts.tables import read_words
from briefing.editorial.guard.likeness import SAME_WORD, Site, affinity, clause_text, likeness
from briefing.editorial.guard.sentence_reading import HOME
from briefing.editorial.guard.unsupported_claim import ClaimKind, UnsupportedClaim
from briefing.mandarin import segmenter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.editorial.guard.evidence import Evidence
    from briefing.editorial.guard.sentence_reading import Reading, Word

UNSUPPORTED = 0.45
"""Support below which a word counts as new."""
_NEW_SHARE, _NEW_MASS = 0.55, 1.6
_ANCHORED_SHARE, _ANCHORED_MASS = 0.7, 2.2
_ATTRIBUTION = re.compile(r"^[^，。]{2,40}(?:说|表示|介绍|认为|指出|透露|提醒|强调|回应|建议)，?$")
_SAME_SLOT = 0.8
_SHORT = 2
"""Characters of words that are often everyday speech for something printed."""
_ALMOST_NEW, _PAIR = 0.35, 1.6
_NAMES = ("ns", "nt")
_NO_NAMES = read_words("place_words")
_COMMON, _EVERYDAY = 1000, 3000
"""Counts of jieba's dictionary from which a word is common, and everyday speech."""


@dataclass(frozen=True, slots=True)
class NewWord:
    """A content word with how far the sources hold it and how much a claim hangs on it."""

    index: int
    word: Word
    held: float
    weight: float


def check_novelty(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Yield a doubt for each clause that is mostly new, and for each word in the place of another."""
    clauses: dict[int, list[NewWord]] = {}
    for index, word in enumerate(spoken.words):
        if word.content and word.text != HOME and word.text not in MODES and word.text not in NEGATIONS:
            collected = NewWord(index, word, support(word, evidence), weight_of(word))
            clauses.setdefault(word.clause, []).append(collected)
    for number, items in clauses.items():
        if _ATTRIBUTION.match(clause_text(spoken, number)) and all(
            item.word.text in evidence.whole for item in items
        ):
            # Who says it may stand in another sentence of the story, before the question.
            continue
        yield from _check_clause(spoken, number, items, evidence)


def _check_clause(
    spoken: Reading, number: int, collected: list[NewWord], evidence: Evidence
) -> Iterator[UnsupportedClaim]:
    known_elsewhere = not any(_is_named(item.word, evidence) for item in collected)
    facts = any(word.clause == number and (word.value or word.moment) for word in spoken.words)
    anchored = facts and not known_elsewhere
    share, least = (_ANCHORED_SHARE, _ANCHORED_MASS) if anchored else (_NEW_SHARE, _NEW_MASS)
    mass = sum(item.weight * (1 - (0.0 if known_elsewhere else item.held)) for item in collected)
    new = [item.word for item in collected if item.held < UNSUPPORTED or known_elsewhere]
    if len(new) > 1 and mass >= least and mass >= share * sum(item.weight for item in collected):
        what = "来源里没有这句话：" + "、".join(f"“{word.text}”" for word in new[:3])
        yield UnsupportedClaim(ClaimKind.NOVELTY, what, new[0].start, new[-1].end)
        return
    for first, second in pairwise(collected):
        pair = (first, second)
        if (
            all(item.held < _ALMOST_NEW and len(item.word.text) > 1 for item in pair)
            and sum(item.weight for item in pair) >= _PAIR
        ):
            what = f"来源里没有“{first.word.text}”“{second.word.text}”"
            yield UnsupportedClaim(ClaimKind.NOVELTY, what, first.word.start, second.word.end)
    for item in collected:
        if item.held < UNSUPPORTED:
            others = [other.word.text for other in collected if other is not item]
            printed = len(others) > 1 and all(text in evidence.text for text in others)
            yield from _check_single(spoken, item, evidence, printed=printed)


def _is_named(word: Word, evidence: Evidence) -> bool:
    """Return whether the named sources themselves hold a word, or characters of it."""
    return support(word, evidence, story=False) >= UNSUPPORTED


def _check_single(
    spoken: Reading, item: NewWord, evidence: Evidence, *, printed: bool
) -> Iterator[UnsupportedClaim]:
    """Doubt a new place or body, and a new word that stands where the source has another.

    A clause whose other words are all as `printed` was not rewritten, so that its one new word is no honest change.
    """
    word = item.word
    inside = word.text[-1] in "里中上下边旁"
    if word.flag.startswith(_NAMES) and len(word.text) > 1 and word.text not in _NO_NAMES and not inside:
        kind = ClaimKind.PLACE if word.flag.startswith("ns") else ClaimKind.BODY
        yield UnsupportedClaim(kind, f"来源里没有“{word.text}”", word.start, word.end)
        return
    if _is_foreign(item, evidence):
        yield UnsupportedClaim(ClaimKind.NOVELTY, f"来源里没有“{word.text}”", word.start, word.end)
        return
    if printed and len(word.text) > 1 and item.weight > 0.4 and (other := _replaced(spoken, item, evidence)):  # noqa: PLR2004 - not everyday speech
        what = f"原文是“{other}”，不是“{word.text}”"
        yield UnsupportedClaim(ClaimKind.NOVELTY, what, word.start, word.end, other, grave=False)


def _is_foreign(item: NewWord, evidence: Evidence) -> bool:
    """Return whether a rare noun shares no character with the whole story, so that it names something else: 咖啡店."""
    word = item.word
    return (
        item.weight == 1
        and word.flag[:1] == "n"
        and len(word.text) > _SHORT
        and word.text not in GROUPS
        and not set(word.text) & set(evidence.whole)
    )


def _replaced(spoken: Reading, item: NewWord, evidence: Evidence) -> str:
    """The word of a source in whose place the new word stands; empty if there is none."""
    site = Site(spoken, item.index)
    own = frozenset(word.text for word in spoken.words)
    best, slot = "", _SAME_SLOT
    for reading in evidence.named:
        for index, other in enumerate(reading.words):
            if (
                not other.content
                or other.flag[:1] != item.word.flag[:1]
                or len(other.text) < len(item.word.text) - 1
            ):
                continue
            near = affinity(site, Site(reading, index))
            if near > slot and not _is_said(other.text, own) and _are_neighbours(site, Site(reading, index)):
                best, slot = other.text, near
    return best


@lru_cache(maxsize=65536)
def _is_said(text: str, own: frozenset[str]) -> bool:
    return any(likeness(text, word) >= UNSUPPORTED for word in own)


def _are_neighbours(left: Site, right: Site) -> bool:
    """Return whether two places have the same content word, value or end of clause before and behind them."""
    return all(
        _are_alike(_neighbour(left, step), _neighbour(right, step))
        and _is_beside(left, step) == _is_beside(right, step)
        for step in (-1, 1)
    )


def _is_beside(site: Site, step: int) -> bool:
    """Return whether the very next word says something itself, or is 的 or a mark."""
    place = site.index + step
    if not 0 <= place < len(site.reading.words):
        return True
    word = site.reading.words[place]
    return word.content or word.value is not None or word.is_mark or word.text in "的了"


def _are_alike(ours: str, theirs: str) -> bool:
    return ours == theirs or bool(ours and theirs and likeness(ours, theirs) >= SAME_WORD)


def _neighbour(site: Site, step: int) -> str:
    position = site.index + step
    while 0 <= position < len(site.reading.words):
        word = site.reading.words[position]
        if word.clause != site.word.clause:
            return ""
        if word.value:
            return f"={word.value.number:.6g}"
        if word.content:
            return word.text
        position += step
    return ""


@lru_cache(maxsize=16384)
def _weight(text: str) -> float:
    count = segmenter.frequency(text)
    weight = 1.0 if count < _COMMON else 0.6 if count < _EVERYDAY else 0.35
    return weight if len(text) > 1 else 0.4 * weight


def weight_of(word: Word) -> float:
    """Return how much of a claim hangs on a word: all on a rare one, little on everyday speech."""
    return _weight(word.text)


def support(word: Word, evidence: Evidence, *, story: bool = True) -> float:
    """Return from 0 to 1 how far the sources hold a word, or one that says the same."""
    if "不" in word.text[1:-1]:
        return 1.0
    if word.text in evidence.text or any(other in evidence.text for other in SAME.get(word.text, ())):
        return 1.0
    noun = word.flag[:1] in {"n", "j", "t", "s"} or word.flag == "code"
    if noun and story and word.text in evidence.whole:
        return 1.0
    if word.flag.startswith("n") and any(
        is_subsequence(word.text, other) for other in evidence.words if len(other) > len(word.text)
    ):
        return 1.0
    best = max((likeness(word.text, other) for other in evidence.words), default=0.0)
    if best >= SAME_WORD:
        return 1.0
    # 江北 is no place of a text that has 江 and 北 somewhere.
    named = (
        word.flag.startswith(_NAMES) and word.text not in _NO_NAMES and word.text[-1] not in "里中上下边旁"
    )
    characters = sum(char in evidence.characters for char in word.text) / len(word.text)
    return min(best, 0.4) if named else max(best, 0.8 * characters)

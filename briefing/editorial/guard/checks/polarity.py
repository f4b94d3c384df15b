"""Compare what a sentence affirms and denies with its sources: negations and opposites."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.editorial.facts.modality import NEGATIONS
from briefing.editorial.facts.opposites import AXES, are_opposite
from briefing.editorial.facts.tables import read_words
from briefing.editorial.guard.checks.denials import FINE, PENALTY, count_denials
from briefing.editorial.guard.clause_topics import cover, topic_of
from briefing.editorial.guard.likeness import SAME_WORD, Site, affinity, clause_text, is_nearer, likeness
from briefing.editorial.guard.unsupported_claim import ClaimKind, UnsupportedClaim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.editorial.guard.evidence import Evidence
    from briefing.editorial.guard.sentence_reading import Reading, Word

_SHOWN = 2
_FAR = 6
"""Words in front of a word among which a negation denies it."""
_RELATED, _ALONE, _SINGLE, _DENIED, _HALF = 0.45, 0.6, 1.2, 0.3, 0.5


def check_polarity(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Yield a doubt for each word that the sources deny, or whose opposite they say."""
    for index, word in enumerate(spoken.words):
        if _has_sides(word):
            yield from _check_word(Site(spoken, index), evidence)


def _has_sides(word: Word) -> bool:
    if word.value or word.moment or word.is_mark or word.text in NEGATIONS or word.text in _NO_ACTS:
        return False
    if word.flag == "code":
        return False
    if word.text in AXES:
        return len(word.text) > 1 or word.flag[:1] in {"v", "a"}
    return word.content and (len(word.text) > 1 or (word.flag == "v" and word.text not in _LIKE_PREPOSITIONS))


def _check_word(site: Site, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    if _is_contest(site) or _ends_a_time(site.word, evidence):
        return
    ours = _sign(site)
    sides: dict[bool, list[Site]] = {True: [], False: []}
    for reading in evidence.body:
        for index, other in enumerate(reading.words):
            if (side := _side(site.word.text, other)) and not _is_other_sense(site.word, other):
                theirs = side * _sign(Site(reading, index))
                sides[theirs == ours or not theirs * ours].append(Site(reading, index))
    agreeing, opposing = (
        max(sites, key=lambda other: affinity(site, other), default=None)
        for sites in (sides[True], sides[False])
    )
    if opposing is None or affinity(site, opposing) < _least(site, opposing, agreeing):
        return
    if _is_made_up_for(site, opposing):
        return
    single = len(site.word.text) == 1 and agreeing is not None
    if agreeing is None or (not single and is_nearer(site, opposing, agreeing)):
        phrase = phrase_at(opposing)
        yield UnsupportedClaim(
            ClaimKind.OPPOSITE, f"原文是“{phrase}”", site.word.start, site.word.end, phrase
        )


def _ends_a_time(word: Word, evidence: Evidence) -> bool:
    """Return whether a word is the end of a printed time (从10月28日开始), which is compared as a time."""
    words = (other for reading in evidence.body for other in reading.words)
    return any(other.moment is not None and other.text.endswith(word.text) for other in words)


def _least(site: Site, opposing: Site, agreeing: Site | None) -> float:
    """The likeness of surroundings that a doubt needs."""
    if agreeing is not None:
        return _RELATED
    if len(site.word.text) == 1 and are_opposite(site.word.text, opposing.word.text):
        return _SINGLE
    if are_opposite(site.word.text, opposing.word.text):
        return _ALONE
    return _HALF if len(site.word.text) == 1 else _DENIED


@lru_cache(maxsize=65536)
def _side_of(left: str, right: str) -> int:
    if are_opposite(left, right):
        return -1
    return 1 if likeness(left, right) >= SAME_WORD else 0


def _side(text: str, other: Word) -> int:
    if other.value or other.moment or other.is_mark or other.text in NEGATIONS:
        return 0
    return _side_of(text, other.text)


def _is_made_up_for(site: Site, opposing: Site) -> bool:
    """Return whether the two clauses say the same by other words: 不要接种 for 暂缓接种, 才能 for 若未…不得."""
    ours = clause_text(site.reading, site.word.clause)
    theirs = clause_text(opposing.reading, opposing.word.clause)
    if are_opposite(site.word.text, opposing.word.text):
        return _is_other_side(site, opposing)
    if opposing.word.clause and _CONDITION.search(clause_text(opposing.reading, opposing.word.clause - 1)):
        theirs = clause_text(opposing.reading, opposing.word.clause - 1) + theirs
    if PENALTY.search(opposing.reading.text) and FINE.search(site.reading.text):
        return True
    excepted = count_denials(ours) % 2 and _EXCEPTED.search(opposing.reading.text)
    return bool(excepted) or count_denials(ours) % 2 == count_denials(theirs) % 2


def _is_other_side(site: Site, opposing: Site) -> bool:
    """Return whether the two speak of different parties of a match or a comparison: 在客场领先 for 主场作战的对手."""
    if not _PERSPECTIVES & {number for number, _ in AXES.get(site.word.text, ())}:
        return False
    ours, theirs = (topic_of(place.reading, place.word.clause) for place in (site, opposing))
    behind = opposing.reading.text[opposing.word.end :]
    named = [word for word in ours.words if len(word) > 1] if ours else []
    if named and sum(word in behind for word in named) > _MOSTLY * len(named):
        return True
    return ours is not None and theirs is not None and cover(ours.words, theirs.words) < _SHARED


_CONDITION = re.compile(r"如果|若|假如|要是|一旦")
_EXCEPTED = re.compile(r"除外|例外|除[^，。]{1,20}外")
_SHARED, _MOSTLY = 0.3, 0.6


def _is_other_sense(word: Word, other: Word) -> bool:
    """Return whether one is a verb and the other a noun made of it: 不能补, 补贴标准."""
    return (
        len(word.text) != len(other.text)
        and word.flag == "v"
        and other.flag[:1] == "n"
        and other.text not in AXES
    )


def _is_contest(site: Site) -> bool:
    """Return whether a word says who beat whom: 胜 and 不敌 tell the same match, and the roles decide."""
    sides = {number for number, _ in AXES.get(site.word.text, ())}
    behind = [word for word in site.reading.words[site.index + 1 :] if word.clause == site.word.clause]
    return bool(sides & _CONTESTS) and any(
        word.content and word.flag[:1] in {"n", "l", "j"} for word in behind
    )


_NO_ACTS = frozenset({"必要", "需要", "必须", "可能", "能够", "可以", "愿意"})
_CONTESTS = {number for number, _ in AXES["不敌"]}
_PERSPECTIVES = _CONTESTS | {number for word in ("主场", "领先", "高于") for number, _ in AXES[word]}


def _sign(site: Site) -> int:
    """-1 for what is denied, 1 for what is affirmed, 0 where the negation says something else."""
    word = site.word
    following = site.reading.words[site.index + 1] if site.index + 1 < len(site.reading.words) else word
    attribute = following.flag[:1] == "n" and following.clause == word.clause and word.flag[:1] == "a"
    noun = attribute or word.flag == "vn" or (word.flag[:1] not in {"v", "a", "z"} and word.text not in AXES)
    sign, crossed = 1, False
    for before in reversed(site.reading.words[max(0, site.index - _FAR) : site.index]):
        if before.clause != word.clause or before.text in {"、", "但", "却", "而"}:
            break
        if before.text in _RULED_OUT:
            return 0
        if before.text in NEGATIONS and not _is_no_denial(site.reading, before):
            existential = before.text in _EXISTENTIAL
            if (crossed and existential) or (noun and not existential and before.end != word.start):
                return 0
            sign = -sign
        elif before.text == "的" or (not noun and before.flag[:1] == "n" and before.content):
            crossed = True
        elif (
            before.content
            and _is_verb(site.reading, before)
            and before.text not in _LIGHT_VERBS | _LIKE_PREPOSITIONS
        ):
            return _object_sign(site, before) if noun else _serial_sign(site, before, sign)
    return sign


def _serial_sign(site: Site, verb: Word, sign: int) -> int:
    """0 for a later verb behind a prohibition: 禁止携犬进入 forbids both."""
    words = (word for word in site.reading.words if word.clause == verb.clause and word.start < verb.start)
    return 0 if any(word.text in _PROHIBITIVE for word in words) else sign


def _is_no_denial(reading: Reading, word: Word) -> bool:
    """Return whether the sign of a negation denies nothing: 参不参加, “无手机校园”."""
    before, behind = reading.text[max(0, word.start - 1) : word.start], reading.text[word.end : word.end + 1]
    return before in {"“", "《"} or (word.text == "不" and before == behind != "")


def _is_verb(reading: Reading, word: Word) -> bool:
    """Return whether a word is a verb in its clause, not a noun made of one: 户外活动."""
    if word.flag != "vn":
        return word.flag[:1] == "v"
    index = next(index for index, other in enumerate(reading.words) if other is word)
    return index == 0 or reading.words[index - 1].flag[:1] not in {"n", "s", "f", "b", "v"}


def _object_sign(site: Site, verb: Word) -> int:
    """0 for the object of a verb that is denied, 1 for any other."""
    index = next(index for index, word in enumerate(site.reading.words) if word is verb)
    return 0 if _sign(Site(site.reading, index)) < 0 else 1


_LIKE_PREPOSITIONS = frozenset("靠 用 让 给 到 在 按 凭 拿 用 算 排 占 共".split())  # noqa: SIM905 - a list of words
_RULED_OUT = frozenset({"排除", "解除", "消除"})
_PROHIBITIVE = frozenset({"禁止", "不许", "不得", "严禁", "不准", "不要", "不能", "别", "切勿", "请勿"})
_EXISTENTIAL = read_words("existential")
_LIGHT_VERBS = read_words("light_verbs")


def phrase_at(site: Site) -> str:
    """Return the words around a place of a source, for an editor to see."""
    words = site.reading.words
    first = last = site.index
    while (
        first > 0
        and site.index - first < _SHOWN
        and words[first - 1].clause == site.word.clause
        and not words[first - 1].is_mark
    ):
        first -= 1
    if last + 1 < len(words) and not words[last + 1].is_mark and words[last + 1].clause == site.word.clause:
        last += 1
    return site.reading.text[words[first].start : words[last].end]

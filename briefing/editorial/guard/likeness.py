"""Likeness of words and of their surroundings: which place of a source a word of a sentence speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.editorial.facts.equivalents import are_equivalent
from briefing.editorial.facts.opposites import FAMILY, are_opposite

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.editorial.guard.sentence_reading import Reading, Word

REACH = 6
"""Content words on each side that say what a word is about."""
_DECAY, _NEXT_ITEM, _NEXT_CLAUSE, _BEHIND = 0.85, 0.45, 0.35, 0.9
_TWO = 2
_SAME, _PARTLY = 1.0, 0.6
_CLEAR_GAIN, _CLEARLY = 0.5, 1.7
_STRICT_GAIN, _STRICTLY, _BESIDE = 0.75, 2.2, 0.85
_ENDINGS = {
    char: number
    for number, chars in enumerate(("进入", "到至达", "回返", "掉去走", "完毕", "给予"))
    for char in chars
}
"""Second characters of verbs that say the same: 流进 and 流入, 降到 and 降至."""
_RESULTS = frozenset("清完好掉成到了走出光满齐毕")
"""Second characters of verbs that say how an act ended: 付清, 卖光."""
SAME_WORD = 0.8
"""Likeness from which two words are taken for one."""


@dataclass(frozen=True, slots=True)
class Site:
    """A word at its place in a reading."""

    reading: Reading
    index: int

    @property
    def word(self) -> Word:
        """The word itself."""
        return self.reading.words[self.index]


@lru_cache(maxsize=65536)
def likeness(left: str, right: str) -> float:
    """Return from 0 to 1 how much two words say the same."""
    if left == right or are_equivalent(left, right):
        return _SAME
    if "=" in {left[0], right[0]} or "@" in {left[0], right[0]} or _exclude(left, right):
        return 0.0
    if _differ_in_ending(left, right):
        return _SAME
    short, long = sorted((left, right), key=len)
    if len(short) == 1 and len(long) == _TWO and long[0] == short and long[1] in _RESULTS:
        return SAME_WORD
    if len(short) > 1 and short in long:
        return _SAME if len(short) * 2 >= len(long) else SAME_WORD
    common = len(set(left) & set(right))
    comparable = len(short) > 1 or len(long) <= _TWO
    return _PARTLY * common / len(short) if common and comparable else 0.0


def _exclude(left: str, right: str) -> bool:
    """Return whether only one of two words can be true: opposites, or two members of a family."""
    families = dict(FAMILY.get(left, ()))
    members = FAMILY.get(right, ())
    return are_opposite(left, right) or any(
        families.get(family, member) != member for family, member in members
    )


def _differ_in_ending(left: str, right: str) -> bool:
    """Return whether two verbs end in characters that say the same: 降到, 降至."""
    return (
        left[:-1] == right[:-1]
        and len(left) == len(right) > 1
        and _ENDINGS.get(left[-1], 0) == _ENDINGS.get(right[-1], 1)
    )


@lru_cache(maxsize=16384)
def surroundings(reading: Reading, index: int) -> tuple[tuple[str, float], ...]:
    """Return the content words around a word, each with its weight by distance."""
    collected: dict[str, float] = {}
    word = reading.words[index]
    for step, scale in ((-1, 1.0), (1, _BEHIND)):
        for text, weight in _walk(reading.words, index, step):
            if (text[0] == "=" and word.value) or (text[0] == "@" and text[1:2].isdigit() and word.moment):
                continue
            collected[text] = max(collected.get(text, 0.0), weight * scale)
    if word.value and word.value.unit:
        # 34金21银18铜: the unit says what is counted.
        collected[word.value.unit] = max(collected.get(word.value.unit, 0.0), 0.5)
    return tuple(collected.items())


def _walk(words: Sequence[Word], index: int, step: int) -> Iterator[tuple[str, float]]:
    weight, verbs, taken, here = 1.0, 1.0, 0, words[index].clause
    clauses = 0
    place = index + step
    if words[index].moment and step > 0 and place < len(words) and words[place].text == "，":
        # 11月8日，…开始试运行: a time that opens a sentence speaks of the clause behind its comma.
        place, here = place + 1, here + 1
    while 0 <= place < len(words) and taken < REACH:
        word = words[place]
        if word.clause != here:
            here, clauses = word.clause, clauses + 1
            weight, verbs = weight * _NEXT_CLAUSE, verbs * _NEXT_CLAUSE
            if clauses > 1:
                return
        if word.value and not word.value.text.startswith("一"):
            yield f"={word.value.dimension}{word.value.number:.6g}", weight
        if word.moment and word.moment.first:
            yield f"@{word.moment.first}{word.moment.last}", weight
        if word.text == "、" or (word.value and not _is_change(words, place, index)):
            weight *= _NEXT_ITEM
        if word.content and word.text:
            # A verb governs every item of its list: 成立矛盾调处中心、法律服务中心…
            yield word.text, (verbs if word.flag[:1] == "v" else weight)
            weight, verbs, taken = weight * _DECAY, verbs * _DECAY, taken + 1
        place += step


def _is_change(words: Sequence[Word], place: int, index: int) -> bool:
    """Return whether two values are the ends of one change: 从平均40分钟压缩到6分钟."""
    first, last = sorted((place, index))
    between = words[first + 1 : last]
    return len(between) < 4 and any(word.text[-1] in "到至为成" for word in between)  # noqa: PLR2004 - a verb and 到


@lru_cache(maxsize=65536)
def affinity(spoken: Site, source: Site) -> float:
    """Return how much two places speak of the same."""
    theirs = surroundings(source.reading, source.index)
    return sum(_match(word, weight, theirs) for word, weight in surroundings(spoken.reading, spoken.index))


def is_nearer(spoken: Site, other: Site, own: Site, *, strictly: bool = False) -> bool:
    """Return whether what tells two places of the sources apart speaks clearly for the other one.

    Words around both are left out: 上涨 and 价格 stand at 食品 and at 猪肉. How near a word stands counts little, since
    rewriting moves it.
    """
    others, owns = surroundings(other.reading, other.index), surroundings(own.reading, own.index)
    gained = lost = 0.0
    for word, weight in surroundings(spoken.reading, spoken.index):
        difference = _level(_match(word, weight, others)) - _level(_match(word, weight, owns))
        gained += max(0.0, difference)
        lost += max(0.0, -difference)
    least, clearly = (_STRICT_GAIN, _STRICTLY) if strictly else (_CLEAR_GAIN, _CLEARLY)
    return gained >= least and gained > clearly * lost


def _level(match: float) -> float:
    """A likeness by steps: beside it, in the same clause, in the next one."""
    return match if match < _CLEAR_GAIN else _BESIDE


def _match(word: str, weight: float, around: tuple[tuple[str, float], ...]) -> float:
    return max((likeness(word, text) * min(weight, mass) for text, mass in around), default=0.0)


@lru_cache(maxsize=4096)
def clause_words(reading: Reading, clause: int) -> tuple[str, ...]:
    """Return the content words of a clause."""
    return tuple(
        f"={word.value.dimension}{word.value.number:.6g}" if word.value else word.text
        for word in reading.words
        if word.clause == clause and (word.content or (word.value and not word.value.text.startswith("一")))
    )


@lru_cache(maxsize=16384)
def clause_overlap(spoken: Reading, clause: int, source: Reading, other: int) -> float:
    """Return how many content words of a clause another clause has too."""
    theirs = clause_words(source, other)
    shared = (
        max((likeness(word, text) for text in theirs), default=0.0) for word in clause_words(spoken, clause)
    )
    return sum(like for like in shared if like >= SAME_WORD)


@lru_cache(maxsize=4096)
def clause_numbers(reading: Reading) -> tuple[int, ...]:
    """Return the numbers of the clauses of a sentence."""
    return tuple(sorted({word.clause for word in reading.words}))


@lru_cache(maxsize=4096)
def clause_text(reading: Reading, clause: int) -> str:
    """Return a clause as written."""
    return "".join(word.text for word in reading.words if word.clause == clause)


def best_clause(
    spoken: Reading, clause: int, sources: Sequence[Reading]
) -> tuple[float, Reading, int] | None:
    """Return the clause of the sources that shares most words with a clause, and how many; None without sources."""
    clauses = (
        (clause_overlap(spoken, clause, reading, number), reading, number)
        for reading in sources
        for number in clause_numbers(reading)
    )
    return max(clauses, key=lambda item: item[0], default=None)

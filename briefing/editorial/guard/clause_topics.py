"""Find what each clause of a sentence speaks of: its topic, carried on from the clause before where it names none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.editorial.facts.modality import MODES
from briefing.editorial.facts.opposites import AXES
from briefing.editorial.facts.tables import read_words
from briefing.editorial.guard.likeness import SAME_WORD, likeness
from briefing.editorial.guard.sentence_reading import HOME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefing.editorial.guard.sentence_reading import Reading, Word

_NOUNS = ("n", "j", "s", "b", "l", "i", "eng", "code")
_HEADS = ("n", "j", "s", "eng", "code")
"""Parts of speech of a topic's last word."""
_LINKS = frozenset({"的", "、", "和", "与", "及", "“", "”", "《", "》", "（", "）", "·"})
_SKIPPED = read_words("clause_openers")
_AGENTS = frozenset({"由", "被"})
_PLACED = frozenset(
    {"在", "从", "自", "到", "于", "经", "对", "向", "为", "以", "按", "据", "随着", "除", "因", "把", "将"}
)
_GENERIC = re.compile(
    r"^(?:[这该此其本各每]|大家|人们|被告|原告|判令|过程|记者|公司|活动|项目|情况|时间|方面|数据|结果|全[市区县省国]|当地|自己|其他|其余|总)"
)
_COMPARED = re.compile(
    "^(?:同比|环比|名义|实际|平均|最[高低多少大小]|初步|力争|人均|判令|责令)$|[中里上下外前后间]$"
)
_MODAL = frozenset("可拟须需应将已未不")
_SIDES = frozenset(
    word
    for word, axes in AXES.items()
    if {number for number, _ in axes}
    & {number for side in ("不敌", "主场", "领先", "高于") for number, _ in AXES[side]}
)
"""Words of matches and comparisons, which say something of a topic whatever their part of speech."""
_ENDS = frozenset("。！？\n")


@dataclass(frozen=True, slots=True)
class Topic:
    """The nouns at the head of a clause, before its verb."""

    words: tuple[str, ...]
    """Its content words."""
    start: int
    end: int
    clause: int
    """The clause that names it; an earlier one when it is carried on."""

    @property
    def is_generic(self) -> bool:
        """Return whether it could be anything: 公司, 该馆, 全市."""
        return all(len(word) < 2 or _GENERIC.match(word) for word in self.words)  # noqa: PLR2004 - a word of two characters


@lru_cache(maxsize=4096)
def topic_of(reading: Reading, clause: int) -> Topic | None:
    """Return what a clause speaks of; None where nothing is named up to the sentence's beginning."""
    for number in range(clause, -1, -1):
        words = [word for word in reading.words if word.clause == number]
        if number < clause and words and words[-1].text[-1:] in _ENDS:
            return None
        if topic := _named_topic(words, number):
            return topic
    return None


def _named_topic(words: list[Word], clause: int) -> Topic | None:
    run: list[Word] = []
    for index, word in enumerate(words):
        if run and not (_is_noun(word) or word.text in _LINKS or _is_attribute(words, index)):
            break
        if not run and word.text in _PLACED:
            return None
        if _is_noun(word) or (run and word.text not in _LINKS) or (not run and _is_attribute(words, index)):
            run.append(word)
        elif not run and not _opens(word):
            return None
    while run and not run[-1].flag.startswith(_HEADS):
        run.pop()
    named = tuple(word.text for word in run if word.text != HOME and word.content)
    return Topic(named, run[0].start, run[-1].end, clause) if run else None


def _opens(word: Word) -> bool:
    """Return whether a word may stand in front of a clause's topic."""
    return (
        word.moment is not None
        or word.is_mark
        or word.text in _SKIPPED
        or word.text in _AGENTS
        or word.flag[:1] in {"c", "d", "r", "t", "u", "f", "z"}
    )


def _is_noun(word: Word) -> bool:
    if word.value or word.moment or word.is_mark:
        return False
    if (
        word.text in _SKIPPED
        or word.text in MODES
        or word.text in _SIDES
        or (word.text in AXES and word.flag[:1] in "vad")
        or word.text[0] in _MODAL
        or _COMPARED.search(word.text)
    ):
        return False
    if word.text.endswith(("高于", "低于", "多于", "少于")):
        return False
    return word.text == HOME or word.flag.startswith(_NOUNS)


def _is_attribute(words: list[Word], index: int) -> bool:
    """Return whether a verb or adjective stands before a noun that it describes: 外卖平台, 服务价格."""
    word, behind = words[index], words[index + 1] if index + 1 < len(words) else None
    if (
        len(word.text) == 1
        or word.text in AXES
        or word.text[-1] == "令"
        or behind is None
        or not _is_noun(behind)
        or behind.flag[:2] == "nr"
    ):
        return False
    after = words[index + 2] if index + 2 < len(words) else None
    return word.flag in {"vn", "an"} or (
        word.flag == "v" and after is not None and after.flag[:1] in {"v", "p", "d"}
    )


def cover(words: Iterable[str], others: Iterable[str]) -> float:
    """Return the share of words of at least two characters that others hold too."""
    asked = [word for word in words if len(word) > 1] or list(words)
    held = list(others)
    hits = sum(any(_is_same(word, other) for other in held) for word in asked)
    return hits / len(asked) if asked else 0.0


@lru_cache(maxsize=65536)
def _is_same(word: str, other: str) -> bool:
    return likeness(word, other) >= SAME_WORD or (
        len(word) > 1 and (word in other or other in word) and len(other) > 1
    )


@lru_cache(maxsize=4096)
def predicate_words(reading: Reading, clause: int) -> tuple[tuple[str, float], ...]:
    """Return what a clause says of its topic: its other content words and its values, each with its weight."""
    return tuple(_predicate(reading, clause))


def _predicate(reading: Reading, clause: int) -> Iterator[tuple[str, float]]:
    topic = topic_of(reading, clause)
    for word in reading.words:
        if word.clause != clause or (
            topic and topic.clause == clause and topic.start <= word.start < topic.end
        ):
            continue
        if word.value and not word.value.text.startswith("一"):
            yield f"={word.value.dimension}{word.value.number:.6g}", 1.5
        elif word.content and word.text != HOME:
            yield word.text, 1.0 if len(word.text) > 1 else 0.5

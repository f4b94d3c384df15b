"""Nothing is said that is not so: figures, names, quotations and negations of a sentence must stand in its sources.

The guard reads a sentence beside the source sentences it rests on, and wants the same words next to each figure and
name, so that one figure put in another's place is found too. It says what it doubts; whoever asked decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from briefing.editorial.writer import clarity, habits, passage
from briefing.mandarin import segmenter
from briefing.model import is_han

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from briefing.model import Sentence


class Doubted(StrEnum):
    """What sort of thing is not in the sources."""

    NUMBER = "数字"
    NAME = "人名"
    PLACE = "地名"
    BODY = "机构"
    WORD = "名词"
    QUOTATION = "引语"
    NEGATION = "否定"
    SOURCE = "出处"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in a sentence that its sources do not say."""

    kind: Doubted
    what: str
    sentence: str


SORTS = {"nr": Doubted.NAME, "ns": Doubted.PLACE, "nt": Doubted.BODY, "nz": Doubted.NAME}
_MARKS = re.compile(r"\{[^}]*\}")
_NUMBER = re.compile(r"\d[\d.,:]*\d|\d")
_QUOTED = re.compile(r"“([^”]+)”")
_NEGATIONS = re.compile(
    r"(?:不(?!断|仅|但|少|久|同|妨|管|论|超过|低于|少于|止|锈|动产|良|合格|符)|没有|没|未(?!来|央)|无(?!论|废|人|障碍|锡|线|纸|疑|机|偿)|禁止|严禁|拒绝|并非|绝非|取消|停止)"
)
_AFTER = 3
"""Characters behind a negation that say what is denied."""
_LOOSE = frozenset("，。；：、！？“”《》等和与及并在将已共于为")
"""Signs and words that a shortened sentence may put next to a figure or name."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Checks sentences of a paper `printed` on a day for the programme `aired` on another; `place` is what 我区 means.

    `known` are names that need no source, such as those of the papers themselves.
    """

    printed: date
    aired: date
    place: str = ""
    known: tuple[str, ...] = ()

    def check(self, sentence: Sentence) -> tuple[Doubt, ...]:
        """What the sentence says beyond its sources, in the order figures, names, quotations, negations.

        A sentence without sources is doubted as a whole when it holds any figure, name or quotation.
        """
        said = _MARKS.sub("", passage.fold(_MARKS.sub("", sentence.text)))
        for name in self.known:
            said = said.replace(f"另据《{name}》报道，", "")
        if not sentence.rests_on:
            facts = [*_numbers(said, ""), *_names(said, ""), *_quotations(said, "")]
            claimed = any(kind is not Doubted.WORD for kind, _ in facts)
            return (Doubt(Doubted.SOURCE, said, sentence.text),) if claimed else ()
        source = self._source(sentence)
        found = (
            *_numbers(said, source),
            *_names(said, source),
            *_quotations(said, source),
            *_negations(said, source),
        )
        return tuple(Doubt(kind, what, sentence.text) for kind, what in dict.fromkeys(found))

    def _source(self, sentence: Sentence) -> str:
        """The sources as printed and as the condenser makes them clear, on lines of their own."""
        bare = [habits.strip(source) for source in sentence.rests_on]
        printed = [*map(passage.fold, sentence.rests_on), *bare]
        clear = [
            clarity.days(clarity.place(source, self.place), self.printed, self.aired) for source in printed
        ]
        unit = self.place[-1:]
        homely = [self._homely(source) for source in clear if unit]
        return "\n".join((*printed, *clear, *homely, self.place))

    def _homely(self, source: str) -> str:
        """The source with its district's name before everything of the district's own."""
        unit, name = self.place[-1], self.place[:-1]
        named = source.replace(f"全{unit}", self.place).replace(f"副{unit}", f"{self.place}副{unit}")
        return re.sub(rf"(?<!{re.escape(name)})(?<!副){unit}(?=[\u4e00-\u9fff])", self.place, named)


def _numbers(said: str, source: str) -> Iterator[tuple[Doubted, str]]:
    """Figures that the sources do not give with the same words beside them."""
    for found in _NUMBER.finditer(said):
        behind = "".join(_unit(said[found.end() : found.end() + 2]))
        if not _stands(said, found.start(), found.end() + len(behind), source):
            yield Doubted.NUMBER, found[0] + behind


def _unit(after: str) -> Iterator[str]:
    for char in after:
        if not (is_han(char) or char in "%％‰℃"):
            return
        yield char


def _stands(said: str, start: int, end: int, source: str) -> bool:
    """Whether the words from `start` to `end` stand in the source, next to what they stand next to here."""
    word, before, behind = said[start:end], said[max(0, start - 1) : start], said[end : end + 1]
    if _whole(word, source) is None:
        return False
    left = not before or before in _LOOSE or before + word in source
    right = not behind or behind in _LOOSE or word + behind in source
    return (left and right) or (left and before not in _LOOSE) or (right and behind not in _LOOSE)


def _whole(word: str, source: str) -> re.Match[str] | None:
    """Where the source holds the word; a figure must not be a part of a longer one."""
    front = r"(?<!\d)(?<!\d[.,:])" if word[0].isdigit() else ""
    back = r"(?![.,:]?\d)" if word[-1].isdigit() else ""
    return re.search(f"{front}{re.escape(word)}{back}", source)


def _names(said: str, source: str) -> Iterator[tuple[Doubted, str]]:
    """Names that the sources do not hold beside the same words, and nouns that they do not hold at all."""
    at = 0
    for word, flag in segmenter.tag(said):
        start, at = at, at + len(word)
        if flag[:2] in SORTS and not _stands(said, start, at, source):
            yield SORTS[flag[:2]], word
        elif _is_noun(word, flag) and word not in source:
            yield Doubted.WORD, word


def _is_noun(word: str, flag: str) -> bool:
    return (len(word) > 1 and flag[:1] in {"n", "j", "i", "l"}) or flag == "eng"


def _quotations(said: str, source: str) -> Iterator[tuple[Doubted, str]]:
    """Words in quotation marks that the sources do not hold."""
    for quotation in _QUOTED.findall(said):
        if quotation.rstrip("。，！？") not in source:
            yield Doubted.QUOTATION, quotation


def _negations(said: str, source: str) -> Iterator[tuple[Doubted, str]]:
    """Denials that the sources do not make, and denials of theirs that the sentence leaves out."""
    for found in _NEGATIONS.finditer(said):
        denied = said[found.start() : found.end() + 1]
        if denied not in source:
            yield Doubted.NEGATION, denied
    for found in _NEGATIONS.finditer(source):
        denied = source[found.end() : found.end() + _AFTER]
        if len(denied) == _AFTER and "\n" not in denied and _only_bare(denied, found[0], said, source):
            yield Doubted.NEGATION, found[0] + denied


def _only_bare(denied: str, negation: str, said: str, source: str) -> bool:
    """Whether the sentence says, without its negation, something that the sources only deny."""
    affirmed = re.sub(rf"{_NEGATIONS.pattern}{re.escape(denied)}", "", said)
    return denied in affirmed and denied not in source.replace(negation + denied, "")

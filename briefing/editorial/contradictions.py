"""Figures that two papers print differently of one thing: 全长1200米 here, 全长1250米 there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from briefing.editorial.facts.read_numerals import read_numeral
from briefing.editorial.writer import passage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefing.model import Article, Script

MOST_SENTENCES = 40
"""Sentences of an article whose figures are compared."""
MOST_NAMING = 8
"""Han characters before a figure that name what it is of."""
NEARLY = 0.03
"""Relative difference up to which a rounded figure is the same."""

_NUMBER = r"\d[\d,]*(?:\.\d+)?[万亿]?|[一二两三四五六七八九十百千]+(?:万|亿)?"
_FATE = r"死亡|遇难|受伤|失踪|失联|被困|获救|轻伤|重伤"
_OF_PEOPLE = re.compile(rf"(?P<number>{_NUMBER})(?P<unit>人)(?P<fate>{_FATE})")
_MEASURED = re.compile(
    rf"(?P<named>[\u4e00-\u9fff]{{2,{MOST_NAMING}}}?)(?:达到?|为|约|大约|共计?|是|有|近|逾|超过)*(?P<number>{_NUMBER})(?P<rounded>[余多])?"
    r"(?P<unit>平方[公千]?米|立方米|公里|千米|米|公顷|亩|吨|元|人次|辆次|人|户|家|套|座|个月|个|所|张|辆|岁|条|天|年)"
)
_NAMES_MEASURE = re.compile(
    r"(?:全长|总长|长度|面积|投资|总投资|金额|造价|总价|工期|车站|设站|学位|床位|产值|产量|票价|高度|宽度|限速|人数|损失|赔偿|罚款|奖金|总额|名额|户数|车位|车道|里程|跨度|规模|收入|利润|库容|水位|雨量|气温|藏书|编制|岁数|距离|浓度)$"
)
"""Ends of what names a measure: only such figures are of one thing in two papers."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as an article prints it: what it is of, its words, its value, and its sentence."""

    naming: str
    words: str
    value: float
    rounded: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two articles that print different figures of one thing."""

    naming: str
    first: Figure
    other: Figure


def find_contradictions(first: Article, other: Article) -> tuple[Contradiction, ...]:
    """Return what two articles of one event print differently, in the order of the first; pure and linear."""
    known = _figures_of(other)
    return tuple(
        Contradiction(naming, figure, known[naming])
        for naming, figure in _figures_of(first).items()
        if naming in known and not _agree(figure, known[naming])
    )


def list_contradictions(script: Script, articles: Sequence[Article]) -> tuple[tuple[str, str], ...]:
    """Return for each story of several articles what they print differently, in Chinese, with its segment's id."""
    by_id = {article.id: article for article in articles}
    return tuple(
        (
            segment.id,
            f"两篇报道数字不同：{contradiction.first.naming}{contradiction.first.words}，{contradiction.other.naming}{contradiction.other.words}",
        )
        for segment in script.segments
        for one, other in combinations([by_id[name] for name in segment.articles if name in by_id], 2)
        for contradiction in find_contradictions(one, other)
    )


def _agree(one: Figure, other: Figure) -> bool:
    slack = NEARLY if one.rounded or other.rounded else 0.0
    return abs(one.value - other.value) <= slack * max(abs(one.value), abs(other.value))


def _figures_of(article: Article) -> Mapping[str, Figure]:
    """Return by what it is of each figure that an article prints once; what it prints in several ways is left out."""
    figures: dict[str, Figure] = {}
    unsure: set[str] = set()
    for source in passage.sources(article)[:MOST_SENTENCES]:
        for key, figure in _read_figures(source.text):
            before = figures.setdefault(key, figure)
            if not _agree(before, figure):
                unsure.add(key)
    return {key: figure for key, figure in figures.items() if key not in unsure}


def _read_figures(sentence: str) -> Iterator[tuple[str, Figure]]:
    for match in _OF_PEOPLE.finditer(sentence):
        value = read_numeral(match["number"])
        if value is not None:
            yield f"人{match['fate']}", Figure("", match[0], value, rounded=False, sentence=sentence)
    for match in _MEASURED.finditer(sentence):
        named = _NAMES_MEASURE.search(match["named"])
        value = read_numeral(match["number"].replace(",", ""))
        if named and value is not None:
            rounded = bool(match["rounded"] or re.search(r"约|近|逾|超过", match[0]))
            words = f"{match['number']}{match['rounded'] or ''}{match['unit']}"
            yield f"{named[0]}{match['unit']}", Figure(named[0], words, value, rounded, sentence)

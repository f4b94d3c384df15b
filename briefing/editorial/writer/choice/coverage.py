"""What an article is about, as weighted concepts: a summary is good when it holds much of that weight, once.

Concepts are content words, names, dates, and numbers with what they count; a word weighs more when more sentences
need it (the centroid) and when it stands in the title, a sub-heading or the first sentence. To count each concept
once, however often it is said, is the coverage model of Gillick and Favre (2009, “A Scalable Global Model for
Summarization”). The figures below were tuned on the articles of tests/golden/condense by random search.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.editorial.writer import passage
from briefing.mandarin import segmenter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from briefing.model import Article


class Sort(Enum):
    """Sort of a concept."""

    DATE = auto()
    TIME = auto()
    NUMBER = auto()
    NAME = auto()
    FIRST = auto()
    STRETCH = auto()
    WORD = auto()


PLAIN = {
    Sort.DATE: 2.5,
    Sort.TIME: 0.8,
    Sort.NUMBER: 1.3,
    Sort.NAME: 0.4,
    Sort.FIRST: 1.8,
    Sort.STRETCH: 1.3,
    Sort.WORD: 0.18,
}
"""What a concept of each sort weighs by itself; FIRST is that something is the first of its kind, a record or an award."""
TITLE, HEADING, LEAD = 4.5, 3.2, 1.1
"""How many times more it weighs in the title, in a sub-heading, in the first sentence."""
GROWS = 0.25
"""What each doubling of the sentences that need a word or a name adds."""
STRETCH = 56
"""Han characters that a sentence of a summary takes."""
MOST = 6.0
"""No concept weighs more, or sentences would be said for one word's sake."""

_DATE = re.compile(
    r"(?:\d{4}年)?(?:\d{1,2}月(?:\d{1,2}日|[上中下]旬|底)?|\d{1,2}日)(?:[上下]午|[至到—-]\d{1,2}日)?"
)
_TIME = re.compile(r"\d{1,2}[时点](?:\d{1,2}分)?|\d+[分秒]")
_NUMBER = re.compile(
    r"第?\d{1,2}[时点](?:\d{1,2}分)?|第?\d[\d.,:：]*(?:[%％‰]|[万亿]?余?[万亿]?"
    r"(?:个百分点|平方米|平方公里|立方米|公里|千瓦|人次|公斤|小时|分钟|[\u4e00-\u9fff℃吨]))?"
    r"|[一二三四五六七八九十百千]{1,3}[万亿]+[元人吨户辆]?|[二三四五六七八九十]分之[一二三四五六七八九]"
)
_QUOTED = re.compile(r"“([^”]{2,14})”")
_FIRST = re.compile(
    r"首[个所家座批次例条台创]|第一[个所家座位名]|位居|唯一|新高|为[^，]{0,8}最[高大低]|历史最[高大低]|连续\d+年|稳居|获评|荣获|入选"
)
_STAR, _MILE = "★", "§"
_CONTENT = frozenset({"n", "v", "a", "j", "l", "i", "e", "b", "z"})
_NAMES = frozenset({"nr", "ns", "nt", "nz", "nrt", "nrfg"})
_STOCK = """
工作 活动 进行 开展 相关 有关 情况 问题 方面 要求 表示 指出 介绍 强调 推动 推进 提升 加强 加快 坚持 实现 发展 建设
全面 持续 深入 积极 不断 进一步 重要 主要 部门 单位 各级 领导 干部 群众 市民 记者 全区 我区 全市 参加 出席 举行 召开
认真 切实 努力 做好 抓好 落实 贯彻 确保 保障 服务 管理 机制 体系 模式 成效 目标 任务 重点 高质量 精神 作用 力量 基础
优势 时代 社会 经济 人民 国家 作为 通过 成为 具有 包括 达到 完成 共同 方便 能够 可以 需要 应当 希望 现场 负责人 今年
去年 目前 期间 同时 其中 以上 部分 方式 更加 有效
"""
_PALE = frozenset(_STOCK.split())
"""Words that stand in any district's news and say nothing about this one."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the concepts of an article."""

    of: Mapping[str, float]

    def worth(self, held: Iterable[str]) -> float:
        """The weight of concepts, added in their order, so that every run adds up to the same."""
        return sum(self.of.get(concept, 0.0) for concept in held)


def concepts(text: str) -> tuple[str, ...]:
    """The concepts that a text holds, each once, in order; names are marked by @."""
    return tuple(dict.fromkeys(concept for clause in passage.clauses(text) for concept in _of_clause(clause)))


def stretch(index: int, count: int, budget: int) -> str:
    """The concept that a stretch of the article is heard, for its sentence `index` of `count`.

    There are as many stretches, of equal length, as the budget has room for sentences: a long report is told to its end.
    """
    return f"{_MILE}{index * max(1, budget // STRETCH) // count}"


def has_number(text: str) -> bool:
    """Return whether a text holds a figure, in digits or in words such as 千亿元."""
    return _NUMBER.search(text) is not None


@lru_cache(maxsize=8192)
def _of_clause(clause: str) -> tuple[str, ...]:
    """The concepts of a clause; the same clause is weighed in many wordings."""
    dates = _DATE.findall(clause)
    numbers = _NUMBER.findall(_DATE.sub("", clause))
    firsts = [f"{_STAR}{mark}" for mark in _FIRST.findall(clause)]
    tagged = (_concept(word, flag) for word, flag in segmenter.tag(clause) if len(word) > 1)
    return tuple(filter(None, (*dates, *numbers, *firsts, *_QUOTED.findall(clause), *tagged)))


def _concept(word: str, flag: str) -> str:
    """A word as a concept; empty for a word that says nothing by itself."""
    if flag in _NAMES:
        return f"@{word}"
    says = flag[:1] in _CONTENT or flag == "eng"
    return word if says and word not in _PALE and not word[0].isdigit() else ""


def weigh(article: Article, sentences: Sequence[Sequence[str]], place: str = "") -> Weights:
    """Weights for the concepts of an article, from its headings and the concepts of its sentences in order.

    `place`, in which everything happens, tells nothing.
    """
    titled = frozenset(concepts(article.title))
    headed = frozenset(concepts(f"{article.kicker}\n{passage.headings(article)}"))
    lead = frozenset(sentences[0]) if sentences else frozenset()
    weights: dict[str, float] = {}
    for concept, weight in _plain(sentences).items():
        stands = ((concept in titled, TITLE), (concept in headed, HEADING), (concept in lead, LEAD))
        weights[concept] = min(MOST, weight * next((factor for pattern, factor in stands if pattern), 1.0))
    return Weights(weights | {f"@{name}": 0.0 for name in (place, place[:-1]) if name})


def _plain(sentences: Sequence[Sequence[str]]) -> dict[str, float]:
    """Return what each concept weighs by itself, where it is said first."""
    spread = Counter(concept for sentence in sentences for concept in sentence)
    weights: dict[str, float] = {}
    for sentence in sentences:
        for concept in sentence:
            sort = sort_of(concept)
            grows = GROWS * math.log2(spread[concept]) if sort in {Sort.WORD, Sort.NAME} else 0.0
            weights.setdefault(concept, PLAIN[sort] + grows)
    return weights


def sort_of(concept: str) -> Sort:
    """Return what sort of concept this is."""
    if concept[0] == "@":
        return Sort.NAME
    if concept[0] == _STAR:
        return Sort.FIRST
    if concept[0] == _MILE:
        return Sort.STRETCH
    shapes = ((Sort.DATE, _DATE), (Sort.TIME, _TIME), (Sort.NUMBER, _NUMBER))
    return next((sort for sort, shape in shapes if shape.fullmatch(concept)), Sort.WORD)

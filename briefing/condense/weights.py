"""What an article is about, as weighted concepts: a summary is good when it holds much of that weight, once.

Concepts are content words, names, dates, and numbers with what they count. The weighting is the centroid's (words that come back
in many sentences weigh more), raised by the title, the sub-headings and the first sentence; to count each concept once,
however often it is said, is the coverage idea of Gillick and Favre (2009, “A Scalable Global Model for Summarization”).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.condense import passage
from briefing.mandarin import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.model import Article

_DATE = re.compile(r"(?:\d{4}年)?(?:\d{1,2}月(?:\d{1,2}日|[上中下]旬|底)?|\d{1,2}日)(?:[上下]午|[至到—-]\d{1,2}日)?")
_NUMBER = re.compile(
    r"(?:第)?\d[\d.,:：]*(?:[%％‰]|[万亿]?余?[万亿]?(?:个百分点|平方米|平方公里|立方米|公里|千瓦|人次|公斤|小时|分钟|"
    r"[\u4e00-\u9fff℃吨]))?"
)
_FIRST = re.compile(r"首[个所家座批次例条台创]|第一[个所家座位名]|位居|唯一|历史新高|最[高大低]")
_QUOTED = re.compile(r"“([^”]{2,14})”")
_CONTENT = frozenset({"n", "v", "a", "j", "l", "i", "e", "b", "z"})
_NAMES = frozenset({"nr", "ns", "nt", "nz", "nrt", "nrfg"})
_PALE = frozenset(
    "工作 活动 进行 开展 相关 有关 情况 问题 方面 要求 表示 指出 介绍 强调 推动 推进 提升 加强 加快 坚持 实现 发展 建设 全面 持续 深入 积极 不断 "
    "进一步 重要 主要 部门 单位 各级 领导 干部 群众 市民 记者 全区 我区 全市 参加 出席 举行 召开 认真 切实 努力 做好 抓好 落实 贯彻 确保 "
    "保障 服务 管理 机制 体系 模式 成效 目标 任务 重点 高质量 精神 作用 力量 基础 优势 时代 社会 经济 人民 国家 作为 通过 成为 具有 包括 "
    "达到 完成 共同 方便 能够 可以 需要 应当 希望 现场 负责人 今年 去年 目前 期间 同时 其中 以上 部分 方式 更加 有效".split()
)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each concept of an article weighs."""

    of: Mapping[str, float]

    def worth(self, concepts: frozenset[str]) -> float:
        """The weight of a set of concepts."""
        return sum(self.of.get(concept, 0.0) for concept in concepts)


def concepts(text: str) -> tuple[str, ...]:
    """The concepts that a text holds, each once: dates and numbers in their order, then words."""
    dates = _DATE.findall(text)
    numbers = _NUMBER.findall(_DATE.sub("", text))
    firsts = ["首创"] if _FIRST.search(text) else []
    tagged = (_concept(word, flag) for word, flag in words.tag(text) if len(word) > 1)
    return tuple(dict.fromkeys(filter(None, (*dates, *numbers, *firsts, *_QUOTED.findall(text), *tagged))))


def _concept(word: str, flag: str) -> str:
    """A word as a concept: names are marked by @; empty for a word that says nothing by itself."""
    if flag in _NAMES:
        return f"@{word}"
    return word if (flag[:1] in _CONTENT or flag == "eng") and word not in _PALE and not word[0].isdigit() else ""


TITLE, HEADING, LEAD = 3.5, 3.0, 1.1
"""How many times more a concept weighs that stands in the title, in a sub-heading, in the first sentence."""
NUMBER, NUMBER_FADES, DATE, FIRST = 1.0, 0.9, 2.0, 1.3
"""A number (less, the later in its sentence), a date, and that something is the first of its kind."""
WORD, WORD_GROWS, NAME = 0.15, 0.1, 0.6
"""A word and a name that only one sentence needs, and how much more with each doubling of the sentences."""
MOST = 5.0
"""No concept weighs more, or sentences would be said for one word's sake."""
PARAGRAPH = 0.3
"""That a paragraph is heard at all."""


def paragraph(number: int) -> str:
    """The concept that a paragraph is heard at all."""
    return f"¶{number}"


def weigh(article: Article, sentences: Sequence[Sequence[str]], place: str = "", visit: float = 1.0) -> Weights:
    """Weights for the concepts of an article, from its headings and the concepts of its sentences in order.

    `place`, in which everything happens, tells nothing; `visit`, up to 1, is how much it matters that every paragraph
    is heard.
    """
    titled = frozenset(concepts(article.title))
    headed = frozenset(concepts(f"{article.kicker}\n{passage.headings(article)}"))
    lead = frozenset(sentences[0]) if sentences else frozenset()
    known: dict[str, float] = {}
    for concept, weight in _plain(sentences).items():
        stands_out = (concept in titled and TITLE) or (concept in headed and HEADING) or (concept in lead and LEAD)
        known[concept] = min(MOST, weight * (stands_out or 1.0)) * (visit if concept[0] == "¶" else 1.0)
    for name in {place, place[:-1]} - {""}:
        known[f"@{name}"] = 0.0
    return Weights(known)


def _plain(sentences: Sequence[Sequence[str]]) -> dict[str, float]:
    """What each concept weighs by itself, where it is said first."""
    spread = Counter(concept for held in sentences for concept in held)
    found: dict[str, float] = {}
    for held in sentences:
        numbers = [concept for concept in held if _NUMBER.fullmatch(concept)]
        for concept in held:
            rank = numbers.index(concept) if concept in numbers else 0
            found.setdefault(concept, _weight(concept, spread[concept], rank))
    return found


def _weight(concept: str, count: int, rank: int) -> float:
    """A number is worth its while once, less behind other numbers; a word more the more sentences need it."""
    if concept[0] == "¶":
        return PARAGRAPH
    if concept == "首创":
        return FIRST
    if _DATE.fullmatch(concept):
        return DATE
    if _NUMBER.fullmatch(concept):
        return (NUMBER if len(concept) > 1 else 0.3) * NUMBER_FADES**rank
    return (NAME if concept[0] == "@" else WORD) + WORD_GROWS * math.log2(count)

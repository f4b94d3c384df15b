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

from briefing.mandarin import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_DATE = re.compile(r"(?:\d{4}年)?(?:\d{1,2}月(?:\d{1,2}日|[上中下]旬|底)?|\d{1,2}日)(?:[上下]午|[至到—-]\d{1,2}日)?")
_NUMBER = re.compile(
    r"(?:第)?\d[\d.,:：]*(?:[%％‰]|[万亿]?余?[万亿]?(?:个百分点|平方米|平方公里|立方米|公里|千瓦|人次|公斤|小时|分钟|"
    r"[\u4e00-\u9fff℃吨]))?"
)
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


def concepts(text: str) -> frozenset[str]:
    """The concepts that a text holds."""
    dates = _DATE.findall(text)
    numbers = _NUMBER.findall(_DATE.sub("", text))
    tagged = (_concept(word, flag) for word, flag in words.tag(text) if len(word) > 1)
    return frozenset(filter(None, (*dates, *numbers, *_QUOTED.findall(text), *tagged)))


def _concept(word: str, flag: str) -> str:
    """A word as a concept: names are marked by @; empty for a word that says nothing by itself."""
    if flag in _NAMES:
        return f"@{word}"
    return word if (flag[:1] in _CONTENT or flag == "eng") and word not in _PALE and not word[0].isdigit() else ""


TITLE, HEADING, LEAD = 2.0, 1.5, 1.2
NUMBER, NUMBER_FADES, AMOUNT = 1.2, 0.9, 1.15
WORD, WORD_GROWS, NAME = 0.15, 0.3, 0.5
PARAGRAPH = 1.0


def weigh(title: str, heads: str, sentences: Sequence[frozenset[str]]) -> Weights:
    """Weights for the concepts of an article, from its title, sub-headings and the concepts of its sentences in order."""
    spread = Counter(concept for held in sentences for concept in held)
    titled, headed = concepts(title), concepts(heads)
    lead = sentences[0] if sentences else frozenset()
    crowd = {concept: len([other for other in held if other[0].isdigit()]) for held in sentences for concept in held}
    return Weights(
        {
            concept: _weight(concept, count, crowd[concept])
            * (TITLE if concept in titled else 1.0)
            * (HEADING if concept in headed else 1.0)
            * (LEAD if concept in lead else 1.0)
            for concept, count in spread.items()
        }
    )


def _weight(concept: str, count: int, crowd: int) -> float:
    """A number is worth its while once, less in a crowd of numbers; a word more the more sentences need it."""
    if concept[0] == "¶":
        return PARAGRAPH
    if concept[0].isdigit() or concept[0] == "第":
        size = AMOUNT if any(unit in concept for unit in "万亿元%") else 1.0
        return (NUMBER if len(concept) > 1 else 0.3) * size * max(0.5, NUMBER_FADES ** max(0, crowd - 1))
    return (NAME if concept[0] == "@" else WORD) + WORD_GROWS * math.log2(count)

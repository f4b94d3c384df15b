"""Doubts of the guard: a claim of a sentence that its sources do not bear out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ClaimKind(StrEnum):
    """Sort of fact that is doubted, in a newsroom's words."""

    FIGURE = "数字"
    TIME = "时间"
    OPPOSITE = "与原文相反"
    CERTAINTY = "语气"
    PERSON = "人物"
    OFFICE = "职务"
    PLACE = "地点"
    BODY = "机构"
    SCOPE = "范围"
    ROLE = "谁对谁"
    CAUSE = "因果"
    QUOTATION = "引语"
    MERGED = "张冠李戴"
    NOVELTY = "来源里没有"
    SOURCE = "出处"


@dataclass(frozen=True, slots=True)
class UnsupportedClaim:
    """A part of a sentence that no source bears out, and what the source says instead."""

    kind: ClaimKind
    """Sort of fact."""
    what: str
    """One line for an editor: the words doubted and what stands in the source."""
    start: int
    """First character of the doubted words in the sentence."""
    end: int
    """Behind their last character."""
    source: str = ""
    """Words of the source beside it; empty if there are none."""
    grave: bool = True
    """Whether it may not go on the air unread; False for what only sounds otherwise."""

    def __str__(self) -> str:
        return f"{self.kind}：{self.what}"

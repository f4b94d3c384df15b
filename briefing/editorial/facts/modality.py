"""Certainty, plan, time and duty of an act: the words that carry them, from weak to strong.

A newsroom may put one word of a kind for another (拟 for 计划), but never turn a plan into a deed.
"""

from __future__ import annotations

from enum import StrEnum

from briefing.editorial.facts.tables import read_sections


class Mode(StrEnum):
    """A reservation under which an act is reported."""

    POSSIBLE = "可能"
    FORECAST = "预计"
    PLANNED = "计划"
    FUTURE = "将"
    ONGOING = "正在"
    DONE = "已"
    MUST = "必须"
    MAY = "可以"
    ADVISED = "建议"
    SUSPECTED = "涉嫌"


_TABLE = read_sections("modality")
MODES = {word: mode for mode in Mode for word in _TABLE[mode.value]}
"""The kind of each word."""

NOT_DONE_YET = frozenset({Mode.POSSIBLE, Mode.FORECAST, Mode.PLANNED, Mode.FUTURE})
HEDGES = frozenset({Mode.POSSIBLE, Mode.FORECAST, Mode.SUSPECTED, Mode.PLANNED})
CERTAIN = frozenset(_TABLE["certain"])
"""Words that leave no doubt."""
NEGATIONS = frozenset(_TABLE["negations"])
"""Words that deny what follows them."""
NOT_NEGATIONS = frozenset(_TABLE["not_negations"])
"""Words with the sign of a negation that deny nothing, or are opposites of their own."""
ALL, SOME = frozenset(_TABLE["all"]), frozenset(_TABLE["some"])
FIRST, ONLY = frozenset(_TABLE["first"]), frozenset(_TABLE["only"])
"""Superlatives without a figure."""

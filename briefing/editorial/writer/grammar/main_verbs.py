"""Main verb of a clause, and whether a noun stands free in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.mandarin.segmenter import Token


NOMINAL = frozenset({"n", "nz", "nw", "nr", "ns", "nt", "PER", "LOC", "ORG", "r", "s", "vn", "an", "xc"})
"""Parts of speech that can be the head of a subject."""


_NOT_MAIN = frozenset(
    {
        "根据",
        "按照",
        "通过",
        "据",
        "作为",
        "经",
        "关于",
        "对于",
        "围绕",
        "针对",
        "随着",
        "包括",
        "除",
        "除了",
        "截至",
        "以上",
        "以下",
    }
)


_MEASURES = frozenset({"为", "达", "是", "有", "占", "至", "超过", "只有", "没有", "位于", "属于", "超"})


def find_main_verb(tokens: Sequence[Token]) -> int:
    """Return the index of the first finite verb or predicate outside attributes; -1 if there is none."""
    depth = 0
    for index, token in enumerate(tokens):
        depth += (token.word in {"“", "《", "‘"}) - (token.word in {"”", "》", "’"})
        if depth > 0 or token.word in _NOT_MAIN or _opens_noun(tokens, index):
            continue
        if _is_verb(tokens, index) and not _in_attribute(tokens, index):
            return index
    return -1


def _opens_noun(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a verb of one character only begins a noun: 养|犬人, 卖|花人."""
    rest = tokens[index + 1 : index + 3]
    return (
        index == 0
        and len(tokens[0].word) == 1
        and len(rest) > 1
        and rest[0].flag == "n"
        and rest[1].flag in {"PER", "n", "v"}
    )


def _is_verb(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    behind = tokens[index + 1] if index + 1 < len(tokens) else None
    if token.flag == "v":
        return not (behind and behind.word == "的")
    if token.flag in {"vd", "ad"} and index and (behind is None or behind.flag == "w"):
        return True
    if token.word in _MEASURES and token.flag in {"v", "p", "d"} and behind is not None:
        return True
    if token.flag == "a" and index and (behind is None or behind.flag == "w" or behind.word == "了"):
        return tokens[index - 1].flag in {"d", "n", "vn", "m", "nz"} or tokens[index - 1].word in {"更", "很"}
    if token.flag == "vn":
        # A noun of a verb is one where nothing nominal follows, or an adverb stands before it: 正在调研.
        before = tokens[index - 1] if index else None
        return (
            bool(before and before.flag == "d")
            or bool(
                index
                and before
                and before.flag not in {"v", "vn", "n", "nz", "u", "p", "a", "m", "w", "c"}
                and behind is not None
            )
            or bool(
                index
                and (behind is None or behind.word in "。，；了过")
                and before
                and before.flag in {"n", "m", "TIME", "nz", "ORG", "LOC", "d"}
            )
        )
    return False


_MODIFIERS = frozenset({"a", "m", "n", "r", "PER"})
"""Words that a 的 behind an aspect particle belongs to: 推出了新的产品."""


_COPULAS = frozenset({"是", "为", "成为", "属于", "达到", "达", "超过"})
"""Verbs that stand in no attribute: what a 的 behind them belongs to is their object."""


def _in_attribute(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a verb only describes a noun: a 的 follows, and behind its noun another verb."""
    if tokens[index].word in _COPULAS:
        return False
    depth = 0
    for later in range(index + 1, len(tokens)):
        word = tokens[later].word
        depth += (word in {"“", "《"}) - (word in {"”", "》"})
        if depth > 0:
            continue
        if word == "的" and later + 1 < len(tokens):
            rest = tokens[later + 1 :]
            further = any(_is_verb(rest, start) and start > 0 for start in range(len(rest)))
            aspect = tokens[index + 1].word in {"了", "着", "过"}
            if aspect and (tokens[later - 1].flag in _MODIFIERS or (index == 0 and not further)):
                return False
            return further or tokens[later - 1].flag == "v"
    return False


_ENDS_PHRASE = frozenset({"，", "；", "：", "起", "以来", "后", "前", "时", "的"})
"""Words and marks behind which a preposition holds nothing any more."""


def has_free_nominal(tokens: Sequence[Token]) -> bool:
    """Return whether a nominal stands here that belongs to no preposition."""
    is_free = False
    for token in tokens:
        if token.flag == "p":
            is_free = True
        elif token.flag == "f" or token.word in _ENDS_PHRASE:
            is_free = False
        elif (token.flag in NOMINAL or (token.flag == "m" and _counted(token.word))) and not is_free:
            return True
    return False


def _counted(word: str) -> bool:
    """Return whether a number with its measure can stand for what it counts: 63只, 两人, 5号线."""
    return re.search(r"[\u4e00-\u9fff]$", word) is not None and not re.fullmatch(
        r"[\d一二三四五六七八九十]+[年月日时点分秒天]", word
    )

"""Words that point to an earlier sentence, and the sentence that a listener must have heard to follow them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.editorial.writer.choice import presupposing
from briefing.editorial.writer.definite_heads import GENERIC

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.editorial.writer.statements import Statement

CONTEXT = 6
"""Sentences back in which an antecedent is looked for."""

_SAME_DAY = re.compile(r"(?:^|[，、])当[晚天日夜](?![地津])|次日|同日")
_DAY = re.compile(r"[前昨今明]天|[本上下]周[一二三四五六日]|\d{1,2}月\d{1,2}日|\d{1,2}日")
_REST = re.compile(r"其余|剩余(?=的?\d)|余下")
_SEVERAL = re.compile(
    r"^(?:[^，]{0,10}，)?(?:这|上述)?(?:两|三|四|五)(?:家|个|名|位|支|所|座|项|地|条)(?!月|多月|半|小时|星期|以上)(?P<noun>[\u4e00-\u9fff]{2})"
)
_OUTCOME = re.compile(
    r"(?:^|[，。])(?P<noun>裁决|判决|调解|协议|合同|处罚|事故|火灾|方案|名单|结果)(?:书)?(?:生效|作出|达成|发生|签订|公布|送达)(?:之)?后"
)
_AFTERWARDS = re.compile(
    r"^(?:双方|两人|当时(?!间)|事后|后来|随后|之后|此后|赛后(?=，)|本案中|该案|案发后|事发后)"
)
_NOUN_FLAGS = frozenset({"n"})
_GOES_ON = frozenset({"v", "d", "p", "m", "TIME", "vd", "ad"})
_GENERIC = frozenset(GENERIC.split("|"))
MAX_NOUN = 4
"""Characters of a bare noun that can point back: 鼓手, 戏单."""


def find_antecedents(
    statement: Statement, heard: str, said: frozenset[tuple[int, int]], read: Sequence[Statement]
) -> tuple[tuple[int, int], ...] | None:
    """Return places of sentences of which one must be said before a statement, the best first; None if none must.

    Without a place the statement takes something for granted that the article itself never says plainly.
    """
    earlier = _earlier(statement, read)
    text = statement.text.removeprefix(statement.speaker)
    if _points_to_previous(text, heard) and earlier:
        index = earlier[0].source.index
        if any(position[0] == index for position in said):
            return None
        # A part without a subject is as unclear by itself as what points to it: the one before it is better.
        same = [
            other
            for other in earlier
            if other.source.index == index
            and (not other.leans or any(clause.has_named_subject for clause in other.clauses))
        ]
        return tuple(other.place for other in sorted(same, key=lambda other: other.leans))
    if _SAME_DAY.search(text) and not _DAY.search(text):
        dated = [previous_statement for previous_statement in earlier if _DAY.search(previous_statement.text)]
        if dated:
            index = dated[0].source.index
            return None if any(position[0] == index for position in said) else (dated[0].place,)
    if (wanted := presupposing.find_unexplained(text, heard)) is not None:
        return tuple(other.place for other in earlier if wanted.search(other.text))
    noun = _pointing_noun(statement, text)
    if not noun or noun in heard:
        return None
    naming = [previous_statement for previous_statement in earlier if noun in previous_statement.text]
    named = tuple(
        previous_statement.place
        for previous_statement in sorted(
            naming, key=lambda previous_statement: bool(previous_statement.speaker)
        )
    )
    return named or None


def _points_to_previous(text: str, heard: str) -> bool:
    several = _SEVERAL.match(text)
    return bool(
        (_REST.search(text) and not re.search(r"\d+[^，]{0,12}，[^，]{0,8}其余", text))
        or _AFTERWARDS.match(text)
        or presupposing.needs_previous(text)
        or (several and several["noun"] not in heard)
    )


def _earlier(statement: Statement, read: Sequence[Statement]) -> list[Statement]:
    """Return the full statements shortly before this one, the nearest first."""
    near = range(statement.source.index - CONTEXT, statement.source.index + 1)
    return [
        candidate
        for candidate in read
        if candidate.first_form and candidate.place < statement.place and candidate.source.index in near
    ][::-1]


def _pointing_noun(statement: Statement, text: str) -> str:
    """Return the noun that stands for something already named; empty without one."""
    if outcome := _OUTCOME.search(text):
        return outcome["noun"]
    if statement.speaker or not statement.clauses or len(statement.clauses[0].tokens) <= 1:
        return ""
    first, second = statement.clauses[0].tokens[:2]
    bare = (
        first.flag in _NOUN_FLAGS
        and 1 < len(first.word) <= MAX_NOUN
        and second.flag in _GOES_ON
        and first.word not in _GENERIC
    )
    return first.word if bare and text.startswith(first.word) else ""

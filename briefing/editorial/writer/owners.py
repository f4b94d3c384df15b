"""Subjects that a page leaves out: a sentence that opens with its verb goes on about whoever the one before spoke of."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.editorial.writer.grammar import NOMINAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.editorial.writer.statements import Statement
    from briefing.mandarin.segmenter import Token

WITHIN = 2
"""Sentences back in which the subject must stand."""
MAX_OWNER = 14
"""Characters of a subject that can be said again."""

_WHEN = re.compile(
    r"^(?:(?:[前昨今明]天|[本上]周[一二三四五六日]|去年|今年|明年|目前|最近|同时|[^，]{1,8}(?:以来|年来|月来|期间)|\d{1,4}[年月][^，]{0,8})(?:上午|下午|晚上)?，)*"
)


def give_owners(statements: Sequence[Statement], place: str) -> Iterator[Statement]:
    """Yield the statements; one without a subject gets that of a body or place which the sentence before speaks of."""
    owner, stood, source = "", -9, ""
    for statement in statements:
        lacks = statement.part == 0 and not statement.speaker and _lacks_subject(statement)
        if lacks and owner and statement.source.index - stood <= WITHIN:
            opening = _WHEN.match(statement.text)
            at = opening.end() if opening else 0
            text = statement.text[:at] + owner + statement.text[at:]
            rests_on = tuple(dict.fromkeys((source, *statement.rests_on)))
            yield replace(statement, text=text, owner=owner, rests_on=rests_on)
            stood = statement.source.index
            continue
        yield statement
        if statement.form == 0 and not lacks:
            found = _subject(statement, place)
            owner, stood, source = found, statement.source.index, statement.source.text


def _lacks_subject(statement: Statement) -> bool:
    first = next(
        (clause for clause in statement.clauses if clause.has_predicate and not clause.leads_in), None
    )
    return (
        first is not None
        and first is statement.clauses[_leading(statement)]
        and (first.opens_with_verb and not first.tells_of_existence)
    )


def _leading(statement: Statement) -> int:
    """Return the index of the first clause that does not only lead in."""
    return next((index for index, clause in enumerate(statement.clauses) if not clause.leads_in), 0)


def _subject(statement: Statement, place: str) -> str:
    """Return the body, place or named thing that a statement speaks of; empty for people and for what is unclear."""
    if statement.speaker:
        return ""
    for clause in statement.clauses:
        if not clause.has_subject or clause.opens_with_preposition:
            continue
        tokens = clause.tokens[: max(0, clause.main_verb)]
        run: list[Token] = []
        for token in tokens:
            if token.flag in NOMINAL:
                run.append(token)
            elif run:
                break
        name = "".join(token.word for token in run)
        acts = name == place or (bool(run) and run[-1].flag in {"ORG", "LOC"})
        return name if acts and len(name) <= MAX_OWNER else ""
    return ""

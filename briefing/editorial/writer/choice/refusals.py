"""Why a statement cannot be said by itself: too long, not whole, officialese, or what the ear cannot follow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.editorial.writer import judging, officialese, splitting
from briefing.editorial.writer.choice import merit
from briefing.model import han_count

if TYPE_CHECKING:
    from briefing.editorial.writer.statements import Statement

_GLOSS = re.compile(r"[^，。：:]{1,10}[：:]一种")
"""A note behind an article that explains a word (骑楼：一种…): it lacks that word when it is said."""
_ASKS = re.compile(r"(?:^|，)请(?!来|了)")


def find_refusal(statement: Statement) -> str:
    """Return why a statement cannot be said by itself, in a word; empty if it can."""
    much = merit.tells_much(statement.text) or (statement.source.index <= 1 and not statement.part)
    longest = splitting.MAX_WHOLE_HAN if much else splitting.MAX_LEAD_HAN
    if han_count(statement.text) > longest:
        return "long"
    if _GLOSS.match(statement.source.text):
        return "gloss"
    if statement.leans and statement.part and all(clause.main_verb < 0 for clause in statement.clauses):
        return "crumb"
    excused = bool(
        statement.speaker
        or statement.owner
        or _opens_with_time(statement)
        or _ASKS.search(statement.text)
        or (statement.uncut and merit.tells_outcome(statement.text))
    )
    if not judging.is_whole(statement.clauses, recovered=excused, uncut=statement.uncut):
        return "not whole"
    if statement.clauses and officialese.is_empty(_main_clause(statement)):
        return "officialese"
    objection = judging.find_objection(statement.text)
    # An abbreviation in the news itself is a smaller fault than a story without its news.
    return "" if objection == "letters" and statement.place[0] == 0 and not statement.part else objection


def _opens_with_time(statement: Statement) -> bool:
    first = statement.clauses[0].tokens[:1] if statement.clauses else ()
    return bool(statement.leans and statement.part and first and first[0].flag == "TIME")


def _main_clause(statement: Statement) -> str:
    """Return the first clause that says something."""
    return next(
        (clause.text for clause in statement.clauses if clause.has_predicate and not clause.leads_in), ""
    )

"""The writer that needs no model: it chooses whole sentences and says them for the ear.

article ─► sentences in the words of speech ─► statements in their forms ─► refused: what is not whole or not clear
        ─► a lead with the title's event, then what adds most ─► people, places and pronouns introduced
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefing.editorial.writer import (
    antecedents,
    choosing,
    coverage,
    dangling,
    judging,
    merit,
    officialese,
    statements,
)
from briefing.editorial.writer.finishing import Finisher
from briefing.editorial.writer.source_page import Page
from briefing.editorial.writer.style.days import Calendar
from briefing.editorial.writer.style.say_aloud import say_aloud
from briefing.model import han_count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from briefing.editorial.guard.papers import PaperGuard
    from briefing.editorial.writer.choosing import Candidate
    from briefing.editorial.writer.statements import Statement
    from briefing.model import Article, Sentence, Story

ROUNDS = 60
"""Times that a choice is made again without a statement that could not be said after all."""


@dataclass(frozen=True, slots=True)
class BuiltInWriter:
    """Writes stories for the day of broadcast.

    `places` say by source what 我区 means there, `papers` what a source is called where it speaks of itself (本报).
    What the `guard` doubts gravely is not said, and the next best sentence is.
    """

    day: date
    places: Mapping[str, str] = field(default_factory=dict)
    papers: Mapping[str, str] = field(default_factory=dict)
    guard: PaperGuard | None = None

    def write(self, story: Story) -> tuple[Sentence, ...]:
        """Return the story's lead and what adds most to it, within `story.budget` Han characters."""
        article = story.article
        page = Page(
            Calendar(article.printed_day, self.day),
            self.places.get(article.source, ""),
            self.papers.get(article.source, ""),
        )
        read, people = statements.read_statements(article, page)
        title = say_aloud(_headings(article), page)
        finisher = Finisher(page, title, read, people, lambda sentence: self._is_doubted(sentence, article))
        weights = _weigh(article, read, page.place)
        titled = frozenset(coverage.concepts(finisher.title))
        refused: set[tuple[int, int, int]] = set()
        needed: dict[tuple[int, int], tuple[int, int]] = {}
        budget = story.budget
        for _ in range(ROUNDS):
            forms = _candidates(read, refused, titled)
            chosen = choosing.choose_statements(
                forms, finisher.title, weights, budget, frozenset(needed.values())
            )
            if _mend_dangling(chosen, forms, finisher, needed, refused):
                continue
            sentences, refusal = finisher.finish_statements([candidate.statement for candidate in chosen])
            if refusal is not None:
                refused.add(refusal)
                continue
            over = sum(han_count(sentence.text) for sentence in sentences) - story.budget
            if over <= 0:
                return sentences
            budget -= over
        return ()

    def _is_doubted(self, sentence: Sentence, article: Article) -> bool:
        if self.guard is None:
            return False
        return any(doubt.grave for doubt in self.guard.doubts(sentence, (article,)))


def _headings(article: Article) -> str:
    return " ".join((article.title, article.kicker, *article.sections[:1]))


def _weigh(article: Article, read: Sequence[Statement], place: str) -> coverage.Weights:
    concepts = [coverage.concepts(statement.text) for statement in read if statement.first_form]
    return coverage.weigh(article, concepts, place)


def _mend_dangling(
    chosen: Sequence[Candidate],
    forms: Sequence[Sequence[Candidate]],
    finisher: Finisher,
    needed: dict[tuple[int, int], tuple[int, int]],
    refused: set[tuple[int, int, int]],
) -> bool:
    """Ask for the sentence that a chosen one points to, or refuse the latter; return whether anything changed."""
    sayable = {candidates[0].place for candidates in forms if candidates[0].quality >= choosing.MIN_QUALITY}
    for index, candidate in enumerate(chosen):
        before = chosen[:index]
        context = finisher.title + "".join(candidate_before.statement.text for candidate_before in before)
        wanted = dangling.find_antecedents(
            candidate.statement,
            context,
            frozenset(candidate_before.place for candidate_before in before),
            finisher.read,
        )
        if wanted is None or index == 0:
            continue
        antecedent = next((position for position in wanted if position in sayable), None)
        if antecedent is None or candidate.place in needed:
            refused.add((*candidate.place, candidate.statement.form))
            needed.pop(candidate.place, None)
        else:
            needed[candidate.place] = antecedent
        return True
    return False


def _candidates(
    read: Sequence[Statement], refused: set[tuple[int, int, int]], titled: frozenset[str]
) -> list[list[Candidate]]:
    """Return for each statement its forms that can be said, the longest first."""
    groups: dict[tuple[int, int], list[Candidate]] = {}
    for statement in read:
        if (*statement.place, statement.form) in refused or find_refusal(statement):
            continue
        candidate = choosing.Candidate(
            statement,
            coverage.concepts(statement.text),
            han_count(statement.text),
            merit.rate(statement),
            can_lead=not statement.leans
            and statement.part == 0
            and not antecedents.points_back(statement.text),
            points_back=dangling.find_antecedents(statement, "", frozenset(), read) is not None,
        )
        groups.setdefault(statement.place, []).append(candidate)
    return [_without_needless_length(candidates, titled) for candidates in groups.values()]


def _without_needless_length(candidates: Sequence[Candidate], titled: frozenset[str]) -> list[Candidate]:
    """Return the forms without a long one that tells no more of the news than a shorter one does."""
    necessary = [
        candidate
        for index, candidate in enumerate(candidates)
        if candidate.cost <= (statements.MAX_LEAD_HAN if candidate.can_lead else statements.MAX_HAN)
        or not any(not _loses_news(candidate, shorter, titled) for shorter in candidates[index + 1 :])
    ]
    return necessary or list(candidates)


def _loses_news(longer: Candidate, shorter: Candidate, titled: frozenset[str]) -> bool:
    """Return whether what a shorter form leaves out holds words of the title or an outcome with its figure."""
    lost = set(longer.concepts) - set(shorter.concepts)
    tail = longer.statement.text[len(shorter.statement.text) - 1 :]
    return bool(lost & titled) or (merit.tells_outcome(longer.statement.text) and coverage.has_number(tail))


def find_refusal(statement: Statement) -> str:
    """Return why a statement cannot be said by itself, in a word; empty if it can."""
    if han_count(statement.text) > (
        statements.MAX_WHOLE_HAN if merit.tells_much(statement.text) else statements.MAX_LEAD_HAN
    ):
        return "long"
    if statement.leans and statement.part and all(clause.main_verb < 0 for clause in statement.clauses):
        return "crumb"
    timed = (
        statement.leans
        and statement.part > 0
        and statement.clauses[0].tokens[:1]
        and statement.clauses[0].tokens[0].flag == "TIME"
    )
    asks = re.search(r"(?:^|，)请(?!来|了)", statement.text) is not None
    excused = bool(statement.speaker or timed or asks or statement.owner)
    if not judging.is_whole(statement.clauses, recovered=excused):
        return "not whole"
    if statement.clauses and officialese.is_empty(_main_clause(statement)):
        return "officialese"
    objection = judging.find_objection(statement.text)
    # An abbreviation in the news itself is a smaller fault than a story without its news.
    return "" if objection == "letters" and statement.place[0] == 0 and not statement.part else objection


def _main_clause(statement: Statement) -> str:
    """Return the first clause that says something."""
    return next(
        (clause.text for clause in statement.clauses if clause.has_predicate and not clause.leads_in), ""
    )

"""The writer that needs no model: it chooses whole sentences and says them for the ear.

article ─► sentences in the words of speech ─► statements in their forms ─► refused: what is not whole or not clear
        ─► a lead with the title's event, then what adds most ─► people, places and pronouns introduced
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefing.editorial.writer import statements, title_sentence
from briefing.editorial.writer.choice import choosing, coverage, dangling, leads
from briefing.editorial.writer.choice.candidates import find_candidates
from briefing.editorial.writer.finishing import Finisher
from briefing.editorial.writer.source_page import Page
from briefing.editorial.writer.style.days import Calendar
from briefing.editorial.writer.style.say_aloud import say_aloud
from briefing.model import han_count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from briefing.editorial.guard.papers import PaperGuard
    from briefing.editorial.writer.choice.candidates import Candidate
    from briefing.editorial.writer.statements import Statement
    from briefing.model import Article, Sentence, Story

_NO_NEWS = re.compile(r"电话|热线|[每订]|元|供稿|为准|特惠|指数|[（(]|——(?:记|专访|对话)|见闻|问答|报告")
"""Words of a kicker that tells nothing of the story."""
SAME_EVENT = 0.5
"""Share of its title from which a sentence makes it needless to say the title as well."""
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
        if (titled_statement := title_sentence.read_title_statement(article, page, read)) is not None:
            read = (titled_statement, *read)
        title = say_aloud(_headings(article), page)
        finisher = Finisher(page, title, read, people, lambda sentence: self._is_doubted(sentence, article))
        weights = _weigh(article, read, page.place)
        heading = leads.read_title(say_aloud(_title(article), page))
        titled = frozenset(heading.words)
        ranks = leads.rank_sentences(read)
        refused: set[tuple[int, int, int]] = set()
        needed: dict[tuple[int, int], tuple[int, int]] = {}
        budget = story.budget
        for _ in range(ROUNDS):
            candidates = find_candidates(read, refused, titled)
            chosen = choosing.choose_statements(
                candidates, heading, ranks, weights, budget, frozenset(needed.values())
            )
            if (repeated := _find_repeated_title(chosen, heading)) is not None:
                refused.add(repeated)
                continue
            chosen = tuple(sorted(chosen, key=lambda option: option.place[0] >= 0))
            if _mend_dangling(chosen, candidates, read, needed, refused):
                continue
            sentences, refusal = finisher.finish_statements(
                [statement for candidate in chosen for statement in candidate.statements]
            )
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


def _find_repeated_title(chosen: Sequence[Candidate], title: leads.Title) -> tuple[int, int, int] | None:
    """Return place and form of the title where a chosen sentence that could open the story tells the same."""
    for titled in (option for option in chosen if option.place[0] < 0):
        for option in chosen:
            same = option is not titled and option.can_lead and option.quality >= leads.MIN_QUALITY
            if same and leads.share_of_title(option, title) >= SAME_EVENT:
                return (*titled.place, titled.first.form)
    return None


def _title(article: Article) -> str:
    """Return the title with its kicker, unless that is an advertisement or a credit."""
    return article.title if _NO_NEWS.search(article.kicker) else f"{article.title} {article.kicker}"


def _headings(article: Article) -> str:
    return " ".join((article.title, article.kicker, *article.sections[:1]))


def _weigh(article: Article, read: Sequence[Statement], place: str) -> coverage.Weights:
    concepts = [coverage.concepts(statement.text) for statement in read if statement.first_form]
    return coverage.weigh(article, concepts, place)


def _mend_dangling(
    chosen: Sequence[Candidate],
    candidates: Sequence[Candidate],
    read: Sequence[Statement],
    needed: dict[tuple[int, int], tuple[int, int]],
    refused: set[tuple[int, int, int]],
) -> bool:
    """Ask for the sentence that a chosen one points to, or refuse the latter; return whether anything changed."""
    sayable = {
        spot for option in candidates if option.quality >= choosing.MIN_QUALITY for spot in option.places
    }
    before: list[Statement] = []
    for statement in (statement for candidate in chosen for statement in candidate.statements):
        context = "".join(option.text for option in before)
        sentences = frozenset(option.place for option in before)
        antecedents = dangling.find_antecedents(statement, context, sentences, read) if before else None
        before.append(statement)
        if antecedents is None:
            continue
        antecedent = next((spot for spot in antecedents if spot in sayable), None)
        if antecedent is None or statement.place in needed:
            refused.add((*statement.place, statement.form))
            needed.pop(statement.place, None)
        else:
            needed[statement.place] = antecedent
        return True
    return False

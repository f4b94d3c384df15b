"""Which statements are said: a lead with the title's event, what else the title tells, then what adds most.

The facts of an article are weighed concepts, each counted once (Gillick and Favre 2009, “A Scalable Global Model for
Summarization”); here only whole statements compete for them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.editorial.writer.choice import leads, merit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from briefing.editorial.writer.choice.candidates import Candidate
    from briefing.editorial.writer.choice.coverage import Weights
    from briefing.editorial.writer.choice.leads import Title

MAX_STATEMENTS = 7
"""Statements of a story: three to six are heard, more are listed."""
BREATH = 10.0
"""Han characters that a sentence costs beside its own."""
MIN_QUALITY = 0.5
"""Quality under which a statement is not said for any fact's sake."""
FAINT = 0.015
"""Weight for each Han character under which a statement is not worth the listener's time."""
FOLLOWS = 1.25
"""How much more a sentence is worth right behind one that is said: what belongs together stays together."""
LATER = 0.97
"""How much less each later sentence of the article is worth: papers tell the news first."""
TITLED = 1.5
"""How much more a sentence is worth that tells all of its title: the best single sign of a fact that listeners want."""
BEST_QUALITY = 1.3
"""Quality above which a statement gains no more."""


def choose_statements(
    candidates: Sequence[Candidate],
    title: Title,
    ranks: Mapping[int, int],
    known: Weights,
    budget: int,
    needed: frozenset[tuple[int, int]] = frozenset(),
) -> tuple[Candidate, ...]:
    """Return the candidates to say, the lead first, the others in the article's order.

    What others point to is `needed`, and comes first.
    """
    lead = leads.choose_lead(candidates, title, ranks, budget)
    if lead is None:
        return ()
    chosen = _with_needed([lead], candidates, needed, budget)
    chosen = _with_title_news(chosen, candidates, title, budget)
    chosen = _grow(chosen, candidates, title, known, budget)
    return (lead, *sorted(chosen[1:], key=lambda option: option.place))


def _with_title_news(
    chosen: list[Candidate], candidates: Sequence[Candidate], title: Title, budget: int
) -> list[Candidate]:
    """Return the chosen ones with what tells the title's figures and outcome, where they do not."""
    for word in (word for word, weight in title.words.items() if weight > 1.0):
        if any(word in option.concepts for option in chosen):
            continue
        telling = [
            option for option in candidates if word in option.concepts and _fits(option, chosen, budget)
        ]
        best = max(
            telling, key=lambda option: leads.share_of_title(option, title) / (option.cost + 30), default=None
        )
        chosen = [*chosen, best] if best is not None else chosen
    return chosen


def _with_needed(
    chosen: list[Candidate], candidates: Sequence[Candidate], needed: frozenset[tuple[int, int]], budget: int
) -> list[Candidate]:
    """Return the chosen ones with the shortest candidates that hold the needed places, where there is room."""
    for spot in sorted(needed):
        if any(spot in option.places for option in chosen):
            continue
        free = [option for option in candidates if spot in option.places and _is_free(option, chosen, budget)]
        if free:
            chosen = [*chosen, min(free, key=lambda option: option.cost)]
    return chosen


def _grow(
    chosen: list[Candidate], candidates: Sequence[Candidate], title: Title, known: Weights, budget: int
) -> list[Candidate]:
    """Add what gains most for its length, as long as it fits and gains enough."""
    while sum(len(option.statements) for option in chosen) < MAX_STATEMENTS:
        covered = _held(chosen)
        fitting = [candidate for candidate in candidates if _fits(candidate, chosen, budget)]
        best = max(
            fitting,
            key=lambda option: (
                _gain(option, covered, known)
                / (option.cost + BREATH)
                * _in_order(option, chosen)
                * (1.0 + TITLED * leads.share_of_title(option, title))
            ),
            default=None,
        )
        if best is None or _gain(best, covered, known) < FAINT * (best.cost + BREATH):
            break
        chosen = [*chosen, best]
    return chosen


def _held(chosen: Iterable[Candidate]) -> dict[str, float]:
    best: dict[str, float] = {}
    for option in chosen:
        for concept in option.concepts:
            best[concept] = max(best.get(concept, 0.0), option.quality)
    return best


def _gain(option: Candidate, covered: Mapping[str, float], known: Weights) -> float:
    return sum(
        known.of.get(concept, 0.0) * max(0.0, min(BEST_QUALITY, option.quality) - covered.get(concept, 0.0))
        for concept in option.concepts
    )


def _in_order(option: Candidate, chosen: Sequence[Candidate]) -> float:
    """Return the factor by which a sentence gains that goes on where the chosen ones stop, or stands early."""
    indices = {index for other in chosen for index, _ in other.places}
    follows = option.place[0] - 1 in indices or option.place[0] in indices
    return (FOLLOWS if follows else 1.0) * LATER ** max(0, option.place[0])


def _is_free(option: Candidate, chosen: Sequence[Candidate], budget: int) -> bool:
    """Return whether there is room for a candidate of which nothing is said yet."""
    taken = frozenset(spot for other in chosen for spot in other.places)
    return not option.places & taken and option.cost + sum(other.cost for other in chosen) <= budget


def _fits(option: Candidate, chosen: Sequence[Candidate], budget: int) -> bool:
    lead = chosen[0]
    if option.place[0] < 0 or option.quality < MIN_QUALITY or not _is_free(option, chosen, budget):
        return False
    if option.place < lead.place and lead.place[0] < 3 and not merit.tells_outcome(lead.text):  # noqa: PLR2004 - a lead from further down leaves scene and history before it
        return False
    if sum(_is_parallel(option.text, other.text) for other in chosen) >= MOST_PARALLEL:
        return False
    return not option.first.leans or _stands_before(option, chosen)


def _stands_before(option: Candidate, chosen: Sequence[Candidate]) -> bool:
    """Return whether the part or the sentence right before a place is said."""
    index, part = option.place
    places = {spot for other in chosen for spot in other.places}
    return (index, part - 1) in places if part else any(spot[0] == index - 1 for spot in places)


_FIGURES = re.compile(r"[\d.]+|[一二三四五六七八九十]")
MOST_PARALLEL = 2
"""Members of a list that are said."""
PARALLEL = 0.6
"""Share of common pairs of characters from which two sentences are members of one list, which nobody keeps in mind."""


def _is_parallel(text: str, other: str) -> bool:
    """Return whether two sentences say the same of two things in a row."""
    ours, right = (_FIGURES.sub("", part) for part in (text, other))
    pairs = (
        {ours[start : start + 2] for start in range(len(ours) - 1)},
        {right[start : start + 2] for start in range(len(right) - 1)},
    )
    return len(pairs[0] & pairs[1]) >= PARALLEL * min(len(pairs[0]), len(pairs[1]))

"""Which statements are said: a lead with the title's event, then what adds most, while anything adds enough.

The facts of an article are weighed concepts, each counted once (Gillick and Favre 2009, “A Scalable Global Model for
Summarization”); here only whole statements compete for them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.editorial.writer import coverage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from briefing.editorial.writer.coverage import Weights
    from briefing.editorial.writer.statements import Statement

MAX_STATEMENTS = 7
"""Statements of a story: three to six are heard, more are listed."""
BREATH = 10.0
"""Han characters that a sentence costs beside its own."""
MIN_QUALITY = 0.5
"""Quality under which a statement is not said for any fact's sake."""
FAINT = 0.015
"""Weight for each Han character under which a statement is not worth the listener's time."""
EARLY = (1.0, 0.5, 0.46, 0.42, 0.4, 0.37, 0.35, 0.33, 0.31, 0.28, 0.25, 0.22, 0.2, 0.18, 0.16, 0.15)
"""How likely the first, second … sentence of an article is its news."""
LEAD_WITHIN = 8
"""Plain sentences from the top among which the lead is looked for."""
GOOD = 0.6
"""Quality from which a sentence counts among the first ones: scenes and slogans before the news do not."""
SPOKEN = 0.55
"""What a lead is worth that is somebody's words: what happened comes before what is said of it."""
UNDATED = 0.5
"""What a lead without any figure or day is worth: news says when, or how much."""
MIN_SHARED = 2
"""Pairs of characters that a lead shares with the title, or a concept of it: else it tells another thing."""
MIN_LEAD_QUALITY = 0.5
"""A scene or a wish is no lead, even if nothing else is left."""
UNTITLED = 0.4
"""What a lead is worth that shares nothing with its title: features have such titles, other news has not."""
POINTS_BACK = 0.4
"""What a lead is worth whose subject the article names before it."""
LEAD_TITLE = 1.6
"""How much more a word of the title is worth in the lead."""


_DAY = re.compile(r"[前昨今明]天|[本上]周[一二三四五六日]|最近|当地时间")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement that may be said, with the concepts it holds, its cost in Han characters and its quality."""

    statement: Statement
    concepts: tuple[str, ...]
    cost: int
    quality: float
    can_lead: bool
    points_back: bool = False

    @property
    def place(self) -> tuple[int, int]:
        """Return where it stands in the article."""
        return self.statement.place


def choose_statements(
    forms: Sequence[Sequence[Candidate]],
    title: str,
    known: Weights,
    budget: int,
    needed: frozenset[tuple[int, int]] = frozenset(),
) -> tuple[Candidate, ...]:
    """Return the statements to say, the lead first, the others in the article's order.

    Each has several forms, the longest first: a shorter one is said only where the longest has no room.
    What others point to is `needed`, and comes first.
    """
    longest = [candidates[0] for candidates in forms]
    every = [candidate for candidates in forms for candidate in candidates]
    lead = _choose_lead(longest, title, known, budget) or _choose_lead(every, title, known, budget)
    if lead is None:
        return ()
    chosen = _with_needed(_with_title_parts(lead, longest, title, budget), every, needed, budget)
    chosen = _grow(chosen, longest, known, budget)
    chosen = _grow(chosen, every, known, budget)
    return (lead, *sorted(chosen[1:], key=lambda one: one.place))


def _with_title_parts(
    lead: Candidate, candidates: Sequence[Candidate], title: str, budget: int
) -> list[Candidate]:
    """Return the lead with those further parts of its sentence that hold what the title tells."""
    titled = frozenset(coverage.concepts(title))
    chosen = [lead]
    for candidate in candidates:
        same = (
            candidate.place[0] == lead.place[0] and candidate.place[1] > 0 and not candidate.statement.leans
        )
        if same and any(concept in titled for concept in candidate.concepts):
            chosen += [candidate] if candidate.cost + sum(other.cost for other in chosen) <= budget else []
    return chosen


def _with_needed(
    chosen: list[Candidate], candidates: Sequence[Candidate], needed: frozenset[tuple[int, int]], budget: int
) -> list[Candidate]:
    """Return the chosen ones with the longest forms of the needed places that there is room for."""
    for candidate in candidates:
        places = {pick.place for pick in chosen}
        room = budget - sum(pick.cost for pick in chosen)
        if candidate.place in needed - places and candidate.cost <= room:
            chosen = [*chosen, candidate]
    return chosen


def _grow(
    chosen: list[Candidate], candidates: Sequence[Candidate], known: Weights, budget: int
) -> list[Candidate]:
    """Add what gains most for its length, as long as it fits and gains enough."""
    while len(chosen) < MAX_STATEMENTS:
        covered = _held(chosen)
        fitting = [candidate for candidate in candidates if _fits(candidate, chosen, budget)]
        best = max(fitting, key=lambda one: _gain(one, covered, known) / (one.cost + BREATH), default=None)
        if best is None or _gain(best, covered, known) < FAINT * (best.cost + BREATH):
            break
        chosen = [*chosen, best]
    return chosen


def _choose_lead(
    candidates: Sequence[Candidate], title: str, known: Weights, budget: int
) -> Candidate | None:
    titled = frozenset(coverage.concepts(title))
    pairs = frozenset(title[start : start + 2] for start in range(len(title) - 1))

    good = sorted({candidate.place[0] for candidate in candidates if candidate.quality >= GOOD})
    ranks = {index: rank for rank, index in enumerate(good)}

    parts: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        parts.setdefault(candidate.place[0], []).append(candidate)

    def worth(option: Candidate) -> float:
        text = option.statement.text
        shared = sum(text[start : start + 2] in pairs for start in range(len(text) - 1)) / max(6, len(pairs))
        concepts = dict.fromkeys(concept for part in parts[option.place[0]] for concept in part.concepts)
        heavy = known.worth(concept for concept in concepts if concept in titled)
        early = EARLY[min(ranks.get(option.place[0], len(EARLY)), len(EARLY) - 1)]
        dated = 1.0 if coverage.has_number(text) or _DAY.search(text) else UNDATED
        return (
            (known.worth(option.concepts) * 0.5 + LEAD_TITLE * heavy + 8.0 * shared)
            * option.quality
            * early
            * dated
            * (POINTS_BACK if option.points_back else 1.0)
            * (SPOKEN if option.statement.speaker else 1.0)
            / (option.cost + 40)
        )

    def touches(option: Candidate) -> bool:
        text = option.statement.text
        shared = {text[start : start + 2] for start in range(len(text) - 1)} & pairs
        return len(shared) >= min(MIN_SHARED, len(pairs)) or any(
            concept in titled for concept in option.concepts
        )

    def value(option: Candidate) -> float:
        return worth(option) * (1.0 if touches(option) else UNTITLED)

    near = [candidate for candidate in candidates if ranks.get(candidate.place[0], len(EARLY)) < LEAD_WITHIN]
    fitting = [
        option
        for option in near or candidates
        if option.can_lead and option.cost <= budget and option.quality >= MIN_LEAD_QUALITY
    ]
    return max(fitting, key=value, default=None)


def _held(chosen: Iterable[Candidate]) -> dict[str, float]:
    best: dict[str, float] = {}
    for candidate in chosen:
        for concept in candidate.concepts:
            best[concept] = max(best.get(concept, 0.0), candidate.quality)
    return best


def _gain(one: Candidate, held: Mapping[str, float], known: Weights) -> float:
    return sum(
        known.of.get(concept, 0.0) * max(0.0, min(1.3, one.quality) - held.get(concept, 0.0))
        for concept in one.concepts
    )


def _fits(one: Candidate, chosen: Sequence[Candidate], budget: int) -> bool:
    places = {other.place for other in chosen}
    if (
        one.quality < MIN_QUALITY
        or one.place in places
        or one.cost + sum(other.cost for other in chosen) > budget
    ):
        return False
    lead = chosen[0]
    if one.place < lead.place and lead.place[0] < 3:  # noqa: PLR2004 - a lead from further down leaves scene and history before it
        return False
    if sum(_is_parallel(one.statement.text, other.statement.text) for other in chosen) >= MOST_PARALLEL:
        return False
    if one.statement.leans:
        return _stands_before(one, chosen)
    return True


def _stands_before(one: Candidate, chosen: Sequence[Candidate]) -> bool:
    """Return whether the whole part or the sentence right before a place is said."""
    index, part = one.place
    if part:
        before = {(index, part - 1), (index, 0)}
        whole = one.statement.text.startswith("其中")
        return any(other.place in before and (whole or other.statement.form == 0) for other in chosen)
    return any(other.place[0] == index - 1 for other in chosen)


_FIGURES = re.compile(r"[\d.]+|[一二三四五六七八九十]")
MOST_PARALLEL = 2
"""Members of a list that are said."""
PARALLEL = 0.6
"""Share of common pairs of characters from which two sentences are members of one list, which nobody keeps in mind."""


def _is_parallel(text: str, other: str) -> bool:
    """Return whether two sentences say the same of two things in a row."""
    before, right = (_FIGURES.sub("", part) for part in (text, other))
    pairs = (
        {before[start : start + 2] for start in range(len(before) - 1)},
        {right[start : start + 2] for start in range(len(right) - 1)},
    )
    return len(pairs[0] & pairs[1]) >= PARALLEL * min(len(pairs[0]), len(pairs[1]))

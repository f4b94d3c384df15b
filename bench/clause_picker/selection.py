"""Which wordings to say: those that together hold the most of what the article is about, within the budget.

Exact search is too dear, so: a lead first, then always what gains most for its length, then exchanges of one wording for
another as long as the whole gets better. All ties fall the same way each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.editorial.writer.choice import coverage as weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from briefing.editorial.writer.choice.coverage import Weights
    from briefing.editorial.writer.passage import Source

LEAD_WITHIN = 5
"""The first sentence said is one of the article's first few: news puts what happened at the top."""
LEAD_TITLE = 1.2
"""How much more a word of the title is worth in the lead."""
UNDATED = 0.5
"""What a lead without any figure or date is worth: news says when."""
BREATH = 12.5
"""Han characters that a sentence costs beside its own: many crumbs are harder to listen to than a few sentences."""
FAINT = 0.01
"""Weight for each Han character under which a sentence is not worth the listener's time."""
ROUNDS = 12
"""Exchanges after which a choice is left as it is."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to say one sentence of the article: what it holds, what it costs in Han characters, how good it is."""

    source: Source
    text: str
    rests_on: tuple[str, ...]
    concepts: tuple[str, ...]
    cost: int
    quality: float
    needs_before: bool
    can_lead: bool


Choice = tuple[Wording, ...]
"""Wordings to be said, the lead first."""


def choose(ways: Sequence[Wording], title: str, known: Weights, budget: int) -> Choice:
    """The wordings to say, in the article's order; none when not even a lead fits the budget."""
    lead = _lead(ways, title, known, budget)
    if lead is None:
        return ()
    later = [way for way in ways if way.source.index >= lead.source.index and way.cost <= budget]
    chosen = _grown((lead,), later, known, budget)
    for _ in range(ROUNDS):
        better = _exchanged(chosen, later, known, budget)
        if better == chosen:
            break
        chosen = _grown(better, later, known, budget)
    return tuple(sorted(chosen, key=lambda way: way.source.index))


def _lead(ways: Sequence[Wording], title: str, known: Weights, budget: int) -> Wording | None:
    """The opening: of the first sentences the one that says most of the title."""
    titled = frozenset(weights.concepts(title))
    early = sorted({way.source.index for way in ways})[:LEAD_WITHIN]
    return max(
        (way for way in ways if way.source.index in early and way.cost <= budget and way.can_lead),
        key=lambda way: (
            (
                known.worth(way.concepts)
                + LEAD_TITLE * known.worth(concept for concept in way.concepts if concept in titled)
            )
            * way.quality
            * (1.0 if weights.has_number(way.text) else UNDATED)
            / (early.index(way.source.index) + 4)
            / (way.cost + 60)
        ),
        default=None,
    )


def _held(chosen: Iterable[Wording]) -> dict[str, float]:
    """Each concept that is said, at the quality of the best sentence that says it."""
    best: dict[str, float] = {}
    for way in chosen:
        for concept in way.concepts:
            best[concept] = max(best.get(concept, 0.0), way.quality)
    return best


def _gain(way: Wording, held: Mapping[str, float], known: Weights) -> float:
    """What a wording adds to what is said already."""
    return sum(
        known.of.get(concept, 0.0) * max(0.0, way.quality - held.get(concept, 0.0))
        for concept in way.concepts
    )


def _fits(way: Wording, chosen: Choice, budget: int) -> bool:
    """Within the budget, one wording a sentence, and nothing that points at a sentence which is not said."""
    places = {other.source.index for other in chosen}
    return (
        way.cost + sum(other.cost for other in chosen) <= budget
        and way.source.index not in places
        and (not way.needs_before or way.source.index - 1 in places)
    )


def _grown(chosen: Choice, ways: Sequence[Wording], known: Weights, budget: int) -> Choice:
    """Add, one by one, what gains most for its length, as long as something fits and gains."""
    while True:
        held = _held(chosen)
        fitting = [way for way in ways if _fits(way, chosen, budget)]
        best = max(fitting, key=lambda way: _gain(way, held, known) / (way.cost + BREATH), default=None)
        if best is None or _gain(best, held, known) < FAINT * (best.cost + BREATH):
            return chosen
        chosen = (*chosen, best)


def _exchanged(chosen: Choice, ways: Sequence[Wording], known: Weights, budget: int) -> Choice:
    """The best exchange of one wording for another, if one is better; the lead changes only its wording."""
    best, best_gain = chosen, 1e-9
    for at, old in enumerate(chosen):
        rest = (*chosen[:at], *chosen[at + 1 :])
        if any(way.needs_before and way.source.index - 1 == old.source.index for way in rest):
            continue
        held = _held(rest)
        loss = _gain(old, held, known)
        for way in ways:
            if at == 0 and (way.source.index != old.source.index or not way.can_lead):
                continue
            gain = _gain(way, held, known) - loss
            if gain > best_gain and _fits(way, rest, budget):
                best, best_gain = ((way, *rest) if at == 0 else (*rest, way)), gain
    return best

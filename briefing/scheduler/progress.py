"""How far an edition is, as the timetable wants to know it: from the store and the time alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.editions import context
from briefing.model import Act, Stage
from briefing.scheduler import timetable
from briefing.scheduler.timetable import State
from briefing.storage.store import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.editions.context import Production
    from briefing.model import EditionKey
    from briefing.scheduler.timetable import Step
    from briefing.storage.store import Done

GATHERING = frozenset({Act.GATHER, Act.DRAFT, Act.REFRESH})
"""What asks the sources."""


def state(production: Production, key: EditionKey) -> State:
    """How far it is; what was done in the future was done by a clock that was wrong, and does not count."""
    found, now = production.store.situation(key), production.now()
    stage = found.standing.stage
    acts = [done for done in found.acts if done.ended <= now and done.outcome is not Outcome.PARKED]
    failures = _failures(acts)
    gathered = next((one for one in reversed(acts) if _gathered(one)), None)
    return State(
        stage=stage,
        aired=found.aired or stage in {Stage.PUBLISHED, Stage.WITHDRAWN},
        recorded=stage is Stage.VOICED and context.is_recorded(production, key),
        touched=found.saved if found.author not in {"", production.show.title} else None,
        gathered=gathered.ended if gathered else None,
        wanting=bool(gathered and gathered.sentence),
        empty=acts[-1].ended if acts and acts[-1].outcome is Outcome.EMPTY else None,
        failures=len(failures),
        failed=failures[-1].ended if failures else None,
        trouble=acts[-1].sentence if acts and acts[-1].outcome is not Outcome.DONE else "",
        skip=found.skip,
    )


def step_of(production: Production, key: EditionKey) -> Step | None:
    """What comes next for an edition."""
    hours = production.hours[key.edition]
    if hours.times(key.day) is None:
        return None
    return timetable.step(hours, key.day, state(production, key), production.now())


def _failures(acts: Sequence[Done]) -> list[Done]:
    """The last acts, as far as they failed one after the other."""
    last = next((place for place in range(len(acts), 0, -1) if not _failed(acts[place - 1])), 0)
    return list(acts[last:])


def _failed(done: Done) -> bool:
    return done.outcome is Outcome.FAILED


def _gathered(done: Done) -> bool:
    return done.act in GATHERING and done.outcome is Outcome.DONE

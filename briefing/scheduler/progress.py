"""Progress of an edition for the timetable, from the store and the time alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.editions import show_context
from briefing.model import Act, Stage
from briefing.scheduler import timetable
from briefing.scheduler.timetable import EditionState
from briefing.storage.store import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.editions.show_context import ShowContext
    from briefing.model import EditionKey
    from briefing.scheduler.timetable import DueStep
    from briefing.storage.store import Done

GATHERING = frozenset({Act.GATHER, Act.DRAFT, Act.REFRESH})
"""What asks the sources."""


def edition_state(context: ShowContext, key: EditionKey) -> EditionState:
    """Return an edition's progress; acts dated in the future come from a wrong clock and do not count."""
    situation, now = context.store.acts.find_situation(key), context.now()
    stage = situation.standing.stage
    acts = [done for done in situation.acts if done.ended <= now and done.outcome is not Outcome.PARKED]
    failures = _trailing_failures(acts)
    gathered = next((act for act in reversed(acts) if _is_gathering(act)), None)
    touched = situation.saved if situation.author not in {"", context.show.title} else None
    return EditionState(
        stage=stage,
        grave=stage is Stage.DRAFTED and touched is not None and _has_grave(context, key),
        aired=situation.aired or stage in {Stage.PUBLISHED, Stage.WITHDRAWN},
        recorded=stage is Stage.VOICED and show_context.is_recorded(context, key),
        touched=touched,
        gathered=gathered.ended if gathered else None,
        wanting=bool(gathered and gathered.sentence),
        empty=acts[-1].ended if acts and acts[-1].outcome is Outcome.EMPTY else None,
        failures=len(failures),
        failed=failures[-1].ended if failures else None,
        trouble=acts[-1].sentence if acts and acts[-1].outcome is not Outcome.DONE else "",
        skip=situation.skip,
    )


def _has_grave(context: ShowContext, key: EditionKey) -> bool:
    """Return whether somebody added by hand what is grave; asked only of a draft that a person saved."""
    from briefing.editions.approvals import approval  # noqa: PLC0415 - it reads Mandarin, which takes a second to load

    return bool(approval.added_by_hand(context, key))


def step_of(context: ShowContext, key: EditionKey) -> DueStep | None:
    """Return an edition's next step."""
    hours = context.hours[key.edition]
    if hours.times(key.day) is None:
        return None
    return timetable.next_step(hours, key.day, edition_state(context, key), context.now())


def _trailing_failures(acts: Sequence[Done]) -> list[Done]:
    """Return the last acts in a row that failed."""
    last = next((index for index in range(len(acts), 0, -1) if not _is_failure(acts[index - 1])), 0)
    return list(acts[last:])


def _is_failure(done: Done) -> bool:
    return done.outcome is Outcome.FAILED


def _is_gathering(done: Done) -> bool:
    return done.act in GATHERING and done.outcome is Outcome.DONE

"""Timetable: hours of an edition, its progress and the time → the next step and its moment.

Pure: nothing here looks at a clock or a database, so a jump of the clock, a sleep of the machine and a restart are only
other values. A moment is aware; leads are real minutes, not those on the dial, on a day that has 23 or 25 hours.

    gather ─── draft ─────────── render ───── publish ─────────────── latest
       │ late      │ editors have     │ the latest    │ on the air,        │ from here on it makes
       │ sources   │ the script       │ news goes in  │ or late            │ no sense any more
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from briefing.model import Act, Skip, Stage, Why

if TYPE_CHECKING:
    from briefing.editions.air_times import Hours, Times

AGAIN = timedelta(minutes=10)
"""How often sources are asked again that were in trouble or had nothing."""

QUIET = timedelta(minutes=3)
"""How long nobody must have saved a script before it is spoken: an editor is still at it."""

PATIENCE = tuple(timedelta(seconds=seconds) for seconds in (20, 60, 120, 300))
"""How long a stage waits after its first failure in a row, its second, its third, every later one."""

PUNCTUAL = timedelta(minutes=1)
"""An edition is on time within its minute."""

ENGLISH = {
    Why.MISSED: "nothing was running while it could have been made",
    Why.NO_NEWS: "there was no news",
    Why.HELD: "nobody approved it in time",
    Why.FAILED: "it could not be made in time",
}
"""The reasons as the command line says them."""

CHINESE = {
    Why.MISSED: "制作时段内系统没有运行",
    Why.NO_NEWS: "当天没有可播的新闻",
    Why.HELD: "到点之前没有人签发",
    Why.FAILED: "到点之前没有制作成功",
}
"""The reasons as the desk says them."""


@dataclass(frozen=True, slots=True)
class EditionState:
    """Progress of an edition, as far as it matters here.

    `aired`: it is or was on the air. `recorded`: the recording of its newest script is there. `touched`: when a person
    last saved the script. `gathered`: when articles were last gathered. `wanting`: a source was in trouble then. `empty`:
    when there was last no news. `failures` came one after the other, the last at `failed`, which said `trouble`. `grave`:
    somebody added by hand what no source bears out, and nobody approved it, so that it waits for a person.
    """

    stage: Stage = Stage.NEW
    aired: bool = False
    recorded: bool = False
    touched: datetime | None = None
    gathered: datetime | None = None
    wanting: bool = False
    empty: datetime | None = None
    failures: int = 0
    failed: datetime | None = None
    trouble: str = ""
    skip: Skip | None = None
    grave: bool = False


class DueStep(NamedTuple):
    """Step of an edition and the moment it is due; `why` is the reason of a skip."""

    act: Act
    at: datetime
    why: Why | None = None


def is_settled(state: EditionState, now: datetime) -> bool:
    """Return whether nothing is left to do; decisions dated in the future come from a wrong clock."""
    return state.aired or (state.skip is not None and state.skip.decided <= now)


def next_step(hours: Hours, day: date, state: EditionState, now: datetime) -> DueStep | None:
    """Return the next step of that day's edition, due when its moment has come; None if nothing is left."""
    times = hours.times(day)
    if times is None or is_settled(state, now):
        return None
    if now > times.latest:
        return DueStep(Act.SKIP, now, _skip_reason(state))
    step = _step_of_day(hours, times, state)
    if step.act is Act.SKIP or not state.failures or state.failed is None or state.failed > now:
        return step
    patience = PATIENCE[min(state.failures, len(PATIENCE)) - 1]
    return step._replace(at=max(step.at, state.failed + patience))


def _skip_reason(state: EditionState) -> Why:
    """Return why an edition that is too late was not made."""
    if state.stage is Stage.HELD:
        return Why.HELD
    if state.empty is not None and state.stage in {Stage.NEW, Stage.GATHERED}:
        return Why.NO_NEWS
    return Why.FAILED if state.failures else Why.MISSED


def _step_of_day(hours: Hours, times: Times, state: EditionState) -> DueStep:
    """Return the step after the stage that is reached."""
    if state.stage in {Stage.NEW, Stage.GATHERED}:
        return _step_before_draft(times, state)
    if state.stage is Stage.DRAFTED:
        return _step_after_draft(hours, times, state)
    if state.stage is Stage.HELD:
        return DueStep(Act.SKIP, times.latest, Why.HELD)
    if state.recorded:
        return DueStep(Act.PUBLISH, times.publish)
    # At once: what can be made before the set minute is not made at it.
    return DueStep(Act.RENDER, times.gather)


def _step_before_draft(times: Times, state: EditionState) -> DueStep:
    """Ask late sources again until the draft, and empty ones until the set minute and once more then."""
    if state.empty is not None:
        if state.empty >= times.publish:
            return DueStep(Act.SKIP, state.empty, Why.NO_NEWS)
        return DueStep(Act.GATHER, min(state.empty + AGAIN, times.publish))
    if state.stage is Stage.NEW:
        return DueStep(Act.GATHER, times.gather)
    if state.wanting and state.gathered is not None and state.gathered + AGAIN < times.draft:
        return DueStep(Act.GATHER, state.gathered + AGAIN)
    return DueStep(Act.DRAFT, times.draft)


def _step_after_draft(hours: Hours, times: Times, state: EditionState) -> DueStep:
    """Leave the draft to editors, add the latest news unless one touched it, then go on by rule."""
    stale = state.gathered is None or state.gathered < times.render
    if state.touched is None and stale:
        return DueStep(Act.REFRESH, times.render)
    if hours.holds or state.grave:
        return DueStep(Act.HOLD, times.publish)
    if state.touched is None:
        return DueStep(Act.RENDER, times.render)
    return DueStep(Act.RENDER, max(times.render, min(state.touched + QUIET, times.publish)))


def is_late(times: Times, state: EditionState, now: datetime) -> bool:
    """Return whether the edition is not on the air although its minute is over."""
    return not is_settled(state, now) and now >= times.publish + PUNCTUAL


def wants_approval(hours: Hours, times: Times, state: EditionState, now: datetime) -> bool:
    """Return whether the edition waits for an approval without which it will not go out."""
    is_bound = hours.holds or state.grave
    waiting = is_bound and state.stage in {Stage.DRAFTED, Stage.HELD} and now >= times.render
    return waiting and not is_settled(state, now)

"""What is due: the hours of an edition, how far it is, and the time → what to do next, and from when on.

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
class State:
    """How far an edition is, as far as it matters here.

    `aired`: it is or was on the air. `recorded`: the recording of its newest script is there. `touched`: when a person
    last saved the script. `gathered`: when articles were last gathered. `wanting`: a source was in trouble then. `empty`:
    when there was last no news. `failures` came one after the other, the last at `failed`, which said `trouble`.
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


class Step(NamedTuple):
    """What is to be done with an edition, and from when on; `why` says for what reason it is skipped."""

    act: Act
    at: datetime
    why: Why | None = None


def settled(state: State, now: datetime) -> bool:
    """Whether nothing is to be done any more; what was decided in the future was decided by a clock that was wrong."""
    return state.aired or (state.skip is not None and state.skip.decided <= now)


def step(hours: Hours, day: date, state: State, now: datetime) -> Step | None:
    """What comes next for that day's edition: due when its moment has come; None when there is nothing to be done."""
    times = hours.times(day)
    if times is None or settled(state, now):
        return None
    if now > times.latest:
        return Step(Act.SKIP, now, _reason(state))
    found = _next(hours, times, state)
    if found.act is Act.SKIP or not state.failures or state.failed is None or state.failed > now:
        return found
    patience = PATIENCE[min(state.failures, len(PATIENCE)) - 1]
    return found._replace(at=max(found.at, state.failed + patience))


def _reason(state: State) -> Why:
    """Why an edition that is too late was not made."""
    if state.stage is Stage.HELD:
        return Why.HELD
    if state.empty is not None and state.stage in {Stage.NEW, Stage.GATHERED}:
        return Why.NO_NEWS
    return Why.FAILED if state.failures else Why.MISSED


def _next(hours: Hours, times: Times, state: State) -> Step:
    """What comes after the stage that is reached."""
    if state.stage in {Stage.NEW, Stage.GATHERED}:
        return _before_the_draft(times, state)
    if state.stage is Stage.DRAFTED:
        return _drafted(hours, times, state)
    if state.stage is Stage.HELD:
        return Step(Act.SKIP, times.latest, Why.HELD)
    if state.recorded:
        return Step(Act.PUBLISH, times.publish)
    # At once: what can be made before the set minute is not made at it.
    return Step(Act.RENDER, times.gather)


def _before_the_draft(times: Times, state: State) -> Step:
    """Ask late sources again until the draft, and those that had nothing until the set minute, and then once more."""
    if state.empty is not None:
        if state.empty >= times.publish:
            return Step(Act.SKIP, state.empty, Why.NO_NEWS)
        return Step(Act.GATHER, min(state.empty + AGAIN, times.publish))
    if state.stage is Stage.NEW:
        return Step(Act.GATHER, times.gather)
    if state.wanting and state.gathered is not None and state.gathered + AGAIN < times.draft:
        return Step(Act.GATHER, state.gathered + AGAIN)
    return Step(Act.DRAFT, times.draft)


def _drafted(hours: Hours, times: Times, state: State) -> Step:
    """Editors have it; then the latest news goes in, unless one of them has touched it, and by the rule it goes on."""
    stale = state.gathered is None or state.gathered < times.render
    if state.touched is None and stale:
        return Step(Act.REFRESH, times.render)
    if hours.holds:
        return Step(Act.HOLD, times.publish)
    if state.touched is None:
        return Step(Act.RENDER, times.render)
    return Step(Act.RENDER, max(times.render, min(state.touched + QUIET, times.publish)))


def is_late(times: Times, state: State, now: datetime) -> bool:
    """Whether the edition is not on the air although its minute is over."""
    return not settled(state, now) and now >= times.publish + PUNCTUAL


def wants_approval(hours: Hours, times: Times, state: State, now: datetime) -> bool:
    """Whether somebody should approve it now, for without that it will not go out."""
    waiting = hours.holds and state.stage in {Stage.DRAFTED, Stage.HELD} and now >= times.render
    return waiting and not settled(state, now)

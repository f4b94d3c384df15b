"""Sees to it that each edition is made in its hours: asks the timetable what is due, does it under a lease, remembers it.

Whoever calls `turn` only wakes it. What is to be done follows from the store and the time alone, so it does not matter
how often it is called, after what pause, from how many machines, and where the one before was killed.
"""

from __future__ import annotations

import logging
import threading
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from briefing.editions import decisions, lease
from briefing.editions.air_times import DAY
from briefing.errors import EditionBusy, NothingToSay, ScriptError
from briefing.model import Act, EditionKey, Skip, Stage, Why
from briefing.scheduler import timetable
from briefing.scheduler.acts import STAGES, Parked, Stopping
from briefing.scheduler.gate import Gate
from briefing.scheduler.notifications import Telling, reason
from briefing.scheduler.progress import state, step_of
from briefing.scheduler.timetable import ENGLISH
from briefing.storage.store import Done, Outcome

if TYPE_CHECKING:
    from datetime import date, datetime

    from briefing.editions.context import Production
    from briefing.editions.newsroom import House
    from briefing.monitoring.alarms.events import Alarm
    from briefing.scheduler.acts import Stages
    from briefing.scheduler.timetable import Step

BUSY = timedelta(seconds=10)
"""When to look again at an edition that somebody else is at work on."""

BROKEN = timedelta(minutes=1)
"""When to look again after what could not even be written down, such as with a database that is away."""

RENDERS = 2
"""Editions that are spoken at the same time: an offline voice needs the whole machine, but one show whose voice hangs
must not keep the others off the air."""

WRITTEN = frozenset({Stage.DRAFTED, Stage.HELD, Stage.APPROVED, Stage.VOICED})
"""Stages in which an editor may have changed the script's file."""

BEFORE = "the clock was started for the first time after it"
"""What there is to say of the editions that were too late when a house began."""

LOG = logging.getLogger(__name__)


class Slot(NamedTuple):
    """An edition of every day: the show and the edition's name."""

    show: str
    edition: str

    def __str__(self) -> str:
        return f"{self.show}/{self.edition}"


class Clock:
    """Makes the editions of a house. Safe to call from several threads, each with a slot of its own."""

    def __init__(self, house: House, alarm: Alarm, stages: Stages = STAGES) -> None:
        self._house = house
        self._telling = Telling(alarm)
        self._stages = stages
        self._gate = Gate(RENDERS)
        self._stopping = threading.Event()
        self._aired: set[EditionKey] = set()

    @property
    def slots(self) -> tuple[Slot, ...]:
        """What there is to see to."""
        return tuple(
            Slot(show, name)
            for show, production in self._house.productions.items()
            for name in production.hours
        )

    def stop(self) -> None:
        """Begin nothing more, and park what can be parked."""
        self._stopping.set()

    def turn(self, slot: Slot) -> datetime | None:
        """Do everything that is due; returns when there will be something to do, as far as is known now."""
        production = self._house.productions[slot.show]
        try:
            # With the words that editors have added by now.
            moment = self._turn(self._house.production(slot.show), slot)
            self._telling.mended(production, slot.edition)
        except Exception as error:
            # Nothing may end the clock: a full disk and a database that is away are over some day.
            LOG.exception("%s could not be seen to", slot)
            self._telling.broken(production, slot.edition, error)
            return production.now() + BROKEN
        return moment

    def watch(self) -> None:
        """Tell what is late or waits for somebody, and forget who was killed; never waits for a stage."""
        with suppress(Exception):  # The next turn meets the same trouble, and tells it.
            lease.sweep(self._house.store, self._house.now)
        for slot in self.slots:
            production = self._house.productions[slot.show]
            today = _today(production, slot)
            for day in (today - DAY, today, today + DAY):
                with suppress(Exception):  # As above.
                    self._telling.watch(production, EditionKey(slot.show, day, slot.edition))

    def jumped(self, seconds: float) -> None:
        """The wall clock moved by so much more (or less) than time passed."""
        for production in self._house.productions.values():
            self._telling.jumped(production, seconds)

    def _turn(self, production: Production, slot: Slot) -> datetime | None:
        """See to every edition that is not known to be settled: always to yesterday's, today's and tomorrow's."""
        today = _today(production, slot)
        watched = production.store.watched(slot.show, slot.edition)
        if watched is None:
            watched = self._begin(production, slot, today)
        first = min(watched, today - DAY)
        self._aired -= {
            key for key in self._aired.copy() if (key.show, key.edition) == slot and key.day < first
        }
        days = [first + DAY * number for number in range((today - first).days + 2)]
        moments = [self._see_to(production, EditionKey(slot.show, day, slot.edition)) for day in days]
        unsettled = next((day for day, at in zip(days, moments, strict=True) if at is not None), today)
        if min(unsettled, today) != watched:
            production.store.watch(slot.show, slot.edition, min(unsettled, today))
        hours = production.hours[slot.edition]
        coming = hours.next_day(today + DAY * 2)
        later = hours.times(coming) if coming else None
        return min(filter(None, (*moments, later and later.gather)), default=None)

    def _begin(self, production: Production, slot: Slot, today: date) -> date:
        """The clock is started for the first time: what was too late before is nobody's fault."""
        now = production.now()
        for day in (today - DAY, today):
            key = EditionKey(slot.show, day, slot.edition)
            times = production.hours[slot.edition].times(day)
            if times and now > times.latest and not state(production, key).aired:
                production.store.save_skip(key, Skip(Why.MISSED, BEFORE, now))
        production.store.watch(slot.show, slot.edition, today)
        return today

    def _see_to(self, production: Production, key: EditionKey) -> datetime | None:
        """Do with an edition what is due, one step after the other; returns when the next is due, None when none is."""
        hours = production.hours[key.edition]
        times = hours.times(key.day)
        if times is None or key in self._aired:
            return None
        while not self._stopping.is_set():
            now = production.now()
            if now < times.gather:
                return times.gather
            found = state(production, key)
            if found.aired:
                self._aired.add(key)
            step = timetable.step(hours, key.day, found, now)
            if step is None or step.at > now:
                return step.at if step else None
            gate = self._gate.passed(step.at) if step.act is Act.RENDER else nullcontext()
            try:
                with gate, lease.held(production.store, str(key), production.now) as store:
                    self._take(replace(production, store=store), key)
            except EditionBusy:
                return now + BUSY
        return production.now()

    def _take(self, production: Production, key: EditionKey) -> None:
        """Take the step that is due, now that nobody else can; what an editor wrote into the file counts first."""
        self._adopt(production, key)
        step, began = step_of(production, key), production.now()
        if step is None or step.at > began:
            return
        before = production.store.standing(key).revision
        outcome, sentence = self._tried(production, key, step)
        failed_render = step.act is Act.RENDER and outcome is Outcome.FAILED
        if failed_render and production.store.standing(key).revision != before:
            outcome = Outcome.PARKED  # What was made of the earlier revision is void; nothing is wrong.
        done = Done(key, step.act, began, production.now(), outcome, sentence)
        production.store.save_act(done)
        LOG.info("%s %s: %s %s", key, step.act, outcome, sentence)
        self._telling.done(production, done)

    def _tried(self, production: Production, key: EditionKey, step: Step) -> tuple[Outcome, str]:
        """What came of a step, and what there is to say of it; only a lost lease is raised."""
        try:
            if step.act is Act.SKIP:
                return Outcome.DONE, _skip(production, key, step)
            return Outcome.DONE, self._stages[step.act](production, key, Stopping(self._stopping))
        except EditionBusy:
            raise
        except Parked as error:
            return Outcome.PARKED, str(error)
        except NothingToSay as error:
            return Outcome.EMPTY, str(error)
        except Exception as error:
            # Whatever it is, the next try may go well, and somebody is told.
            LOG.warning("%s: %s failed", key, step.act, exc_info=True)
            return Outcome.FAILED, reason(error)

    def _adopt(self, production: Production, key: EditionKey) -> None:
        """Take over what an editor wrote; a file that cannot be used is told, and what was there before counts."""
        if production.store.standing(key).stage not in WRITTEN:
            return
        try:
            decisions.adopt(production, key)
        except (ScriptError, OSError) as error:
            self._telling.unreadable(production, key, error)


def _today(production: Production, slot: Slot) -> date:
    """The day in the show's time zone."""
    return production.now().astimezone(production.hours[slot.edition].zone).date()


def _skip(production: Production, key: EditionKey, step: Step) -> str:
    """Keep that the edition is not made, and why; returns that as a sentence."""
    why = step.why or Why.MISSED
    detail = state(production, key).trouble
    production.store.save_skip(key, Skip(why, detail, production.now()))
    return f"{ENGLISH[why]}: {detail}" if detail else ENGLISH[why]

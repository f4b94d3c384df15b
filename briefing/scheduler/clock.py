"""Clock: ask the timetable what is due, do it under a lease, record it.

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

from briefing.editions import edition_decisions, lease, polling
from briefing.editions.air_times import DAY
from briefing.errors import EditionBusy, NothingToSay, ScriptError
from briefing.model import Act, EditionKey, Skip, Stage, Why
from briefing.scheduler import timetable
from briefing.scheduler.acts import STAGES, StageParked, StoppableProgress
from briefing.scheduler.gate import PriorityGate
from briefing.scheduler.notifications import ClockNotifier, error_reason
from briefing.scheduler.progress import edition_state, step_of
from briefing.scheduler.timetable import ENGLISH
from briefing.storage.store import Done, Outcome

if TYPE_CHECKING:
    from datetime import date, datetime

    from briefing.editions.newsroom import Newsroom
    from briefing.editions.show_context import ShowContext
    from briefing.monitoring.alarms.events import Alarm
    from briefing.scheduler.acts import Stages
    from briefing.scheduler.timetable import DueStep

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
"""What there is to say of the editions that were too late when a newsroom began."""

LOG = logging.getLogger(__name__)


class EditionSlot(NamedTuple):
    """Recurring edition: a show and the edition's name."""

    show: str
    edition: str

    def __str__(self) -> str:
        return f"{self.show}/{self.edition}"


class Clock:
    """Maker of a newsroom's editions. Safe to call from several threads, each with its own slot."""

    def __init__(self, newsroom: Newsroom, alarm: Alarm, stages: Stages = STAGES) -> None:
        self._newsroom = newsroom
        self._telling = ClockNotifier(alarm)
        self._stages = stages
        self._gate = PriorityGate(RENDERS)
        self._stopping = threading.Event()
        self._aired: set[EditionKey] = set()

    @property
    def slots(self) -> tuple[EditionSlot, ...]:
        """Return the recurring editions of all shows."""
        return tuple(
            EditionSlot(show, name)
            for show, context in self._newsroom.contexts.items()
            for name in context.hours
        )

    def stop(self) -> None:
        """Begin nothing more, and park stages that can be parked."""
        self._stopping.set()

    def turn(self, slot: EditionSlot) -> datetime | None:
        """Do everything that is due and return the moment of the next step, as far as it is known."""
        context = self._newsroom.contexts[slot.show]
        try:
            # With the words that editors have added by now.
            moment = self._turn(self._newsroom.show_context(slot.show), slot)
            self._telling.note_mended(context, slot.edition)
        except Exception as error:
            # Nothing may end the clock: a full disk and a database that is away are over some day.
            LOG.exception("%s could not be seen to", slot)
            self._telling.note_broken(context, slot.edition, error)
            return context.now() + BROKEN
        return moment

    def watch(self) -> None:
        """Tell what is late or waits for approval, and release leases of killed processes; never wait for a stage."""
        with suppress(Exception):  # The next turn meets the same trouble, and tells it.
            lease.sweep(self._newsroom.store, self._newsroom.now)
        for slot in self.slots:
            context = self._newsroom.contexts[slot.show]
            today = _edition_day(context, slot)
            for day in (today - DAY, today, today + DAY):
                with suppress(Exception):  # As above.
                    self._telling.watch(context, EditionKey(slot.show, day, slot.edition))

    def poll(self) -> None:
        """Poll the sources that are due, of one show after the other; a failure ends nothing but that show's poll."""
        for show, context in self._newsroom.contexts.items():
            if self._stopping.is_set():
                return
            try:
                polling.poll_sources(context)
            except Exception:
                # A database that is away is over some day; the turns tell it.
                LOG.exception("the sources of %s could not be polled", show)

    def jumped(self, seconds: float) -> None:
        """Note that the wall clock moved by so much more (or less) than time passed."""
        for context in self._newsroom.contexts.values():
            self._telling.jumped(context, seconds)

    def _turn(self, context: ShowContext, slot: EditionSlot) -> datetime | None:
        """Handle every edition not known to be settled: always yesterday's, today's and tomorrow's."""
        today = _edition_day(context, slot)
        watched = context.store.acts.find_watched_day(slot.show, slot.edition)
        if watched is None:
            watched = self._first_day(context, slot, today)
        first = min(watched, today - DAY)
        self._aired -= {
            key for key in self._aired.copy() if (key.show, key.edition) == slot and key.day < first
        }
        days = [first + DAY * number for number in range((today - first).days + 2)]
        moments = [self._see_to(context, EditionKey(slot.show, day, slot.edition)) for day in days]
        unsettled = next(
            (day for day, moment in zip(days, moments, strict=True) if moment is not None), today
        )
        if min(unsettled, today) != watched:
            context.store.acts.set_watched_day(slot.show, slot.edition, min(unsettled, today))
        hours = context.hours[slot.edition]
        coming = hours.next_day(today + DAY * 2)
        later = hours.times(coming) if coming else None
        return min(filter(None, (*moments, later and later.gather)), default=None)

    def _first_day(self, context: ShowContext, slot: EditionSlot, today: date) -> date:
        """Return the first day the clock answers for; before its first start nothing was missed."""
        now = context.now()
        for day in (today - DAY, today):
            key = EditionKey(slot.show, day, slot.edition)
            times = context.hours[slot.edition].times(day)
            if times and now > times.latest and not edition_state(context, key).aired:
                context.store.acts.save_skip(key, Skip(Why.MISSED, BEFORE, now))
        context.store.acts.set_watched_day(slot.show, slot.edition, today)
        return today

    def _see_to(self, context: ShowContext, key: EditionKey) -> datetime | None:
        """Take an edition's due steps one by one; return when the next is due, None if none is."""
        hours = context.hours[key.edition]
        times = hours.times(key.day)
        if times is None or key in self._aired:
            return None
        while not self._stopping.is_set():
            now = context.now()
            if now < times.gather:
                return times.gather
            state = edition_state(context, key)
            if state.aired:
                self._aired.add(key)
            step = timetable.next_step(hours, key.day, state, now)
            if step is None or step.at > now:
                return step.at if step else None
            gate = self._gate.enter_by_due(step.at) if step.act is Act.RENDER else nullcontext()
            try:
                with gate, lease.held(context.store, str(key), context.now) as store:
                    self._take_step(replace(context, store=store), key)
            except EditionBusy:
                return now + BUSY
        return context.now()

    def _take_step(self, context: ShowContext, key: EditionKey) -> None:
        """Take the due step under the lease; an editor's changes in the file count first."""
        self._adopt(context, key)
        step, began = step_of(context, key), context.now()
        if step is None or step.at > began:
            return
        before = context.store.editions.find_standing(key).revision
        outcome, sentence = self._try_step(context, key, step)
        failed_render = step.act is Act.RENDER and outcome is Outcome.FAILED
        if failed_render and context.store.editions.find_standing(key).revision != before:
            outcome = Outcome.PARKED  # What was made of the earlier revision is void; nothing is wrong.
        done = Done(key, step.act, began, context.now(), outcome, sentence)
        context.store.acts.save_act(done)
        LOG.info("%s %s: %s %s", key, step.act, outcome, sentence)
        self._telling.done(context, done)

    def _try_step(self, context: ShowContext, key: EditionKey, step: DueStep) -> tuple[Outcome, str]:
        """Return the outcome of a step with its sentence; only a lost lease is raised."""
        try:
            if step.act is Act.SKIP:
                return Outcome.DONE, _record_skip(context, key, step)
            return Outcome.DONE, self._stages[step.act](context, key, StoppableProgress(self._stopping))
        except EditionBusy:
            raise
        except StageParked as error:
            return Outcome.PARKED, str(error)
        except NothingToSay as error:
            return Outcome.EMPTY, str(error)
        except Exception as error:
            # Whatever it is, the next try may go well, and somebody is told.
            LOG.warning("%s: %s failed", key, step.act, exc_info=True)
            return Outcome.FAILED, error_reason(error)

    def _adopt(self, context: ShowContext, key: EditionKey) -> None:
        """Take over an editor's file; report one that cannot be used, and keep the script before it."""
        if context.store.editions.find_standing(key).stage not in WRITTEN:
            return
        try:
            edition_decisions.adopt(context, key)
        except (ScriptError, OSError) as error:
            self._telling.note_unreadable(context, key, error)


def _edition_day(context: ShowContext, slot: EditionSlot) -> date:
    """Return today's date in the show's time zone."""
    return context.now().astimezone(context.hours[slot.edition].zone).date()


def _record_skip(context: ShowContext, key: EditionKey, step: DueStep) -> str:
    """Record that the edition is not made and return the reason as a sentence."""
    why = step.why or Why.MISSED
    detail = edition_state(context, key).trouble
    context.store.acts.save_skip(key, Skip(why, detail, context.now()))
    return f"{ENGLISH[why]}: {detail}" if detail else ENGLISH[why]

"""What wakes the clock: real schedulers on real databases, and a clock that only says when it wants to be woken."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from briefing.scheduler.clock import EditionSlot
from briefing.scheduler.wakeups import Schedule, wake
from tests.served import wait_for

if TYPE_CHECKING:
    from briefing.scheduler.clock import Clock
    from briefing.storage.store import Store

SLOT, OTHER = EditionSlot("demo", "morning"), EditionSlot("demo", "evening")
NEVER = 3600.0
"""Seconds between ticks where a test wants none."""

SOON = 30
"""Seconds after which a test gives up waiting for another thread."""


class Wanting:
    """A clock that wants to be woken at `moment`, and counts how often it was."""

    def __init__(self, moment: datetime | None, slots: tuple[EditionSlot, ...] = (SLOT,)) -> None:
        self.moment = moment
        self.slots = slots
        self.turns: list[EditionSlot] = []
        self.jumps: list[float] = []
        self.threads: set[str] = set()
        self._woken = threading.Condition()

    def turn(self, slot: EditionSlot) -> datetime | None:
        """Count."""
        with self._woken:
            self.turns.append(slot)
            self.threads.add(threading.current_thread().name)
            self._woken.notify_all()
        return self.moment

    def watch(self) -> None:
        """Nothing is late."""

    def stop(self) -> None:
        """Nothing is under way."""

    def jumped(self, seconds: float) -> None:
        """Remember."""
        self.jumps.append(seconds)

    def knows(self, jumps: int) -> bool:
        """Whether it was told of so many jumps."""
        return len(self.jumps) >= jumps

    def woken(self, times: int) -> bool:
        """Wait until it was woken so often."""
        with self._woken:
            return self._woken.wait_for(lambda: len(self.turns) >= times, SOON)


def scheduled(clock: Wanting, store: Store, tick: float = NEVER, **more: Any) -> Schedule:  # noqa: ANN401 - a wall clock
    """A schedule at work."""
    running = Schedule(cast("Clock", clock), store, tick, **more)
    running.start()
    return running


def asked(running: Schedule) -> None:
    """Wait until the job of a turn is in the database."""
    wait_for(lambda: bool(running._scheduler.get_jobs("default")))


def test_it_looks_at_once_and_has_the_database_wake_it_when_the_clock_wants(store: Store) -> None:
    """The next step is a job that outlives the process; the numbers of the house tell it."""
    moment = datetime.now(UTC) + timedelta(days=1)
    clock = Wanting(moment)
    running = scheduled(clock, store)
    try:
        assert clock.woken(1)
        asked(running)
        assert [job.next_run_time for job in running._scheduler.get_jobs("default")] == [moment]
        assert running.next_runs() == {SLOT: moment}
    finally:
        running.stop()
    later = scheduled(Wanting(None), store)
    try:
        assert [job.next_run_time for job in later._scheduler.get_jobs("default")] == [moment]
    finally:
        later.stop()


def test_a_wake_up_that_was_missed_comes_once_however_late(store: Store) -> None:
    """The machine was off at seven: at the next start the clock is woken for it, besides the first look."""
    clock = Wanting(datetime.now(UTC) + timedelta(seconds=1))
    running = scheduled(clock, store)
    assert clock.woken(1)
    asked(running)
    running.stop()
    missed = Wanting(None)
    time.sleep(1.1)  # the moment passes while nobody is there
    running = scheduled(missed, store)
    try:
        assert missed.woken(2)
        running._scheduler.pause()
        assert missed.turns == [SLOT, SLOT]
        assert running._scheduler.get_jobs("default") == []
    finally:
        running.stop()


def test_jobs_of_editions_that_are_no_more_are_forgotten(store: Store) -> None:
    """An edition was renamed in the configuration."""
    clock = Wanting(datetime.now(UTC) + timedelta(days=1), (OTHER,))
    running = scheduled(clock, store)
    assert clock.woken(1)
    asked(running)
    running.stop()
    later = scheduled(Wanting(None), store)
    try:
        assert later._scheduler.get_jobs("default") == []
    finally:
        later.stop()


def test_a_job_that_another_server_has_removed_ends_nothing(store: Store) -> None:
    """Two servers share the jobs: whoever is later finds nothing to put off or to remove."""
    clock = Wanting(datetime.now(UTC) + timedelta(days=1))
    running = scheduled(clock, store)
    try:
        assert clock.woken(1)
        asked(running)
        jobs = running._scheduler._jobstores["default"]
        job = jobs.lookup_job(str(SLOT))
        jobs.remove_job(str(SLOT))
        jobs.remove_job(str(SLOT))
        jobs.update_job(job)
        assert jobs.get_all_jobs() == []
    finally:
        running.stop()


def test_each_edition_has_a_thread_of_its_own(store: Store) -> None:
    """A render of one keeps no other waiting."""
    clock = Wanting(None, (SLOT, OTHER))
    running = scheduled(clock, store)
    try:
        assert clock.woken(2)
        assert len(clock.threads) == 2
    finally:
        running.stop()


def test_a_jump_of_the_wall_clock_is_told_and_looked_at(store: Store) -> None:
    """Forward as after a sleep, and back: time that passes is counted apart from the time that is shown."""
    shift = [0.0]
    clock = Wanting(None)
    running = scheduled(clock, store, tick=0.05, wall=lambda: time.time() + shift[0])
    try:
        assert clock.woken(1)
        for number, jump in enumerate((3 * 3600, -7200), 1):
            before = len(clock.turns)
            shift[0] += jump
            wait_for(partial(clock.knows, number))
            assert clock.woken(before + 1)
        assert [round(one) for one in clock.jumps] == [3 * 3600, -7200]
    finally:
        running.stop()


def test_a_job_of_a_process_without_a_clock_does_nothing() -> None:
    """A database may be looked into by any program."""
    wake("demo", "morning")

"""What wakes the clock: real schedulers, and a clock that only says when it wants to be woken."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from briefing.scheduler.clock import EditionSlot
from briefing.scheduler.wakeups import Schedule
from tests.served import wait_for

if TYPE_CHECKING:
    from briefing.scheduler.clock import Clock

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

    def poll(self) -> None:
        """Poll nothing."""

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


def scheduled(clock: Wanting, tick: float = NEVER, **more: Any) -> Schedule:  # noqa: ANN401 - a wall clock
    """A schedule at work."""
    running = Schedule(cast("Clock", clock), tick, **more)
    running.start()
    return running


def test_it_looks_at_once_and_wakes_the_clock_when_it_asked_for_it() -> None:
    """The next step is told to whoever reads the metrics."""
    moment = datetime.now(UTC) + timedelta(days=1)
    clock = Wanting(moment)
    running = scheduled(clock)
    try:
        assert clock.woken(1)
        wait_for(lambda: running.next_runs() == {SLOT: moment})
        wait_for(lambda: moment in [job.next_run_time for job in running._scheduler.get_jobs()])
    finally:
        running.stop()


def test_a_wake_up_comes_at_its_moment_without_a_tick() -> None:
    """Seven o'clock is not twenty seconds past seven."""
    clock = Wanting(datetime.now(UTC) + timedelta(seconds=0.2))
    running = scheduled(clock)
    try:
        assert clock.woken(2)
    finally:
        running.stop()


def test_after_a_restart_everything_is_looked_at_whatever_was_missed() -> None:
    """No job outlives the process: what is due follows from our own tables, and the first look asks them."""
    first = Wanting(datetime.now(UTC) + timedelta(days=1))
    running = scheduled(first)
    assert first.woken(1)
    running.stop()
    second = Wanting(None, (SLOT, OTHER))
    running = scheduled(second)
    try:
        assert second.woken(2)
        assert set(second.turns) == {SLOT, OTHER}
    finally:
        running.stop()


def test_each_edition_has_a_thread_of_its_own() -> None:
    """A render of one keeps no other waiting."""
    clock = Wanting(None, (SLOT, OTHER))
    running = scheduled(clock)
    try:
        assert clock.woken(2)
        assert len(clock.threads) == 2
    finally:
        running.stop()


def test_a_jump_of_the_wall_clock_is_told_and_looked_at() -> None:
    """Forward as after a sleep, and back: time that passes is counted apart from the time that is shown."""
    shift = [0.0]
    clock = Wanting(None)
    running = scheduled(clock, tick=0.05, wall=lambda: time.time() + shift[0])
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

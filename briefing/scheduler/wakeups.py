"""Wake-ups of the clock: when it asked for one, every few seconds, after a sleep of the machine. The home of APScheduler.

Jobs only wake: `clock` decides what is due from our own tables. So a job that comes late or twice does no harm, and jobs
lie in memory only: the package stores them as pickles, by which whoever can write the table can run code here.
"""

from __future__ import annotations

import logging
import threading
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing.scheduler.clock import Clock, EditionSlot

TICK = 20.0
"""Seconds after which the clock looks anyway: somebody approved, an editor saved, a sleeping machine woke up."""

JUMP = 60.0
"""Seconds by which the wall clock must have moved otherwise than time passed before somebody is told."""

POLLING = "polling"
"""Name of the job that polls the sources, in a thread of its own."""

POLL_TICK = 60.0
"""Seconds after which it is looked whether a source is due."""

SETTINGS = {
    # However late: a laptop that wakes at eight must know of what it missed at seven. The library's own second would
    # drop it without a word.
    "misfire_grace_time": None,
    # Once for everything that was missed: each turn looks at all that is due.
    "coalesce": True,
    # A turn that renders for minutes is not joined by a second one.
    "max_instances": 1,
}


class Schedule:
    """Runs a clock in the background, each edition in a thread of its own, so that none keeps another waiting."""

    def __init__(self, clock: Clock, tick: float = TICK, wall: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._tick = tick
        self._wall = wall
        self._ended = threading.Event()
        self._pulse = threading.Thread(target=self._look, name="pulse", daemon=True)
        self._asked: dict[EditionSlot, datetime | None] = {}
        self._scheduler = BackgroundScheduler(
            executors={str(slot): ThreadPoolExecutor(1) for slot in clock.slots}
            | {POLLING: ThreadPoolExecutor(1)},
            job_defaults=SETTINGS,
            timezone=UTC,
        )
        # A turn that is still at work when the next tick comes is what `max_instances` is for, not worth a warning.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)

    def start(self) -> None:
        """Look at everything at once, then whenever there is a reason."""
        self._scheduler.start()
        for slot in self._clock.slots:
            self._scheduler.add_job(
                self.turn,
                "interval",
                args=[slot],
                id=str(slot),
                seconds=self._tick,
                next_run_time=datetime.now(UTC),
                executor=str(slot),
            )
        self._scheduler.add_job(self._clock.poll, "interval", id=POLLING, seconds=POLL_TICK, executor=POLLING)
        self._pulse.start()

    def stop(self) -> None:
        """Finish or park what is at work, and wait for that."""
        self._ended.set()
        self._clock.stop()
        self._pulse.join()
        self._scheduler.shutdown()

    def turn(self, slot: EditionSlot) -> None:
        """Let the clock do what is due, and wake it again when it asked for it."""
        moment = self._clock.turn(slot)
        if moment is None or self._asked.get(slot) == moment or self._ended.is_set():
            return
        self._asked[slot] = moment
        self._scheduler.add_job(
            self.turn,
            "date",
            args=[slot],
            id=f"{slot} asked",
            run_date=moment,
            replace_existing=True,
            executor=str(slot),
        )

    def next_runs(self) -> dict[tuple[str, str], datetime]:
        """Return when each edition has something to be done."""
        return {slot: moment for slot, moment in self._asked.copy().items() if moment is not None}

    def wrong(self) -> str:
        """Return what is wrong with it while it should run: '' for nothing."""
        if not (self._scheduler.running and self._pulse.is_alive()):
            return "stands still; start the server again"
        return ""

    def _look(self) -> None:
        """Tell what is late, whatever the turns are busy with, and notice when the wall clock jumps.

        This counts seconds that passed: after the wall clock was set back, the jobs' times would be far in the future.
        """
        ahead = self._wall() - time.monotonic()
        while not self._ended.wait(self._tick):
            self._clock.watch()
            jump = self._wall() - time.monotonic() - ahead
            ahead += jump
            if abs(jump) >= JUMP:
                self._clock.jumped(jump)
                for slot in self._clock.slots:
                    self._scheduler.modify_job(str(slot), next_run_time=datetime.now(UTC))

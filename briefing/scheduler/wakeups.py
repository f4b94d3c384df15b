"""Wakes the clock: when it asked for it, every few seconds, and after a sleep of the machine. The home of APScheduler.

Jobs only wake: `clock` decides what is due. So a job that comes late, twice, or from another server does no harm, and the
settings below say so: a job that was missed runs however late it is, once for all the times that it was missed.
"""

from __future__ import annotations

import logging
import threading
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from briefing.scheduler.clock import EditionSlot

if TYPE_CHECKING:
    from collections.abc import Callable

    from apscheduler.job import Job

    from briefing.scheduler.clock import Clock
    from briefing.storage.store import Store

TICK = 20.0
"""Seconds after which the clock looks anyway: somebody approved, an editor saved, a sleeping machine woke up."""

JUMP = 60.0
"""Seconds by which the wall clock must have moved otherwise than time passed before somebody is told."""

SETTINGS = {
    # However late: a laptop that wakes at eight must know of what it missed at seven. The library's own second would
    # drop it without a word.
    "misfire_grace_time": None,
    # Once for everything that was missed: each turn looks at all that is due.
    "coalesce": True,
    # A turn that renders for minutes is not joined by a second one.
    "max_instances": 1,
}

_RUNNING: dict[str, Schedule] = {}
"""The schedule of this process, if it has one: a job in a database can name a function, but not an object."""


LOG = logging.getLogger(__name__)


class Shared(SQLAlchemyJobStore):  # type: ignore[misc]  # the package has no types
    """Jobs that several servers share.

    One that another server has run and removed, or a database that is away for a moment, must not end the library's
    loop; each turn asks for what it needs again.
    """

    def update_job(self, job: Job) -> None:
        """Store the job's next time, if there is still such a job."""
        try:
            super().update_job(job)
        except Exception:
            # What is raised here ends the library's thread.
            LOG.debug("the job %s could not be put off", job.id, exc_info=True)

    def remove_job(self, job_id: str) -> None:
        """Remove the job, if it is still there."""
        try:
            super().remove_job(job_id)
        except Exception:
            # As above.
            LOG.debug("the job %s could not be removed", job_id, exc_info=True)


class Schedule:
    """Runs a clock in the background, each edition in a thread of its own, so that none keeps another waiting."""

    def __init__(
        self, clock: Clock, store: Store, tick: float = TICK, wall: Callable[[], float] = time.time
    ) -> None:
        self._clock = clock
        self._tick = tick
        self._wall = wall
        self._ended = threading.Event()
        self._pulse = threading.Thread(target=self._look, name="pulse", daemon=True)
        self._asked: dict[EditionSlot, datetime | None] = {}
        self._scheduler = BackgroundScheduler(
            jobstores={"default": Shared(engine=store.engine), "ticks": MemoryJobStore()},
            executors={str(slot): ThreadPoolExecutor(1) for slot in clock.slots},
            job_defaults=SETTINGS,
            timezone=UTC,
        )
        # A turn that is still at work when the next tick comes is what `max_instances` is for, not worth a warning.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)

    def start(self) -> None:
        """Begin: look at everything at once, then whenever there is a reason."""
        _RUNNING["this"] = self
        self._scheduler.start()
        known = {str(slot) for slot in self._clock.slots}
        for job in self._scheduler.get_jobs("default"):
            if job.id not in known:
                self._scheduler.remove_job(job.id, "default")
        for slot in self._clock.slots:
            self._scheduler.add_job(
                self.turn,
                "interval",
                args=[slot],
                id=str(slot),
                seconds=self._tick,
                next_run_time=datetime.now(UTC),
                jobstore="ticks",
                executor=str(slot),
            )
        self._pulse.start()

    def stop(self) -> None:
        """Finish or park what is at work, and wait for that."""
        self._ended.set()
        self._clock.stop()
        self._pulse.join()
        self._scheduler.shutdown()
        _RUNNING.pop("this", None)

    def turn(self, slot: EditionSlot) -> None:
        """Let the clock do what is due, and have the database wake us when it asked for."""
        moment = self._clock.turn(slot)
        if moment is None or self._asked.get(slot) == moment or self._ended.is_set():
            return
        self._asked[slot] = moment
        self._scheduler.add_job(
            wake,
            "date",
            args=[*slot],
            id=str(slot),
            run_date=moment,
            replace_existing=True,
            executor=str(slot),
        )

    def next_runs(self) -> dict[tuple[str, str], datetime]:
        """When each edition has something to be done."""
        return {slot: moment for slot, moment in self._asked.copy().items() if moment is not None}

    def wrong(self) -> str:
        """What is wrong with it while it should run: '' for nothing."""
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
                    self._scheduler.modify_job(str(slot), "ticks", next_run_time=datetime.now(UTC))


def wake(show: str, edition: str) -> None:
    """What a job in the database does."""
    if "this" in _RUNNING:
        _RUNNING["this"].turn(EditionSlot(show, edition))

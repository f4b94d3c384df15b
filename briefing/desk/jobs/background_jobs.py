"""Long work in the background: one job an edition, told to whoever looks while it goes on."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from threading import Event, Lock
from typing import TYPE_CHECKING, Literal

from briefing.desk import problems
from briefing.errors import BriefingError, EditionBusy
from feed.errors import FeedError
from voices.errors import VoicesError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fastapi import Request

    from briefing.editions.show_context import Progress
    from briefing.model import EditionKey, Rundown

LOG = logging.getLogger(__name__)

JOBS_AT_ONCE = 2
"""Editions that are worked on at the same time; what is more waits."""


class ServerStopped(Exception):  # noqa: N818 - the name is what happened to the work
    """The server ends: what is done is kept, and the next run goes on from there."""


@dataclass(frozen=True, slots=True)
class EditionJob:
    """Long work on an edition: what, for whom, how far it is, and the trouble it ended with, if any.

    `title` and `sentence` are that trouble in Chinese.
    """

    what: str
    who: str
    state: Literal["running", "done", "failed"] = "running"
    step: str = ""
    spoken: int = 0
    sentences: int = 0
    title: str = ""
    sentence: str = ""
    trouble: str = ""


class BackgroundJobs:
    """The jobs of a server. Jobs run in threads; those who look get each change of a job in their event loop."""

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(JOBS_AT_ONCE, "work")
        self._lock = Lock()
        self._jobs: dict[EditionKey, EditionJob] = {}
        self._watching: dict[EditionKey, list[Callable[[EditionJob], None]]] = {}
        self.closing = Event()

    def start_job(
        self, key: EditionKey, what: str, who: str, task: Callable[[Progress], object]
    ) -> EditionJob:
        """Begin a job; raises `EditionBusy` while another one of the edition goes on."""
        job = EditionJob(what, who)
        with self._lock:
            other = self._jobs.get(key)
            if other and other.state == "running":
                raise EditionBusy(f"{other.who} has begun to {other.what} {key}; wait until that is done")
            self._jobs[key] = job
        self._tell_watchers(key, job)
        self._executor.submit(self._run_job, key, task)
        return job

    def find_job(self, key: EditionKey) -> EditionJob | None:
        """The job of an edition that goes on, or the last one that ended here."""
        return self._jobs.get(key)

    @contextmanager
    def watch_jobs(self, key: EditionKey) -> Iterator[asyncio.Queue[EditionJob]]:
        """A queue, of the running event loop, that gets each change of the edition's jobs."""
        queue: asyncio.Queue[EditionJob] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def told(job: EditionJob) -> None:
            # A loop that has ended has nobody who looks.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(queue.put_nowait, job)

        with self._lock:
            self._watching.setdefault(key, []).append(told)
        try:
            yield queue
        finally:
            with self._lock:
                self._watching[key].remove(told)

    def close(self) -> None:
        """Stop at the next sentence or step, and wait until it is stopped."""
        self.closing.set()
        self._executor.shutdown(cancel_futures=True)

    def change_job(self, key: EditionKey, **values: object) -> None:
        """Something of the edition's job is different now; raises `Stopped` when the server ends."""
        if self.closing.is_set() and "state" not in values:
            raise ServerStopped
        with self._lock:
            job = self._jobs[key] = replace(self._jobs[key], **values)  # type: ignore[arg-type]  # of Job's fields
        self._tell_watchers(key, job)

    def _run_job(self, key: EditionKey, task: Callable[[Progress], object]) -> None:
        try:
            task(_JobProgress(self, key))
        except (BriefingError, VoicesError, FeedError) as error:
            self._fail_job(key, error, str(error))
        except ServerStopped:
            ended = BriefingError("the server ended; run it again to go on")
            self._fail_job(key, ended, str(ended))
        except Exception as error:
            LOG.exception("%s: the work failed", key)
            self._fail_job(key, error, "the work failed; see the server's log")
        else:
            self.change_job(key, state="done")

    def _fail_job(self, key: EditionKey, error: Exception, trouble: str) -> None:
        problem = problems.make_problem(error)
        self.change_job(key, state="failed", title=problem.title, sentence=problem.sentence, trouble=trouble)

    def _tell_watchers(self, key: EditionKey, job: EditionJob) -> None:
        with self._lock:
            for receiver in self._watching.get(key, ()):
                receiver(job)


class _JobProgress:
    """A pipeline's progress, told to those who look."""

    def __init__(self, work: BackgroundJobs, key: EditionKey) -> None:
        self._work = work
        self._key = key

    def chose(self, chosen: Rundown) -> None:
        """The rundown has its own page."""

    def spoke(self, done: int, total: int) -> None:
        """So many of so many sentences are spoken."""
        self._work.change_job(self._key, spoken=done, sentences=total)

    def step(self, what: str) -> None:
        """Something that takes a while begins."""
        self._work.change_job(self._key, step=what)


def jobs_of(request: Request) -> BackgroundJobs:
    """The long work of this server."""
    work: BackgroundJobs = request.app.state.work
    return work

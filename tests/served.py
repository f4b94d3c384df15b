"""A server that a test starts and kills: the whole newsroom, with a clock that the test set, in a process of its own.

The processes are forked from one that has loaded everything, so that a hundred of them take no time to start.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from briefing import config, mandarin
from briefing.cli import serving
from briefing.editions import stages
from briefing.scheduler.clock import Clock
from briefing.scheduler.wakeups import Schedule
from briefing.server import assembly
from briefing.storage.store import opened
from briefing.wiring.show_contexts import build_newsroom
from feed.server import media_server
from tests.clockwork import Heard

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.context import ForkServerProcess
    from pathlib import Path

    from briefing.editions.newsroom import Newsroom
    from briefing.storage.store import Store

mandarin.pinyin("预先加载词典。")


class Start(NamedTuple):
    """What a server is started with: the newsroom, the database, what time it was there when, and where it listens."""

    config: Path
    database: str
    was: datetime
    when: float
    port: int

    def now(self) -> datetime:
        """What time it is there."""
        return (self.was.astimezone(UTC) + timedelta(seconds=time.time() - self.when)).astimezone(
            self.was.tzinfo
        )


def started(start: Start) -> ForkServerProcess:
    """A server at work."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.served"])
    # A test that fails must not wait for what it has left running.
    process = context.Process(target=run, args=(start,), daemon=True)
    process.start()
    return process


def newsroom(start: Start, store: Store) -> Newsroom:
    """The newsroom that the configuration describes, at the test's time."""
    described = config.load(start.config)
    made = build_newsroom(described, store, described.folder.resolve())
    contexts = {slug: replace(context, now=start.now) for slug, context in made.contexts.items()}
    return replace(made, contexts=contexts, now=start.now)


def run(start: Start) -> None:
    """As `briefing serve` does, until SIGTERM."""
    signal.signal(signal.SIGTERM, serving._stop)
    described = config.load(start.config)
    with opened(start.database, described.folder.resolve()) as store, suppress(KeyboardInterrupt):
        made = newsroom(start, store)
        running = Schedule(Clock(made, Heard()), tick=0.2)
        running.start()
        try:
            media_server.run_server(assembly.build_app(made), "127.0.0.1", start.port)
        finally:
            running.stop()


OPERATIONS = frozenset(
    {"open", "write", "fsync", "replace", "rename", "unlink", "mkdir", "scandir", "stat", "execute"}
    | {"connect", "send", "sendall", "recv_into"}
)
"""Calls of the system and of the database at which a process can be killed, by the names of their functions."""


def run_counting(start: Start, environment: dict[str, str], kill_number: int, report: Path) -> None:
    """As `run`; kill the process in front of its `kill_number`-th operation while it publishes, 0 for never.

    How many operations there were is in `report` afterwards, if it was not killed.
    """
    os.environ.update(environment)
    publish = stages.publish

    def publish_counted(*given: Any, **named: Any) -> object:  # noqa: ANN401 - whatever the stage takes
        count = 0

        def count_operation(_frame: object, event: str, function: Any) -> None:  # noqa: ANN401 - Python's profile hook
            nonlocal count
            if event == "c_call" and function.__name__ in OPERATIONS:
                count += 1
                if count == kill_number:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(count_operation)
        try:
            return publish(*given, **named)
        finally:
            sys.setprofile(None)
            report.write_text(str(count), encoding="utf-8")

    stages.publish = publish_counted  # type: ignore[assignment]  # the same act, counted
    run(start)


def start_counting(
    start: Start, environment: dict[str, str], kill_number: int, report: Path
) -> ForkServerProcess:
    """Start a server that is killed while it publishes, as `run_counting`."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.served"])
    arguments = (start, environment, kill_number, report)
    process = context.Process(target=run_counting, args=arguments, daemon=True)
    process.start()
    return process


def wait_for(what: Callable[[], bool], seconds: float = 240) -> None:
    """Wait for something that another process does; fails when it does not.

    The lease of a killed server lasts up to ninety seconds, and who finds it held looks again a minute later.
    """
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "the server did not get there"
        time.sleep(0.05)

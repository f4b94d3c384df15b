"""One run at a time for an edition, across processes and machines: a row of the database, for a minute at a time.

A holder renews its lease while it works and gives it back at the end. One that was killed is found out at once on its own
machine, and after a minute everywhere else. One that slept (a laptop that was closed, a process that was stopped) and has
lost its lease meanwhile can store nothing more, so that what it was about to publish is not published twice.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar
from uuid import uuid4

from briefing.errors import EditionBusy, LeaseLost
from briefing.storage.store import Holder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from briefing.editions.show_context import ShowContext
    from briefing.model import EditionKey
    from briefing.storage.store import Store

SPAN = timedelta(seconds=60)
"""How long a lease lasts unless it is renewed."""

SKEW = timedelta(seconds=30)
"""How far the clocks of two machines may be apart."""

BEAT = 15.0
"""Seconds between renewals: three may be lost before the lease is."""

Told = ParamSpec("Told")
Made = TypeVar("Made")

_renewed_until: dict[str, datetime] = {}
"""End of each lease that this process holds, as last renewed, by its owner."""

LOG = logging.getLogger(__name__)


def _utc() -> datetime:
    return datetime.now(UTC)


def with_edition_lease(
    stage: Callable[Concatenate[ShowContext, EditionKey, Told], Made],
) -> Callable[Concatenate[ShowContext, EditionKey, Told], Made]:
    """Run a stage while nobody else is at work on the edition; raise `EditionBusy` when somebody is."""

    @wraps(stage)
    def leased(context: ShowContext, key: EditionKey, /, *args: Told.args, **kwargs: Told.kwargs) -> Made:
        with held(context.store, str(key), context.now) as store:
            return stage(replace(context, store=store), key, *args, **kwargs)

    return leased


@contextmanager
def held(store: Store, name: str, now: Callable[[], datetime] = _utc) -> Iterator[Store]:
    """Hold the lease `name` during the block, which is given the store to work with.

    A store that holds it already is given as it is. Raises `EditionBusy` at once when another has the lease; in the block
    the store raises `LeaseLost` from when another has taken it.
    """
    if store.holds(name):
        yield store
        return
    taken = now()
    mine = Holder(uuid4().hex, place(), os.getpid(), born(os.getpid()), taken, taken + SPAN)
    other = store.leases.take_lease(name, mine, lambda one: gone(one, now()))
    if other is not None:
        raise EditionBusy(
            f"{name} is being worked on by process {other.pid} since {other.taken:%H:%M:%S}; "
            "wait for it, or see `briefing status`"
        )
    _renewed_until[mine.owner] = mine.until
    done = threading.Event()
    beat = threading.Thread(target=_beat, args=(store, name, mine.owner, now, done), daemon=True)
    beat.start()
    try:
        yield store.holding(name, mine.owner)
    finally:
        done.set()
        beat.join()
        _renewed_until.pop(mine.owner, None)
        store.leases.give_back_lease(name, mine.owner)


def sweep(store: Store, now: Callable[[], datetime] = _utc) -> None:
    """Forget the leases of those who are gone: nobody may ever ask for one that was left on what is finished.

    A process of this machine that lives keeps its own, however long the machine slept.
    """
    for name, holder in store.leases.list_leases().items():
        if not _lives(holder) and gone(holder, now()):
            store.leases.give_back_lease(name, holder.owner)


def confirm(store: Store, now: Callable[[], datetime] = _utc) -> None:
    """Raise `LeaseLost` unless the store's leases are all still held: asked before something that is no transaction.

    The database is asked only when a renewal is overdue: until then nobody else can have taken the lease, and an edition
    has twenty files to publish.
    """
    if not all(now() < _renewed_until.get(owner, now()) - SKEW for owner in store.lease_owners):
        store.leases.list_leases()


def _beat(store: Store, name: str, owner: str, now: Callable[[], datetime], done: threading.Event) -> None:
    while not done.wait(BEAT):
        try:
            until = now() + SPAN
            if not store.leases.renew_lease(name, owner, until):
                _renewed_until.pop(owner, None)
                return
            _renewed_until[owner] = until
        except LeaseLost:
            _renewed_until.pop(owner, None)
            return
        except Exception:
            # A database that is away for a moment; if it stays away, the lease runs out, as it should.
            LOG.warning("the lease %s could not be renewed", name, exc_info=True)


def gone(holder: Holder, now: datetime) -> bool:
    """Return whether a holder's time has run out, or its process is one of this machine that has ended."""
    if holder.until <= now:
        return True
    return holder.place == place() and not _lives(holder)


def _lives(holder: Holder) -> bool:
    """Return whether the holder is a process of this machine that has not ended."""
    return holder.place == place() and born(holder.pid) == holder.born


@cache
def place() -> str:
    """Return where process numbers mean the same: this start of this machine, and on Linux this container of it."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return socket.gethostname()


def born(pid: int) -> str:
    """Return when a process of this machine began, as far as the system tells; empty when it has ended.

    A number is given again to another process, which has another time (proc(5), fields 3 and 22).
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return "" if Path("/proc/self/stat").exists() else _alive(pid)
    state, *fields = stat.rpartition(")")[2].split()
    return "" if state in "ZX" else fields[18]


def _alive(pid: int) -> str:
    """Return where there is no /proc: whether there is a process with that number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return ""
    except PermissionError:
        return "alive"
    return "alive"

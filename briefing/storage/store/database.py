"""Transactions on the database, the base of the repositories, and what several of them ask or change."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from briefing.errors import DatabaseFailed, LeaseLost, StageError
from briefing.model import NEXT_STAGES, EditionKey, Stage
from briefing.storage.store.schema import AUDIT, EDITIONS, LEASES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

WRITES = "writes"
"""Execution option of a connection whose transaction may write."""


@dataclass(frozen=True, slots=True)
class Database:
    """Connections to a database, and the folder that paths of recordings count from."""

    engine: sa.Engine
    root: Path
    leases: tuple[tuple[str, str], ...] = ()
    """Leases on which every transaction depends, each with its owner: none has any effect once one is lost."""
    joined: sa.Connection | None = None
    """Transaction that all reads share, if they do."""

    def begin_read(self) -> AbstractContextManager[sa.Connection]:
        """Begin a transaction that only reads: it sees one moment, and waits for nobody."""
        return nullcontext(self.joined) if self.joined is not None else self._begin(self.engine)

    def begin_write(self) -> AbstractContextManager[sa.Connection]:
        """Begin a transaction that may write: all of its block, or nothing."""
        return self._begin(self.engine.execution_options(**{WRITES: True}))

    def hold_lease(self, name: str, owner: str) -> Database:
        """Return the same database with one more lease on which every transaction depends."""
        return replace(self, leases=(*self.leases, (name, owner)), joined=None)

    @contextmanager
    def join_reads(self) -> Iterator[Database]:
        """Yield the same database with reads that are one transaction, all at one moment."""
        with self.begin_read() as db:
            yield replace(self, joined=db)

    @contextmanager
    def _begin(self, engine: sa.Engine) -> Iterator[sa.Connection]:
        """Begin a transaction; raises `LeaseLost` when another has a lease of ours, `DatabaseFailed`."""
        try:
            with engine.begin() as db:
                self._check_leases(db)
                yield db
        except sa.exc.OperationalError as error:
            raise DatabaseFailed(
                f"the database cannot be used: {error.orig}; look at its file or its server, and at the disk"
            ) from error

    def _check_leases(self, db: sa.Connection) -> None:
        for name, owner in self.leases:
            # Locked until the transaction ends, so that nobody takes the lease between the look and the commit.
            lease = sa.select(LEASES.c.owner).where(LEASES.c.name == name).with_for_update(read=True)
            if db.scalar(lease) != owner:
                raise LeaseLost(f"{name} was taken over by another process; nothing of this run was stored")


class Repository:
    """Base of the repositories: queries on one subject, each of them a transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database


@dataclass(frozen=True, slots=True)
class Standing:
    """Standing of an edition: its stage and the revision of its script (0 before there is one)."""

    key: EditionKey
    stage: Stage
    revision: int


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Entry of the audit log: when, who, what, about which edition or account, and from which address."""

    at: datetime
    who: str
    what: str
    about: str
    place: str


def log_audit(db: sa.Connection, entry: AuditEntry) -> None:
    """Write an entry into the audit log, within a transaction."""
    row = {"who": entry.who, "what": entry.what, "about": entry.about, "place": entry.place}
    db.execute(AUDIT.insert().values(at=utc_text(entry.at), **row))


def utc_text(moment: datetime) -> str:
    """Return a moment as it is stored where moments are compared: in UTC, always of one length."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def key_row(key: EditionKey) -> dict[str, str]:
    """Return an edition's key as the columns of any table that has them."""
    return {"show": key.show, "day": key.day.isoformat(), "edition": key.edition}


def key_of(row: sa.Row[Any]) -> EditionKey:
    """Return the edition of a row of any table with an edition's columns."""
    return EditionKey(row.show, date.fromisoformat(row.day), row.edition)


def is_of(table: sa.Table, key: EditionKey) -> list[sa.ColumnElement[bool]]:
    """Return the conditions that pick an edition's rows of a table."""
    return [table.c[name] == value for name, value in key_row(key).items()]


def standing_of(db: sa.Connection, key: EditionKey) -> Standing:
    """Return where an edition stands; one that nobody began is NEW."""
    row = db.execute(sa.select(EDITIONS).where(*is_of(EDITIONS, key))).one_or_none()
    return Standing(key, Stage(row.stage), row.revision) if row else Standing(key, Stage.NEW, 0)


KEPT_OFF = {
    Stage.HELD: "`briefing approve` lets it go on the air",
    Stage.WITHDRAWN: "only `briefing reinstate` brings it back",
}
"""What keeps an edition off the air, and how it is let on."""


def check_change(key: EditionKey, now: Stage, stage: Stage) -> None:
    """Raise `StageError` for a change that the table in `model` does not allow."""
    if stage in NEXT_STAGES[now]:
        return
    if now is Stage.WITHDRAWN:
        raise StageError(f"{key} is {now}; {KEPT_OFF[now]}")
    allowed = ", ".join(sorted(NEXT_STAGES[now]))
    raise StageError(f"{key} is {now} and cannot become {stage}; from here it can become: {allowed}")


def move_to(db: sa.Connection, key: EditionKey, stage: Stage) -> None:
    """Change the stage; raises `StageError` for a change that the table in `model` does not allow."""
    now = standing_of(db, key).stage
    check_change(key, now, stage)
    if now is Stage.NEW:
        db.execute(EDITIONS.insert().values(**key_row(key), stage=stage, revision=0))
    else:
        db.execute(EDITIONS.update().where(*is_of(EDITIONS, key)).values(stage=stage))

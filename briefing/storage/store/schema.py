"""The tables as the queries see them, and what every part of the store shares."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from briefing.errors import LeaseLost, StageError
from briefing.model import NEXT_STAGES, EditionKey, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

WRITES = "writes"
"""Execution option of a connection whose transaction may write."""

TABLES = sa.MetaData()


def table(
    name: str,
    *columns: str,
    json: tuple[str, ...] = (),
    numbers: tuple[str, ...] = (),
    blobs: tuple[str, ...] = (),
) -> sa.Table:
    """A table as the queries see it; the migrations are what makes it."""
    kinds: dict[str, Any] = dict.fromkeys(json, sa.JSON) | dict.fromkeys(numbers, sa.Integer)
    kinds |= dict.fromkeys(blobs, sa.LargeBinary)
    return sa.Table(name, TABLES, *(sa.Column(column, kinds.get(column, sa.String)) for column in columns))


KEY = ("show", "day", "edition")
SHOWS = table("shows", "slug", "guid")
ARTICLES = table("articles", "id", "source", "published", "body", json=("body",))
EDITIONS = table("editions", *KEY, "stage", "revision", numbers=("revision",))
POOL = table("edition_articles", *KEY, "position", "article", numbers=("position",))
SCRIPTS = table("scripts", *KEY, "revision", "text", "author", "saved", numbers=("revision",))
RECORDINGS = table("recordings", *KEY, "revision", "body", json=("body",), numbers=("revision",))
EPISODES = table("episodes", *KEY, "guid", "number", "body", json=("body",), numbers=("number",))
NUMBERS = table("numbers", "show", "number", "guid", "published", numbers=("number",))
WITHDRAWALS = table("withdrawals", *KEY, "withdrawn", "why", "body", json=("body",))


COPIES = table(
    "copies", "key", "etag", "modified", "url", "type", "charset", "content", "kept", blobs=("content",)
)
SOURCES = table(
    "source_states", "name", "worked", "articles", "failed", "trouble", "polled", "failures",
    numbers=("articles", "failures"),
)  # fmt: skip
SOURCE_POOL = table("source_pool", "source", "article", "met")
DOWNLOADS = table("downloads", "show", "episode", "day", "times", numbers=("times",))
ENTRIES = table("undated_entries", "source", "entry", "met")
PUSHED = table("pushed_articles", "show", "article")
ALARMS = table("alarms", "name", "severity", "sentence", "since", "times", "told", numbers=("times",))
ACTS = table("acts", "id", *KEY, "act", "began", "ended", "outcome", "sentence", numbers=("id",))
SKIPS = table("skips", *KEY, "why", "detail", "decided")
WATCHED = table("watched", "show", "edition", "day")
LEASES = table("leases", "name", "owner", "place", "pid", "born", "taken", "until", numbers=("pid",))

PEOPLE = table("people", "name", "role", "secret", "made")
SESSIONS = table("sessions", "digest", "person", "made", "seen")
TOKENS = table("tokens", "name", "digest", "scopes", "made", json=("scopes",))
ATTEMPTS = table("login_attempts", "id", "of", "at", numbers=("id",))
AUDIT = table("audit", "id", "at", "who", "what", "about", "place", numbers=("id",))
VERIFIED = table("verified_sentences", *KEY, "digest", "text", "person", "at")
DRAFTS = table("drafts", "person", *KEY, "base", "body", "saved", json=("body",), numbers=("base",))


@dataclass(frozen=True, slots=True)
class Standing:
    """Standing of an edition: its stage and the revision of its script (0 before there is one)."""

    key: EditionKey
    stage: Stage
    revision: int


class Part:
    """Base of a part of the store. `root` is the folder that paths of recordings count from.

    `leases` are those on which every transaction depends, each with its owner: none has any effect once one is lost.
    """

    def __init__(self, engine: sa.Engine, root: Path, leases: tuple[tuple[str, str], ...] = ()) -> None:
        self._engine = engine
        self._root = root
        self._leases = leases
        self._joined: sa.Connection | None = None

    def _read(self) -> AbstractContextManager[sa.Connection]:
        """Begin a transaction that only reads: it sees one moment, and waits for nobody."""
        return nullcontext(self._joined) if self._joined is not None else self._begin(self._engine)

    def _write(self) -> AbstractContextManager[sa.Connection]:
        """Begin a transaction that may write: all of its block, or nothing."""
        return self._begin(self._engine.execution_options(**{WRITES: True}))

    @contextmanager
    def _begin(self, engine: sa.Engine) -> Iterator[sa.Connection]:
        """Begin a transaction; raises `LeaseLost` when another has a lease of ours."""
        with engine.begin() as db:
            for name, owner in self._leases:
                # Locked until the transaction ends, so that nobody takes the lease between the look and the commit.
                lease = sa.select(LEASES.c.owner).where(LEASES.c.name == name).with_for_update(read=True)
                if db.scalar(lease) != owner:
                    raise LeaseLost(
                        f"{name} was taken over by another process; nothing of this run was stored"
                    )
            yield db


def key_row(key: EditionKey) -> dict[str, str]:
    """An edition's key, as the columns of any table that has them."""
    return {"show": key.show, "day": key.day.isoformat(), "edition": key.edition}


def key_of(row: sa.Row[Any]) -> EditionKey:
    """The edition of a row of any table with an edition's columns."""
    return EditionKey(row.show, date.fromisoformat(row.day), row.edition)


def is_of(table: sa.Table, key: EditionKey) -> list[sa.ColumnElement[bool]]:
    """The conditions that pick an edition's rows of a table."""
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

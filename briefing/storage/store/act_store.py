"""Repository of the acts of the clock with their outcomes, of skipped editions, and of what is settled."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from briefing.model import Act, Skip, Why
from briefing.storage.store.database import Repository, Standing, is_of, key_of, key_row, standing_of
from briefing.storage.store.schema import ACTS, EPISODES, SCRIPTS, SKIPS, WATCHED

if TYPE_CHECKING:
    from briefing.model import EditionKey

ACTS_KEPT = timedelta(days=90)
"""How long it is remembered what was done; its result is kept by other repositories."""


class Outcome(StrEnum):
    """Outcome of an act; PARKED was stopped and goes on later, EMPTY found no news."""

    DONE = "done"
    EMPTY = "empty"
    FAILED = "failed"
    PARKED = "parked"


class Done(NamedTuple):
    """An act: what was done to which edition, from when to when, how it ended, and what there is to say of it."""

    key: EditionKey
    act: Act
    began: datetime
    ended: datetime
    outcome: Outcome
    sentence: str = ""


class Situation(NamedTuple):
    """All that the clock asks about an edition, as it was at one moment.

    `author` and `saved` are of the newest revision of its script, if there is one.
    """

    standing: Standing
    aired: bool
    acts: tuple[Done, ...]
    author: str
    saved: datetime | None
    skip: Skip | None


class ActRepository(Repository):
    """Acts of the clock."""

    def find_situation(self, key: EditionKey) -> Situation:
        """Return how far an edition is, and what was done to it."""
        newest = sa.select(SCRIPTS.c.author, SCRIPTS.c.saved).where(*is_of(SCRIPTS, key))
        newest = newest.order_by(SCRIPTS.c.revision.desc()).limit(1)
        with self._database.begin_read() as db:
            acts = [_done(row) for row in db.execute(_acts_of(key))]
            aired = db.scalar(sa.select(sa.exists().where(*is_of(EPISODES, key))))
            script = db.execute(newest).one_or_none()
            return Situation(
                standing_of(db, key),
                bool(aired),
                tuple(acts),
                script.author if script else "",
                datetime.fromisoformat(script.saved) if script else None,
                _skip_of(db, key),
            )

    def save_act(self, done: Done) -> None:
        """Remember it; what is older than `ACTS_KEPT` is forgotten."""
        row = {
            "act": done.act,
            "began": done.began.isoformat(),
            "ended": done.ended.isoformat(),
            "outcome": done.outcome,
            "sentence": done.sentence,
        }
        with self._database.begin_write() as db:
            old = (done.key.day - ACTS_KEPT).isoformat()
            db.execute(ACTS.delete().where(ACTS.c.show == done.key.show, ACTS.c.day < old))
            db.execute(ACTS.insert().values(**key_row(done.key), **row))

    def list_acts(self, key: EditionKey) -> tuple[Done, ...]:
        """Return what was done to an edition, in order."""
        with self._database.begin_read() as db:
            return tuple(_done(row) for row in db.execute(_acts_of(key)))

    def save_skip(self, key: EditionKey, skip: Skip) -> None:
        """An edition is not made: keep why, in place of what was decided before."""
        row = {"why": skip.why, "detail": skip.detail, "decided": skip.decided.isoformat()}
        with self._database.begin_write() as db:
            db.execute(SKIPS.delete().where(*is_of(SKIPS, key)))
            db.execute(SKIPS.insert().values(**key_row(key), **row))

    def find_skip(self, key: EditionKey) -> Skip | None:
        """Why an edition is not made, or None."""
        with self._database.begin_read() as db:
            return _skip_of(db, key)

    def list_skips(self, show: str) -> dict[EditionKey, Skip]:
        """Every edition of a show that was not made, newest day first."""
        query = sa.select(SKIPS).where(SKIPS.c.show == show).order_by(SKIPS.c.day.desc(), SKIPS.c.edition)
        with self._database.begin_read() as db:
            return {key_of(row): _skip(row) for row in db.execute(query)}

    def find_watched_day(self, show: str, edition: str) -> date | None:
        """The first day whose edition the clock must still see to; None before it was ever started."""
        query = sa.select(WATCHED.c.day).where(WATCHED.c.show == show, WATCHED.c.edition == edition)
        with self._database.begin_read() as db:
            day = db.scalar(query)
        return None if day is None else date.fromisoformat(day)

    def set_watched_day(self, show: str, edition: str, day: date) -> None:
        """Record that everything before that day is settled."""
        with self._database.begin_write() as db:
            db.execute(WATCHED.delete().where(WATCHED.c.show == show, WATCHED.c.edition == edition))
            db.execute(WATCHED.insert().values(show=show, edition=edition, day=day.isoformat()))


def _acts_of(key: EditionKey) -> sa.Select[Any]:
    return sa.select(ACTS).where(*is_of(ACTS, key)).order_by(ACTS.c.id)


def _skip_of(db: sa.Connection, key: EditionKey) -> Skip | None:
    row = db.execute(sa.select(SKIPS).where(*is_of(SKIPS, key))).one_or_none()
    return None if row is None else _skip(row)


def _skip(row: sa.Row[Any]) -> Skip:
    return Skip(Why(row.why), row.detail, datetime.fromisoformat(row.decided))


def _done(row: sa.Row[Any]) -> Done:
    began, ended = datetime.fromisoformat(row.began), datetime.fromisoformat(row.ended)
    return Done(key_of(row), Act(row.act), began, ended, Outcome(row.outcome), row.sentence)

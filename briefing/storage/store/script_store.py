"""Repositories of scripts with every revision, and of what a language model cost to write them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from briefing.errors import StaleRevision
from briefing.model import KEPT_OFF_AIR, EditionKey, ModelCost, Stage
from briefing.storage.store.database import Repository, is_of, key_row, move_to, standing_of
from briefing.storage.store.schema import EDITIONS, MODEL_COSTS, SCRIPTS

MICRO = 1_000_000
MILLI = 1_000


@dataclass(frozen=True, slots=True)
class Draft:
    """A script as it was saved: its revision counts from 1; `author` is a person or the programme itself."""

    revision: int
    text: str
    author: str
    saved: datetime
    note: str = ""
    """What an editor must know of how the programme made it, in Chinese."""


class Revision(NamedTuple):
    """A revision without its text: who saved it, and when."""

    revision: int
    author: str
    saved: datetime


class ScriptRepository(Repository):
    """Scripts with every revision."""

    def save_script(
        self, key: EditionKey, text: str, *, base: int, author: str, saved: datetime, note: str = ""
    ) -> int:
        """Save a script on top of revision `base`: DRAFTED, or still HELD or WITHDRAWN. Returns the new revision.

        Raises `StaleRevision`, and changes nothing, when `base` is not the newest revision.
        """
        with self._database.begin_write() as db:
            standing = standing_of(db, key)
            if standing.revision != base:
                raise StaleRevision(
                    f"the script of {key} is at revision {standing.revision}, the change was made to revision {base}; "
                    "nothing was overwritten: read the newest revision and make the change there"
                )
            # Whoever held or withdrew it wanted it off the air until somebody lets it go; a mended comma does not.
            if standing.stage not in KEPT_OFF_AIR:
                move_to(db, key, Stage.DRAFTED)
            row = {"revision": base + 1, "text": text, "author": author, "saved": saved.isoformat()}
            row["note"] = note
            db.execute(SCRIPTS.insert().values(**key_row(key), **row))
            db.execute(EDITIONS.update().where(*is_of(EDITIONS, key)).values(revision=base + 1))
        return base + 1

    def newest_script(self, key: EditionKey) -> Draft | None:
        """The newest revision, or None before there is one."""
        query = sa.select(SCRIPTS).where(*is_of(SCRIPTS, key)).order_by(SCRIPTS.c.revision.desc())
        with self._database.begin_read() as db:
            row = db.execute(query.limit(1)).one_or_none()
        return _draft(row) if row else None

    def newest_script_by(self, key: EditionKey, author: str) -> Draft | None:
        """Return the newest revision that this author saved, or None."""
        query = sa.select(SCRIPTS).where(*is_of(SCRIPTS, key), SCRIPTS.c.author == author)
        with self._database.begin_read() as db:
            row = db.execute(query.order_by(SCRIPTS.c.revision.desc()).limit(1)).one_or_none()
        return _draft(row) if row else None

    def script_at(self, key: EditionKey, revision: int) -> Draft | None:
        """Return one revision, or None."""
        query = sa.select(SCRIPTS).where(*is_of(SCRIPTS, key), SCRIPTS.c.revision == revision)
        with self._database.begin_read() as db:
            row = db.execute(query).one_or_none()
        return _draft(row) if row else None

    def last_scripts(self, key: EditionKey, most: int) -> tuple[Draft, ...]:
        """Return the newest revisions, at most so many, the oldest of them first."""
        query = sa.select(SCRIPTS).where(*is_of(SCRIPTS, key)).order_by(SCRIPTS.c.revision.desc())
        with self._database.begin_read() as db:
            rows = db.execute(query.limit(most)).all()
        return tuple(map(_draft, reversed(rows)))

    def list_revisions(self, key: EditionKey) -> tuple[Revision, ...]:
        """Return every revision without its text, oldest first."""
        columns = (SCRIPTS.c.revision, SCRIPTS.c.author, SCRIPTS.c.saved)
        query = sa.select(*columns).where(*is_of(SCRIPTS, key)).order_by(SCRIPTS.c.revision)
        with self._database.begin_read() as db:
            rows = db.execute(query).all()
        return tuple(Revision(row.revision, row.author, datetime.fromisoformat(row.saved)) for row in rows)

    def list_scripts(self, key: EditionKey) -> tuple[Draft, ...]:
        """Every revision, oldest first."""
        query = sa.select(SCRIPTS).where(*is_of(SCRIPTS, key)).order_by(SCRIPTS.c.revision)
        with self._database.begin_read() as db:
            return tuple(map(_draft, db.execute(query)))


def _draft(row: sa.Row[Any]) -> Draft:
    return Draft(row.revision, row.text, row.author, datetime.fromisoformat(row.saved), row.note or "")


class ModelCostRepository(Repository):
    """Costs of language models."""

    def find_cost(self, key: EditionKey) -> ModelCost | None:
        """Return what the language model has cost for an edition; None if it was never asked."""
        with self._database.begin_read() as db:
            return _cost_of(db, key)

    def add_cost(self, key: EditionKey, cost: ModelCost, *, as_draft: bool) -> None:
        """Add what a piece of work cost; a draft also says anew what went wrong and what was not answered."""
        with self._database.begin_write() as db:
            before = _cost_of(db, key) or ModelCost()
            latest = cost if as_draft else before
            row = {
                "requests": before.requests + cost.requests,
                "tokens": before.tokens + cost.tokens,
                "micro_yuan": round(MICRO * (before.yuan + cost.yuan)),
                "milliseconds": round(MILLI * (before.seconds + cost.seconds)),
                "unanswered": latest.unanswered,
                "trouble": latest.trouble,
            }
            db.execute(MODEL_COSTS.delete().where(*is_of(MODEL_COSTS, key)))
            db.execute(MODEL_COSTS.insert().values(**key_row(key), **row))


def _cost_of(db: sa.Connection, key: EditionKey) -> ModelCost | None:
    row = db.execute(sa.select(MODEL_COSTS).where(*is_of(MODEL_COSTS, key))).one_or_none()
    if row is None:
        return None
    yuan, seconds = row.micro_yuan / MICRO, row.milliseconds / MILLI
    return ModelCost(row.requests, row.tokens, yuan, seconds, row.unanswered, row.trouble)

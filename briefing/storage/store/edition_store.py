"""Repositories of shows, and of their editions with their stages."""

from __future__ import annotations

import sqlalchemy as sa

from briefing.errors import StageError, StaleRevision
from briefing.model import EditionKey, Stage
from briefing.storage.store.database import Repository, Standing, check_change, key_of, move_to, standing_of
from briefing.storage.store.schema import EDITIONS, SHOWS


class EditionRepository(Repository):
    """Editions and their stages."""

    def find_standing(self, key: EditionKey) -> Standing:
        """Return where an edition stands; one that nobody began is NEW."""
        with self._database.begin_read() as db:
            return standing_of(db, key)

    def list_standings(self, show: str | None = None) -> tuple[Standing, ...]:
        """All editions of a show, or of all shows, newest day first."""
        query = sa.select(EDITIONS).order_by(EDITIONS.c.day.desc(), EDITIONS.c.show, EDITIONS.c.edition)
        with self._database.begin_read() as db:
            rows = db.execute(query if show is None else query.where(EDITIONS.c.show == show)).all()
        return tuple(Standing(key_of(row), Stage(row.stage), row.revision) for row in rows)

    def check_move(self, key: EditionKey, stage: Stage) -> None:
        """Raise `StageError` where `move_edition` to this stage would, before work is done for it."""
        check_change(key, self.find_standing(key).stage, stage)

    def move_edition(
        self, key: EditionKey, stage: Stage, revision: int | None = None, *, since: Stage | None = None
    ) -> None:
        """Change the stage; raises `StageError` for a change that the table in `model` does not allow.

        With a `revision`, raises `StaleRevision` when that is not the newest one of the script; with `since`, raises
        `StageError` when the edition is at another stage by now, so that no decision of a person is overtaken.
        """
        with self._database.begin_write() as db:
            standing = standing_of(db, key)
            newest, now = standing.revision, standing.stage
            if since not in (None, now):
                raise StageError(f"{key} is {now} by now, not {since}; nothing was changed")
            if revision not in (None, newest):
                raise StaleRevision(
                    f"the script of {key} is at revision {newest}, not {revision}; read it before you decide"
                )
            move_to(db, key, stage)


class ShowRepository(Repository):
    """Lasting facts of a show."""

    def load_guid(self, slug: str, fresh: str) -> str:
        """Return the show's Podcasting 2.0 guid: `fresh` the first time, then always the same."""
        stored = sa.select(SHOWS.c.guid).where(SHOWS.c.slug == slug)
        with self._database.begin_read() as db:
            guid = db.scalar(stored)
        if guid is not None:
            return str(guid)
        with self._database.begin_write() as db:
            guid = db.scalar(stored)
            if guid is None:
                db.execute(SHOWS.insert().values(slug=slug, guid=fresh))
            return str(guid or fresh)

    def adopt_guid(self, slug: str, guid: str) -> str:
        """Store the guid that the published feed has, in place of one made for a new database; return it."""
        with self._database.begin_write() as db:
            db.execute(SHOWS.delete().where(SHOWS.c.slug == slug))
            db.execute(SHOWS.insert().values(slug=slug, guid=guid))
        return guid

"""Repository of what a show keeps for ever."""

from __future__ import annotations

import sqlalchemy as sa

from briefing.storage.store.database import Repository
from briefing.storage.store.schema import SHOWS


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

"""The store's part on what a show keeps for ever."""

from __future__ import annotations

import sqlalchemy as sa

from briefing.storage.store.schema import SHOWS, Part


class Shows(Part):
    """Lasting facts of a show."""

    def show_guid(self, slug: str, fresh: str) -> str:
        """Return the show's Podcasting 2.0 guid: `fresh` the first time, then always the same."""
        stored = sa.select(SHOWS.c.guid).where(SHOWS.c.slug == slug)
        with self._read() as db:
            guid = db.scalar(stored)
        if guid is not None:
            return str(guid)
        with self._write() as db:
            guid = db.scalar(stored)
            if guid is None:
                db.execute(SHOWS.insert().values(slug=slug, guid=fresh))
            return str(guid or fresh)

    def adopt_show_guid(self, slug: str, guid: str) -> str:
        """Store the guid that the published feed has, in place of one made for a new database; return it."""
        with self._write() as db:
            db.execute(SHOWS.delete().where(SHOWS.c.slug == slug))
            db.execute(SHOWS.insert().values(slug=slug, guid=guid))
        return guid

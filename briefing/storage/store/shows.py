"""The store's part on what a show keeps for ever."""

from __future__ import annotations

import sqlalchemy as sa

from briefing.storage.store.base import SHOWS, Part


class Shows(Part):
    """What a show keeps for ever."""

    def show_guid(self, slug: str, fresh: str) -> str:
        """The show's Podcasting 2.0 guid: `fresh` the first time, then always the same."""
        with self._begin() as db:
            found = db.scalar(sa.select(SHOWS.c.guid).where(SHOWS.c.slug == slug))
            if found is None:
                db.execute(SHOWS.insert().values(slug=slug, guid=fresh))
            return str(found or fresh)

    def adopt_show_guid(self, slug: str, guid: str) -> str:
        """Store the guid that the published feed has, in place of one made for a new database; return it."""
        with self._begin() as db:
            db.execute(SHOWS.delete().where(SHOWS.c.slug == slug))
            db.execute(SHOWS.insert().values(slug=slug, guid=guid))
        return guid

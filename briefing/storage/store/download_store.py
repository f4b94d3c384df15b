"""Repository of downloads, counted by episode and day; nothing of the listener is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from briefing.storage.store.database import Repository
from briefing.storage.store.schema import DOWNLOADS


@dataclass(frozen=True, slots=True)
class Downloads:
    """Downloads of an episode on one day; `episode` is its day and edition, as files are named."""

    show: str
    episode: str
    day: date
    count: int


class DownloadRepository(Repository):
    """Downloads by episode and day."""

    def count_download(self, show: str, episode: str, day: date) -> None:
        """One more."""
        key = {"show": show, "episode": episode, "day": day.isoformat()}
        same = [DOWNLOADS.c[name] == value for name, value in key.items()]
        more = DOWNLOADS.update().where(*same).values(times=DOWNLOADS.c.times + 1)
        with self._database.begin_write() as db:
            if db.execute(more).rowcount:
                return
            try:
                with db.begin_nested():
                    db.execute(DOWNLOADS.insert().values(**key, times=1))
            except IntegrityError:
                # Another server was first with this day's first.
                db.execute(more)

    def list_downloads(self, show: str, since: date | None = None) -> tuple[Downloads, ...]:
        """A show's downloads, the newest episode first and of each the newest day; from a day on, if one is given."""
        query = sa.select(DOWNLOADS).where(DOWNLOADS.c.show == show)
        if since is not None:
            query = query.where(DOWNLOADS.c.day >= since.isoformat())
        ordered = query.order_by(DOWNLOADS.c.episode.desc(), DOWNLOADS.c.day.desc())
        with self._database.begin_read() as db:
            rows = db.execute(ordered).all()
        return tuple(Downloads(row.show, row.episode, date.fromisoformat(row.day), row.times) for row in rows)

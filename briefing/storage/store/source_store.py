"""Repository of the states of sources, copies of what was fetched, and first meetings of undated entries."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from briefing.net.resources import Copy, Fetched
from briefing.storage.store.database import Repository
from briefing.storage.store.schema import COPIES, ENTRIES, SOURCES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

COPIES_KEPT = timedelta(days=14)
"""How long a copy of a page or feed is kept after it was fetched."""
ENTRIES_KEPT = timedelta(days=400)
"""How long it is remembered at least when an entry was met that its feed no longer has."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """State of a source: its last success and what it gave, its last failure and why ('' when it works)."""

    name: str
    worked: datetime | None
    articles: int
    failed: datetime | None
    trouble: str


class SourceReading(NamedTuple):
    """One reading of a source: how many articles it gave, and why it gave no more ('' when it was read whole)."""

    name: str
    articles: int
    trouble: str


class SourceRepository(Repository):
    """States of sources, copies of what was fetched, and first meetings of entries without a date."""

    def record_readings(self, readings: Iterable[SourceReading], now: datetime) -> None:
        """Store how sources did; when a failed one last worked is kept."""
        with self._database.begin_write() as db:
            for reading in readings:
                if reading.trouble:
                    failures = (
                        db.scalar(sa.select(SOURCES.c.failures).where(SOURCES.c.name == reading.name)) or 0
                    )
                    values: dict[str, Any] = {
                        "failed": now.isoformat(), "trouble": reading.trouble, "failures": failures + 1,
                    }  # fmt: skip
                else:
                    values = {
                        "worked": now.isoformat(), "articles": reading.articles, "trouble": "", "failures": 0,
                    }  # fmt: skip
                _set_source(db, reading.name, values)

    def claim_poll(self, name: str, now: datetime, interval: Callable[[int], timedelta]) -> bool:
        """Return whether a source is due, and then count it as polled: of two servers one gets it.

        `interval` gives the time between two polls after so many failures in a row.
        """
        with self._database.begin_write() as db:
            row = db.execute(sa.select(SOURCES).where(SOURCES.c.name == name)).one_or_none()
            if row is None:
                db.execute(SOURCES.insert().values(name=name, polled=now.isoformat()))
                return True
            polled = _moment(row.polled)
            if polled is not None and now < polled + interval(row.failures or 0):
                return False
            # Whoever was faster has changed the row already.
            unchanged = SOURCES.c.polled.is_(None) if row.polled is None else SOURCES.c.polled == row.polled
            claimed = SOURCES.update().where(SOURCES.c.name == name, unchanged).values(polled=now.isoformat())
            return bool(db.execute(claimed).rowcount)

    def find_state(self, name: str) -> SourceState:
        """Return how a source did; one that was never read has no times."""
        with self._database.begin_read() as db:
            row = db.execute(sa.select(SOURCES).where(SOURCES.c.name == name)).one_or_none()
        if row is None:
            return SourceState(name, None, 0, None, "")
        return SourceState(
            name, _moment(row.worked), row.articles or 0, _moment(row.failed), row.trouble or ""
        )

    def recall(self, url: str) -> Copy | None:
        """The copy of what was fetched from an address, if it is still kept."""
        with self._database.begin_read() as db:
            row = db.execute(sa.select(COPIES).where(COPIES.c.key == _digest(url))).one_or_none()
        if row is None:
            return None
        return Copy(
            row.etag, row.modified, Fetched(row.url, row.type, row.charset, zlib.decompress(row.content))
        )

    def keep(self, url: str, copy: Copy) -> None:
        """Keep a copy in place of an older one; copies that nobody asked for lately go."""
        fetched, now = copy.fetched, datetime.now(UTC)
        row = {"key": _digest(url), "etag": copy.etag, "modified": copy.modified, "url": fetched.url}
        row |= {"type": fetched.content_type, "charset": fetched.charset, "kept": now.isoformat()}
        with self._database.begin_write() as db:
            old = (now - COPIES_KEPT).isoformat()
            db.execute(COPIES.delete().where(sa.or_(COPIES.c.key == row["key"], COPIES.c.kept < old)))
            db.execute(COPIES.insert().values(**row, content=zlib.compress(fetched.content)))

    def first_met(self, source: str, names: Iterable[str], now: datetime) -> Mapping[str, datetime]:
        """Return when each of a feed's entries without a date was met first: `now` for those that are new."""
        digests = {name: _digest(name) for name in names}
        try:
            met = self._met(source, frozenset(digests.values()), now)
        except IntegrityError:
            # Another process has just met the same ones.
            met = self._met(source, frozenset(digests.values()), now)
        return {name: met[digest] for name, digest in digests.items()}

    def _met(self, source: str, entries: frozenset[str], now: datetime) -> dict[str, datetime]:
        is_its = ENTRIES.c.source == source
        with self._database.begin_write() as db:
            rows = db.execute(sa.select(ENTRIES.c.entry, ENTRIES.c.met).where(is_its))
            moments = {row.entry: datetime.fromisoformat(row.met) for row in rows}
            for entry, met in moments.items():
                if entry not in entries and met < now - ENTRIES_KEPT:
                    db.execute(ENTRIES.delete().where(is_its, ENTRIES.c.entry == entry))
            new = [
                {"source": source, "entry": new_entry, "met": now.isoformat()}
                for new_entry in entries - moments.keys()
            ]
            if new:
                db.execute(ENTRIES.insert(), new)
        return dict.fromkeys(entries, now) | moments


def _set_source(db: sa.Connection, name: str, values: dict[str, Any]) -> None:
    if not db.execute(SOURCES.update().where(SOURCES.c.name == name).values(**values)).rowcount:
        db.execute(SOURCES.insert().values(name=name, **values))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _digest(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()

"""The only SQL: one repository a subject, all of them on one `Store`.

Every stage's result and the new stage are written in one transaction, so that a killed process leaves
an edition either before the stage or after it. SQLite in a file by default; any SQLAlchemy URL works.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from briefing.storage.store.account_store import Account, AccountRepository, Session, Token
from briefing.storage.store.act_store import ActRepository, Done, Outcome
from briefing.storage.store.alarm_store import Ailment, AlarmRepository
from briefing.storage.store.article_store import ArticleRepository
from briefing.storage.store.connection import HEAD, MIGRATIONS, connect_database, read_version
from briefing.storage.store.database import KEPT_OFF, AuditEntry, Database, Standing
from briefing.storage.store.desk_store import DeskRepository, Unsaved
from briefing.storage.store.download_store import DownloadRepository, Downloads
from briefing.storage.store.edition_store import EditionRepository, ShowRepository
from briefing.storage.store.episode_store import Aired, EpisodeRepository, Place
from briefing.storage.store.lease_store import Holder, LeaseRepository
from briefing.storage.store.recording_store import RecordingRepository
from briefing.storage.store.script_store import Draft, ModelCostRepository, Revision, ScriptRepository
from briefing.storage.store.source_store import COPIES_KEPT, SourceReading, SourceRepository, SourceState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import sqlalchemy as sa

__all__ = [
    "COPIES_KEPT",
    "HEAD",
    "KEPT_OFF",
    "MIGRATIONS",
    "Account",
    "Ailment",
    "Aired",
    "AuditEntry",
    "Done",
    "Downloads",
    "Draft",
    "Holder",
    "Outcome",
    "Place",
    "Revision",
    "Session",
    "SourceReading",
    "SourceState",
    "Standing",
    "Store",
    "Token",
    "Unsaved",
    "opened",
]


class Store:
    """The newsroom's memory: a repository for each subject, on one database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.shows = ShowRepository(database)
        self.editions = EditionRepository(database)
        self.articles = ArticleRepository(database)
        self.sources = SourceRepository(database)
        self.scripts = ScriptRepository(database)
        self.recordings = RecordingRepository(database)
        self.episodes = EpisodeRepository(database)
        self.alarms = AlarmRepository(database)
        self.leases = LeaseRepository(database)
        self.accounts = AccountRepository(database)
        self.desk = DeskRepository(database)
        self.acts = ActRepository(database)
        self.downloads = DownloadRepository(database)
        self.model_costs = ModelCostRepository(database)

    @classmethod
    def open(cls, url: str, root: Path) -> Store:
        """Connect, and bring the database to the newest migration; raises `ConfigError` for one that cannot be used."""
        return cls(Database(connect_database(url, root), root))

    @property
    def engine(self) -> sa.Engine:
        """The connections, for a library that keeps its own tables in the same database."""
        return self.database.engine

    def holding(self, name: str, owner: str) -> Store:
        """The same store for the owner of a lease: every transaction of it needs the lease, too."""
        return Store(self.database.hold_lease(name, owner))

    @property
    def lease_owners(self) -> tuple[str, ...]:
        """Owners of the leases on which every transaction depends."""
        return tuple(owner for _name, owner in self.database.leases)

    def holds(self, name: str) -> bool:
        """Return whether this is the store of an owner of that lease."""
        return name in dict(self.database.leases)

    @contextmanager
    def read_together(self) -> Iterator[Store]:
        """Yield a store whose reads are one transaction, all at one moment; what it writes is a transaction of its own."""
        with self.database.join_reads() as joined:
            yield Store(joined)

    def revision(self) -> str:
        """The newest migration that the database has."""
        with self.database.engine.connect() as db:
            return read_version(db) or ""

    def copy_to(self, path: Path) -> bool:
        """Copy an SQLite database while it is in use, whole and at one moment; false for a database that is none."""
        if self.database.engine.dialect.name != "sqlite":
            return False
        with closing(sqlite3.connect(path)) as target, self.database.engine.connect() as db:
            driver = db.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - what the dialect means
            driver.backup(target)
            # A copy is one file: nothing of it waits in a log beside it.
            target.execute("PRAGMA journal_mode=DELETE")
        return True

    def close(self) -> None:
        """Give the connections back."""
        self.database.engine.dispose()


@contextmanager
def opened(url: str, root: Path) -> Iterator[Store]:
    """A store that is closed at the end of the block."""
    store = Store.open(url, root)
    try:
        yield store
    finally:
        store.close()

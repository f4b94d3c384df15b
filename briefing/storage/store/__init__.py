"""The only SQL: one repository a subject, all of them on one `Store`.

Every stage's result and the new stage are written in one transaction, so that a killed process leaves
an edition either before the stage or after it. SQLite in a file by default; any SQLAlchemy URL works.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy import event

from briefing.errors import ConfigError
from briefing.storage.atomic_file import PASSED_FOLDER, PRIVATE_FILE
from briefing.storage.store.account_store import Account, AccountRepository, Session, Token
from briefing.storage.store.act_store import ActRepository, Done, Outcome
from briefing.storage.store.alarm_store import Ailment, AlarmRepository
from briefing.storage.store.article_store import ArticleRepository
from briefing.storage.store.database import KEPT_OFF, WRITES, AuditEntry, Database, Standing
from briefing.storage.store.desk_store import DeskRepository, Unsaved
from briefing.storage.store.download_store import DownloadRepository, Downloads
from briefing.storage.store.edition_store import EditionRepository
from briefing.storage.store.episode_store import Aired, EpisodeRepository, Place
from briefing.storage.store.lease_store import Holder, LeaseRepository
from briefing.storage.store.model_cost_store import ModelCostRepository
from briefing.storage.store.recording_store import RecordingRepository
from briefing.storage.store.script_store import Draft, Revision, ScriptRepository
from briefing.storage.store.show_store import ShowRepository
from briefing.storage.store.source_store import COPIES_KEPT, SourceReading, SourceRepository, SourceState

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "COPIES_KEPT",
    "KEPT_OFF",
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

MIGRATIONS = Path(__file__).parents[1] / "migrations"
MAKING = 70_000
"""Of the lock that whoever makes or changes the tables of a PostgreSQL holds: any number that nobody else uses."""

HEAD = "model_costs"
"""The newest migration; a store that has it is opened without loading Alembic."""


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
        if not root.is_dir():
            # Nobody else may list it; a web server may still pass through to what is published.
            root.mkdir(parents=True)
            root.chmod(PASSED_FOLDER)
        engine = sa.create_engine(url)
        if engine.dialect.name == "sqlite":
            _make_private_database(engine.url.database or "")
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        try:
            _migrate(engine)
        except sa.exc.DBAPIError as error:
            shown = engine.url.render_as_string(hide_password=True)
            raise ConfigError(
                f"the database {shown} cannot be opened: {error.orig}; check `newsroom.database`"
            ) from error
        return cls(Database(engine, root))

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
            return _version(db) or ""

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


def _make_private_database(name: str) -> None:
    """Make the file of a database, which holds hashes of passwords, its owner's alone; SQLite's log files follow it."""
    path = Path(name)
    with suppress(OSError):  # What is wrong with it is said by the database itself.
        if name and name != ":memory:":
            path.touch(mode=PRIVATE_FILE)
            path.chmod(PRIVATE_FILE)


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    """Let SQLAlchemy say BEGIN itself, wait for other processes, and keep readers going while one writes."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "busy_timeout=30000", "foreign_keys=ON", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: sa.Connection) -> None:
    # A transaction that reads before it writes must not find, at the write, that another one was faster. Reads begin
    # plainly: with IMMEDIATE they would wait for each other.
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(engine: sa.Engine) -> None:
    with engine.begin() as db:
        if _version(db) == HEAD:
            return
    with engine.execution_options(**{WRITES: True}).begin() as db:
        if engine.dialect.name == "postgresql":
            # Two servers that start at once: one makes the tables, the other waits. SQLite's transactions do that.
            db.execute(sa.select(sa.func.pg_advisory_xact_lock(MAKING)))
        version = _version(db)
        if version == HEAD:
            return
        from alembic import command  # noqa: PLC0415 - slower to load than a usual command to run
        from alembic.config import Config  # noqa: PLC0415 - as above
        from alembic.util import CommandError  # noqa: PLC0415 - as above

        config = Config(attributes={"connection": db})
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise ConfigError(
                f"the database is of a later version ({version}) than this program; upgrade the program"
            ) from error


def _version(db: sa.Connection) -> str | None:
    if not sa.inspect(db).has_table("alembic_version"):
        return None
    version: str | None = db.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return version


@contextmanager
def opened(url: str, root: Path) -> Iterator[Store]:
    """A store that is closed at the end of the block."""
    store = Store.open(url, root)
    try:
        yield store
    finally:
        store.close()

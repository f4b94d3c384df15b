"""Connections to the database: made, prepared, and the database brought to the newest migration."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy import event

from briefing.errors import ConfigError
from briefing.storage.atomic_file import PASSED_FOLDER, PRIVATE_FILE
from briefing.storage.store.database import WRITES

if TYPE_CHECKING:
    import sqlite3

MIGRATIONS = Path(__file__).parents[1] / "migrations"
MAKING = 70_000
"""Of the lock that whoever makes or changes the tables of a PostgreSQL holds: any number that nobody else uses."""

HEAD = "model_costs"
"""The newest migration; a store that has it is opened without loading Alembic."""


def connect_database(url: str, root: Path) -> sa.Engine:
    """Return connections to a database of the newest version; raises `ConfigError` for one that cannot be used."""
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
    return engine


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
        if read_version(db) == HEAD:
            return
    with engine.execution_options(**{WRITES: True}).begin() as db:
        if engine.dialect.name == "postgresql":
            # Two servers that start at once: one makes the tables, the other waits. SQLite's transactions do that.
            db.execute(sa.select(sa.func.pg_advisory_xact_lock(MAKING)))
        version = read_version(db)
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


def read_version(db: sa.Connection) -> str | None:
    """Return the newest migration that a database has, or None for an empty one."""
    if not sa.inspect(db).has_table("alembic_version"):
        return None
    version: str | None = db.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return version

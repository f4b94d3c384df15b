"""Probe of a database beside the connections in use: whether it still is the one that was opened, and answers.

An SQLite file that somebody deletes or replaces lives on for connections that are open: they would write into nothing.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from collections.abc import Callable

LOCKED_SECONDS = 5.0
"""How long a database may be locked before that is trouble."""


def make_probe(engine: sa.Engine) -> Callable[[], str]:
    """Return a function that says what is wrong with a database that was just opened, '' for nothing."""
    name = engine.url.database or ""
    if engine.dialect.name != "sqlite" or name in {"", ":memory:"}:
        return lambda: _ask_server(engine)
    path = Path(name)
    opened = _identity(path)

    def probe() -> str:
        found = _identity(path)
        if found is None:
            return f"the database file {path.name} is gone"
        if found != opened:
            return f"the database file {path.name} was replaced by another"
        return _ask_file(path)

    return probe


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from one that takes its place, None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _ask_file(path: Path) -> str:
    """Ask by a new connection: one that is open would answer from its memory."""
    try:
        uri = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=LOCKED_SECONDS)) as connection:
            connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        return f"the database cannot be asked: {error}"
    return ""


def _ask_server(engine: sa.Engine) -> str:
    try:
        with engine.connect() as connection:
            connection.execute(sa.text("SELECT version_num FROM alembic_version")).fetchone()
    except sa.exc.SQLAlchemyError as error:
        # Its text may hold the address and the name by which we ask.
        return f"the database cannot be asked: {type(error).__name__}"
    return ""

"""The tables as queries see them beside those that the migrations make, on each kind of database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from briefing.errors import DatabaseFailed
from briefing.storage.store import opened
from briefing.storage.store.schema import TABLES

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.storage.store import Store

KINDS = (sa.Integer, sa.LargeBinary, sa.JSON, sa.String)
"""Types by which queries convert values; a text is a string of any length."""


def kind_of(type_: sa.types.TypeEngine[object]) -> str:
    """The type of a column as far as queries care."""
    return next(kind.__name__ for kind in KINDS if isinstance(type_, kind))


def columns_of(store: Store) -> dict[tuple[str, str], str]:
    """The kind of every column in the database, by table and column."""
    inspector = sa.inspect(store.engine)
    return {
        (table, column["name"]): kind_of(column["type"])
        for table in inspector.get_table_names()
        if table != "alembic_version"
        for column in inspector.get_columns(table)
    }


def test_queries_see_the_tables_that_the_migrations_make(store: Store) -> None:
    """No column is missing, none is forgotten, and each has the type that its values are converted by."""
    seen = {
        (table.name, column.name): kind_of(column.type)
        for table in TABLES.sorted_tables
        for column in table.columns
    }
    assert seen == columns_of(store)


def test_no_table_holds_what_a_library_would_unpickle(store: Store) -> None:
    """Whoever can write the database must not be able to run code here."""
    assert "apscheduler_jobs" not in sa.inspect(store.engine).get_table_names()
    blobs = [place for place, kind in columns_of(store).items() if kind == "LargeBinary"]
    assert blobs == [("copies", "content")]


def test_a_read_waits_for_no_other_transaction(store: Store, database: str, tmp_path: Path) -> None:
    """Somebody saves for seconds: pages are shown meanwhile, as everything was before."""
    with opened(database, tmp_path) as other, other.database.begin_write() as db:
        db.execute(sa.text("INSERT INTO shows (slug, guid) VALUES ('demo', 'g')"))
        assert store.editions.list_standings() == ()
        with store.database.begin_read() as first, other.database.begin_read() as second:
            assert first.scalar(sa.text("SELECT count(*) FROM shows")) == 0
            assert second.scalar(sa.text("SELECT count(*) FROM shows")) == 0
    assert store.shows.load_guid("demo", "another") == "g"


def test_a_transaction_that_writes_is_alone_from_its_beginning(database: str, tmp_path: Path) -> None:
    """What it read must not have been changed when it writes; on SQLite the second one waits at its BEGIN."""
    if not database.startswith("sqlite"):
        pytest.skip("PostgreSQL locks rows")
    with opened(database, tmp_path) as first, opened(database, tmp_path) as second:
        sa.event.listen(
            second.engine, "connect", lambda connection, _record: connection.execute("PRAGMA busy_timeout=0")
        )
        second.engine.dispose()
        with (
            first.database.begin_write(),
            pytest.raises(DatabaseFailed, match="locked"),
            second.database.begin_write(),
        ):
            pass

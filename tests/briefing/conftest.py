"""What the tests of the newsroom share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefing.storage.store import Store, opened
from tests.databases import Cluster, cluster
from tests.newsroom import furnished

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newsroom of the test's own; its clips are kept beside it."""
    path = furnished(tmp_path)
    monkeypatch.setenv("BRIEFING_CACHE", str(tmp_path / "cache"))
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A PostgreSQL that is started once for all tests that want one."""
    with cluster() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database, of each kind that there is."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/briefing.db"
        return
    running: Cluster = request.getfixturevalue("postgres")
    with running.database() as url:
        yield url


@pytest.fixture
def store(database: str, tmp_path: Path) -> Iterator[Store]:
    """An empty store, on each kind of database."""
    with opened(database, tmp_path) as store:
        yield store

"""What the tests of the newsroom share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.newsroom import furnished

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newsroom of the test's own; its clips are kept beside it."""
    path = furnished(tmp_path)
    monkeypatch.setenv("BRIEFING_CACHE", str(tmp_path / "cache"))
    return path

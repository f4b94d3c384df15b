"""Whole newspaper pages become what a careful reader would take from them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import outside

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[4]
SHARED = outside.CASES / "ingest"
GOLDEN = ROOT / "tests" / "golden" / "ingest"
EXPECTATIONS = sorted([*GOLDEN.glob("*.json"), *GOLDEN.glob("pages/*.json")])


@outside.needs_cases
def test_the_shared_cases_are_there() -> None:
    """The cases beside the checkout are found; without them the next test would hold for nothing."""
    assert sorted(SHARED.glob("*.json"))


@pytest.mark.parametrize("expectation", sorted(SHARED.glob("*.json")), ids=lambda path: path.stem)
def test_a_shared_case_holds(expectation: Path, holds: Callable[[Path], None]) -> None:
    """The real page of the seeds becomes exactly its articles."""
    holds(expectation)


@pytest.mark.parametrize("expectation", EXPECTATIONS, ids=lambda path: path.stem)
def test_a_page_becomes_its_articles(expectation: Path, holds: Callable[[Path], None]) -> None:
    """Titles, order, bylines, sections, text and completeness are those of the golden file."""
    holds(expectation)

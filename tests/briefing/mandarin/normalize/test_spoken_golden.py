"""The spoken form of made-up news sentences, class by class, and the floors that only rise."""

from __future__ import annotations

import json

import pytest

from briefing.mandarin.normalize import spoken
from tests.reading import GOLDEN, SHARED, Case, cases, share

FILES = sorted(GOLDEN.glob("*.tsv"))
ROWS = [pytest.param(case, id=f"{path.stem}-{case.printed[:12]}") for path in FILES for case in cases(path)]
FLOORS: dict[str, float] = json.loads((GOLDEN.parent / "floors.json").read_text(encoding="utf-8"))["reading"]

outside = pytest.mark.skipif(not SHARED.is_dir(), reason=f"the development suites are not at {SHARED}")
"""Tests of suites that lie beside the checkout; the golden files protect the same kinds without them."""

BEST_LIBRARY = 0.43
"""The best share of `news` that any library was measured to read right (wetext 0.1.8)."""

BEST_UNION = 0.84
"""The same of all five public suites together (wetext 0.1.8); they contradict each other, so none can reach 1."""


@pytest.mark.parametrize("case", ROWS)
def test_a_sentence_is_read_as_a_newsreader_would(case: Case) -> None:
    """Every row of the golden files is read in one of its right forms."""
    said = spoken(case.printed)

    assert case.right(said), f"{case.printed} → {said}, not {case.spoken[0]}"


@outside
@pytest.mark.parametrize("suite", sorted(FLOORS))
def test_a_suite_is_read_as_well_as_ever(suite: str) -> None:
    """The share that is right is the floor, to three places: less is a loss, more is a floor to be raised."""
    right = share(cases(SHARED / f"{suite}.tsv"), spoken)

    assert int(right * 1000) / 1000 == FLOORS[suite]


@outside
def test_every_shared_suite_has_a_floor() -> None:
    """No suite is left out of the floors."""
    assert sorted(path.stem for path in SHARED.glob("*.tsv")) == sorted(FLOORS)


def test_news_is_read_better_than_by_any_library() -> None:
    """The floor of the news suite is not only above the best library, it is above nine in ten."""
    assert FLOORS["news"] > max(BEST_LIBRARY, 0.9)


@outside
def test_the_public_suites_together_are_read_better_than_by_any_library() -> None:
    """The rows of all public suites, right by any of them, beat the best library's share."""
    rows = [case for suite in FLOORS if suite != "news" for case in cases(SHARED / f"{suite}.tsv")]

    assert share(rows, spoken) > BEST_UNION

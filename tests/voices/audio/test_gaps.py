"""Pauses that vary: around the set means, for reasons, and the same each time."""

from __future__ import annotations

from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voices.sounds import line
from voices.audio.gaps import MOST, vary_gaps, weigh_gap

SHORT, LONG = "雨停了。", "市里的三家医院从下个月起都会在周末开放门诊，挂号仍然要提前一天在网上办理。"


def weight(before: str, after: str, *, headline: bool = False) -> float:
    """Weigh the pause between two printed sentences."""
    return weigh_gap(line(printed=before), line(printed=after), headline=headline)


def test_the_pause_is_longer_behind_a_longer_sentence() -> None:
    """A reader needs more breath."""
    assert weight(LONG, SHORT) > weight(SHORT, SHORT) + 0.1


@pytest.mark.parametrize("after", ["“雨停了。", "另外，雨停了。"])
def test_the_pause_is_longer_before_a_quotation_and_where_the_subject_turns(after: str) -> None:
    """The listener is told that something else begins."""
    assert weight(LONG, after) > weight(LONG, SHORT)


def test_the_pause_is_shorter_before_a_sentence_that_holds_on_to_the_last() -> None:
    """The next sentence goes on with the same."""
    assert weight(LONG, "他们说雨停了。") < weight(LONG, SHORT)


def test_a_headline_has_a_longer_pause_behind_it() -> None:
    """It has to sink in."""
    assert weight(SHORT, LONG, headline=True) > weight(SHORT, LONG)


def test_the_same_lines_have_the_same_pause() -> None:
    """The chance of each pause is drawn from its sentence."""
    assert weight(LONG, SHORT) == weight(LONG, SHORT)
    assert weight("雨停了。", SHORT) != weight("风停了。", SHORT)


def test_a_kind_keeps_its_mean_and_what_is_asked_for_its_length() -> None:
    """380 on the whole between sentences; a pause that an editor asks for is as long as he wrote."""
    varied = vary_gaps([380, 380, 380, 2000, 900], [0.9, 1.0, 1.1, None, 1.2])
    assert varied == [342, 380, 418, 2000, 900]
    assert mean(varied[:3]) == 380


@given(st.lists(st.floats(0.1, 3), min_size=1, max_size=40))
def test_no_pause_is_further_from_its_mean_than_three_tenths(weights: list[float]) -> None:
    """Whatever the reasons add up to."""
    varied = vary_gaps([380] * len(weights), list(weights))
    assert all(380 * (1 - MOST) - 1 <= length <= 380 * (1 + MOST) + 1 for length in varied)

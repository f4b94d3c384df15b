"""Readings, choices, checks and speech are limited over all sentences of a caller."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.desk.auth.rates import CHARS_PER_SECOND, MOST_CHARS, CharacterBudgets

if TYPE_CHECKING:
    from tests.briefing.desk.conftest import Desk


def test_a_caller_who_asks_for_more_than_anybody_can_use_has_to_wait(desk: Desk) -> None:
    """Each has a budget; it fills again with time."""
    budgets = CharacterBudgets(desk.clock)
    assert budgets.spend_characters("王编辑", MOST_CHARS) == 0.0
    assert budgets.spend_characters("王编辑", CHARS_PER_SECOND) == 1.0
    assert budgets.spend_characters("李主编", CHARS_PER_SECOND) == 0.0
    desk.clock.pass_by(seconds=1)
    assert budgets.spend_characters("王编辑", CHARS_PER_SECOND) == 0.0


def test_a_clock_that_goes_back_gives_nothing_and_takes_nothing(desk: Desk) -> None:
    """Machines set their clocks."""
    budgets = CharacterBudgets(desk.clock)
    budgets.spend_characters("王编辑", MOST_CHARS)
    desk.clock.pass_by(hours=-1)
    assert budgets.spend_characters("王编辑", 1) > 0.0


def test_the_limit_is_over_all_routes_that_read(desk: Desk) -> None:
    """Readings and choices spend from one budget; the refusal is Chinese and says when to ask again."""
    client = desk.signed_in("viewer")
    desk.served[0].state.budgets.spend_characters("看一看", MOST_CHARS - 4)
    readings = client.post("/desk/api/v1/shows/demo/readings", json={"texts": ["早上好。"]})
    assert readings.status_code == 200
    refused = client.post(
        "/desk/shows/demo/choices", json={"texts": ["早上好。"]}, headers={"accept": "application/json"}
    )
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
    assert refused.json()["sentence"] == "查读音、试听太频繁；请稍等几秒再试。"

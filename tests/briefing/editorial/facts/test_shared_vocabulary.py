"""What the writer changes for the ear is what the guard knows as honest: one table for both."""

from __future__ import annotations

from datetime import date

import pytest

from briefing.editorial.facts.equivalents import are_equivalent
from briefing.editorial.facts.measure_units import SIGNS, UNIT_SIGNS, UNITS
from briefing.editorial.facts.spoken_words import WORDS
from briefing.editorial.guard.check import check_sentence
from briefing.editorial.writer.style.figures import say_figures

DAY = date(2025, 3, 3)


@pytest.mark.parametrize(("printed", "said"), [(word, said) for (word, _), said in WORDS.items() if said])
def test_a_word_of_speech_stands_for_its_word_of_print(printed: str, said: str) -> None:
    """逾 may be 超过, and the guard knows it."""
    assert are_equivalent(printed, said)


@pytest.mark.parametrize("sign", UNIT_SIGNS)
def test_a_sign_of_a_unit_is_the_unit_that_is_said(sign: str) -> None:
    """5kg is 5公斤."""
    assert UNITS[sign] == UNITS[UNIT_SIGNS[sign]]


@pytest.mark.parametrize("sign", SIGNS)
def test_an_amount_with_a_sign_is_honest_as_it_is_said(sign: str) -> None:
    """$35 is said 35美元."""
    printed = f"项目总投资{sign}35万。"
    assert check_sentence(say_figures(printed), (printed,), (), "", DAY) == ()

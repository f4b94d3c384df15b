"""Speeds and pitches of phonemes, as a reader would have them."""

from __future__ import annotations

import numpy as np
import pytest

from voices.engines.kokoro_delivery import (
    BREATH_SPEED,
    CLAUSE_SPEED,
    FALL_PITCH,
    FALL_SPEED,
    plan_pitches,
    plan_speeds,
)
from voices.model import HEADLINE, PLAIN, STORY_END

WORD = "ma→ma↗ma↘ "
"""Ten phonemes of three syllables."""


def phrase(words: int) -> str:
    """Return so many words, closed by a comma."""
    return (WORD * words).rstrip() + ", "


def test_a_sentence_without_commas_is_read_at_one_speed() -> None:
    """The silence before it included: without it the first syllable is lost."""
    said = (WORD * 3).strip() + "."
    speeds = plan_speeds(said, 0.9, PLAIN)
    assert len(speeds) == len(said) + 2
    assert speeds[0] == pytest.approx(0.9)
    assert set(speeds[1:]) == {np.float32(0.9)}


def test_a_comma_that_ends_a_clause_is_longer_and_a_breath_the_longest() -> None:
    """The fifth part of a list is where a reader breathes; a comma behind one word stays short."""
    said = phrase(1) + phrase(2) + phrase(3) + (WORD * 3).strip() + "."
    speeds = plan_speeds(said, 1.0, PLAIN)
    commas = [place for place, symbol in enumerate(said) if symbol == ","]
    assert [round(float(speeds[place + 1]), 2) for place in commas] == [1.0, CLAUSE_SPEED, BREATH_SPEED]
    assert [float(speeds[place + 2]) for place in commas] == [float(speeds[place + 1]) for place in commas]


def test_nobody_breathes_before_the_last_word() -> None:
    """Such a comma is a clause's at most."""
    said = phrase(6) + "ma→."
    assert plan_speeds(said, 1.0, PLAIN).min() == pytest.approx(CLAUSE_SPEED)


def test_a_headline_is_slower_and_higher() -> None:
    """All of it, by a little."""
    said = (WORD * 3).strip() + "."
    assert plan_speeds(said, 1.0, HEADLINE)[1:] == pytest.approx(HEADLINE.speed)
    assert plan_pitches(said, HEADLINE) == pytest.approx(HEADLINE.pitch)
    assert 0.9 < HEADLINE.speed < 1 < HEADLINE.pitch < 1.08


def test_the_end_of_a_story_falls_and_slows_down() -> None:
    """From the beginning of a word near the end, lower with every phoneme."""
    said = (WORD * 6).strip() + "."
    pitches = plan_pitches(said, STORY_END)
    fallen = np.flatnonzero(pitches < 1)
    assert 14 <= len(fallen) <= 24
    assert (np.diff(pitches) <= 0).all()
    assert pitches[-1] == pytest.approx(FALL_PITCH)
    assert float(plan_speeds(said, 1.0, STORY_END)[-4]) == pytest.approx(FALL_SPEED)


@pytest.mark.parametrize("said", ["a.", ".", "ma→.", "mamamamamamamamamamamamamamamamamamamama."])
def test_the_shortest_sentences_have_a_value_for_every_phoneme(said: str) -> None:
    """No sentence is too short to fall."""
    for delivery in (PLAIN, HEADLINE, STORY_END):
        assert len(plan_speeds(said, 1.0, delivery)) == len(plan_pitches(said, delivery)) == len(said) + 2
        assert (plan_speeds(said, 1.0, delivery) > 0).all()

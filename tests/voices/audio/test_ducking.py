"""The bed's gain out of the level of speech: down before a word, up after it, never in a hurry."""

from __future__ import annotations

import numpy as np
import pytest

from voices.audio import ducking

LOUD, QUIET = -20.0, -90.0


def spoken(before: int, words: int, after: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Levels of so many quiet, loud and quiet steps."""
    return np.array([QUIET] * before + [LOUD] * words + [QUIET] * after)


def test_levels_are_mean_squares_in_dbfs() -> None:
    """A steady half of full scale is −6.02 dBFS, silence is bottomless; a rest that is no step is left out."""
    sound = np.concatenate([np.full(ducking.STEP, 0.5), np.zeros(ducking.STEP), np.ones(7)])
    assert ducking.step_levels(sound) == pytest.approx([-6.0206, -120.0], abs=0.001)


def test_the_bed_is_down_from_the_first_step_of_a_word_to_the_last() -> None:
    """Wholly, not on the way."""
    taken = ducking.plan_reductions(spoken(200, 50, 200))
    assert set(taken[200:250]) == {ducking.DEPTH}


def test_the_bed_goes_down_before_a_word_in_a_straight_line() -> None:
    """Over `ATTACK` steps, and not a step earlier."""
    taken = ducking.plan_reductions(spoken(200, 50, 200))
    down = taken[200 - ducking.ATTACK : 201]
    assert down == pytest.approx(np.linspace(0, ducking.DEPTH, ducking.ATTACK + 1))
    assert not taken[: 200 - ducking.ATTACK].any()


def test_the_bed_waits_after_a_word_and_comes_up_slowly() -> None:
    """`HOLD` steps below, `RELEASE` steps on the way, then in the open."""
    taken = ducking.plan_reductions(spoken(200, 50, 200))
    last = 249
    assert set(taken[last : last + ducking.HOLD + 1]) == {ducking.DEPTH}
    up = taken[last + ducking.HOLD : last + ducking.HOLD + ducking.RELEASE + 1]
    assert up == pytest.approx(np.linspace(ducking.DEPTH, 0, ducking.RELEASE + 1))
    assert not taken[last + ducking.HOLD + ducking.RELEASE :].any()


def test_a_breath_does_not_lift_the_bed() -> None:
    """Between two words that are near one another it stays down."""
    breath = ducking.ATTACK // 2
    taken = ducking.plan_reductions(np.concatenate([spoken(100, 30, breath), spoken(0, 30, 100)]))
    assert set(taken[100 : 160 + breath]) == {ducking.DEPTH}


@pytest.mark.parametrize("level", [LOUD, QUIET])
def test_all_words_or_none(level: float) -> None:
    """Speech from end to end keeps the bed down, a programme without a word leaves it up."""
    assert set(ducking.plan_reductions(np.full(300, level))) == {ducking.DEPTH if level == LOUD else 0}


def test_the_gain_is_the_same_in_pieces_as_at_once() -> None:
    """What begins in the middle of a step does not jump."""
    taken = ducking.plan_reductions(spoken(60, 20, 120))
    count = len(taken) * ducking.STEP
    whole = ducking.gain_factors(taken, 0, count)
    pieces = [
        ducking.gain_factors(taken, start, min(10_007, count - start)) for start in range(0, count, 10_007)
    ]
    assert np.concatenate(pieces) == pytest.approx(whole)


def test_the_gain_moves_without_steps() -> None:
    """From one sample to the next by no more than the slope of going down."""
    factors = ducking.gain_factors(ducking.plan_reductions(spoken(200, 50, 200)), 0, 400 * ducking.STEP)
    assert factors.min() == pytest.approx(10 ** (-ducking.DEPTH / 20))
    assert factors.max() == 1
    assert (
        np.abs(np.diff(20 * np.log10(factors))).max() <= ducking.DEPTH / ducking.ATTACK / ducking.STEP * 1.01
    )

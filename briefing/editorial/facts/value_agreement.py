"""Agreement of two values: whether one is an honest form of the other."""

from __future__ import annotations

from briefing.editorial.facts.values import Bound, Value


def agree(spoken: Value, source: Value) -> bool:
    """Return whether the source's value bears out the one that is spoken, within what its bound allows."""
    if abs(spoken.number - source.number) <= 1e-6 * max(abs(source.number), 1e-9):
        within = spoken.dimension in {"hours", "months"} and {spoken.bound, source.bound} == {
            Bound.EXACT,
            Bound.MOST,
        }
        # 最高气温42度 may be told without 最高; of money and time a limit is a fact.
        measured = {spoken.bound, source.bound} <= {
            Bound.EXACT,
            Bound.MOST,
            Bound.LEAST,
        } and "最" in spoken.text + source.text
        if measured and spoken.dimension in {"temperature", "speed", "length", "magnitude"}:
            return True
        return (within and "里" in spoken.text + source.text) or spoken.bound in _HONEST[source.bound]
    if {spoken.bound, source.bound} == {Bound.EXACT, Bound.MOST}:
        return False
    low, high = _span(source)
    said_low, said_high = _span(spoken)
    if spoken.bound in {Bound.EXACT, Bound.LEAST, Bound.MOST}:
        return False
    return said_low - 1e-9 <= low and high <= said_high + 1e-9


_HONEST = {
    Bound.EXACT: {Bound.EXACT, Bound.ABOUT},
    Bound.ABOUT: {Bound.EXACT, Bound.ABOUT},
    Bound.OVER: {Bound.OVER, Bound.LEAST},
    Bound.UNDER: {Bound.UNDER, Bound.MOST},
    Bound.LEAST: {Bound.LEAST, Bound.OVER},
    Bound.MOST: {Bound.MOST, Bound.UNDER},
}
"""The bounds that may be spoken of the same number, by the source's bound."""


def _span(value: Value) -> tuple[float, float]:
    """The numbers that the value may mean."""
    number, size = value.number, abs(value.number)
    match value.bound:
        case Bound.EXACT:
            return number, number
        case Bound.ABOUT:
            return number - 0.05 * size, number + 0.05 * size
        case Bound.OVER:
            return number, number + max(0.1 * size, value.step)
        case Bound.UNDER:
            return number - max(0.1 * size, min(value.step, 0.2 * size)), number
        case Bound.LEAST:
            return number, float("inf")
        case Bound.MOST:
            return float("-inf"), number

"""Words that say the same on the air as in print: the honest changes of writing for the ear.

The writer may put any word of a group for another, and the guard takes them for one.
"""

from __future__ import annotations

from briefing.editorial.facts.spoken_words import WORDS
from briefing.editorial.facts.tables import read_lines, read_words


def _rows() -> list[list[str]]:
    """The groups of the table, and the pairs of print and speech that the writer puts for one another."""
    pairs = [[printed, said] for (printed, _), said in WORDS.items() if said]
    return [*(line.split() for line in read_lines("equivalents")), *pairs]


def _canonical() -> dict[str, frozenset[int]]:
    collected: dict[str, set[int]] = {}
    for number, row in enumerate(_rows()):
        for word in row:
            collected.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in collected.items()}


GROUPS = _canonical()
"""The groups that a word belongs to; a word of several senses is in several."""

LIGHT = read_words("light")
"""Words that claim nothing by themselves, so that adding them needs no source."""


def _same_words() -> dict[str, frozenset[str]]:
    collected: dict[str, set[str]] = {}
    for group in _rows():
        for word in group:
            collected.setdefault(word, set()).update(
                other for other in group if len(other) > 1 and other != word
            )
    return {word: frozenset(others) for word, others in collected.items()}


SAME = _same_words()
"""The other words of at least two characters that may stand for a word."""


def are_equivalent(left: str, right: str) -> bool:
    """Return whether one word may stand for the other on the air."""
    if left == right:
        return True
    return not GROUPS.get(left, frozenset()).isdisjoint(GROUPS.get(right, frozenset()))

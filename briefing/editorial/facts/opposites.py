"""Opposites of the news, and families of words of which only one can be true of the same fact."""

from __future__ import annotations

from briefing.editorial.facts.tables import read_lines


def _axes() -> dict[str, tuple[tuple[int, int], ...]]:
    """Each word's axes: the number of a pair of sides, and the side, 1 or -1."""
    collected: dict[str, list[tuple[int, int]]] = {}
    for number, line in enumerate(read_lines("opposites")):
        left, right = line.split(" | ")
        for word in left.split():
            collected.setdefault(word, []).append((number, 1))
        for word in right.split():
            collected.setdefault(word, []).append((number, -1))
    for word in [word for word, axes in collected.items() if axes[0][0] == 0 and len(word) == 2]:  # noqa: PLR2004 - a verb
        for ending in "到至":
            collected.setdefault(word + ending, collected[word])
    return {word: tuple(axes) for word, axes in collected.items()}


AXES = _axes()
"""The opposites that a word takes part in: pairs of an axis and a side."""


def are_opposite(left: str, right: str) -> bool:
    """Return whether two words are opposite sides of one axis, and never the same side of another."""
    ours, theirs = AXES.get(left, ()), AXES.get(right, ())
    if set(ours) & set(theirs):
        return False
    return any((axis, -side) in theirs for axis, side in ours)


FAMILIES = tuple(
    tuple(frozenset(member.split("/")) for member in line.split()) for line in read_lines("families")
)
"""Words that exclude one another, a family a row; a member's other words are behind the slash."""


def _members() -> dict[str, tuple[tuple[int, int], ...]]:
    collected: dict[str, list[tuple[int, int]]] = {}
    for family, members in enumerate(FAMILIES):
        for index, words in enumerate(members):
            for word in words:
                collected.setdefault(word, []).append((family, index))
    return {word: tuple(places) for word, places in collected.items()}


FAMILY = _members()
"""The families of a word, with its member's place in each."""

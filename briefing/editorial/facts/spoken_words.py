"""Words of print for which speech has others: what the writer says for them, and the guard takes for the same."""

from __future__ import annotations

from briefing.editorial.facts.tables import read_lines

NOTHING = "-"
"""Stands in the table for a word that is not said at all."""


def _read_pairs() -> dict[tuple[str, str], str]:
    rows = (line.split() for line in read_lines("spoken_words"))
    return {(printed, flags): "" if said == NOTHING else said for printed, flags, said in rows}


WORDS = _read_pairs()
"""Print word with the initials of the parts of speech in which it is one, and the word of speech."""

"""Finds stretches of a page whose order cannot be restored: two narrow columns that were read line by line.

Where every line breaks off and none goes on with the one above, any order would air another article's words. Such a
stretch is left out; the article keeps what stood before it, ends with ……, and is marked as broken.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from briefing.sources.newspaper.columns import joins
from briefing.sources.newspaper.lines import cleaning
from briefing.sources.newspaper.lines.page_lines import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.sources.newspaper.lines.page_lines import Line

SHORTEST_RUN = 5
"""Lines of a stretch that is given up; fewer are put together by their words."""
LONGEST_RUN = 60
"""Lines of a stretch that are looked at together."""
LONGEST_PIECE = 50
"""Han characters of a line of a narrow column, or of two that were put together."""
RAGGED = 0.75
"""Share of the widest line below which a line that breaks off is no line of a set column."""
LEAST_RAGGED = 2
MOST_WHOLE = 0.4
"""Share of lines in such a stretch that end a sentence."""
LEAST_LOST = 3
"""Lines of such a stretch that break off and found no place."""
LEAST_TORN = 1
"""Lines of such a stretch that certainly begin or end inside a sentence."""
_TORN: Final = re.compile(
    r"^[,。;:、!?%‰)》”’】]|^[^“《(]{1,6}[”》)]|[。!?][^”’）)。]{1,12}$|[的了在和与把将被对为及从向、]$|^\d+[.]?$|\d$"
)
_ROW: Final = re.compile(r"^\S{1,12}(?:\s+\S{1,12}){2,}$|^\S{1,14}\s+[\d.%:A-Z-]+(?:\s+\S+)*$")
"""A row of a table."""
_VERSE: Final = re.compile(r"^[^。，,;:“”]{3,14}[,。;!?]?$")
_CLAUSE_END: Final = re.compile(r"[,，、;；:：]?[^,，。;；:：!！?？]*$")
_FLOATING: Final = frozenset({Kind.PROSE, Kind.TITLE, Kind.JUNK, Kind.NOTICE, Kind.CAPTION})


def cut_off(lines: Sequence[Line], *, untouched: frozenset[int]) -> list[Line]:
    """Return the lines without stretches beyond repair; the text before each is cut at its last whole clause.

    `untouched` are the identities of the lines that an attempt to put everything in order has left alone.
    """
    before: list[Line] = []
    index = 0
    while index < len(lines):
        end = _end_of_run(lines, index)
        cut = bool(before) and before[-1].kind is Kind.PROSE and not cleaning.ends_sentence(before[-1].text)
        run = lines[index:end] if cut else []
        if len(run) >= SHORTEST_RUN and _is_scrambled(run) and _is_unsolved(run, untouched):
            before[-1] = broken_off(before[-1])
            index = end
        else:
            before.append(lines[index])
            index += 1
    return before


def _end_of_run(lines: Sequence[Line], at: int) -> int:
    """Return where the narrow lines end that begin at `at`."""
    end = at
    while end < min(len(lines), at + LONGEST_RUN) and _is_piece(lines[end]):
        end += 1
    return end


def _is_piece(line: Line) -> bool:
    narrow = 0 < cleaning.han_count(line.folded) <= LONGEST_PIECE or line.kind is Kind.JUNK
    floating = line.kind in _FLOATING or (line.kind is Kind.FURNITURE and line.folded.endswith((",", "，")))
    return narrow and not line.marked and not line.led and floating


def _is_unsolved(run: Sequence[Line], untouched: frozenset[int]) -> bool:
    """Return whether much of a stretch breaks off and found no place."""
    lost = [
        line
        for line in run
        if id(line) in untouched
        and line.kind not in {Kind.CAPTION, Kind.NOTICE, Kind.JUNK}
        and not cleaning.ends_sentence(line.text)
    ]
    return len(lost) >= max(LEAST_LOST, MOST_WHOLE * len(run))


def _is_scrambled(run: Sequence[Line]) -> bool:
    if sum(bool(_ROW.search(line.folded)) for line in run) > MOST_WHOLE * len(run):
        return False
    whole = sum(cleaning.ends_sentence(line.text) for line in run)
    torn = sum(bool(_TORN.search(line.folded)) for line in run)
    if whole > MOST_WHOLE * len(run) or torn < LEAST_TORN or all(_VERSE.match(line.folded) for line in run):
        return False
    opened = [cleaning.han_count(line.folded) for line in run if not cleaning.ends_sentence(line.text)]
    if sum(words < RAGGED * max(opened) for words in opened) < LEAST_RAGGED:
        return False
    pairs = pairwise(run)
    good = sum(joins.weigh_join(before.folded, after.folded) > 1 for before, after in pairs)
    return good < len(run) / 2


def broken_off(line: Line) -> Line:
    """Return a paragraph up to its last whole clause."""
    text = line.text if cleaning.ends_sentence(line.text) else _CLAUSE_END.sub("", line.text) + "……"
    return replace(line, text=text, folded=cleaning.fold(text), broken=True)

"""Puts the lines of a page back into the order in which they were to be read.

An extractor follows the columns of a page: a picture, an advertisement or a page's end cuts a sentence, and two columns
are read in turns. `restore` joins what was cut, puts what stood in between behind it, and gives each of two
interleaved articles its own text. It moves whole lines only, and only where the pieces themselves say so
(`joins.weigh_join`, words that piece and article share); otherwise everything stays where it is.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from briefing.sources.newspaper.columns import interleaved_columns, joins, scrambled
from briefing.sources.newspaper.lines import cleaning, line_kinds
from briefing.sources.newspaper.lines.page_lines import Kind, Line, append, breaks_off

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST_INSERT = 10
"""Lines of a picture's caption, an advertisement or a box that cut a sentence."""
LONGEST_INSERT_WORDS = 160
"""Han characters of such an insert."""
LONGEST_SUBHEADING = 12
"""Han characters of a sub-heading that is not marked."""
MARGIN = 2.0
"""Weight by which another order must be better than the printed one."""
_NO_TEXT: Final = frozenset(
    {
        Kind.CAPTION, Kind.PHOTO, Kind.JUNK, Kind.PROMPT, Kind.NOTICE, Kind.RULE, Kind.FURNITURE, Kind.INDEX,
        Kind.INDEX_LABEL, Kind.BOX, Kind.COLUMN,
    }
)  # fmt: skip
_PLACE: Final = frozenset({Kind.FURNITURE, Kind.INDEX, Kind.INDEX_LABEL, Kind.RULE})
"""What certainly is no piece of a sentence, though it be short."""


def restore(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines of a page in reading order, cut sentences joined."""
    read = [_as_text(line) for line in lines]
    ordered = _order(read)
    readable = scrambled.cut_off(read, untouched=frozenset(map(id, ordered)))
    return tuple(ordered if readable == read else _order(readable))


def _order(lines: Sequence[Line]) -> list[Line]:
    untangled = interleaved_columns.untangle_columns(list(_close_inserts(_join_neighbours(lines))))
    # Whose text it is that stood in another article's sentence is not known: it is nobody's.
    return [replace(line, kind=Kind.PROMPT) if line.displaced else line for line in untangled]


def _as_text(line: Line) -> Line:
    """Return a line that looks like a title but leaves a quotation open inside a clause as running text."""
    cut = line.kind is Kind.TITLE and not line.marked and "," in line.folded.replace("，", ",")
    return replace(line, kind=Kind.PROSE) if cut and joins.open_brackets(line.folded) else line


def _join_neighbours(lines: Sequence[Line]) -> list[Line]:
    """Join pieces that stand one under the other and are one sentence, whatever they look like alone."""
    marks = _marks_titles(lines)
    claimed = interleaved_columns.claimed_lines(lines)
    joined: list[Line] = []
    for index, line in enumerate(lines):
        if (
            joined
            and index not in claimed
            and not _is_insert(lines, index)
            and _goes_on(joined[-1], line, marks=marks, above=joined[-2] if len(joined) > 1 else None)
        ):
            joined[-1] = _glue(joined[-1], line)
        else:
            joined.append(line)
    return joined


def _marks_titles(lines: Sequence[Line]) -> bool:
    """Return whether the extraction marked the titles of most articles of a page."""
    titles = [
        index
        for index, line in enumerate(lines)
        if line.kind is Kind.TITLE and interleaved_columns.heads_article(lines, index)
    ]
    return 2 * sum(lines[title].marked for title in titles) > len(titles)


def _goes_on(before: Line, after: Line, *, marks: bool, above: Line | None) -> bool:
    """Return whether a line is the next piece of the one above it."""
    if after.marked or after.led or after.kind in _PLACE or before.kind in _PLACE or before.marked:
        return False
    if cleaning.ends_sentence(before.text) or (before.kind is Kind.TITLE and after.kind is Kind.TITLE):
        return False
    if not breaks_off(before) and before.kind is not Kind.TITLE:
        return False
    weight = joins.weigh_join(before.folded, after.folded)
    if weight >= joins.SURE:
        return True
    if before.kind is not Kind.TITLE or after.kind is not Kind.PROSE:
        return False
    # A short line over a paragraph is a sub-heading, unless it reads like the beginning of the paragraph.
    inside = above is not None and above.kind in {Kind.PROSE, Kind.BYLINE}
    clause = "," in before.folded.replace("，", ",")
    long = cleaning.han_count(before.folded) > LONGEST_SUBHEADING
    return inside and weight >= ((0.0 if marks else 0.5) if clause or (marks and long) else 1.5)


def _glue(before: Line, after: Line) -> Line:
    return append(before, after.text)


def _close_inserts(lines: Sequence[Line]) -> Iterator[Line]:
    """Give the lines with each sentence that an insert cuts joined before the insert."""
    rest = list(lines)
    while rest:
        line = rest.pop(0)
        while (start := _continuation(line, rest)) is not None:
            line = _glue(line, rest.pop(start))
            rest[:start] = _set_aside(rest[:start])
        yield line


def _set_aside(insert: Sequence[Line]) -> list[Line]:
    """Return the lines that cut a sentence as what they are: no text of this article, perhaps text of another."""
    if any(_reads_like_text(insert, index) for index in range(len(insert))):
        return [replace(line, displaced=True) for line in insert]
    return [replace(line, kind=Kind.PROMPT) for line in insert]


def _continuation(line: Line, rest: Sequence[Line]) -> int | None:
    """Return where after an insert a cut line goes on; None where it does not, or goes on at once."""
    if not breaks_off(line):
        return None
    # What looks like a title by itself must be shown to go on.
    least = -MARGIN if line.kind is Kind.PROSE else 0.0
    words = 0
    for index, after in enumerate(rest[: LONGEST_INSERT + 1]):
        if after.led or after.marked or (after.kind is Kind.BYLINE and not _is_inserted(rest, index)):
            return None
        weight = joins.weigh_join(line.folded, after.folded)
        inserted = _is_insert(rest, index)
        if index and not inserted and _may_continue(after) and weight >= max(least, _needed(rest, index)):
            return index
        if not index and not inserted and after.kind is Kind.PROSE and weight > -MARGIN:
            return None
        words += cleaning.han_count(after.folded)
        if words > LONGEST_INSERT_WORDS:
            return None
    return None


def _may_continue(line: Line) -> bool:
    """Return whether a line reads like a piece of running text."""
    return not line.marked and bool(_CLAUSE.search(line.folded)) and line.kind in {Kind.PROSE, Kind.JUNK}


def _needed(rest: Sequence[Line], end: int) -> float:
    """Return the weight that is asked of a continuation after an insert: the more, the less the insert looks like one."""
    if all(_is_insert(rest, index) for index in range(end)):
        return -1.0
    return 2.0 if any(_reads_like_text(rest, index) for index in range(end)) else -0.5


def _reads_like_text(lines: Sequence[Line], at: int) -> bool:
    return (
        lines[at].kind is Kind.PROSE and bool(_CLAUSE.search(lines[at].folded)) and not _is_insert(lines, at)
    )


def _is_inserted(rest: Sequence[Line], at: int) -> bool:
    """Return whether a byline stands in a picture's caption: text stands above it, but no title."""
    return at > 0 and rest[at - 1].kind is not Kind.TITLE


_INSERT: Final = re.compile(
    r"^.{2,30}(?:的)?(?:景象|场景|画面|情景|身影|外景|夜景|一角|现场|瞬间)。?$"
    r"|^(?:地址|活动时间|时间|订票|购票|咨询|票价|热线|招展|主办|承办|电话)"
)
"""A caption without a sign of its own, or a line of an advertisement."""
_CLAUSE: Final = re.compile(r"[,。，;!?！？；][”’)）]?(?:$|.)")


def _is_insert(lines: Sequence[Line], at: int) -> bool:
    """Return whether a line of text is a caption or an advertisement by its words, or by a picture's credit under it."""
    line = lines[at]
    if line.kind in _NO_TEXT or cleaning.han_count(line.folded) > line_kinds.LONGEST_TITLE:
        return line.kind in _NO_TEXT
    below = lines[at + 1] if at + 1 < len(lines) else None
    credited = below is not None and below.kind is Kind.PHOTO
    # Some extractors leave a double gap around what stands in the column without belonging to it.
    apart = line.gap > 1 and (below is None or below.gap > 1) and not _CLAUSE.search(line.folded.rstrip("。"))
    return credited or apart or bool(_INSERT.search(line.folded))

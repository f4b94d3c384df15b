"""Tables as plain text for a terminal, in which a Han character is two columns wide."""

from __future__ import annotations

import unicodedata
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GAP = "  "
MIN_LAST_WIDTH = 24
"""Columns that the last cell of a row keeps at least, on however narrow a terminal."""


def format_table(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> str:
    """Return the rows below their headings; columns whose name ends in # hold numbers.

    The last column is wrapped at `width` (in columns of the terminal), the others are as wide as they must be.
    """
    names = [name.rstrip("#") for name in columns]
    cells = [[cell.expandtabs() for cell in row] for row in rows]
    widths = [max(map(_cell_width, column)) for column in zip(names, *cells, strict=True)]
    used = sum(widths[:-1]) + len(GAP) * (len(widths) - 1)
    widths[-1] = min(widths[-1], max(width - used, MIN_LAST_WIDTH))
    numeric = [name.endswith("#") for name in columns]
    lines = [line for row in (names, *cells) for line in _row_lines(row, widths, numeric)]
    return "\n".join([lines[0], GAP.join("─" * width for width in widths), *lines[1:]])


def display_width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(_char_width(char) for char in text)


def wrap_cell(text: str, width: int) -> list[str]:
    """Return the lines of a cell, cut at spaces where there are some, else anywhere, as Chinese may be."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, used, space = "", 0, 0
        for char in paragraph:
            if used + _char_width(char) > width and line:
                cut = space if space and char != " " else len(line)
                lines.append(line[:cut].rstrip())
                line = line[cut:].lstrip()
                used, space = display_width(line), 0
            line += char
            used += _char_width(char)
            space = len(line) if char == " " else space
        lines.append(line.rstrip())
    return lines


def _cell_width(text: str) -> int:
    return max(map(display_width, text.split("\n")))


def _char_width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _row_lines(row: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> Iterator[str]:
    wrapped = [wrap_cell(cell, width) for cell, width in zip(row, widths, strict=True)]
    for pieces in zip_longest(*wrapped, fillvalue=""):
        padded = [_pad(*cells) for cells in zip(pieces, widths, numeric, strict=True)]
        yield GAP.join(padded).rstrip()


def _pad(text: str, width: int, numeric: bool) -> str:  # noqa: FBT001 - a cell's own three values
    space = " " * (width - display_width(text))
    return space + text if numeric else text + space

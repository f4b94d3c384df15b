"""Tables of figures → sentences that can be read out, one a row.

A listener sees no columns, so each figure is told with the words over its column. What only lays out a page, credits,
forms and tables of links are no figures, and stay what they are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from briefing.model import han_count
from briefing.sources.html import boilerplate, dom

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefing.sources.html.dom import Line, Node

_FIGURE: Final = re.compile(r"\d|[一二三四五六七八九十百千万]+[名个项元天]")
_LABEL: Final = re.compile(r"[:：]$|^(?:上|下)一[篇页条]|索\s*引\s*号|发文(?:机关|字号)|主题分类|公开方式")
"""Cells of forms and of the heads of official papers."""
_CELLS: Final = 2
"""Cells with text from which a row holds data."""
_ROWS: Final = 2
"""Rows of data that make a table."""
_LINKED: Final = 0.3
"""The share of linked characters from which a table is one of links."""
_FIGURES: Final = 0.3
"""The share of the cells below the first row and beside the first column that are figures, unless the table has a head."""


def sentences(rows: Sequence[Sequence[str]], *, headed: bool = False) -> list[str]:
    """The rows of a table as sentences; none for a table that is not one of data.

    `headed` says that the first row names the columns; otherwise it does so when it alone has no figure.
    """
    full = [row for row in rows if sum(map(bool, row)) >= _CELLS]
    if len(full) < _ROWS or any(_is_layout(cell) for row in full for cell in row):
        return []
    beside = [cell for row in full[1:] for cell in row[1:] if cell]
    figures = sum(1 for cell in beside if _FIGURE.search(cell))
    if not headed and figures < max(1, _FIGURES * len(beside)):
        return []
    names = full[0] if headed or not any(map(_FIGURE.search, full[0])) else ()
    return [_sentence(row, names) for row in (full[1:] if names else full)]


def _is_layout(cell: str) -> bool:
    return han_count(cell) >= boilerplate.SHORT or bool(_LABEL.search(cell)) or boilerplate.is_credit(cell)


def _sentence(row: Sequence[str], names: Sequence[str]) -> str:
    """One row as a sentence, such as 机电产品：出口额1388亿元，同比9.1%。."""
    if len(names) == len(row):
        cells = [f"{name}{cell}" for name, cell in zip(names[1:], row[1:], strict=True) if cell]
    else:
        cells = [cell for cell in row[1:] if cell]
    return "：".join(filter(None, (row[0], "，".join(cells)))) + "。"


def is_row(line: Line) -> bool:
    """Return whether a line is a row of figures, as `told` makes them."""
    return bool(line.node.tag == "tr")


def told(found: Sequence[Line]) -> Iterator[Line]:
    """The lines, with each row of figures as one line; other rows of short cells say nothing without their columns."""
    rows = [_row_of(line.node) for line in found]
    data = {row: _is_data(row) for row in dict.fromkeys(rows) if row is not None}
    cells = [(line, row if data.get(row) else None) for line, row in zip(found, rows, strict=True)]
    tables: dict[Node, dict[Node, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for line, row in cells:
        if row is not None:
            tables[_table_of(row)][row].append(line)
    spoken = {row: text for table in tables.values() for row, text in _spoken(table)}
    for line, row in cells:
        if row is None:
            yield line
        elif text := spoken.pop(row, ""):
            yield replace(line, text=text, node=row, linked=0, strong=0, pictures=0, inside=False)


def _row_of(node: Node) -> Node | None:
    """The row of a table in which a line stands."""
    inner = next(
        (ancestor for ancestor in (node, *node.iterancestors()) if ancestor.tag in {"tr", "table", "body"}),
        None,
    )
    return inner if inner is not None and inner.tag == "tr" else None


def _is_data(row: Node) -> bool:
    """Return whether a row has several cells with text, all of them short."""
    full = [text for text in _texts(row) if text]
    return len(full) >= _CELLS and max(map(han_count, full)) < boilerplate.SHORT


def _table_of(row: Node) -> Node:
    return next((around for around in row.iterancestors() if around.tag == "table"), row)


def _texts(row: Node) -> list[str]:
    return [dom.content(cell) for cell in _cells(row)]


def _cells(row: Node) -> Iterable[Node]:
    return (cell for cell in row if dom.name(cell) in {"td", "th"})


def _spoken(rows: dict[Node, list[Line]]) -> Iterator[tuple[Node, str]]:
    """Each row of one table with its sentence; a row that names the columns, and a table of links, have none."""
    lines = [line for row in rows.values() for line in row]
    linked = sum(line.linked for line in lines)
    if linked >= _LINKED * sum(len(line.text) for line in lines):
        return
    nodes = list(rows)
    headed = all(dom.name(cell) == "th" for cell in _cells(nodes[0]))
    texts = sentences([_texts(row) for row in nodes], headed=headed)
    yield from zip(nodes[len(nodes) - len(texts) :], texts, strict=True)

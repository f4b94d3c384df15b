"""OFD → its text: the Chinese standard (GB/T 33190-2016) for documents with a fixed layout, in rows as they are printed."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final

from briefing.errors import SourceError
from briefing.sources.documents.zipped_xml import Package, attribute, check_count, find_all, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

MAX_PAGES: Final = 200
_SAME_ROW: Final = 1.5
"""Millimetres of height by which pieces of one row differ at most."""


def read_text(content: bytes) -> str:
    """Return the rows of an OFD from the top of each page down; raises `SourceError` for one that is broken."""
    package = Package(content, "OFD")
    start = next(
        (text_of(node).strip() for node in find_all(package.parse("OFD.xml"), "DocRoot")),
        "Doc_0/Document.xml",
    )
    root = start.lstrip("/")
    pages = [
        posixpath.normpath(posixpath.join(posixpath.dirname(root), attribute(page, "BaseLoc").lstrip("/")))
        for page in find_all(package.parse(root), "Page")
        if attribute(page, "BaseLoc")
    ]
    if len(pages) > MAX_PAGES:
        raise SourceError(f"the OFD has more than {MAX_PAGES} pages; give the article alone")
    rows = [row for page in pages for row in _rows(package.parse(page))]
    if not rows:
        raise SourceError("the OFD has no text layer; run character recognition on it first")
    return "\n".join(rows)


def _rows(page: Element) -> Iterator[str]:
    pieces = []
    for piece in find_all(page, "TextObject"):
        bounds = attribute(piece, "Boundary").split()
        text = "".join(text_of(code) for code in find_all(piece, "TextCode")).strip()
        if text and len(bounds) >= 2:  # noqa: PLR2004 - left and top
            pieces.append((_number(bounds[1]), _number(bounds[0]), text))
        check_count(len(pieces) // 4)
    row: list[tuple[float, str]] = []
    height = None
    for top, x, text in sorted(pieces):
        if height is not None and top - height > _SAME_ROW:
            yield "".join(piece for _, piece in sorted(row))
            row = []
        height = top if not row else height
        row.append((x, text))
    if row:
        yield "".join(piece for _, piece in sorted(row))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0

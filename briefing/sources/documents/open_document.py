"""ODT → its articles: headings, paragraphs and tables; what was deleted and only kept as a change is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from briefing.sources.documents import word
from briefing.sources.documents.word import Paragraph
from briefing.sources.documents.zipped_xml import Package, attribute, check_count, find_all, local_name
from briefing.sources.html import dom, figure_tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element
    from zoneinfo import ZoneInfo

    from briefing.sources.extracted_article import ExtractedArticle

_UNSHOWN: Final = frozenset(
    {"tracked-changes", "annotation", "note", "table-of-content", "forms", "sequence-decls"}
)
_BREAKS: Final = {"s": " ", "tab": " ", "line-break": "\n"}


def read(content: bytes, zone: ZoneInfo) -> tuple[ExtractedArticle, ...]:
    """Return the articles of an ODT; raises `SourceError` for one that is broken, too large, or without text."""
    document = Package(content, "ODT").parse("content.xml")
    body = next(find_all(document, "text"), document)
    return word.split_articles(list(_paragraphs(body)), zone)


def _paragraphs(root: Element) -> Iterator[Paragraph]:
    count = 0
    waiting = [iter(root)]
    while waiting:
        element = next(waiting[-1], None)
        if element is None:
            waiting.pop()
            continue
        name = local_name(element)
        if name in {"h", "p"}:
            count += 1
            check_count(count)
            yield from _lines(element, name)
        elif name == "table":
            rows = [
                [dom.tidy(_text(cell)) for cell in row if local_name(cell) == "table-cell"]
                for row in find_all(element, "table-row")
            ]
            yield from map(Paragraph, figure_tables.sentences(rows))
        elif name not in _UNSHOWN:
            waiting.append(iter(element))


def _lines(element: Element, name: str) -> Iterator[Paragraph]:
    top = name == "h" and attribute(element, "outline-level") in {"", "1"}
    style = attribute(element, "style-name")
    role = "title" if top or style in {"Title", "标题"} else "heading" if name == "h" else "text"
    role = "subtitle" if style in {"Subtitle", "副标题"} else role
    yield from (Paragraph(text, role) for text in map(dom.tidy, _text(element).split("\n")) if text)


def _text(root: Element) -> str:
    parts: list[str] = [root.text or ""]
    for element in root:
        name = local_name(element)
        if name in _BREAKS:
            parts.append(_BREAKS[name])
        elif name not in _UNSHOWN:
            parts.append(_text(element) if len(element) else element.text or "")
        parts.append(element.tail or "")
    return "".join(parts)

"""EPUB → the chapters that are articles, in the order in which the book is read."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from briefing.errors import SourceError
from briefing.sources.documents.zipped_xml import Package, attribute, find_all
from briefing.sources.html import decoding, extraction

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from briefing.sources.extracted_article import ExtractedArticle

MAX_CHAPTERS: Final = 400
_PAGE_TYPES: Final = frozenset({"application/xhtml+xml", "text/html"})


def read(content: bytes, zone: ZoneInfo) -> tuple[ExtractedArticle, ...]:
    """Return the chapters with a title and a text; raises `SourceError` for a book without any."""
    package = Package(content, "EPUB")
    chapters = list(_chapters(package))
    if len(chapters) > MAX_CHAPTERS:
        raise SourceError(f"the EPUB has more than {MAX_CHAPTERS} chapters; give the article alone")
    articles = [article for name in chapters if (article := _article(package, name, zone))]
    if not articles:
        raise SourceError("the EPUB holds no chapter with a title and a text")
    return tuple(articles)


def _chapters(package: Package) -> Iterator[str]:
    book = next(
        (
            attribute(node, "full-path")
            for node in find_all(package.parse("META-INF/container.xml"), "rootfile")
        ),
        "",
    )
    root = package.parse(book)
    items = {
        attribute(item, "id"): attribute(item, "href")
        for item in find_all(root, "item")
        if attribute(item, "media-type") in _PAGE_TYPES
    }
    for reference in find_all(root, "itemref"):
        href = items.get(attribute(reference, "idref"))
        if href:
            yield posixpath.normpath(posixpath.join(posixpath.dirname(book), unquote(href)))


def _article(package: Package, name: str, zone: ZoneInfo) -> ExtractedArticle | None:
    """The article of a chapter; None for a cover, a list of contents and the like."""
    try:
        article = extraction.extract(decoding.text(package.read(name)), "", zone)
    except SourceError:
        return None
    return article if article.title and article.paragraphs else None

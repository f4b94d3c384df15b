"""The kit for writing a source: identities, articles from what a page gives, spans.

A new kind of source is one function, `(Setup, since, until) -> articles`, made of these parts; docs/sources.md shows one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.errors import SourceError
from briefing.model import Article
from briefing.net.urls import host
from briefing.sources import text_normalizer
from briefing.sources.html import decoding
from briefing.sources.html import extraction as page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from zoneinfo import ZoneInfo

    from briefing.net.resources import Fetched
    from briefing.sources.extracted_article import ExtractedArticle
    from briefing.sources.protocol import Setup

LOG = logging.getLogger(__name__)

MOST_TROUBLES = 8
"""Pages of a site in a row that cannot be read; then it is the site, and the others are not tried."""
MAX_SECONDS = 300
"""Seconds that all pages of a source may take together."""
MOST_PARTS = 20
"""Pages of one article that are followed."""


def identity(source: str, day: dt.date, title: str, text: str) -> str:
    """The same article has the same id each time it is read."""
    return hashlib.sha256(f"{source}\x1f{day.isoformat()}\x1f{title}\x1f{text}".encode()).hexdigest()[:16]


def article(
    source: str, found: ExtractedArticle, *, fetched: dt.datetime, guid: str = "", position: int = 0
) -> Article:
    """Return the article of a page for the pool.

    `fetched` is when it was first met: the moment of an article that prints none. `guid` is the source's own name
    for it, where two may have one title.
    """
    found = normalize(found)
    return Article(
        id=identity(source, (found.published or fetched).date(), found.title, guid),
        source=source,
        title=found.title,
        paragraphs=found.paragraphs,
        published=found.published,
        fetched=fetched,
        kicker=found.kicker,
        byline=found.byline,
        page=found.page,
        position=position,
        url=found.url,
        sections=found.sections,
        complete=found.complete,
        incomplete_because=found.incomplete_because,
        origin=found.origin,
    )


def normalize(found: ExtractedArticle) -> ExtractedArticle:
    """Return an article with its characters as they were meant; raises `SourceError` for one that is unreadable."""
    paragraphs = text_normalizer.normalize_paragraphs(found.paragraphs)
    text_normalizer.refuse_unreadable("\n".join((found.title, *paragraphs)))
    return replace(found, title=text_normalizer.normalize_title(found.title), paragraphs=paragraphs)


def _with_frame(setup: Setup, found: ExtractedArticle) -> ExtractedArticle:
    """The article whose text lies in a frame; without the text where the frame cannot be read."""
    try:
        inner = page.extract_text(_markup(setup.get(found.frame)))
    except SourceError as error:
        return replace(found, complete=False, incomplete_because=f"正文在内嵌页面里，没有取到（{error}）")
    return replace(found, paragraphs=inner, frame="", complete=bool(inner))


def _whole_page(setup: Setup, found: ExtractedArticle) -> ExtractedArticle | None:
    """The page with the whole text, if it is there and begins as this one does."""
    try:
        whole = read_page(setup.get(found.full_page), setup.zone, setup.now())
    except SourceError:
        return None
    begins = whole.paragraphs[:1] == found.paragraphs[:1]
    longer = len("".join(whole.paragraphs)) > len("".join(found.paragraphs))
    if not (begins and longer):
        return None
    return replace(
        whole,
        published=found.published or whole.published,
        title=found.title,
        url=found.url,
        next_page="",
        complete=not whole.next_page and not whole.incomplete_because.startswith("付费"),
    )


def _is_page(fetched: Fetched) -> bool:
    return not fetched.content_type.startswith(("image/", "audio/", "video/"))


def _markup(fetched: Fetched) -> str:
    return decoding.text(fetched.content, fetched.charset)


def read_page(fetched: Fetched, zone: ZoneInfo, now: dt.datetime) -> ExtractedArticle:
    """The article on a page that was fetched at `now`; raises `SourceError` for what is no web page."""
    if fetched.content_type.startswith(("image/", "audio/", "video/")):
        raise SourceError(f"{fetched.url} is {fetched.content_type}, not a web page")
    return page.extract(decoding.text(fetched.content, fetched.charset), fetched.url, zone, now)


def fetch_article(setup: Setup, url: str) -> ExtractedArticle:
    """Return the article at an address with all its pages; raises `SourceError` for a page that holds none.

    One jump is followed, a text in a frame is taken, and where the page names the page of the whole text, that one.
    """
    fetched = setup.get(url)
    target = page.find_jump(_markup(fetched), fetched.url) if _is_page(fetched) else ""
    read = read_page(setup.get(target) if target else fetched, setup.zone, setup.now())
    if read.frame and not read.paragraphs:
        return _with_frame(setup, read)
    if read.full_page:
        whole = _whole_page(setup, read)
        if whole is not None:
            return whole
    urls = {url, read.url}
    parts = [read]
    while parts[-1].next_page and parts[-1].next_page not in urls and len(parts) < MOST_PARTS:
        urls.add(parts[-1].next_page)
        try:
            parts.append(read_page(setup.get(parts[-1].next_page), setup.zone, setup.now()))
        except SourceError as error:
            LOG.info("a later page of %s cannot be read: %s", url, error)
            break
    return _joined(parts)


class PageReader:
    """Reads the pages of one source, at most `MAX_SECONDS` long, and leaves a host that fails again and again."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._until = setup.now() + dt.timedelta(seconds=MAX_SECONDS)
        self._failures: Counter[str] = Counter()

    def read(self, url: str) -> ExtractedArticle:
        """Return the article at an address; raises `SourceError`, at once for a host that has failed too often."""
        name = host(url)
        if self._failures[name] >= MOST_TROUBLES:
            raise SourceError(
                f"{name} failed {MOST_TROUBLES} times in a row; its other pages are left until later"
            )
        if self._setup.now() > self._until:
            raise SourceError(
                f"the source took longer than {MAX_SECONDS} seconds; the rest is left until later"
            )
        try:
            article = fetch_article(self._setup, url)
        except SourceError:
            self._failures[name] += 1
            raise
        self._failures[name] = 0
        return article


def fetch_articles(setup: Setup, urls: Iterable[str]) -> Iterator[tuple[str, ExtractedArticle]]:
    """The articles at several addresses of a site; a page that cannot be read is passed over while others can.

    Raises the first page's `SourceError` when none can be read, or many in a row cannot.
    """
    troubles: list[SourceError] = []
    in_a_row, read = 0, 0
    reader = PageReader(setup)
    for url in urls:
        try:
            found_page = reader.read(url)
        except SourceError as error:
            troubles.append(error)
            in_a_row += 1
            if in_a_row >= MOST_TROUBLES:
                raise troubles[-in_a_row] from error
            continue
        in_a_row, read = 0, read + 1
        yield url, found_page
    if troubles and not read:
        raise troubles[0]


def _joined(parts: list[ExtractedArticle]) -> ExtractedArticle:
    """The parts of an article as one; the first says what it is."""
    missing = bool(parts[-1].next_page) and parts[-1].next_page not in {part.url for part in parts}
    paid = next((part.incomplete_because for part in parts if part.incomplete_because.startswith("付费")), "")
    reason = paid or ("文章分的页太多，后面的没有取" if missing else "")
    return replace(
        parts[0],
        paragraphs=tuple(line for part in parts for line in part.paragraphs),
        sections=tuple(line for part in parts for line in part.sections),
        next_page=parts[-1].next_page if missing else "",
        complete=not reason,
        incomplete_because=reason,
    )

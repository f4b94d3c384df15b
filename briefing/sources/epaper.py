"""Source `epaper`: the day's edition of a digital newspaper (数字报), page by page.

`url` is the address of an edition's first page with the day in it as {yyyy}, {mm}, {dd}, such as
https://epaper.example/html/{yyyy}-{mm}/{dd}/node_1.htm (the layout of Founder's system), or the address of a data
file (JSON) that lists pages with their articles. Pages are the nodes that the first page links to; articles
the links of a page. The size of a headline and its place on the page are kept as the article's position: what stands
first on the front page stands first in the pool.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from briefing.errors import SourceError
from briefing.net.urls import host, joined
from briefing.sources import helpers
from briefing.sources.extracted_article import ExtractedArticle
from briefing.sources.html import decoding, dom, page_moments, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.model import Article
    from briefing.net.resources import Fetched
    from briefing.sources.html.dom import Node
    from briefing.sources.protocol import Setup

_NODE: Final = re.compile(
    r"(?:node|page|ban|layout|nbs)[\w.\-]*\d+[^/]*\.\w+$|/(?:node|page)/\w+$", re.IGNORECASE
)
_CONTENT: Final = re.compile(
    r"(?:content|article|detail|nw|con)[\w.\-]*\d+[^/]*\.\w+|/(?:content|article)/\w+", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"(?<![A-Za-z\d])第?\s*([A-Z]?\d{1,3})\s*版")
_AREA: Final = re.compile(r"-?\d+(?:\.\d+)?")
_MOST_PAGES: Final = 200
_WRAPPERS: Final = 3  # objects around the list, at most: {"data": {"result": {"pages": […]}}}
_CORNERS: Final = 2  # of a box: two points tell it
"""Pages of the thickest paper."""
_FIELDS: Final = {
    "pages": ("pages", "layouts", "bans", "sections", "data", "list", "items", "result"),
    "articles": ("articles", "news", "contents", "list", "items", "article"),
    "title": ("title", "mainTitle", "headline", "name"),
    "kicker": ("introTitle", "kicker", "leadTitle", "shoulder"),
    "number": ("pageNo", "page", "number", "layoutNo", "banNo", "pageName", "name"),
    "url": ("url", "link", "href", "contentUrl"),
    "text": ("content", "text", "body", "html", "articleContent"),
    "author": ("author", "byline", "authors"),
}
"""The names that data-driven sites give to the same things."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Place of an article: its address, the page's number, and the area of its headline or box, 0 if unknown."""

    url: str
    page: str
    area: float = 0.0


def articles(setup: Setup, since: dt.datetime, until: dt.datetime) -> Iterator[Article]:
    """The articles of each day's edition in the span, as they stand in the paper; a day without a paper has none."""
    day = since.astimezone(setup.zone).date()
    last = (until - dt.timedelta(microseconds=1)).astimezone(setup.zone).date()
    while day <= last:
        published = dt.datetime.combine(day, dt.time.min, setup.zone)
        yield from _edition(setup, edition_url(setup.url, day), published)
        day += dt.timedelta(days=1)


def edition_url(template: str, day: dt.date) -> str:
    """The address of a day's edition."""
    values = {"yyyy": f"{day:%Y}", "mm": f"{day:%m}", "dd": f"{day:%d}", "yy": f"{day:%y}"}
    return re.sub(r"\{(yyyy|mm|dd|yy)\}", lambda found: values[found[1]], template)


def _edition(setup: Setup, url: str, published: dt.datetime) -> Iterator[Article]:
    fetched = setup.get(url)
    data = _data(fetched)
    if data is not None:
        yield from _of_data(setup, data, fetched.url, published)
        return
    troubles: list[SourceError] = []
    placed = list(_placed(setup, fetched, troubles))[: setup.limit]
    if not placed:
        raise SourceError(
            f"{url} is no edition: it links to no article; check the address of a day's first page"
        )
    places = {entry.url: (entry.page, position) for position, entry in enumerate(placed)}
    for address, page in helpers.fetch_articles(setup, places):
        if page.title and page.paragraphs:
            yield _article(setup, page, published, *places[address])
    if troubles:
        raise troubles[0]


def _article(
    setup: Setup, found: ExtractedArticle, published: dt.datetime, page: str, position: int
) -> Article:
    printed = replace(found, published=published)
    article = helpers.article(setup.name, printed, fetched=setup.now(), guid=found.url, position=position)
    return replace(article, page=found.page or page)


def _placed(setup: Setup, first: Fetched, troubles: list[SourceError]) -> Iterator[Placed]:
    """The articles of all pages, page by page, on each the largest first; of pages that fail, the troubles."""
    urls: set[str] = set()
    waiting, done = [first.url], set[str]()
    while waiting and len(done) < _MOST_PAGES:
        url = waiting.pop(0)
        if url in done:
            continue
        done.add(url)
        try:
            fetched = first if url == first.url else setup.get(url)
        except SourceError as error:
            troubles.append(error)
            continue
        root = dom.tree(decoding.text(fetched.content, fetched.charset))
        waiting += [link for link in _links(root, fetched.url, _NODE) if link not in done]
        number = _page_number(root, fetched.url)
        on_page = [entry for entry in _on_page(root, fetched.url, number) if entry.url not in urls]
        urls.update(entry.url for entry in on_page)
        yield from sorted(on_page, key=lambda entry: -entry.area)


def _links(root: Node, base: str, pattern: re.Pattern[str]) -> list[str]:
    """The addresses in the same edition that the pattern means."""
    links = [joined(base, node.get("href")) for node in root.iter("a", "area") if node.get("href")]
    return [
        url
        for url in dict.fromkeys(links)
        if _is_of_edition(url, base) and pattern.search(urlsplit(url).path.rsplit("/", 1)[-1])
    ]


def _is_of_edition(url: str, base: str) -> bool:
    """Return whether an address is in the same folder, or on the same host with the same day in its path.

    Founder's newer system has …/layout/202306/09/node_01.html beside …/content/202306/09/content_1.html.
    """
    if url.rsplit("/", 1)[0] == base.rsplit("/", 1)[0]:
        return True
    day = _day_in(base)
    return bool(day) and _day_in(url) == day and host(url) == host(base)


def _day_in(url: str) -> dt.datetime | None:
    return page_moments.of_address(urlsplit(url).path, ZoneInfo("UTC"))


def _on_page(root: Node, base: str, number: str) -> Iterator[Placed]:
    """The articles of a page with the area that the page's picture gives each."""
    areas: dict[str, float] = {}
    for node in root.iter("area"):
        url = joined(base, node.get("href") or "")
        areas[url] = max(areas.get(url, 0.0), _area(node.get("coords") or ""))
    for url in _links(root, base, _CONTENT):
        yield Placed(url, number, areas.get(url, 0.0))


def _area(coords: str) -> float:
    """The area of a box or a polygon in an image map (HTML Standard, 4.8.14), by Gauss's formula."""
    values = [float(value) for value in _AREA.findall(coords)][:400]
    points = list(zip(values[::2], values[1::2], strict=False))
    if len(points) == _CORNERS:
        (left, top), (right, bottom) = points
        return abs((right - left) * (bottom - top))
    turned = zip(points, [*points[1:], *points[:1]], strict=True)
    return abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in turned)) / 2


def _page_number(root: Node, url: str) -> str:
    """The number that a page names first, outside links; of the address, when it names none."""
    for line in dom.lines(root):
        match = _NUMBER.search(line.text)
        if match and not line.linked:
            return match[1]
    named = re.search(r"(\d+)\.\w+$", url)
    return named[1].zfill(2) if named else ""


def _data(fetched: Fetched) -> object:
    """The JSON of a data-driven site; None for a page."""
    text = decoding.text(fetched.content, fetched.charset).strip()
    if not text.startswith(("{", "[")):
        return None
    try:
        data: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{fetched.url} is no JSON: {error}") from error
    return data


def _of_data(setup: Setup, data: object, base: str, published: dt.datetime) -> Iterator[Article]:
    position = 0
    for page in _list(data, "pages"):
        number = _NUMBER.search(f"{_value(page, 'number')}版")
        for item in _list(page, "articles"):
            entry = _told(setup, item, base)
            if entry.title and entry.paragraphs and position < setup.limit:
                yield _article(setup, entry, published, number[1] if number else "", position)
                position += 1
    if not position:
        raise SourceError(f"{base} lists no article; check that it is an edition's data")


def _list(value: object, what: str) -> list[dict[str, Any]]:
    """The list that a value is, or holds under one of the names for it, however deep in wrappers."""
    for _ in range(1 + _WRAPPERS):
        if isinstance(value, list):
            return [item for item in value if isinstance(item, dict)]
        if not isinstance(value, dict):
            return []
        value = next(
            (value[name] for name in _FIELDS[what] if isinstance(value.get(name), list | dict)), None
        )
    return []


def _value(item: dict[str, Any], what: str) -> str:
    value = next((item[name] for name in _FIELDS[what] if isinstance(item.get(name), str | int)), "")
    return dom.tidy(str(value))


def _told(setup: Setup, item: dict[str, Any], base: str) -> ExtractedArticle:
    """An article of the data: its text is there, or at its address."""
    text, url, title = _value(item, "text"), _value(item, "url"), _value(item, "title")
    if not text and url:
        return helpers.fetch_article(setup, joined(base, url))
    body = paragraphs.read(dom.fragment(text), title) if text else paragraphs.Body((), (), ())
    return ExtractedArticle(
        title=title,
        paragraphs=body.paragraphs,
        published=None,
        byline=_value(item, "author"),
        kicker=_value(item, "kicker"),
        url=joined(base, url) if url else "",
        sections=body.sections,
    )

"""Source `web`: the newest articles that a list page of a site links to."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from briefing.errors import SourceError
from briefing.model import han_count
from briefing.net.urls import host, joined
from briefing.sources import helpers
from briefing.sources.html import decoding, dom, page_moments

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from briefing.model import Article
    from briefing.net.resources import Fetched
    from briefing.sources.html.dom import Node
    from briefing.sources.protocol import Setup

_LIKE_AN_ARTICLE: Final = re.compile(
    r"/[^/?]*\d{4,}[^/?]*$|/20\d{2}[-/]?\d{2}[-/]?\d{2}/|content_\d|[?&](?:id|aid|docid)=\d", re.IGNORECASE
)
"""Addresses of articles hold a number or a day; those of channels do not."""
_LONGEST_ROW: Final = 160
"""Characters of a row of a list, in which its day stands."""
_SHORTEST: Final = 6
"""Han characters of a link that is a headline."""


def articles(setup: Setup, since: dt.datetime, until: dt.datetime) -> Iterator[Article]:
    """The articles of the span that the page at `url` links to, in its order; `match` says which links are meant.

    A page that cannot be read is passed over while others can; raises `SourceError` when none can.
    """
    listed = listed_links(setup)
    urls = list(listed)
    if not urls:
        raise SourceError(
            f"{setup.url} links to no article; set `match` to a pattern of the addresses of its articles"
        )
    days = {url: page_moments.of_address(url, setup.zone) or day for url, day in listed.items()}
    due = [url for url, day in days.items() if not day or since.date() <= day.date() <= until.date()]
    for url, page in helpers.fetch_articles(setup, due):
        dated = replace(page, published=page.published or days[url])
        if dated.title and dated.paragraphs and dated.published:
            article = helpers.article(setup.name, dated, fetched=setup.now(), position=urls.index(url))
            if article.is_within(since, until):
                yield article


def listed_links(setup: Setup) -> dict[str, dt.datetime | None]:
    """Return the addresses of `links` with the day that the list prints beside each, None where it prints none."""
    fetched, now = setup.get(setup.url), setup.now().astimezone(setup.zone)
    root = dom.tree(decoding.text(fetched.content, fetched.charset))
    beside: dict[str, dt.datetime | None] = {}
    for link in root.iter("a"):
        url = joined(fetched.url, link.get("href") or "")
        holder = link.getparent()
        if not url or beside.get(url) or holder is None:
            continue
        text = dom.start(holder, _LONGEST_ROW)
        date = page_moments.moment(text, setup.zone) or page_moments.yearless(text, now.year, setup.zone)
        beside[url] = date[0] if date and date[0] <= now else None
    return {url: beside.get(url) for url in _links_of(setup, fetched, root)}


def links(setup: Setup) -> list[str]:
    """The addresses of articles on the list page, each once, at most as many as the setup allows."""
    fetched = setup.get(setup.url)
    return _links_of(setup, fetched, dom.tree(decoding.text(fetched.content, fetched.charset)))


def _links_of(setup: Setup, fetched: Fetched, root: Node) -> list[str]:
    base = next((node.get("href") for node in root.iter("base") if node.get("href")), fetched.url)
    addresses = (
        joined(joined(fetched.url, base) or fetched.url, link.get("href"))
        for link in root.iter("a")
        if link.get("href") and (setup.match or han_count(dom.content(link)) >= _SHORTEST)
    )
    wanted_links = (url for url in addresses if _is_wanted(url, fetched.url, setup.match))
    return list(dict.fromkeys(wanted_links))[: setup.limit]


def _is_wanted(url: str, page: str, match: str) -> bool:
    """Return whether an address fits the pattern, or without one, is an article's on the same site."""
    if not url or url == page:
        return False
    if match:
        return bool(re.search(match, url))
    return _site(host(url)) == _site(host(page)) and bool(_LIKE_AN_ARTICLE.search(url))


def _site(name: str) -> str:
    """The part of a host name that channels of a site share."""
    return ".".join(name.split(".")[-3 if re.search(r"\.(?:com|gov|org|net|edu)\.cn$", name) else -2 :])

"""Source `web`: the newest articles that a list page of a site links to."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from briefing.errors import SourceError
from briefing.model import han_count
from briefing.net.urls import host, joined
from briefing.sources import helpers
from briefing.sources.html import decoding, dom, moments

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from briefing.model import Article
    from briefing.sources.protocol import Setup

_LIKE_AN_ARTICLE: Final = re.compile(
    r"/[^/?]*\d{4,}[^/?]*$|/20\d{2}[-/]?\d{2}[-/]?\d{2}/|content_\d|[?&](?:id|aid|docid)=\d", re.IGNORECASE
)
"""Addresses of articles hold a number or a day; those of channels do not."""
_SHORTEST: Final = 6
"""Han characters of a link that is a headline."""


def articles(setup: Setup, since: dt.datetime, until: dt.datetime) -> Iterator[Article]:
    """The articles of the span that the page at `url` links to, in its order; `match` says which links are meant.

    A page that cannot be read is passed over while others can; raises `SourceError` when none can.
    """
    found = links(setup)
    if not found:
        raise SourceError(
            f"{setup.url} links to no article; set `match` to a pattern of the addresses of its articles"
        )
    days = {url: moments.of_address(url, setup.zone) for url in found}
    due = [url for url, day in days.items() if not day or since.date() <= day.date() <= until.date()]
    for url, page in helpers.fetch_articles(setup, due):
        dated = replace(page, published=page.published or days[url])
        if dated.title and dated.paragraphs and dated.published:
            made = helpers.article(setup.name, dated, fetched=setup.now(), position=found.index(url))
            if made.is_within(since, until):
                yield made


def links(setup: Setup) -> list[str]:
    """The addresses of articles on the list page, each once, at most as many as the setup allows."""
    fetched = setup.get(setup.url)
    root = dom.tree(decoding.text(fetched.content, fetched.charset))
    base = next((node.get("href") for node in root.iter("base") if node.get("href")), fetched.url)
    found = (
        joined(joined(fetched.url, base) or fetched.url, link.get("href"))
        for link in root.iter("a")
        if link.get("href") and (setup.match or han_count(dom.content(link)) >= _SHORTEST)
    )
    wanted = (url for url in found if _is_wanted(url, fetched.url, setup.match))
    return list(dict.fromkeys(wanted))[: setup.limit]


def _is_wanted(url: str, page: str, match: str) -> bool:
    """Whether an address is one that the pattern means, or without a pattern, of an article on the same site."""
    if not url or url == page:
        return False
    if match:
        return bool(re.search(match, url))
    return _site(host(url)) == _site(host(page)) and bool(_LIKE_AN_ARTICLE.search(url))


def _site(name: str) -> str:
    """The part of a host name that channels of a site share."""
    return ".".join(name.split(".")[-3 if re.search(r"\.(?:com|gov|org|net|edu)\.cn$", name) else -2 :])

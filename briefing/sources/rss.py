"""Source `rss`: the entries of an RSS, Atom or JSON feed, completed from their pages where the feed cuts them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from briefing.errors import SourceError
from briefing.model import han_count
from briefing.sources import feed_parser, helpers
from briefing.sources.extracted_article import ExtractedArticle
from briefing.sources.html.article_gate import NotAnArticle
from briefing.sources.newspaper import continuations

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from briefing.model import Article
    from briefing.sources.feed_parser import Entry
    from briefing.sources.protocol import Setup

SAME_TITLE: Final = 0.4
"""Likeness of the titles of an entry and of its page, 0 to 1; sites shorten them in feeds."""
SUMMARY: Final = 80
"""Characters of an entry's words that are looked for in its page."""
RUN: Final = 8


def articles(setup: Setup, since: dt.datetime, until: dt.datetime) -> Iterator[Article]:
    """The entries of the span, newest first; one whose page cannot be read keeps the text of the feed."""
    fetched, now = setup.get(setup.url), setup.now()
    feed = feed_parser.parse(fetched.content, fetched.url, setup.zone, fetched.charset, now)
    # An entry without a date is as old as its page says, or else news of the moment in which it was met first.
    met = _first_met(setup, [entry.guid for entry in feed.entries if not entry.published])
    dated = [(entry.published or met[entry.guid], entry) for entry in feed.entries]
    inside = [(moment, entry) for moment, entry in dated if since <= moment < until and entry.title]
    newest = sorted(inside, key=lambda pair: pair[0], reverse=True)[: setup.limit]
    completer = _Completer(setup)
    for position, (_, entry) in enumerate(newest):
        completed = completer.complete(entry) if setup.full_text and not setup.headlines else _found(entry)
        printed = replace(completed, published=entry.published or completed.published)
        article = helpers.article(
            setup.name, printed, fetched=met.get(entry.guid, now), guid=entry.guid, position=position
        )
        if article.is_within(since, until):
            yield article
    if completer.troubles:
        raise SourceError(
            f"{len(completer.troubles)} of the feed's pages are not its articles, so the feed's own words stay; "
            f"the first: {completer.troubles[0]}"
        )


def _first_met(setup: Setup, names: Sequence[str]) -> Mapping[str, dt.datetime]:
    if names and setup.first_met:
        return setup.first_met(names)
    return dict.fromkeys(names, setup.now())


def _found(entry: Entry) -> ExtractedArticle:
    """Return what the feed itself says."""
    return ExtractedArticle(
        title=entry.title,
        paragraphs=entry.paragraphs or (entry.title,),
        published=entry.published,
        byline=entry.author,
        origin=entry.origin,
        url=entry.url,
        complete=not entry.cut,
        incomplete_because="订阅源只给了摘要" if entry.cut else "",
    )


class _Completer:
    """Completes entries from their pages; `troubles` are pages that answer and are not the entry's article."""

    def __init__(self, setup: Setup) -> None:
        self._reader = helpers.PageReader(setup)
        self.troubles: list[str] = []

    def complete(self, entry: Entry) -> ExtractedArticle:
        """Return the entry with its page's text if the feed cuts it and the page has more, and with its page's day."""
        own = _found(entry)
        if (entry.whole and entry.published) or not entry.url:
            return own
        try:
            page = self._reader.read(entry.url)
        except NotAnArticle as error:
            self.troubles.append(f"{entry.url}: {error}")
            return own
        except SourceError:
            # The feed's own words are news too; a page that is closed to us takes nothing from them.
            return own
        if not is_page_of(entry, page):
            self.troubles.append(f"{entry.url} is about something else ({page.title[:30]})")
            return own
        if entry.whole or sum(map(han_count, page.paragraphs)) <= sum(map(han_count, own.paragraphs)):
            return replace(own, published=own.published or page.published)
        return replace(
            page,
            title=own.title,
            byline=own.byline or page.byline,
            origin=own.origin or page.origin,
            url=entry.url,
        )


def is_page_of(entry: Entry, page: ExtractedArticle) -> bool:
    """Return whether a page is an entry's: their titles are alike, or the entry's words are found again in its text."""
    if continuations.likeness(_plain(entry.title), _plain(page.title)) >= SAME_TITLE:
        return True
    summary = _plain("".join(entry.paragraphs))[:SUMMARY]
    runs = [summary[start : start + RUN] for start in range(0, max(1, len(summary) - RUN + 1), RUN // 2)]
    text = _plain("".join(page.paragraphs))
    return bool(summary) and 2 * sum(run in text for run in runs) >= len(runs)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)

"""Source `rss`: the entries of an RSS, Atom or JSON feed, completed from their pages where the feed cuts them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.errors import SourceError
from briefing.model import han_count
from briefing.sources import feed_parser, helpers
from briefing.sources.html.extraction import Found

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from briefing.model import Article
    from briefing.sources.feed_parser import Entry
    from briefing.sources.protocol import Setup


def articles(setup: Setup, since: dt.datetime, until: dt.datetime) -> Iterator[Article]:
    """The entries of the span, newest first; one whose page cannot be read keeps the text of the feed."""
    fetched, now = setup.get(setup.url), setup.now()
    feed = feed_parser.parse(fetched.content, fetched.url, setup.zone, fetched.charset)
    # An entry without a date is as old as its page says, or else news of the moment in which it was met first.
    met = _first_met(setup, [entry.guid for entry in feed.entries if not entry.published])
    dated = [(entry.published or met[entry.guid], entry) for entry in feed.entries]
    inside = [(moment, entry) for moment, entry in dated if since <= moment < until and entry.title]
    newest = sorted(inside, key=lambda pair: pair[0], reverse=True)[: setup.limit]
    for position, (_, entry) in enumerate(newest):
        found = _completed(setup, entry) if setup.full_text and not setup.headlines else _found(entry)
        printed = replace(found, published=entry.published or found.published)
        made = helpers.article(
            setup.name, printed, fetched=met.get(entry.guid, now), guid=entry.guid, position=position
        )
        if made.is_within(since, until):
            yield made


def _first_met(setup: Setup, names: Sequence[str]) -> Mapping[str, dt.datetime]:
    if names and setup.first_met:
        return setup.first_met(names)
    return dict.fromkeys(names, setup.now())


def _found(entry: Entry) -> Found:
    """What the feed itself says."""
    return Found(
        title=entry.title,
        paragraphs=entry.paragraphs or (entry.title,),
        published=entry.published,
        byline=entry.author,
        origin=entry.origin,
        url=entry.url,
    )


def _completed(setup: Setup, entry: Entry) -> Found:
    """The entry with the text of its page, if the feed cuts it and the page has more, and with the day of its page."""
    own = _found(entry)
    if (entry.whole and entry.published) or not entry.url:
        return own
    try:
        page = helpers.fetch_article(setup, entry.url)
    except SourceError:
        # The feed's own words are news too; a page that is closed to us takes nothing from them.
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

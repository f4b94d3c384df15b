"""Sources → the day's articles, and the rundown of them."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from briefing.editions import polling
from briefing.editions.lease import with_edition_lease
from briefing.editions.show_context import broadcast, gathered
from briefing.editions.stage_log import log_stage
from briefing.editorial.rundown.tellable import choose_tellable
from briefing.errors import NothingToSay, SourceError
from briefing.storage.store import SourceReading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.editions.show_context import Progress, ShowContext
    from briefing.model import Article, EditionKey, Rundown
    from briefing.sources.protocol import Source

LOG = logging.getLogger(__name__)

DAY = timedelta(days=1)
LONGEST_REST = timedelta(days=14)
"""Days without an edition that the next one covers: what is older is no news."""

SOURCES_AT_ONCE = 8
"""Sources that are read at the same time; the requests to one host still follow each other."""


@with_edition_lease
@log_stage("gather")
def gather(context: ShowContext, key: EditionKey, progress: Progress) -> tuple[Article, ...]:
    """Collect the day's articles from every source of the show; raises `NothingToSay` when there is none."""
    articles, troubles = _collected(context, key, progress)
    known_articles = context.store.articles.list_articles(key)
    if not articles and not known_articles:
        why = "".join(f"; {trouble}" for trouble in troubles)
        raise NothingToSay(
            f"no source of {key.show} has an article of {key.day}; add its pages, or name another day{why}"
        )
    by_id = {article.id: article for article in known_articles}
    # What was gathered once stays, though its source gives it no longer; what a source has corrected is replaced.
    together = tuple((by_id | {article.id: article for article in articles}).values())
    context.store.articles.save_gathered(key, together)
    return together


@with_edition_lease
def gather_more(context: ShowContext, key: EditionKey, progress: Progress) -> tuple[Article, ...]:
    """Ask every source once more; returns the articles that are new, and changes neither stage nor script.

    What a source gave before stays, though it gives nothing now.
    """
    ids = {article.id for article in context.store.articles.list_articles(key)}
    articles, _ = _collected(context, key, progress)
    context.store.articles.add_gathered(key, articles)
    return tuple(article for article in context.store.articles.list_articles(key) if article.id not in ids)


def _collected(context: ShowContext, key: EditionKey, progress: Progress) -> tuple[list[Article], list[str]]:
    """Return what every source has for the edition and what was handed in, and what was wrong with the sources."""
    progress.step("Gathering the day's articles")
    since, until = window(context, key)
    with ThreadPoolExecutor(max(1, min(len(context.sources), SOURCES_AT_ONCE))) as executor:
        read = list(executor.map(lambda source: _read(source, since, until), context.sources.values()))
    readings = [
        SourceReading(name, len(articles), trouble)
        for name, (articles, trouble) in zip(context.sources, read, strict=True)
    ]
    context.store.sources.record_readings(readings, context.now())
    troubles = [
        f"source {reading.name}: {reading.trouble} ({_last_worked(context, reading.name)})"
        for reading in readings
        if reading.trouble
    ]
    for trouble in troubles:
        progress.step(trouble)
    remote = [name for name, source in context.sources.items() if polling.is_remote(source)]
    with context.at_one_moment() as stored:
        pushed, pool = stored.store.articles.list_pushed(key.show), stored.store.articles.list_pooled(remote)
    handed_in = [article for article in pushed if article.is_handed_in(since, until)]
    fresh = [article for found_articles, _ in read for article in found_articles]
    # What a source gave during the day and no longer has is news all the same; what it gives now is newer.
    met = {article.id for article in fresh}
    pooled = [article for article in pool if article.id not in met and article.is_within(since, until)]
    return [*fresh, *pooled, *handed_in], troubles


def _read(source: Source, since: datetime, until: datetime) -> tuple[list[Article], str]:
    """Return what a source gives, and why it gives no more; one bad source never stops the others."""
    articles: list[Article] = []
    try:
        for article in source.fetch(since, until):
            articles.append(article)  # noqa: PERF402 - what came before a trouble is kept
    except SourceError as error:
        return articles, str(error)
    except Exception as error:
        # Whatever one source does is its own trouble: this is the boundary between a source and an edition.
        LOG.exception("a source failed in an unexpected way")
        return articles, f"the source failed ({type(error).__name__}: {error})"
    return articles, ""


def _last_worked(context: ShowContext, name: str) -> str:
    worked = context.store.sources.find_state(name).worked
    return f"it last worked on {worked:%Y-%m-%d at %H:%M}" if worked else "it has never worked yet"


def add(context: ShowContext, key: EditionKey, articles: Sequence[Article]) -> None:
    """Hand articles in for a day of the show; editions of that day that are gathered already have them at once."""
    gathered = [
        standing.key
        for standing in context.store.editions.list_standings(key.show)
        if standing.key.day == key.day
    ]
    context.store.articles.push_articles(key.show, articles, gathered)


def window(context: ShowContext, key: EditionKey) -> tuple[datetime, datetime]:
    """Since when and until when articles are of this edition: its day, and the days before without an edition of its name.

    So Monday's programme covers the weekend of a show that rests then, and the first after the holidays those.
    """
    hours = context.hours[key.edition]
    first = key.day
    while not hours.has(first - DAY) and key.day - first < LONGEST_REST:
        first -= DAY
    zone = context.now().tzinfo
    return datetime.combine(first, time.min, zone), datetime.combine(key.day + DAY, time.min, zone)


def choose(context: ShowContext, key: EditionKey) -> Rundown:
    """The rundown of the gathered articles: a pure function of them, so it is never stored; raises as `gathered`."""
    return choose_tellable(
        gathered(context, key), broadcast(context, key), context.settings, context.writer(key)
    )

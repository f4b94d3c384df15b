"""Poll the sources all day, each by its own rhythm, into a pool that only grows until its retention.

A feed with a short window loses nothing, and a gathering early in the morning finds the work done. State and pool lie in
the store: they survive a restart, and of two servers one polls a source at a time.
"""

from __future__ import annotations

import logging
from datetime import datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from briefing.errors import SourceError
from briefing.storage.store import SourceReading

if TYPE_CHECKING:
    from briefing.editions.show_context import ShowContext
    from briefing.model import Article
    from briefing.sources.protocol import Source

LOG = logging.getLogger(__name__)

INTERVAL = timedelta(minutes=20)
"""Time between two polls of a source that works, where the configuration names no other."""
LONGEST_INTERVAL = timedelta(hours=4)
"""Time between two polls of a source that keeps failing; each failure in a row doubles it."""
LOOK_BACK = timedelta(days=2)
"""Days before today whose articles are still taken: news that a site publishes late."""
RETENTION = timedelta(days=14)
"""How long the pool keeps an article after it was met."""


def poll_interval(source: Source, failures: int) -> timedelta:
    """Return the time to the next poll of a source after so many failures in a row."""
    minutes = getattr(source, "poll_minutes", None)
    interval = timedelta(minutes=minutes) if minutes else INTERVAL
    doubled: timedelta = interval * 2 ** min(failures, 8)
    return min(doubled, max(interval, LONGEST_INTERVAL))


def poll_sources(context: ShowContext) -> tuple[str, ...]:
    """Poll the show's remote sources that are due, and return their names; one that fails is its own trouble."""
    now = context.now()
    due = [
        name
        for name, source in context.sources.items()
        if is_remote(source) and context.store.sources.claim_poll(name, now, partial(poll_interval, source))
    ]
    for name in due:
        _poll(context, name, context.sources[name], now)
    return tuple(due)


def is_remote(source: Source) -> bool:
    """Return whether a source lies elsewhere; folders are read when they are asked for."""
    return bool(getattr(source, "is_remote", False))


def _poll(context: ShowContext, name: str, source: Source, now: datetime) -> None:
    today = datetime.combine(now.date(), time.min, now.tzinfo)
    articles: list[Article] = []
    trouble = ""
    try:
        for article in source.fetch(today - LOOK_BACK, today + timedelta(days=1)):
            articles.append(article)  # noqa: PERF402 - what came before a trouble is kept
    except SourceError as error:
        trouble = str(error)
    except Exception as error:
        # As in gathering: whatever one source does ends its own poll only.
        LOG.exception("source %s failed in an unexpected way", name)
        trouble = f"the source failed ({type(error).__name__}: {error})"
    context.store.articles.add_to_pool(name, articles, now, RETENTION)
    context.store.sources.record_readings([SourceReading(name, len(articles), trouble)], now)

"""Sources are polled all day into a pool: nothing that a feed drops is lost, and a failing source is asked less often."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from briefing import config
from briefing.editions import gathering, polling
from briefing.errors import SourceError
from briefing.model import Article, EditionKey
from briefing.storage.store import opened
from briefing.wiring.show_contexts import build_show_context

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from briefing.editions.show_context import ShowContext
    from briefing.storage.store import Store

DAY = "2023-06-09"


class Feed:
    """A remote source with a short window: it gives what stands in it now, or fails."""

    is_remote = True

    def __init__(self) -> None:
        self.articles: list[Article] = []
        self.error: Exception | None = None
        self.polls = 0
        self.poll_minutes = 20

    def fetch(self, since: datetime, until: datetime) -> Iterator[Article]:
        """What stands in the feed."""
        self.polls += 1
        if self.error:
            raise self.error
        yield from (article for article in self.articles if article.is_within(since, until))


class Quiet:
    """Progress that nobody follows."""

    def chose(self, chosen: object) -> None:
        """Not of interest here."""

    def spoke(self, done: int, total: int) -> None:
        """Not of interest here."""

    def step(self, what: str) -> None:
        """Not of interest here."""


class Wall:
    """A clock that the test sets."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The time."""
        return self.now


@pytest.fixture
def store(newsroom: Path) -> Iterator[Store]:
    """The sample's store."""
    described = config.load(newsroom)
    with opened(described.database, described.folder) as store:
        yield store


@pytest.fixture
def feed() -> Feed:
    """A feed without anything in it."""
    return Feed()


@pytest.fixture
def context(newsroom: Path, store: Store, feed: Feed) -> ShowContext:
    """The sample's show with nothing but this feed."""
    described = config.load(newsroom)
    built = build_show_context(described, "demo", store, described.folder)
    noon = built.now().fromisoformat(f"{DAY}T12:00").replace(tzinfo=built.now().tzinfo)
    return replace(built, sources={"feed": feed}, now=Wall(noon))


def wall(context: ShowContext) -> Wall:
    """The show's clock."""
    assert isinstance(context.now, Wall)
    return context.now


def news(context: ShowContext, number: int) -> Article:
    """An article of now."""
    return Article(f"id{number}", "feed", f"第{number}条", ("区里修好了一座老桥。",), context.now())


def test_what_a_feed_drops_between_polls_and_gathering_is_not_lost(context: ShowContext, feed: Feed) -> None:
    """Each poll adds; gathering finds them all, though the feed gives the last one only."""
    for number in range(3):
        feed.articles = [news(context, number)]
        assert polling.poll_sources(context) == ("feed",)
        wall(context).now += timedelta(minutes=30)
    key = EditionKey("demo", context.now().date(), "morning")
    gathered = gathering.gather(context, key, Quiet())
    assert sorted(article.id for article in gathered) == ["id0", "id1", "id2"]


def test_a_source_is_polled_by_its_rhythm_and_by_one_server(context: ShowContext, feed: Feed) -> None:
    """A second server finds it polled, and so does the first until its time has come."""
    assert [polling.poll_sources(context) for _ in range(2)] == [("feed",), ()]
    wall(context).now += polling.INTERVAL
    assert polling.poll_sources(context) == ("feed",)
    assert feed.polls == 2


def test_a_source_is_polled_as_often_as_the_configuration_says(context: ShowContext, feed: Feed) -> None:
    """`poll` is its own time between two polls; a long one is kept also after failures."""
    feed.poll_minutes = 300
    feed.error = SourceError("the site answers 503")
    polls = []
    for minutes in range(0, 24 * 60, 60):
        if polling.poll_sources(context):
            polls.append(minutes)
        wall(context).now += timedelta(minutes=60)
    assert polls == [0, 300, 600, 900, 1200]


def test_a_failing_source_is_asked_less_and_less_often(context: ShowContext, feed: Feed) -> None:
    """Each failure in a row doubles the time, up to a limit; success ends that."""
    feed.error = SourceError("the site answers 503")
    polls = []
    for minutes in range(0, 24 * 60, 10):
        if polling.poll_sources(context):
            polls.append(minutes)
        wall(context).now += timedelta(minutes=10)
    assert polls[:5] == [0, 40, 120, 280, 520]
    assert max(after - before for before, after in pairwise(polls)) == 240
    feed.error = None
    wall(context).now += polling.LONGEST_INTERVAL
    assert polling.poll_sources(context) == ("feed",)
    wall(context).now += polling.INTERVAL
    assert polling.poll_sources(context) == ("feed",)


def test_any_exception_of_a_source_ends_its_own_poll(context: ShowContext, feed: Feed, store: Store) -> None:
    """It is remembered as the source's trouble."""
    feed.error = KeyError("items")
    assert polling.poll_sources(context) == ("feed",)
    assert "KeyError" in store.sources.find_state("feed").trouble


def test_the_pool_forgets_after_its_retention(context: ShowContext, feed: Feed, store: Store) -> None:
    """It only grows until then."""
    feed.articles = [news(context, 0)]
    polling.poll_sources(context)
    wall(context).now += polling.RETENTION + timedelta(hours=1)
    feed.articles = [news(context, 1)]
    polling.poll_sources(context)
    assert [article.id for article in store.articles.list_pooled(["feed"])] == ["id1"]

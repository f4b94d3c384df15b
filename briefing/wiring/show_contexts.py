"""Config → the contexts of the shows, and the newsroom that holds them.

What takes long to import is named as "module:attribute" and loaded when it is used.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from briefing.config import WEEKDAYS
from briefing.editions.air_times import Hours
from briefing.editions.newsroom import Newsroom
from briefing.editions.show_context import ShowContext
from briefing.wiring.lexicons import WatchedLexicons
from briefing.wiring.publishers import build_publisher, show_address
from briefing.wiring.registry import LazyMapping, load_object
from feed.model import Person, Show
from feed.rss import recurrence
from feed.rss.paging import FEED
from feed.rss.show_guid import podcast_guid

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.config import Config, Publish
    from briefing.config import Show as Described
    from briefing.sources.protocol import Source
    from briefing.storage.store import Store
    from voices.voice_protocol import Voice


def build_newsroom(config: Config, store: Store, folder: Path) -> Newsroom:
    """Return the newsroom on a working folder, for servers that run for weeks."""
    return Newsroom(
        config=config,
        store=store,
        contexts={slug: build_show_context(config, slug, store, folder) for slug in config.shows},
        folder=folder,
        now=lambda: datetime.now(UTC),
    )


def build_show_context(config: Config, slug: str, store: Store, folder: Path) -> ShowContext:
    """Return what a show needs to make its editions, on a working folder."""
    described = config.shows[slug]
    public = described.publish or config.newsroom.publish
    lexicons = WatchedLexicons(config, folder)
    return ShowContext(
        store=store,
        folder=folder,
        show=describe_feed_show(config, slug, store.shows.load_guid(slug, first_guid(config, slug))),
        hours=edition_hours(described),
        anchors=tuple(config.anchors[name].name for name in described.anchors),
        now=lambda: datetime.now(described.zone),
        sources=_lazy_sources(config, described, store),
        voices=_lazy_voices(config, described),
        load_wording=lambda: _call("briefing.wiring.writers:build_wording", config, slug),
        load_settings=lambda: _call(
            "briefing.wiring.writers:build_settings", described, store.recordings.speaking_rate(slug)
        ),
        load_lexicon=lambda: lexicons(slug),
        load_policy=lambda: _feed_policy(public),
        writer=lambda key: _call(
            "briefing.wiring.writers:build_writer",
            config,
            slug,
            key,
            store.model_costs.find_cost(key) if described.llm else None,
        ),
        guards=lambda key: _call("briefing.wiring.writers:build_guards", config, slug, key),
        publisher=lambda: build_publisher(config, slug, folder),
        cover=lambda: _call("briefing.wiring.covers:load_cover", described, folder),
        sound=lambda: _call("briefing.wiring.show_music:load_sound", described, config.base),
        model=described.llm.model if described.llm else "",
        producer=described.label.producer or show_address(config, slug),
        keep=timedelta(days=public.keep_days) if public.keep_days else None,
    )


def _call(target: str, *arguments: object) -> Any:  # noqa: ANN401 - whatever the named function returns
    return load_object(target)(*arguments)


def first_guid(config: Config, slug: str) -> str:
    """Return the podcast:guid that a new show gets of its address."""
    return podcast_guid(urljoin(show_address(config, slug), FEED))


def describe_feed_show(config: Config, slug: str, guid: str) -> Show:
    """Return the show as its feed describes it; `guid` is its podcast:guid."""
    described, address = config.shows[slug], show_address(config, slug)
    public = described.publish or config.newsroom.publish
    times = edition_hours(described).values()
    return Show(
        slug=slug,
        title=described.title,
        description=described.description,
        address=address,
        author=described.author,
        email=described.email,
        guid=guid,
        copyright=f"© {described.author}",
        cover="cover.jpg",
        persons=tuple(Person(config.anchors[name].name) for name in described.anchors),
        rhythm=recurrence.update_rhythm([(hours.publish, hours.weekdays) for hours in times]),
        hub=public.hub,
    )


def _feed_policy(public: Publish) -> Any:  # noqa: ANN401 - a `FeedPolicy`, which is imported late
    return _call("feed.publishers.publish:FeedPolicy", public.page_size, public.cap, public.latest)


def _lazy_sources(config: Config, described: Described, store: Store) -> LazyMapping[str, Source]:
    """Return the show's sources; they share one fetcher, so that no host is asked by two at once."""
    build = cache(lambda: _call("briefing.wiring.source_kinds:build_sources", config, described, store))
    return LazyMapping({name: partial(lambda name: build()[name], name) for name in described.sources})


def _lazy_voices(config: Config, described: Described) -> LazyMapping[str, Voice]:
    """Return the voices by the name of the anchor."""
    anchors = [config.anchors[name] for name in described.anchors]
    return LazyMapping(
        {
            anchor.name: partial(_call, "briefing.wiring.engines:build_voice", anchor, config.newsroom.clips)
            for anchor in anchors
        }
    )


def edition_hours(described: Described) -> dict[str, Hours]:
    """Return the hours of each edition of a show, by its name."""
    return {
        name: Hours(
            zone=described.zone,
            publish=edition.publish,
            weekdays=frozenset(map(WEEKDAYS.index, edition.weekdays)),
            holidays=frozenset(described.holidays),
            special={date.fromisoformat(day): time for day, time in edition.special.items()},
            gather=timedelta(minutes=edition.gather),
            draft=timedelta(minutes=edition.draft),
            render=timedelta(minutes=edition.render),
            catch_up=timedelta(minutes=edition.catch_up),
            holds=edition.unapproved == "hold",
        )
        for name, edition in described.editions.items()
    }

"""Config → sources of articles. A new kind is one file behind its protocol and one line in `SOURCES`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from briefing.config import PLUGINS
from briefing.errors import ConfigError
from briefing.net.fetcher import Fetcher, Manners
from briefing.sources import epaper, file_formats, folder, helpers, rss, web
from briefing.sources.newspaper_text import Newspaper
from briefing.sources.protocol import Ready, Setup, foreign

if TYPE_CHECKING:
    from briefing.config import Config
    from briefing.config import Show as Described
    from briefing.sources.file_formats import Contents
    from briefing.sources.protocol import Reader, Source
    from briefing.storage.store import Store

SOURCES: dict[str, Reader] = {
    "newspaper": lambda setup, since, until: Newspaper(setup.name, setup.path, setup.zone).fetch(
        since, until
    ),
    "folder": folder.articles,
    "rss": rss.articles,
    "web": web.articles,
    "epaper": epaper.articles,
}
"""Kinds of source by the name that the configuration gives them; other packages add theirs by entry points."""


def fetched(url: str, zone: ZoneInfo, *, private: bool) -> Contents:
    """The articles at an address that a person names; one that runs over several pages, whole."""
    fetcher = Fetcher()
    manners = Manners(private=private)
    first = fetcher.get(url, manners)
    contents = file_formats.read(
        first.content, zone, url=first.url, charset=first.charset, now=datetime.now(zone)
    )
    if len(contents.articles) != 1 or contents.articles[0].complete:
        return contents
    setup = Setup(
        name="page",
        zone=zone,
        path=Path(),
        get=lambda other: first if other == first.url else fetcher.get(other, manners),
        now=lambda: datetime.now(zone),
    )
    return replace(contents, articles=(helpers.fetch_article(setup, first.url),))


def sources(config: Config, described: Described, store: Store) -> dict[str, Source]:
    """The show's sources; they share one fetcher, so that no host is asked by two at once."""
    fetcher = Fetcher(store)
    return {name: _source(config, name, described, fetcher, store) for name in described.sources}


def _source(config: Config, name: str, described: Described, fetcher: Fetcher, store: Store) -> Source:
    source = config.sources[name]
    manners = Manners(pause=source.pause, robots=source.robots, private=source.allow_private)
    zone = ZoneInfo(source.timezone) if source.timezone else described.zone
    setup = Setup(
        name=name,
        zone=zone,
        path=config.base / source.path,
        get=lambda url: fetcher.get(url, manners),
        now=lambda: datetime.now(described.zone),
        url=source.url,
        match=source.match,
        limit=source.limit,
        full_text=source.full_text,
        headlines=source.headlines_only,
        licence=source.licence,
        first_met=lambda names: store.first_met(name, names, datetime.now(described.zone)),
    )
    return Ready(setup, SOURCES.get(source.kind) or _added(source.kind))


def _added(kind: str) -> Reader:
    """A kind of source that another package adds; whatever fails in it is told as a trouble of the source."""
    entry = next(iter(entry_points(group=PLUGINS, name=kind)))
    try:
        reader: Reader = entry.load()
    except Exception as error:
        # The package is somebody else's.
        raise ConfigError(
            f"the package that adds the source kind {kind!r} cannot be loaded: {error}"
        ) from error
    return foreign(kind, reader)

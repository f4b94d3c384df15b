"""Config → sources of articles. A new kind is one file behind its protocol and one line in `SOURCES`."""

from __future__ import annotations

from datetime import datetime
from importlib.metadata import entry_points
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from briefing.config import PLUGINS
from briefing.errors import ConfigError
from briefing.net.fetcher import Fetcher, Manners
from briefing.net.urls import host
from briefing.sources.protocol import Ready, Setup, foreign
from briefing.wiring.registry import load_object

if TYPE_CHECKING:
    from briefing.config import Config
    from briefing.config import Show as Described
    from briefing.sources.protocol import Reader, Source
    from briefing.storage.store import Store

SOURCES = {
    "newspaper": "briefing.sources.newspaper_text:articles",
    "folder": "briefing.sources.folder:articles",
    "rss": "briefing.sources.rss:articles",
    "web": "briefing.sources.web:articles",
    "epaper": "briefing.sources.epaper:articles",
}
"""Kinds of source by the name that the configuration gives them; other packages add theirs by entry points."""


def build_sources(config: Config, described: Described, store: Store) -> dict[str, Source]:
    """Return the show's sources; they share one fetcher, so that no host is asked by two at once."""
    fetcher = Fetcher(store.sources)
    return {name: _build_source(config, name, described, fetcher, store) for name in described.sources}


def _build_source(config: Config, name: str, described: Described, fetcher: Fetcher, store: Store) -> Source:
    source = config.sources[name]
    manners = Manners(
        pause=source.pause, robots=source.robots, private=source.allow_private, private_host=host(source.url)
    )
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
        poll_minutes=source.poll,
        first_met=lambda names: store.sources.first_met(name, names, datetime.now(described.zone)),
    )
    reader = load_object(SOURCES[source.kind]) if source.kind in SOURCES else _load_plugin(source.kind)
    return Ready(setup, reader)


def _load_plugin(kind: str) -> Reader:
    """Load a kind of source that another package adds; what fails in it is a failure of that source."""
    entry = next(iter(entry_points(group=PLUGINS, name=kind)))
    try:
        reader: Reader = entry.load()
    except Exception as error:
        # The package is somebody else's.
        raise ConfigError(
            f"the package that adds the source kind {kind!r} cannot be loaded: {error}"
        ) from error
    return foreign(kind, reader)

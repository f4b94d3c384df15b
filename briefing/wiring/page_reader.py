"""The articles at an address that a person names."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.net.fetcher import Fetcher, Manners
from briefing.sources import file_formats, helpers
from briefing.sources.protocol import Setup

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from briefing.sources.file_formats import Contents


def fetch_articles(url: str, zone: ZoneInfo, *, private: bool) -> Contents:
    """Return the articles at an address; one that runs over several pages is joined."""
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

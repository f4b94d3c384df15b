"""The articles at an address that a person names."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.net.fetcher import Fetcher, Manners
from briefing.net.urls import host
from briefing.sources import file_formats, helpers
from briefing.sources.protocol import Setup

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from briefing.sources.file_formats import Contents


def fetch_articles(url: str, zone: ZoneInfo, *, private: bool) -> Contents:
    """Return the articles at an address; one that runs over several pages is joined."""
    fetcher = Fetcher()
    manners = Manners(private=private, private_host=host(url))
    first = fetcher.get(url, manners)
    now = datetime.now(zone)
    setup = Setup(
        name="page",
        zone=zone,
        path=Path(),
        get=lambda other: first if other == first.url else fetcher.get(other, manners),
        now=lambda: now,
    )
    if file_formats.is_web_page(first):
        return file_formats.single(helpers.normalize(helpers.fetch_article(setup, first.url)))
    return file_formats.read(first.content, zone, url=first.url, charset=first.charset, now=now)

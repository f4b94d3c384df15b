"""One process that a small house needs: the clock, the editors' desk, what is published, and how it does."""

from __future__ import annotations

import shutil
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.routing import Mount, Route

from briefing import wiring
from briefing.desk import app
from briefing.monitoring.metrics import Metrics, Readings
from briefing.scheduler.clock import Clock
from briefing.scheduler.wakeups import Schedule
from briefing.storage import downloads
from briefing.storage.store import HEAD
from feed.server import media_server as transmitter
from feed.server.download_counts import DownloadCounter
from voices.synthesis import clip_cache

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence
    from datetime import date, datetime

    from fastapi import FastAPI
    from starlette.types import ASGIApp

    from briefing.editions.newsroom import House
    from briefing.monitoring.alarms.events import Alarm

LEAST = 200 * 1024**2
"""Bytes that must be free to make and publish an edition."""


def build(house: House, *, desk: bool = True, feed: bool = True, vitals: Sequence[Route] = ()) -> ASGIApp:
    """What is published, below /desk the desk, each if it is to be served, and the addresses of `vitals`."""
    published = (
        [Mount("/", transmitter.build_app(house.folder / wiring.PUBLIC, _tally(house)))] if feed else []
    )
    if not desk:
        return Starlette(routes=[*vitals, *published])
    editors = app.build(house)
    routes = [Route("/desk", editors), Route("/desk/{rest:path}", editors), *published]
    return Starlette(routes=[*vitals, *routes], lifespan=lambda _app: _working(editors))


def clock(house: House, alarm: Alarm) -> Schedule:
    """What makes the editions in the background, once it is started."""
    return Schedule(Clock(house, alarm), house.store)


@asynccontextmanager
async def _working(editors: FastAPI) -> AsyncIterator[None]:
    """While the server runs: an application inside another one is not told by itself."""
    async with editors.router.lifespan_context(editors):
        yield


def metrics(house: House, next_runs: Callable[[], Mapping[tuple[str, str], datetime]] = dict) -> Metrics:
    """The numbers of a house; `next_runs` gives the moment of the next run by show and edition."""

    def kept() -> tuple[int, int]:
        found = clip_cache.info(downloads.folder() / wiring.CLIPS)
        return found.clips, found.size

    return Metrics(Readings(house.store, tuple(house.productions), kept, next_runs, house.now))


def ready(house: House, running: Schedule | None = None) -> dict[str, Callable[[], str]]:
    """What must work for a house to do its work: each says what is wrong with it, '' for nothing.

    `running` is its clock, where it has one.
    """

    def database() -> str:
        found = house.store.revision()
        return "" if found == HEAD else f"is of the version {found or 'none'}, not {HEAD}"

    def disk() -> str:
        free = shutil.disk_usage(house.folder).free
        return "" if free >= LEAST else f"has {free // 1024**2} MB free"

    return {"database": database, "disk": disk} | ({"clock": running.wrong} if running else {})


def _tally(house: House) -> DownloadCounter | None:
    """What counts downloads, where the house wants it; a folder that is no show any more has the day of Beijing."""
    if not house.config.house.counts:
        return None
    zones = {slug: show.zone for slug, show in house.config.shows.items()}

    def today(show: str) -> date:
        return house.now().astimezone(zones.get(show, ZoneInfo("Asia/Shanghai"))).date()

    return DownloadCounter(house.store.count_download, today)

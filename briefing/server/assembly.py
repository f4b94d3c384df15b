"""Assembly of one process: scheduler, desk, published files, health."""

from __future__ import annotations

import shutil
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.routing import Mount, Route

from briefing.desk import application
from briefing.desk.api import all_routes
from briefing.desk.pages import all_pages
from briefing.monitoring.metrics import Metrics, MetricSources
from briefing.scheduler.clock import Clock
from briefing.scheduler.wakeups import Schedule
from briefing.storage import downloads
from briefing.storage.store import HEAD
from briefing.wiring.engines import CLIPS
from briefing.wiring.publishers import PUBLIC
from feed.server import media_server as transmitter
from feed.server.download_counts import DownloadCounter
from voices.synthesis import clip_cache

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence
    from datetime import date, datetime

    from fastapi import FastAPI

    from briefing.editions.newsroom import Newsroom
    from briefing.monitoring.alarms.events import Alarm

DESK_ROUTERS = (*all_pages.ROUTERS, *all_routes.ROUTERS)

LEAST = 200 * 1024**2
"""Bytes that must be free to make and publish an edition."""


def build_app(
    newsroom: Newsroom, *, desk: bool = True, feed: bool = True, vitals: Sequence[Route] = ()
) -> Starlette:
    """Return the application: published files, the desk below /desk, the routes of `vitals`."""
    published = (
        [Mount("/", transmitter.build_app(newsroom.folder / PUBLIC, _download_counter(newsroom)))]
        if feed
        else []
    )
    if not desk:
        return Starlette(routes=[*vitals, *published])
    editors = application.build_desk(newsroom, DESK_ROUTERS)
    routes = [Route("/desk", editors), Route("/desk/{rest:path}", editors), *published]
    return Starlette(routes=[*vitals, *routes], lifespan=lambda _app: _run_jobs(editors))


def build_clock(newsroom: Newsroom, alarm: Alarm) -> Schedule:
    """Return the background schedule that makes the editions once it is started."""
    return Schedule(Clock(newsroom, alarm))


@asynccontextmanager
async def _run_jobs(editors: FastAPI) -> AsyncIterator[None]:
    """Run background jobs while the server runs: a mounted application gets no lifespan of its own."""
    async with editors.router.lifespan_context(editors):
        yield


def build_metrics(
    newsroom: Newsroom, next_runs: Callable[[], Mapping[tuple[str, str], datetime]] = dict
) -> Metrics:
    """Return the metrics of a newsroom; `next_runs` gives the next run by show and edition."""

    def kept() -> tuple[int, int]:
        info = clip_cache.cache_contents(downloads.folder() / CLIPS)
        return info.clips, info.size

    return Metrics(MetricSources(newsroom.store, tuple(newsroom.contexts), kept, next_runs, newsroom.now))


def find_shortage(newsroom: Newsroom) -> int | None:
    """Return how many megabytes are free on the disk, if they are too few to make an edition."""
    free = shutil.disk_usage(newsroom.folder).free
    return None if free >= LEAST else free // 1024**2


def describe_shortage(newsroom: Newsroom) -> str:
    """Return what is wrong with the disk, '' for nothing."""
    # Not how many exactly: the same shortage is told once.
    is_short = find_shortage(newsroom) is not None
    return f"the server's disk has less than {LEAST // 1024**2} MB free" if is_short else ""


def readiness_checks(newsroom: Newsroom, running: Schedule | None = None) -> dict[str, Callable[[], str]]:
    """Return the parts that must work, each with a function that names its trouble ('' for none).

    `running` is its clock, where it has one.
    """

    def database() -> str:
        revision = newsroom.store.revision()
        return "" if revision == HEAD else f"is of the version {revision or 'none'}, not {HEAD}"

    def disk() -> str:
        shortage = find_shortage(newsroom)
        return f"has {shortage} MB free" if shortage is not None else ""

    return {"database": database, "disk": disk} | ({"clock": running.wrong} if running else {})


def _download_counter(newsroom: Newsroom) -> DownloadCounter | None:
    """Return the counter of downloads, if the configuration wants one; former shows count days of Beijing."""
    if not newsroom.config.newsroom.counts:
        return None
    zones = {slug: show.zone for slug, show in newsroom.config.shows.items()}

    def today(show: str) -> date:
        return newsroom.now().astimezone(zones.get(show, ZoneInfo("Asia/Shanghai"))).date()

    return DownloadCounter(newsroom.store.downloads.count_download, today)

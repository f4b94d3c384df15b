"""One process that a small house needs: the editors' desk beside what is published."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.routing import Mount, Route

from briefing import wiring
from briefing.desk import app
from feed import serve as transmitter
from feed.counts import Tally

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import date

    from fastapi import FastAPI
    from starlette.types import ASGIApp

    from briefing.house import House


def build(house: House, *, desk: bool = True) -> ASGIApp:
    """What is published, and below /desk the desk, if it is to be served."""
    published = transmitter.app(house.folder / wiring.PUBLIC, _tally(house))
    if not desk:
        return published
    editors = app.build(house)
    routes = [Route("/desk", editors), Route("/desk/{rest:path}", editors), Mount("/", published)]
    return Starlette(routes=routes, lifespan=lambda _app: _working(editors))


@asynccontextmanager
async def _working(editors: FastAPI) -> AsyncIterator[None]:
    """While the server runs: an application inside another one is not told by itself."""
    async with editors.router.lifespan_context(editors):
        yield


def _tally(house: House) -> Tally | None:
    """What counts downloads, where the house wants it; a folder that is no show any more has the day of Beijing."""
    if not house.config.house.counts:
        return None
    zones = {slug: show.zone for slug, show in house.config.shows.items()}

    def today(show: str) -> date:
        return house.now().astimezone(zones.get(show, ZoneInfo("Asia/Shanghai"))).date()

    return Tally(house.store.count_download, today)

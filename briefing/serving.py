"""One process that a small house needs: the editors' desk beside what is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.routing import Mount, Route

from briefing import wiring
from briefing.desk import app
from feed import serve as transmitter

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from briefing.house import House


def build(house: House, *, desk: bool = True) -> ASGIApp:
    """What is published, and below /desk the desk, if it is to be served."""
    published = transmitter.app(house.folder / wiring.PUBLIC)
    if not desk:
        return published
    editors = app.build(house)
    routes = [Route("/desk", editors), Route("/desk/{rest:path}", editors), Mount("/", published)]
    return Starlette(routes=routes)

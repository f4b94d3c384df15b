"""Server of the published files while the rest cannot be opened: what is on the air is served whatever else is broken.

A damaged, locked or missing database, a PostgreSQL that is away, a configuration with a fault: none of them concerns the
files that listeners fetch. The rest is opened as soon as it can be; until then /readyz and the desk say why not.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack, ExitStack, suppress
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route

from briefing.errors import BriefingError
from feed.errors import FeedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

LOG = logging.getLogger(__name__)
WholeServer = Starlette
"""Application with all parts of the server."""

RETRY_SECONDS = 60.0
UNAVAILABLE = 503
HEADERS = {"Cache-Control": "no-store", "Retry-After": str(round(RETRY_SECONDS))}
PAGE = (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>编辑台暂时打不开</title>'
    "<h1>编辑台暂时打不开</h1><p>已播出的节目照常可以收听。服务器每分钟再试一次，打开后请刷新本页；"
    "原因写在服务器的日志和 /readyz 里。</p></html>"
)


class StandbyServer:
    """ASGI application that serves `files` and opens the rest of the server once that is possible.

    `open_rest` returns a context with the whole application, files included; it raises while it cannot. `reason` is why
    it did not open at first. `notify` is told each new reason, and "" when all is well again.
    """

    def __init__(
        self,
        files: ASGIApp,
        open_rest: Callable[[], AbstractContextManager[WholeServer]],
        reason: str,
        notify: Callable[[str], None],
        retry_seconds: float = RETRY_SECONDS,
    ) -> None:
        self._open_rest = open_rest
        self._notify = notify
        self._retry_seconds = retry_seconds
        self._rest: ASGIApp | None = None
        self.reason = reason
        self._limited = Starlette(
            routes=[
                Route("/healthz", self._tell_alive, methods=["GET", "HEAD"]),
                Route("/readyz", self._tell_unready, methods=["GET", "HEAD"]),
                Route("/metrics", self._tell_unready, methods=["GET", "HEAD"]),
                Route("/desk", self._tell_editors),
                Route("/desk/{rest:path}", self._tell_editors),
                Mount("/", files),
            ]
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or start and stop with the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        await (self._rest or self._limited)(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        task = asyncio.create_task(self._keep_trying())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await send({"type": "lifespan.shutdown.complete"})

    async def _keep_trying(self) -> None:
        """Open the rest, then keep it open until the server stops."""
        await asyncio.to_thread(self._tell_reason, self.reason)
        while True:
            await asyncio.sleep(self._retry_seconds)
            async with AsyncExitStack() as stack:
                opened = stack.enter_context(ExitStack())
                try:
                    rest = await asyncio.to_thread(opened.enter_context, self._open_rest())
                    await stack.enter_async_context(rest.router.lifespan_context(rest))
                except Exception as error:  # noqa: BLE001 - whatever it is, the files are served and it is tried again
                    await asyncio.to_thread(self._tell_reason, describe_error(error))
                    continue
                self._rest, self.reason = rest, ""
                await asyncio.to_thread(self._tell_reason, "")
                try:
                    await asyncio.Event().wait()
                finally:
                    self._rest = None

    def _tell_reason(self, reason: str) -> None:
        self.reason = reason
        if reason:
            LOG.error("only the published files are served: %s", reason)
        self._notify(reason)

    def _tell_alive(self, _request: Request) -> Response:
        return PlainTextResponse("alive\n", headers=HEADERS)

    def _tell_unready(self, _request: Request) -> Response:
        return JSONResponse({"server": self.reason}, UNAVAILABLE, HEADERS)

    def _tell_editors(self, _request: Request) -> Response:
        return HTMLResponse(PAGE, UNAVAILABLE, HEADERS)


def describe_error(error: Exception) -> str:
    """Return one sentence: our own errors speak for themselves, of others only the type is safe to show."""
    return str(error) if isinstance(error, BriefingError | FeedError) else f"{type(error).__name__}"

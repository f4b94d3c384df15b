"""Server of the published files while the rest cannot be opened: what is on the air is served whatever else is broken.

A damaged, locked or missing database, a PostgreSQL that is away, a configuration with a fault: none of them concerns the
files that listeners fetch. The rest is opened as soon as it can be; until then /readyz and the desk say why not. It is
closed again, and opened anew, when the database is lost while it runs.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import ExitStack, suppress
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
"""Application with all parts of the server.

Its `state.find_trouble` says what it cannot go on with, '' for nothing; `state.tell_shortage` tells of what it can go on
with for a while, such as a disk that fills up.
"""

RETRY_SECONDS = 60.0
LOOK_SECONDS = 15.0
"""How often the server looks whether it can go on."""

LOOKS = 2
"""Looks in a row with the same kind of answer: a database that is locked for a moment is no reason to close."""

ANSWER_SECONDS = 20.0
"""How long an answer may take."""

UNAVAILABLE = 503
HEADERS = {"Cache-Control": "no-store", "Retry-After": str(round(RETRY_SECONDS))}
PAGE = (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>编辑台暂时打不开</title>'
    "<h1>编辑台暂时打不开</h1><p>已播出的节目照常可以收听。服务器每分钟再试一次，打开后请刷新本页；"
    "原因写在服务器的日志和 /readyz 里。</p></html>"
)


class StandbyServer:
    """ASGI application that serves `files` and opens the rest of the server whenever that is possible.

    `open_rest` returns a context with the whole application, files included; it raises while it cannot. `first` is the one
    that is open at the start, with what closes it, or else `reason` says why it is not. `notify` is told each new reason,
    and "" when all is well again.
    """

    def __init__(
        self,
        files: ASGIApp,
        open_rest: Callable[[], AbstractContextManager[WholeServer]],
        notify: Callable[[str], None],
        *,
        first: tuple[WholeServer, ExitStack] | None = None,
        reason: str = "",
        retry_seconds: float = RETRY_SECONDS,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._open_rest = open_rest
        self._notify = notify
        self._first = first
        self._retry_seconds = retry_seconds
        self._look_seconds = look_seconds
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
        ready = asyncio.Event()
        task = asyncio.create_task(self._keep_open(ready))
        await asyncio.wait({task, asyncio.create_task(ready.wait())}, return_when=asyncio.FIRST_COMPLETED)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await send({"type": "lifespan.shutdown.complete"})

    async def _keep_open(self, ready: asyncio.Event) -> None:
        """Keep the rest open until the server stops, and open it again whenever it had to be closed."""
        if self._first is not None:
            await self._run_rest(*self._first, ready)
        ready.set()
        while True:
            await asyncio.to_thread(self._tell_reason, self.reason)
            await asyncio.sleep(self._retry_seconds)
            stack = ExitStack()
            try:
                rest = await asyncio.to_thread(stack.enter_context, self._open_rest())
            except Exception as error:  # noqa: BLE001 - whatever it is, the files are served and it is tried again
                self.reason = describe_error(error)
                continue
            await self._run_rest(rest, stack, ready)

    async def _run_rest(self, rest: WholeServer, stack: ExitStack, ready: asyncio.Event) -> None:
        """Serve the rest until it cannot go on, then close it; `reason` says why."""
        try:
            async with rest.router.lifespan_context(rest):
                self._rest = rest
                ready.set()
                if self.reason:
                    await asyncio.to_thread(self._tell_reason, "")
                self.reason = await self._watch_rest(rest)
                self._rest = None
        except Exception as error:  # noqa: BLE001 - as above
            self.reason = describe_error(error)
        finally:
            self._rest = None
            # Another thread, since what is under way ends first, and listeners are served meanwhile.
            await asyncio.shield(asyncio.to_thread(_close_quietly, stack))

    async def _watch_rest(self, rest: WholeServer) -> str:
        """Return what the rest cannot go on with, once several looks in a row have found something."""
        found = 0
        while True:
            await asyncio.sleep(self._look_seconds)
            await asyncio.to_thread(rest.state.tell_shortage)
            trouble = await self._find_trouble(rest)
            found = found + 1 if trouble else 0
            if found >= LOOKS:
                return trouble

    async def _find_trouble(self, rest: WholeServer) -> str:
        find_trouble: Callable[[], str] = rest.state.find_trouble
        try:
            return await asyncio.wait_for(asyncio.to_thread(find_trouble), ANSWER_SECONDS)
        except TimeoutError:
            return f"the database did not answer within {ANSWER_SECONDS:.0f} seconds"

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


def _close_quietly(stack: ExitStack) -> None:
    """Close what can be closed: with the database lost, not even ending in order can be stored."""
    try:
        stack.close()
    except Exception as error:  # noqa: BLE001 - it is closed because something is wrong; that was told
        LOG.warning("closing the server: %s", describe_error(error))

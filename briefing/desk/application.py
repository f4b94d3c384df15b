"""The desk as an application: the pages, the API, and what holds for both."""

from __future__ import annotations

import logging
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from briefing.desk import problems, security
from briefing.desk.auth import login
from briefing.desk.auth.access import SAFE_METHODS
from briefing.desk.auth.rates import MOST_WISHES, WISHES_PER_SECOND, CharacterBudgets
from briefing.desk.jobs.background_jobs import BackgroundJobs
from briefing.desk.problems import NotSignedIn, ProblemDetails
from briefing.desk.templating import render_page
from briefing.errors import BriefingError
from feed.errors import FeedError
from voices.errors import VoicesError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from fastapi import APIRouter
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from briefing.editions.newsroom import Newsroom

REFUSALS = {
    400: "the desk has no such name; come by its address, or add the name to `desk.hosts`",
    413: f"the request is larger than {security.MAX_REQUEST_BYTES // 1024**2} MB; send less at once",
}
"""What the framework's guards mean, before any route is asked."""

STATIC = Path(__file__).parent / "static"
LOG = logging.getLogger(__name__)


def build_desk(newsroom: Newsroom, routers: Iterable[APIRouter]) -> FastAPI:
    """Return the desk of a newsroom: `routers` of pages below /desk/ and of the API below /desk/api/v1, nothing else."""
    app = FastAPI(
        title="每日简报",
        version="1",
        openapi_url=None,
        redirect_slashes=False,
        lifespan=_close_jobs_at_end,
    )
    app.state.newsroom = newsroom
    app.state.work = BackgroundJobs()
    app.state.budgets = CharacterBudgets(newsroom.now)
    app.state.wishes = CharacterBudgets(newsroom.now, MOST_WISHES, WISHES_PER_SECOND)
    for router in routers:
        app.include_router(router)
    # Only what is the same for everybody is packed: sizes of packed pages could tell of secrets in them (BREACH).
    app.mount("/desk/static", GZipMiddleware(StaticFiles(directory=STATIC)), name="static")
    for kind in (
        BriefingError,
        VoicesError,
        FeedError,
        ProblemDetails,
        NotSignedIn,
        HTTPException,
        RequestValidationError,
    ):
        app.add_exception_handler(kind, _answer_refusal)
    app.add_exception_handler(Exception, _answer_failure)
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=security.MAX_REQUEST_BYTES)
    app.add_middleware(
        TrustedHostMiddleware, allowed_hosts=security.allowed_hosts(newsroom), www_redirect=False
    )
    app.add_middleware(ExplainedRefusals)
    app.add_middleware(security.SecurityHeaders, secure=security.is_secure(newsroom))
    return app


class ExplainedRefusals:
    """Middleware that explains refusals of the framework like every other refusal of the desk."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything else on."""
        refused = 0

        async def explained(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start" and _is_bare_refusal(message):
                refused = message["status"]
            elif refused:
                answer = _answer_refusal(Request(scope), HTTPException(refused, REFUSALS[refused]))
                await answer(scope, receive, send)
            else:
                await send(message)

        await self._app(scope, receive, explained)


def _is_bare_refusal(start: Message) -> bool:
    """Return whether it is one of their refusals: our own answers are pages and JSON."""
    kind = Headers(raw=start["headers"]).get("content-type", "")
    return start["status"] in REFUSALS and kind.startswith("text/plain")


@asynccontextmanager
async def _close_jobs_at_end(app: FastAPI) -> AsyncIterator[None]:
    """While the server runs; then the long work is stopped where it can go on the next time."""
    yield
    await run_in_threadpool(app.state.work.close)


def _answer_refusal(request: Request, error: Exception) -> Response:
    """Return what the desk would not or could not do: for a program as JSON, for a person as a page."""
    problem = problems.make_problem(error)
    if _takes_json(request):
        return problems.problem_response(problem)
    if isinstance(error, NotSignedIn) and request.method in SAFE_METHODS:
        target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"{login.LOGIN}?{urlencode({'next': target})}", 303)
    return render_page(
        request,
        "trouble.html",
        status=problem.status,
        headers=problems.problem_headers(problem),
        title=problem.title,
        sentence=problem.sentence,
    )


def _takes_json(request: Request) -> bool:
    """Return whether a program or a page's script asks, not a person's browser that opens an address."""
    accepted = request.headers.get("accept", "")
    return request.url.path.startswith(problems.API_PREFIX) or (
        "json" in accepted and "text/html" not in accepted
    )


def _answer_failure(request: Request, error: Exception) -> Response:
    LOG.error("%s %s", request.method, request.url.path, exc_info=error)
    return _answer_refusal(request, error)

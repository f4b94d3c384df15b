"""Liveness, readiness and metrics: for supervisors, load balancers and Prometheus.

/healthz    200 while the process answers
/readyz     200 while it can do its work, else 503; which part cannot, as JSON
/metrics    Prometheus' text format
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from briefing.monitoring import metrics

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request

NOW = {"Cache-Control": "no-store"}


def health_routes(ready: Mapping[str, Callable[[], str]], numbers: Callable[[], bytes]) -> list[Route]:
    """Return the three routes, to be mounted at the root.

    `ready` are the parts that must work, each a function that says what is wrong with it ('' for nothing); `numbers` is the
    text of the metrics.
    """

    def healthz(_request: Request) -> Response:
        return PlainTextResponse("alive\n", headers=NOW)

    def readyz(_request: Request) -> Response:
        wrong = {name: _trouble_of(part) for name, part in ready.items()}
        status = 503 if any(wrong.values()) else 200
        return JSONResponse({name: why or "ok" for name, why in wrong.items()}, status, NOW)

    def measured(_request: Request) -> Response:
        return Response(numbers(), headers=NOW, media_type=metrics.KIND)

    return [
        Route("/healthz", healthz, methods=["GET", "HEAD"]),
        Route("/readyz", readyz, methods=["GET", "HEAD"]),
        Route("/metrics", measured, methods=["GET", "HEAD"]),
    ]


def _trouble_of(part: Callable[[], str]) -> str:
    """Run a readiness check; report an exception by type only, since its text may hold secrets."""
    try:
        return part()
    except Exception as error:  # noqa: BLE001 - whatever fails, the answer is: not ready
        return f"cannot be asked: {type(error).__name__}"

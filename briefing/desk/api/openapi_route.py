"""The API's description of itself, for programs."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse

from briefing.desk import problems
from briefing.desk.api.addresses import API_ROOT
from briefing.desk.api.route_parts import REFUSED, Reader

router = APIRouter(prefix=API_ROOT, responses=REFUSED)


@router.get("/openapi.json", include_in_schema=False)
def send_openapi(request: Request, _who: Reader) -> JSONResponse:
    """Return what this API can do, for programs."""
    return JSONResponse(describe_api(request.app))


def describe_api(app: FastAPI) -> dict[str, Any]:
    """The API in OpenAPI's words; refusals have the media type of problems."""
    schema = app.openapi()
    for path in schema["paths"].values():
        for operation in path.values():
            for status, answer in operation["responses"].items():
                if not status.startswith("2") and "application/json" in answer.get("content", {}):
                    answer["content"][problems.PROBLEM_TYPE] = answer["content"].pop("application/json")
    return schema

"""The pages of the desk."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from briefing.desk import access
from briefing.desk.sessions import Who  # noqa: TC001 - FastAPI reads the annotations when the module runs
from briefing.desk.templating import page

router = APIRouter(prefix="/desk", include_in_schema=False)


@router.get("")
def short(_who: Annotated[Who, Depends(access.person)]) -> Response:
    """The address that people type."""
    return RedirectResponse("/desk/", 303)


@router.get("/")
def today(request: Request, who: Annotated[Who, Depends(access.person)]) -> Response:
    """Today at a glance."""
    return page(request, "today.html", who=who, shows=access.house_of(request).productions.values())

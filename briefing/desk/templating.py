"""The pages' templates; every text in them is escaped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fastapi.templating import Jinja2Templates

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import Request, Response

TEMPLATES = Jinja2Templates(Path(__file__).parent / "templates")


def render_page(
    request: Request,
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **values: object,
) -> Response:
    """A page from its template."""
    return TEMPLATES.TemplateResponse(request, template, values, status_code=status, headers=headers)

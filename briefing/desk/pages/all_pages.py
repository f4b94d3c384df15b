"""All routers of the desk's pages."""

from fastapi import APIRouter

from briefing.desk.auth import login
from briefing.desk.pages import (
    claim_pages,
    history_pages,
    overview_pages,
    programme_pages,
    script_pages,
    sentence_pages,
)

EDITION_PAGES = APIRouter(prefix="/desk", include_in_schema=False)
for part in (script_pages, claim_pages, history_pages, programme_pages, sentence_pages):
    EDITION_PAGES.include_router(part.router)

ROUTERS = (login.router, overview_pages.router, EDITION_PAGES)

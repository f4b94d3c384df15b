"""The JSON API's part on shows and their editions, for newsroom systems and the desk's own pages.

Every route names the scope that it needs; everything that changes something goes through the functions that the
commands use. Errors are problems as RFC 9457 has them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request

from briefing.desk.api import responses
from briefing.desk.api.addresses import API_ROOT, EditionAddress, OfEdition, OfShow
from briefing.desk.api.edition_summary import summarize_edition
from briefing.desk.api.route_parts import REFUSED, Auditor, Reader
from briefing.desk.auth.access import newsroom_of
from briefing.model import EditionKey

router = APIRouter(prefix=API_ROOT, responses=REFUSED)


@router.get("/me")
def show_caller(who: Reader) -> responses.MeOut:
    """Return who is asking, and what is allowed."""
    return responses.MeOut(name=who.name, role=who.role, scopes=sorted(who.scopes))


@router.get("/shows")
def list_shows(request: Request, _who: Reader) -> list[responses.ShowOut]:
    """The shows of this newsroom."""
    newsroom = newsroom_of(request)
    return [
        responses.ShowOut(
            show=slug,
            title=context.show.title,
            timezone=newsroom.config.shows[slug].timezone,
            editions=list(context.hours),
            anchors=list(context.anchors),
        )
        for slug, context in newsroom.contexts.items()
    ]


@router.get("/today")
def list_today(request: Request, _who: Reader) -> list[responses.EditionOut]:
    """Today's editions of every show, each on its own today, in the order in which they go out."""
    newsroom = newsroom_of(request)
    rows = []
    for slug in newsroom.contexts:
        context = newsroom.show_context(slug)
        day = context.now().date()
        rows += [
            summarize_edition(request, EditionAddress(context, EditionKey(slug, day, name)))
            for name in context.hours
            if context.hours[name].has(day)
        ]
    return sorted(rows, key=lambda one: (one.publishes, one.show, one.edition))


@router.get("/shows/{show}/editions")
def list_editions(
    context: OfShow, _who: Reader, last: Annotated[int, Query(ge=1, le=400)] = 30
) -> list[responses.StandingOut]:
    """The last editions of a show, newest first."""
    standings = context.store.editions.list_standings(context.show.slug)
    return [responses.StandingOut.of(standing) for standing in standings[:last]]


@router.get("/shows/{show}/history")
def list_history(
    context: OfShow, _who: Reader, last: Annotated[int, Query(ge=1, le=400)] = 30
) -> list[responses.AiredOut]:
    """Return what was broadcast, newest first, with what was corrected and withdrawn."""
    return [
        responses.AiredOut.of(aired)
        for aired in context.store.episodes.list_history(context.show.slug)[:last]
    ]


@router.get("/shows/{show}/downloads")
def list_downloads(
    context: OfShow, _who: Reader, days: Annotated[int, Query(ge=1, le=400)] = 30
) -> list[responses.DownloadsOut]:
    """Return how often each episode was downloaded, by day, where the newsroom counts it."""
    since = context.now().date() - timedelta(days=days - 1)
    counts = context.store.downloads.list_downloads(context.show.slug, since)
    return [
        responses.DownloadsOut(episode=counted.episode, day=counted.day, count=counted.count)
        for counted in counts
    ]


@router.get("/shows/{show}/editions/{day}/{edition}")
def show_edition(request: Request, _who: Reader, at: OfEdition) -> responses.EditionOut:
    """An edition at a glance."""
    return summarize_edition(request, at)


@router.get("/audit")
def list_deeds(
    request: Request, _who: Auditor, last: Annotated[int, Query(ge=1, le=1000)] = 100
) -> list[responses.DeedOut]:
    """Return what was done at the desk, newest first."""
    return [responses.DeedOut.of(deed) for deed in newsroom_of(request).store.desk.list_entries(last)]

"""The pages of the desk that are about all shows: today, the past, the log."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from briefing.desk.auth import access
from briefing.desk.auth.access import newsroom_of
from briefing.desk.auth.sessions import Caller
from briefing.desk.auth.user_accounts import Role
from briefing.desk.jobs.background_jobs import jobs_of
from briefing.desk.pages import actions, edition_names, summary
from briefing.desk.templating import render_page
from briefing.editorial import show_wording
from briefing.model import EditionKey
from briefing.monitoring.chinese_names import STAGES

if TYPE_CHECKING:
    from briefing.editions.newsroom import Newsroom

router = APIRouter(prefix="/desk", include_in_schema=False)

PAST_SHOWN = 60
"""Editions that the list of the past shows."""

DEEDS_SHOWN = 200
"""Lines of the log that are shown."""


Viewer = Annotated[Caller, Depends(access.signed_in_person)]
Chief = Annotated[Caller, Depends(access.allow_role(Role.CHIEF))]


@router.get("")
def redirect_home(_who: Viewer) -> Response:
    """The address that people type."""
    return RedirectResponse("/desk/", 303)


@router.get("/")
def show_today(request: Request, who: Viewer) -> Response:
    """Today at a glance."""
    newsroom = newsroom_of(request)
    cards = [
        summary.make_card(newsroom.show_context(slug), key, newsroom.now(), jobs_of(request).find_job(key))
        for slug in newsroom.contexts
        for key in _editions_of_today(newsroom, slug)
    ]
    now = newsroom.now().astimezone(next(iter(newsroom.config.shows.values())).zone)
    return render_page(
        request,
        "today.html",
        who=who,
        here="today",
        cards=cards,
        date=show_wording.spoken_date(now.date()),
        weekday=show_wording.WEEKDAYS[now.weekday()],
        now=f"{now:%H:%M}",
    )


def _editions_of_today(newsroom: Newsroom, slug: str) -> list[EditionKey]:
    """The show's editions of today, in the order of the day."""
    context = newsroom.contexts[slug]
    day = newsroom.now().astimezone(newsroom.config.shows[slug].zone).date()
    hours = context.hours
    names = sorted((name for name in hours if hours[name].has(day)), key=lambda name: hours[name].air(day))
    return [EditionKey(slug, day, name) for name in names]


@router.get("/past")
def show_past(request: Request, who: Viewer) -> Response:
    """The editions that there were, newest first."""
    newsroom = newsroom_of(request)
    standings = [
        standing
        for standing in newsroom.store.editions.list_standings()
        if standing.key.show in newsroom.contexts
    ][:PAST_SHOWN]
    downloads = _count_downloads(newsroom)
    editions = [
        {
            "day": standing.key.day,
            "title": edition_names.edition_title(newsroom.contexts[standing.key.show], standing.key),
            "address": edition_names.edition_address(standing.key) if standing.revision else "",
            "stage": standing.stage,
            "stage_name": STAGES[standing.stage],
            "revision": standing.revision,
            "downloads": downloads[standing.key.show, f"{standing.key.day}-{standing.key.edition}"],
        }
        for standing in standings
    ]
    counted = newsroom.config.newsroom.counts
    return render_page(request, "past.html", who=who, here="past", editions=editions, counted=counted)


def _count_downloads(newsroom: Newsroom) -> Counter[tuple[str, str]]:
    """Return how often each episode of each show was downloaded."""
    counts: Counter[tuple[str, str]] = Counter()
    for slug in newsroom.contexts:
        for download in newsroom.store.downloads.list_downloads(slug):
            counts[slug, download.episode] += download.count
    return counts


@router.get("/log")
def show_log(request: Request, who: Chief) -> Response:
    """Return who did what."""
    newsroom = newsroom_of(request)
    zone = next(iter(newsroom.config.shows.values())).zone
    deeds = [
        {
            **asdict(deed),
            "what": actions.name_deed(deed.what),
            "at": f"{deed.at.astimezone(zone):%m-%d %H:%M:%S}",
        }
        for deed in newsroom.store.desk.list_entries(DEEDS_SHOWN)
    ]
    return render_page(request, "log.html", who=who, here="log", deeds=deeds)

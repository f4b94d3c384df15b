"""The pages of the desk that are about all shows: today, the past, the log."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from briefing.desk.api.show_routes import work_of
from briefing.desk.auth import access
from briefing.desk.auth.access import house_of
from briefing.desk.auth.accounts import Role
from briefing.desk.auth.sessions import Who
from briefing.desk.chinese_names import STAGES
from briefing.desk.pages import edition_pages, presenters, summary
from briefing.desk.templating import page
from briefing.editorial import composition
from briefing.model import EditionKey

if TYPE_CHECKING:
    from briefing.editions.newsroom import House

router = APIRouter(prefix="/desk", include_in_schema=False)
router.include_router(edition_pages.router)
router.include_router(edition_pages.sentences)

PAST = 60
"""Editions that the list of the past shows."""

DEEDS_SHOWN = 200
"""Lines of the log that are shown."""


Viewer = Annotated[Who, Depends(access.person)]
Chief = Annotated[Who, Depends(access.signed_in(Role.CHIEF))]


@router.get("")
def short(_who: Viewer) -> Response:
    """The address that people type."""
    return RedirectResponse("/desk/", 303)


@router.get("/")
def today(request: Request, who: Viewer) -> Response:
    """Today at a glance."""
    house = house_of(request)
    cards = [
        summary.card(house.production(slug), key, house.now(), work_of(request).job(key))
        for slug in house.productions
        for key in _todays(house, slug)
    ]
    now = house.now().astimezone(next(iter(house.config.shows.values())).zone)
    return page(
        request,
        "today.html",
        who=who,
        here="today",
        cards=cards,
        date=composition.spoken_date(now.date()),
        weekday=composition.WEEKDAYS[now.weekday()],
        now=f"{now:%H:%M}",
    )


def _todays(house: House, slug: str) -> list[EditionKey]:
    """The show's editions of today, in the order of the day."""
    production = house.productions[slug]
    day = house.now().astimezone(house.config.shows[slug].zone).date()
    hours = production.hours
    names = sorted((name for name in hours if hours[name].has(day)), key=lambda name: hours[name].air(day))
    return [EditionKey(slug, day, name) for name in names]


@router.get("/past")
def past(request: Request, who: Viewer) -> Response:
    """The editions that there were, newest first."""
    house = house_of(request)
    standings = [one for one in house.store.standings() if one.key.show in house.productions][:PAST]
    downloads = _downloads(house)
    editions = [
        {
            "day": one.key.day,
            "title": summary.title(house.productions[one.key.show], one.key),
            "address": summary.address(one.key) if one.revision else "",
            "stage": one.stage,
            "stage_name": STAGES[one.stage],
            "revision": one.revision,
            "downloads": downloads[one.key.show, f"{one.key.day}-{one.key.edition}"],
        }
        for one in standings
    ]
    counted = house.config.house.counts
    return page(request, "past.html", who=who, here="past", editions=editions, counted=counted)


def _downloads(house: House) -> Counter[tuple[str, str]]:
    """How often each episode of each show was downloaded."""
    found: Counter[tuple[str, str]] = Counter()
    for slug in house.productions:
        for one in house.store.downloads(slug):
            found[slug, one.episode] += one.count
    return found


@router.get("/log")
def log(request: Request, who: Chief) -> Response:
    """Who did what."""
    house = house_of(request)
    zone = next(iter(house.config.shows.values())).zone
    deeds = [
        {**asdict(one), "what": presenters.deed(one.what), "at": f"{one.at.astimezone(zone):%m-%d %H:%M:%S}"}
        for one in house.store.deeds(DEEDS_SHOWN)
    ]
    return page(request, "log.html", who=who, here="log", deeds=deeds)

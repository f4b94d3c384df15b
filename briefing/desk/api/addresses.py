"""What the addresses of pages and of the API name: a show, and an edition of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, NamedTuple

from fastapi import Depends, Path, Request

from briefing.desk.api.requests import DAY, SLUG
from briefing.desk.auth.access import newsroom_of
from briefing.desk.problems import ProblemDetails
from briefing.editions.show_context import ShowContext
from briefing.model import EditionKey

API_ROOT = "/desk/api/v1"

ShowName = Annotated[str, Path(pattern=SLUG, description="The show's name in the configuration")]
Day = Annotated[str, Path(pattern=DAY, description="YYYY-MM-DD in the show's time zone")]
EditionName = Annotated[str, Path(pattern=SLUG, description="The edition's name, such as morning")]


class EditionAddress(NamedTuple):
    """The edition that an address names, and what makes it."""

    context: ShowContext
    key: EditionKey


def context_of(request: Request, show: ShowName) -> ShowContext:
    """The context of the show in the address; raises `Problem` (404)."""
    newsroom = newsroom_of(request)
    if show not in newsroom.contexts:
        raise ProblemDetails(404, f"there is no show {show}; see {API_ROOT}/shows")
    return newsroom.show_context(show)


OfShow = Annotated[ShowContext, Depends(context_of)]


def edition_of(context: OfShow, day: Day, edition: EditionName) -> EditionAddress:
    """The edition in the address; raises `Problem` (404)."""
    if edition not in context.hours:
        names = ", ".join(context.hours)
        raise ProblemDetails(404, f"{context.show.slug} has no edition {edition}; name one of {names}")
    try:
        return EditionAddress(context, EditionKey(context.show.slug, date.fromisoformat(day), edition))
    except ValueError as error:
        raise ProblemDetails(404, f"{day} is no day") from error


OfEdition = Annotated[EditionAddress, Depends(edition_of)]

"""The API's part on articles: the pool of an edition, its rundown, articles that are handed in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request

from briefing.desk.api import requests as given
from briefing.desk.api import responses
from briefing.desk.api.addresses import API_ROOT, OfEdition, OfShow
from briefing.desk.api.route_parts import REFUSED, Reader, Supplier
from briefing.desk.auth import access
from briefing.editions import gathering
from briefing.editorial import script
from briefing.errors import SourceError
from briefing.model import EditionKey
from briefing.sources import helpers
from briefing.sources.extracted_article import ExtractedArticle

if TYPE_CHECKING:
    from datetime import datetime

    from briefing.model import Article

router = APIRouter(prefix=API_ROOT, responses=REFUSED)

FIRST, LAST = 2000, 2100
"""Years that news can be of."""


@router.get("/shows/{show}/editions/{day}/{edition}/articles")
def list_articles(_who: Reader, at: OfEdition) -> list[responses.ArticleOut]:
    """The day's articles, and which segments of the newest script rest on them."""
    newest = at.context.store.scripts.newest_script(at.key)
    segments = script.parse(newest.text).segments if newest else ()
    return [
        responses.ArticleOut.of(article, [part.id for part in segments if article.id in part.articles])
        for article in at.context.store.articles.list_articles(at.key)
    ]


@router.get("/shows/{show}/editions/{day}/{edition}/rundown")
def show_rundown(_who: Reader, at: OfEdition) -> responses.RundownOut:
    """Return what the programme would choose of the day's articles, what it would not, and why."""
    return responses.RundownOut.of(gathering.choose(at.context, at.key))


@router.post("/shows/{show}/articles", status_code=201)
def push_article(
    request: Request, who: Supplier, context: OfShow, body: given.ArticleIn
) -> responses.ArticleOut:
    """Hand an article in; editions of its day that are gathered already have it at once. The same one replaces itself."""
    article = _make_article(body, context.now())
    key = EditionKey(context.show.slug, article.moment.date(), next(iter(context.hours)))
    gathering.add(context, key, [article])
    access.log_deed(request, who.name, "add article", f"{key.show}/{key.day} {article.id}")
    return responses.ArticleOut.of(article, [])


def _make_article(body: given.ArticleIn, now: datetime) -> Article:
    paragraphs = tuple(line.strip() for line in body.text.splitlines() if line.strip())
    if not paragraphs:
        raise SourceError("the article has no text; send its paragraphs, one a line")
    published = body.published
    if published and not FIRST <= published.year <= LAST:
        raise SourceError(f"the article is of {published.year}; give the year in which it was published")
    if published:
        # A time without a zone is one of the show's.
        published = published.replace(tzinfo=published.tzinfo or now.tzinfo).astimezone(now.tzinfo)
    article = ExtractedArticle(
        title=body.title,
        paragraphs=paragraphs,
        published=published,
        byline=body.byline,
        kicker=body.kicker,
        page=body.page,
        url=body.url,
    )
    return replace(helpers.article(body.source, article, fetched=now, guid=body.url), licence=body.licence)

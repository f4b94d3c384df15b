"""The JSON API for newsroom systems and the desk's own pages: shows, articles, editions, readings, words.

Every route names the scope that it needs; everything that changes something goes through the functions that the
commands use. Errors are problems as RFC 9457 has them.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Query, Request
from fastapi.responses import JSONResponse

from briefing import mandarin
from briefing.desk import problems
from briefing.desk.api import requests as given
from briefing.desk.api import responses
from briefing.desk.api.addresses import API_ROOT, EditionAddress, OfEdition, OfShow
from briefing.desk.auth import access
from briefing.desk.auth.access import allow_scope, newsroom_of
from briefing.desk.auth.accounts import Scope
from briefing.desk.auth.sessions import Caller
from briefing.desk.jobs.edition_status import describe_status
from briefing.desk.pages.presenters import MOST_SENTENCE_CHARS
from briefing.editions import gathering, lease, review
from briefing.editorial import script
from briefing.errors import BriefingError, ScriptError, SourceError
from briefing.mandarin import lexicon
from briefing.model import EditionKey, han_count
from briefing.scheduler.progress import step_of
from briefing.scheduler.timetable import CHINESE
from briefing.sources import helpers
from briefing.sources.html.extraction import Found
from briefing.wiring.lexicons import ADDED_WORDS

if TYPE_CHECKING:
    from datetime import datetime

    from briefing.desk.jobs.background_jobs import BackgroundJobs
    from briefing.editions.context import Production
    from briefing.model import Article

AT = f"{API_ROOT}/shows/{{show}}/editions/{{day}}/{{edition}}"
"""The address of an edition."""

REFUSED: dict[int | str, dict[str, Any]] = {
    "default": {"model": responses.ProblemOut, "description": "What is wrong, and what to do"}
}
"""What every route may answer instead."""

router = APIRouter(prefix=API_ROOT, responses=REFUSED)

Reader = Annotated[Caller, Depends(allow_scope(Scope.READ))]
Writer = Annotated[Caller, Depends(allow_scope(Scope.SCRIPTS))]
Supplier = Annotated[Caller, Depends(allow_scope(Scope.ARTICLES))]
Auditor = Annotated[Caller, Depends(allow_scope(Scope.AUDIT))]

_WORDS = Lock()
"""One word is added after the other: each is written into the file that the one before has left."""

FIRST, LAST = 2000, 2100
"""Years that news can be of."""


def jobs_of(request: Request) -> BackgroundJobs:
    """The long work of this server."""
    work: BackgroundJobs = request.app.state.work
    return work


@router.get("/openapi.json", include_in_schema=False)
def send_openapi(request: Request, _who: Reader) -> JSONResponse:
    """What this API can do, for programs."""
    return JSONResponse(describe_api(request.app))


def describe_api(app: FastAPI) -> dict[str, Any]:
    """The API in OpenAPI's words; refusals have the media type of problems."""
    found = app.openapi()
    for path in found["paths"].values():
        for operation in path.values():
            for status, answer in operation["responses"].items():
                if not status.startswith("2") and "application/json" in answer.get("content", {}):
                    answer["content"][problems.PROBLEM_TYPE] = answer["content"].pop("application/json")
    return found


@router.get("/me")
def show_caller(who: Reader) -> responses.MeOut:
    """Who is asking, and what is allowed."""
    return responses.MeOut(name=who.name, role=who.role, scopes=sorted(who.scopes))


@router.get("/shows")
def list_shows(request: Request, _who: Reader) -> list[responses.ShowOut]:
    """The shows of this house."""
    house = newsroom_of(request)
    return [
        responses.ShowOut(
            show=slug,
            title=one.show.title,
            timezone=house.config.shows[slug].timezone,
            editions=list(one.hours),
            anchors=list(one.anchors),
        )
        for slug, one in house.productions.items()
    ]


@router.get("/today")
def list_today(request: Request, _who: Reader) -> list[responses.EditionOut]:
    """Today's editions of every show, each on its own today, in the order in which they go out."""
    house = newsroom_of(request)
    found = []
    for slug in house.productions:
        production = house.production(slug)
        day = production.now().date()
        found += [
            summarize_edition(request, EditionAddress(production, EditionKey(slug, day, name)))
            for name in production.hours
            if production.hours[name].has(day)
        ]
    return sorted(found, key=lambda one: (one.publishes, one.show, one.edition))


@router.get("/shows/{show}/editions")
def list_editions(
    production: OfShow, _who: Reader, last: Annotated[int, Query(ge=1, le=400)] = 30
) -> list[responses.StandingOut]:
    """The last editions of a show, newest first."""
    standings = production.store.standings(production.show.slug)
    return [responses.StandingOut.of(one) for one in standings[:last]]


@router.get("/shows/{show}/history")
def list_history(
    production: OfShow, _who: Reader, last: Annotated[int, Query(ge=1, le=400)] = 30
) -> list[responses.AiredOut]:
    """What was broadcast, newest first, with what was corrected and withdrawn."""
    return [responses.AiredOut.of(one) for one in production.store.history(production.show.slug)[:last]]


@router.get("/shows/{show}/downloads")
def list_downloads(
    production: OfShow, _who: Reader, days: Annotated[int, Query(ge=1, le=400)] = 30
) -> list[responses.DownloadsOut]:
    """How often each episode was downloaded, by day, where the house counts it."""
    since = production.now().date() - timedelta(days=days - 1)
    found = production.store.downloads(production.show.slug, since)
    return [responses.DownloadsOut(episode=one.episode, day=one.day, count=one.count) for one in found]


@router.get("/shows/{show}/editions/{day}/{edition}")
def show_edition(request: Request, _who: Reader, at: OfEdition) -> responses.EditionOut:
    """An edition at a glance."""
    return summarize_edition(request, at)


def summarize_edition(request: Request, at: EditionAddress) -> responses.EditionOut:
    """An edition at a glance; a script that cannot be judged has its reason among the warnings."""
    production, key = at
    standing = production.store.standing(key)
    seconds = target = None
    warnings: list[str] = []
    if standing.revision:
        try:
            length = review.length(production, key)
            seconds, target = length.seconds, length.target
            warnings = review.list_warnings(production, key)
        except BriefingError as error:
            warnings = [str(error)]
    holder = production.store.lease(str(key))
    job, episode = jobs_of(request).find_job(key), production.store.episode(key)
    hours, publishes = production.hours[key.edition], production.air_time(key)
    times, step, skip = hours.times(key.day), step_of(production, key), production.store.skip(key)
    return responses.EditionOut(
        **responses.StandingOut.of(standing).model_dump(),
        renders=times.render if times else None,
        publishes=publishes,
        seconds_left=(publishes - production.now()).total_seconds(),
        holds=hours.holds,
        next=responses.StepOut(act=step.act, at=step.at) if step else None,
        skipped=CHINESE[skip.why] if skip else "",
        busy=holder is not None and not lease.gone(holder, production.now()),
        status=responses.StatusOut(**describe_status(production, key, job)._asdict()),
        seconds=seconds,
        target=target,
        warnings=warnings,
        job=responses.JobOut.of(job) if job else None,
        episode=episode.number if episode else None,
    )


@router.get("/shows/{show}/editions/{day}/{edition}/articles")
def list_articles(_who: Reader, at: OfEdition) -> list[responses.ArticleOut]:
    """The day's articles, and which segments of the newest script rest on them."""
    newest = at.production.store.script(at.key)
    segments = script.parse(newest.text).segments if newest else ()
    return [
        responses.ArticleOut.of(one, [part.id for part in segments if one.id in part.articles])
        for one in at.production.store.articles(at.key)
    ]


@router.get("/shows/{show}/editions/{day}/{edition}/rundown")
def show_rundown(_who: Reader, at: OfEdition) -> responses.RundownOut:
    """What the programme would choose of the day's articles, what it would not, and why."""
    return responses.RundownOut.of(gathering.choose(at.production, at.key))


@router.post("/shows/{show}/articles", status_code=201)
def push_article(
    request: Request, who: Supplier, production: OfShow, body: given.ArticleIn
) -> responses.ArticleOut:
    """Hand an article in; editions of its day that are gathered already have it at once. The same one replaces itself."""
    article = _make_article(body, production.now())
    key = EditionKey(production.show.slug, article.moment.date(), next(iter(production.hours)))
    gathering.add(production, key, [article])
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
    found = Found(
        title=body.title,
        paragraphs=paragraphs,
        published=published,
        byline=body.byline,
        kicker=body.kicker,
        page=body.page,
        url=body.url,
    )
    return replace(helpers.article(body.source, found, fetched=now, guid=body.url), licence=body.licence)


@router.post("/shows/{show}/readings")
def read_sentences(_who: Reader, production: OfShow, body: given.TextsIn) -> list[responses.ReadingOut]:
    """How sentences are read: spoken form, pinyin, doubt, and how long each takes."""
    return [_read_sentence(production, text) for text in body.texts]


def _read_sentence(production: Production, text: str) -> responses.ReadingOut:
    try:
        if len(text) > MOST_SENTENCE_CHARS:
            raise ScriptError(
                f"the sentence has {len(text)} characters; split it below {MOST_SENTENCE_CHARS}"
            )
        read = mandarin.read(text, production.lexicon)
    except BriefingError as error:
        return responses.ReadingOut(
            printed=text, spoken="", pinyin=[], doubtful=[], seconds=0.0, trouble=str(error)
        )
    return responses.ReadingOut(
        printed=read.printed,
        spoken=read.spoken,
        pinyin=list(read.pinyin),
        doubtful=[responses.DoubtOut(**asdict(doubt)) for doubt in read.doubtful],
        seconds=han_count(read.spoken) / production.settings.rate + read.pause_after / 1000,
        trouble="",
    )


@router.get("/lexicon")
def list_words(request: Request, _who: Reader) -> list[responses.EntryOut]:
    """The words that were added in this house."""
    path = newsroom_of(request).folder / ADDED_WORDS
    return [responses.EntryOut.of(one) for one in (lexicon.read(path) if path.exists() else ())]


@router.post("/lexicon", status_code=201)
def add_word(request: Request, who: Writer, body: given.EntryIn) -> responses.EntryOut:
    """Add a word, or read one otherwise, from now on and in every show."""
    entry = lexicon.entry(**body.model_dump())
    with _WORDS:
        lexicon.add(newsroom_of(request).folder / ADDED_WORDS, entry)
    access.log_deed(request, who.name, "add word", f"{entry.word} {' '.join(entry.pinyin) or entry.say}")
    return responses.EntryOut.of(entry)


@router.get("/audit")
def list_deeds(
    request: Request, _who: Auditor, last: Annotated[int, Query(ge=1, le=1000)] = 100
) -> list[responses.DeedOut]:
    """What was done at the desk, newest first."""
    return [responses.DeedOut.of(one) for one in newsroom_of(request).store.deeds(last)]

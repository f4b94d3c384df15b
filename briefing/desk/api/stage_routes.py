"""The API's part on the stages of an edition: approve, hold, release, the long work, and its progress as it goes on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator  # noqa: TC003 - FastAPI reads the annotations when the module runs
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from briefing.desk.api import requests as given
from briefing.desk.api import responses
from briefing.desk.api.addresses import Edition, OfEdition  # noqa: TC001 - FastAPI reads the annotations when the module runs
from briefing.desk.api.show_routes import AT, REFUSED, Reader, glance, work_of
from briefing.desk.auth import access
from briefing.desk.auth.access import allowed
from briefing.desk.auth.accounts import Scope
from briefing.desk.auth.sessions import Who
from briefing.desk.jobs.edition_status import describe_status
from briefing.desk.problems import Problem
from briefing.editions import approval, decisions, gathering, stages

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing.editions.approval import GraveFinding
    from briefing.editions.context import Progress
    from briefing.model import EditionKey

router = APIRouter(prefix=AT, responses=REFUSED)

LOOKS_EVERY = 1.0
"""Seconds between two looks at what other processes have changed."""

STATUS_EVERY = 3
"""Looks between two at the edition's one line: it takes more queries than the stage."""

CHECKS_EVERY = 15
"""Looks between two checks that who is listening is still allowed to."""

MOST_LOGGED = 300
"""Characters of a confirmed finding that the log keeps."""

Editor = Annotated[Who, Depends(allowed(Scope.EDITIONS))]
Chief = Annotated[Who, Depends(allowed(Scope.AIR))]


UNCONFIRMED: dict[int | str, dict[str, Any]] = {
    409: {
        "model": responses.UnconfirmedOut | responses.Problem,
        "description": "Something grave was not confirmed (then it is named), or the stage does not allow it",
    }
}


@router.post("/approve", responses=UNCONFIRMED)
def approve(request: Request, who: Editor, at: OfEdition, body: given.ApproveIn) -> responses.EditionOut:
    """Let the script go on the air that was read: `base` is its revision, changes of the text file included.

    What is grave in it (claims without a basis, no label, a length far off, a voice that failed) has to be confirmed by
    name; each confirmation is logged.
    """
    decisions.adopt(at.production, at.key)
    grave = approval.find_grave(at.production, at.key)
    if missing := [one for one in grave if one.name not in body.confirmed]:
        raise _unconfirmed(at.key, missing)
    decisions.approve(at.production, at.key, body.base)
    for finding in grave:
        access.note(request, who.name, "confirm", f"{at.key} r{body.base}: {finding.text}"[:MOST_LOGGED])
    return _decided(request, who, at, f"approve r{body.base}")


def _unconfirmed(key: EditionKey, missing: Sequence[GraveFinding]) -> Problem:
    """Return the refusal of an approval, with what is to be confirmed."""
    more = {"grave": [responses.GraveOut.of(one).model_dump() for one in missing]}
    detail = f"{key} has {len(missing)} grave findings to confirm: name them in `confirmed`"
    return Problem(
        409, detail, more, title="批准以前请逐条确认", sentence=f"有 {len(missing)} 处要先确认才能批准。"
    )


@router.post("/hold")
def hold(request: Request, who: Editor, at: OfEdition) -> responses.EditionOut:
    """Keep the edition off the air until somebody approves it."""
    decisions.hold(at.production, at.key)
    return _decided(request, who, at, "hold")


@router.post("/release")
def release(request: Request, who: Editor, at: OfEdition) -> responses.EditionOut:
    """Hold the edition no longer."""
    decisions.release(at.production, at.key)
    return _decided(request, who, at, "release")


@router.post("/gather", status_code=202)
def gather(request: Request, who: Editor, at: OfEdition) -> responses.JobOut:
    """Begin to collect the day's articles."""
    return _begun(request, who, at, "gather", lambda told: gathering.gather(*at, told))


@router.post("/compose", status_code=202)
def compose(request: Request, who: Editor, at: OfEdition) -> responses.JobOut:
    """Begin to choose, condense and write: the next revision of the script."""
    decisions.adopt(at.production, at.key)
    return _begun(request, who, at, "draft", lambda told: stages.draft(*at, told))


@router.post("/render", status_code=202)
def render(request: Request, who: Editor, at: OfEdition) -> responses.JobOut:
    """Begin to speak and mix the approved script; only what has changed is spoken again."""
    return _begun(request, who, at, "render", lambda told: stages.render(*at, told))


@router.post("/publish", status_code=202)
def publish(request: Request, who: Chief, at: OfEdition) -> responses.JobOut:
    """Begin to put the rendered programme on the air, whatever the clock says."""
    return _begun(request, who, at, "publish", lambda told: stages.publish(*at, told))


@router.post("/correct", status_code=202)
def correct(request: Request, who: Chief, at: OfEdition, body: given.WordsIn) -> responses.JobOut:
    """Begin to put the changed script on the air in place of what is there; listeners read `words` about it."""
    return _begun(request, who, at, "correct", lambda told: stages.correct(*at, body.words, told))


@router.post("/withdraw", status_code=202)
def withdraw(request: Request, who: Chief, at: OfEdition, body: given.WordsIn) -> responses.JobOut:
    """Begin to take the episode off the air everywhere; the history keeps `words` as the reason."""
    return _begun(request, who, at, "withdraw", lambda told: stages.withdraw(*at, body.words, told))


@router.post("/reinstate", status_code=202)
def reinstate(request: Request, who: Chief, at: OfEdition, body: given.ReinstateIn) -> responses.JobOut:
    """Begin to put a withdrawn episode on the air again, as revision `base` says it; the log keeps `words`."""
    decision = decisions.Decision(who.name, access.address(request), body.words)
    return _begun(
        request, who, at, "reinstate", lambda told: stages.reinstate(*at, body.base, decision, told)
    )


@router.post("/run", status_code=202)
def run(request: Request, who: Chief, at: OfEdition) -> responses.JobOut:
    """Begin every stage that is due, to the air."""
    return _begun(request, who, at, "run", lambda told: stages.run(*at, told))


@router.get("/job")
def job(request: Request, _who: Reader, at: OfEdition) -> responses.JobOut:
    """The long work that goes on, or how the last one ended."""
    found = work_of(request).job(at.key)
    if found is None:
        raise Problem(404, f"nothing was begun for {at.key} since the server was started")
    return responses.JobOut.of(found)


@router.get("/events", response_class=EventSourceResponse)
async def events(request: Request, _who: Reader, at: OfEdition) -> AsyncIterator[ServerSentEvent]:
    """What happens to the edition, as it happens: `standing` (stage and revision, whoever changed them), `job`, `status`.

    The data of `standing` and `job` is the JSON that the routes of the same name give; `status` is the edition's one line
    in Chinese (`text`) and how grave it is (`kind`: "", "warn" or "stop").
    """
    work = work_of(request)
    with work.watched(at.key) as queue:
        if now := work.job(at.key):
            yield _event("job", responses.JobOut.of(now))
        last, status, looks = None, None, 0
        while True:
            standing = await run_in_threadpool(at.production.store.standing, at.key)
            changed = standing != last
            if changed:
                last = standing
                yield _event("standing", responses.StandingOut.of(standing))
            if changed or looks % STATUS_EVERY == 0:
                found = await run_in_threadpool(describe_status, at.production, at.key, work.job(at.key))
                if found != status:
                    status = found
                    yield _event("status", responses.StatusOut(text=found.text, kind=found.kind))
            looks += 1
            if looks % CHECKS_EVERY == 0 and not await _still(request):
                return
            try:
                told = await asyncio.wait_for(queue.get(), LOOKS_EVERY)
            except TimeoutError:
                continue
            yield _event("job", responses.JobOut.of(told))


def _event(
    name: str, body: responses.JobOut | responses.StandingOut | responses.StatusOut
) -> ServerSentEvent:
    return ServerSentEvent(event=name, raw_data=body.model_dump_json())


async def _still(request: Request) -> bool:
    """Whether who is listening is still signed in and may read; an open page is no use of the session."""
    found = await run_in_threadpool(access.asking, request, tokens=True, used=False)
    return found is not None and Scope.READ in found.scopes


def _decided(request: Request, who: Who, at: Edition, what: str) -> responses.EditionOut:
    access.note(request, who.name, what, str(at.key))
    return glance(request, at)


def _begun(
    request: Request, who: Who, at: Edition, what: str, task: Callable[[Progress], object]
) -> responses.JobOut:
    found = work_of(request).start(at.key, what, who.name, task)
    access.note(request, who.name, what, str(at.key))
    return responses.JobOut.of(found)

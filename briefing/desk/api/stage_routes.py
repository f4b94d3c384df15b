"""The API's part on the stages of an edition: approve, hold, release, the long work, and its progress as it goes on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator  # noqa: TC003 - FastAPI reads the annotations when the module runs
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from briefing.desk.api import requests as given
from briefing.desk.api import responses
from briefing.desk.api.addresses import EditionAddress, OfEdition  # noqa: TC001 - FastAPI reads the annotations when the module runs
from briefing.desk.api.edition_summary import summarize_edition
from briefing.desk.api.route_parts import AT, REFUSED, Chief, Editor, Reader, may_read
from briefing.desk.auth import access
from briefing.desk.jobs.background_jobs import jobs_of
from briefing.desk.jobs.edition_status import describe_status
from briefing.desk.problems import ProblemDetails
from briefing.editions import edition_decisions, gathering, stages
from briefing.editions.approvals import approval
from briefing.model import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing.desk.auth.sessions import Caller
    from briefing.editions.approvals.approval import GraveFinding
    from briefing.editions.show_context import Progress
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


UNCONFIRMED: dict[int | str, dict[str, Any]] = {
    409: {
        "model": responses.UnconfirmedOut | responses.ProblemOut,
        "description": "Something grave was not confirmed (then it is named), or the stage does not allow it",
    }
}


@router.post("/approve", responses=UNCONFIRMED)
def approve_script(
    request: Request, who: Editor, at: OfEdition, body: given.ApproveIn
) -> responses.EditionOut:
    """Let the script go on the air that was read: `base` is its revision, changes of the text file included.

    What is grave in it (claims without a basis, no label, a length far off, a voice that failed) has to be confirmed by
    name; each confirmation is logged.
    """
    edition_decisions.adopt(at.context, at.key)
    at.context.store.editions.check_move(at.key, Stage.APPROVED)
    grave = approval.find_grave(at.context, at.key)
    if missing := [claim for claim in grave if claim.name not in body.confirmed]:
        raise _unconfirmed_problem(at.key, missing)
    edition_decisions.approve(at.context, at.key, body.base)
    for finding in grave:
        access.log_deed(request, who.name, "confirm", f"{at.key} r{body.base}: {finding.text}"[:MOST_LOGGED])
    return _log_decision(request, who, at, f"approve r{body.base}")


def _unconfirmed_problem(key: EditionKey, missing: Sequence[GraveFinding]) -> ProblemDetails:
    """Return the refusal of an approval, with what is to be confirmed."""
    more = {"grave": [responses.GraveOut.of(claim).model_dump() for claim in missing]}
    detail = f"{key} has {len(missing)} grave findings to confirm: name them in `confirmed`"
    return ProblemDetails(
        409, detail, more, title="批准以前请逐条确认", sentence=f"有 {len(missing)} 处要先确认才能批准。"
    )


@router.post("/hold")
def hold_edition(request: Request, who: Editor, at: OfEdition) -> responses.EditionOut:
    """Keep the edition off the air until somebody approves it."""
    edition_decisions.hold(at.context, at.key)
    return _log_decision(request, who, at, "hold")


@router.post("/release")
def release_edition(request: Request, who: Editor, at: OfEdition) -> responses.EditionOut:
    """Hold the edition no longer."""
    edition_decisions.release(at.context, at.key)
    return _log_decision(request, who, at, "release")


@router.post("/gather", status_code=202)
def begin_gathering(request: Request, who: Editor, at: OfEdition) -> responses.JobOut:
    """Begin to collect the day's articles."""
    return _begin_job(request, who, at, "gather", lambda told: gathering.gather(*at, told))


@router.post("/compose", status_code=202)
def begin_draft(request: Request, who: Editor, at: OfEdition) -> responses.JobOut:
    """Begin to choose, condense and write: the next revision of the script."""
    edition_decisions.adopt(at.context, at.key)
    return _begin_job(request, who, at, "draft", lambda told: stages.draft(*at, told))


@router.post("/render", status_code=202)
def begin_rendering(request: Request, who: Editor, at: OfEdition) -> responses.JobOut:
    """Begin to speak and mix the approved script; only what has changed is spoken again."""
    return _begin_job(request, who, at, "render", lambda told: stages.render(*at, told))


@router.post("/publish", status_code=202)
def begin_publishing(request: Request, who: Chief, at: OfEdition) -> responses.JobOut:
    """Begin to put the rendered programme on the air, whatever the clock says."""
    return _begin_job(request, who, at, "publish", lambda told: stages.publish(*at, told))


@router.post("/correct", status_code=202)
def begin_correction(request: Request, who: Chief, at: OfEdition, body: given.WordsIn) -> responses.JobOut:
    """Begin to put the changed script on the air in place of what is there; listeners read `words` about it."""
    return _begin_job(request, who, at, "correct", lambda told: stages.correct(*at, body.words, told))


@router.post("/withdraw", status_code=202)
def begin_withdrawal(request: Request, who: Chief, at: OfEdition, body: given.WordsIn) -> responses.JobOut:
    """Begin to take the episode off the air everywhere; the history keeps `words` as the reason."""
    return _begin_job(request, who, at, "withdraw", lambda told: stages.withdraw(*at, body.words, told))


@router.post("/reinstate", status_code=202)
def begin_reinstatement(
    request: Request, who: Chief, at: OfEdition, body: given.ReinstateIn
) -> responses.JobOut:
    """Begin to put a withdrawn episode on the air again, as revision `base` says it; the log keeps `words`."""
    decision = edition_decisions.Decision(who.name, access.caller_address(request), body.words)
    return _begin_job(
        request, who, at, "reinstate", lambda told: stages.reinstate(*at, body.base, decision, told)
    )


@router.post("/run", status_code=202)
def begin_run(request: Request, who: Chief, at: OfEdition) -> responses.JobOut:
    """Begin every stage that is due, to the air."""
    return _begin_job(request, who, at, "run", lambda told: stages.run(*at, told))


@router.get("/job")
def show_job(request: Request, _who: Reader, at: OfEdition) -> responses.JobOut:
    """The long work that goes on, or how the last one ended."""
    job = jobs_of(request).find_job(at.key)
    if job is None:
        raise ProblemDetails(404, f"nothing was begun for {at.key} since the server was started")
    return responses.JobOut.of(job)


@router.get("/events", response_class=EventSourceResponse)
async def stream_events(request: Request, _who: Reader, at: OfEdition) -> AsyncIterator[ServerSentEvent]:
    """Stream an edition's events: `standing` (stage and revision, whoever changed them), `job`, `status`.

    The data of `standing` and `job` is the JSON that the routes of the same name give; `status` is the edition's one line
    in Chinese (`text`) and how grave it is (`kind`: "", "warn" or "stop").
    """
    work = jobs_of(request)
    with work.watch_jobs(at.key) as queue:
        if now := work.find_job(at.key):
            yield _make_event("job", responses.JobOut.of(now))
        last, status, looks = None, None, 0
        while True:
            standing = await run_in_threadpool(at.context.store.editions.find_standing, at.key)
            changed = standing != last
            if changed:
                last = standing
                yield _make_event("standing", responses.StandingOut.of(standing))
            if changed or looks % STATUS_EVERY == 0:
                before = await run_in_threadpool(describe_status, at.context, at.key, work.find_job(at.key))
                if before != status:
                    status = before
                    yield _make_event("status", responses.StatusOut(text=before.text, kind=before.kind))
            looks += 1
            if looks % CHECKS_EVERY == 0 and not await _may_still_read(request):
                return
            try:
                event = await asyncio.wait_for(queue.get(), LOOKS_EVERY)
            except TimeoutError:
                continue
            yield _make_event("job", responses.JobOut.of(event))


def _make_event(
    name: str, body: responses.JobOut | responses.StandingOut | responses.StatusOut
) -> ServerSentEvent:
    return ServerSentEvent(event=name, raw_data=body.model_dump_json())


async def _may_still_read(request: Request) -> bool:
    """Return whether who is listening is still signed in and may read; an open page is no use of the session."""
    caller = await run_in_threadpool(access.identify_caller, request, tokens=True, used=False)
    return caller is not None and may_read(caller)


def _log_decision(request: Request, who: Caller, at: EditionAddress, what: str) -> responses.EditionOut:
    access.log_deed(request, who.name, what, str(at.key))
    return summarize_edition(request, at)


def _begin_job(
    request: Request, who: Caller, at: EditionAddress, what: str, task: Callable[[Progress], object]
) -> responses.JobOut:
    job = jobs_of(request).start_job(at.key, what, who.name, task)
    access.log_deed(request, who.name, what, str(at.key))
    return responses.JobOut.of(job)

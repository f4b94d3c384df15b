"""The script page, and what only it asks for: needs, earlier segments, checks of claims, announcements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from briefing.desk.api.requests import FollowIn, ScriptBody, SegmentBody
from briefing.desk.auth.user_accounts import Scope
from briefing.desk.editing import script_revisions, take_article
from briefing.desk.pages import presenters, summary
from briefing.desk.pages.edition_context import Edition, Editor, Viewer
from briefing.desk.templating import render_page
from briefing.editions.announcements import follow_changes
from briefing.editorial import script, script_length
from briefing.model import Script
from briefing.monitoring.chinese_errors import explain_text

if TYPE_CHECKING:
    from briefing.desk.auth.sessions import Caller
    from briefing.desk.pages.edition_context import EditionContext

router = APIRouter(prefix="/editions/{show}/{day}/{edition}")

EARLIER_REVISIONS = 12
"""Revisions in which a segment that was taken down is looked for; older ones are in the list of revisions."""


@router.get("")
def show_script(request: Request, who: Viewer, edition: Edition) -> Response:
    """Return the script page: to be changed and heard."""
    trouble = script_revisions.adopt_file(edition.context, edition.key)
    with edition.read_once() as reading:
        values = reading.frame_values(who)
        details, target = _script_details(reading, who)
    values["page"] |= details
    file_trouble = explain_text(trouble) if trouble else ""
    clock = presenters.format_clock(target)
    return render_page(request, "script.html", **values, trouble=file_trouble, target=clock)


def _script_details(edition: EditionContext, who: Caller) -> tuple[dict[str, Any], float]:
    """Return what the script page's own scripts take, and the length that the programme should have (s)."""
    context, key, store = edition.context, edition.key, edition.context.store
    spoken = script.parse(script_revisions.newest_draft(context, key).text)
    recording = store.recordings.find_recording(key)
    measured = recording.duration / 1000 if recording else None
    target = script_length.measure_length(spoken, context.settings, measured).target
    details = {
        "login": "/desk/login",
        "writable": Scope.SCRIPTS in who.scopes,
        "script": ScriptBody.of(spoken).model_dump(mode="json"),
        "draft": _unsaved_draft(edition, who),
        "anchors": context.anchors,
        "credits": context.wording.credits,
        "model": bool(context.model),
        "zone": context.hours[key.edition].zone.key,
        "rate": context.settings.rate,
        "now": edition.now.isoformat(),
        "target": target,
        "far": script_length.FAR,
    }
    return details, target


def _unsaved_draft(edition: EditionContext, who: Caller) -> dict[str, Any] | None:
    """Return what this person wrote and did not save."""
    unsaved = edition.context.store.desk.find_unsaved(who.name, edition.key)
    if unsaved is None:
        return None
    return {"base": unsaved.base, "script": unsaved.body, "at": unsaved.saved.isoformat()}


@router.get("/needs")
def show_needs(request: Request, _who: Viewer, edition: Edition) -> Response:
    """Return what a person should look at, as a piece of the script page: it takes longer than the page itself."""
    return render_page(
        request, "needs.html", needs=summary.list_needs(edition.context, edition.key, edition.now)
    )


@router.get("/earlier")
def list_earlier_segments(_who: Viewer, edition: Edition) -> dict[str, Any]:
    """Return every segment that stood in the script lately, as it was last: what was taken down can come back."""
    segments: dict[str, SegmentBody] = {}
    for draft in edition.context.store.scripts.last_scripts(edition.key, EARLIER_REVISIONS):
        segments |= {part.id: part for part in ScriptBody.of(script.parse(draft.text)).segments}
    return {"segments": [part.model_dump(mode="json") for part in segments.values()]}


@router.post("/follow")
def follow_stories(_who: Editor, edition: Edition, body: FollowIn) -> ScriptBody:
    """Return a script whose stories were changed with what announces them following; nothing is saved."""
    before, after = (part.script(edition.key) for part in (body.before, body.script))
    return ScriptBody.of(follow_changes(edition.context, edition.key, before, after))


@router.post("/articles/{article}/told")
def tell_article(_who: Editor, edition: Edition, article: str) -> SegmentBody:
    """Return an article of the day as a segment that an editor can take into the script; nothing is saved."""
    segment = take_article.write_segment(edition.context, edition.key, article)
    return ScriptBody.of(Script(edition.key, "", (segment,))).segments[0]

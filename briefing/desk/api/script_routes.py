"""The API's part on scripts: read and write with the revision that was read, drafts, and every revision."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request

from briefing.desk.api import requests as given
from briefing.desk.api import responses
from briefing.desk.api.addresses import EditionAddress, OfEdition  # noqa: TC001 - FastAPI reads the annotations when the module runs
from briefing.desk.api.route_parts import AT, REFUSED, Reader, Writer
from briefing.desk.auth import access
from briefing.desk.auth.access import AccessRule, newsroom_of
from briefing.desk.auth.sessions import Caller
from briefing.desk.auth.user_accounts import Scope
from briefing.desk.editing import compare_scripts, script_revisions
from briefing.desk.problems import STATUSES, ProblemDetails
from briefing.editorial import script
from briefing.errors import StaleRevision
from briefing.storage.store import Unsaved

if TYPE_CHECKING:
    from briefing.model import Script
    from briefing.storage.store import Draft

STALE: dict[int | str, dict[str, Any]] = {
    409: {
        "model": responses.StaleOut | responses.ProblemOut,
        "description": "Somebody was faster (then with both versions), or the stage does not allow it",
    }
}

router = APIRouter(prefix=AT, responses=REFUSED)

Number = Annotated[int, Path(ge=1, le=1_000_000, description="A revision, counted from 1")]
Person = Annotated[Caller, Depends(AccessRule(frozenset({Scope.SCRIPTS}), tokens=False))]


@router.get("/script")
def read_script(_who: Reader, at: OfEdition) -> responses.OpenedOut:
    """The newest script, with what was changed in its text file."""
    newest, trouble = script_revisions.open_newest(at.context, at.key)
    return responses.OpenedOut(**dict(_script_out(newest)), file_trouble=trouble)


@router.put("/script", responses=STALE)
def save_script(request: Request, who: Writer, at: OfEdition, body: given.SaveIn) -> responses.ScriptOut:
    """Save a script on top of the revision that was read.

    When somebody was faster nothing is saved, and the answer has both versions and what they make together.
    """
    mine = body.script.script(at.key)
    try:
        number = script_revisions.save_script(at.context, at.key, mine, body.base, who.name)
    except StaleRevision as error:
        raise _stale_problem(
            error, script_revisions.merge_stale(at.context, at.key, mine, body.base), mine
        ) from error
    if who.session:
        at.context.store.desk.drop_unsaved(who.name, at.key)
    access.log_deed(request, who.name, "save", f"{at.key} r{number}")
    return _script_out(_existing_revision(at, number))


@router.get("/revisions")
def list_revisions(_who: Reader, at: OfEdition) -> list[responses.RevisionOut]:
    """Every revision, newest first: who saved it, and when."""
    return [
        responses.RevisionOut.of(revision)
        for revision in reversed(at.context.store.scripts.list_revisions(at.key))
    ]


@router.get("/revisions/{number}")
def read_revision(_who: Reader, at: OfEdition, number: Number) -> responses.ScriptOut:
    """An older script."""
    return _script_out(_existing_revision(at, number))


@router.get("/revisions/{number}/changes")
def list_changes(
    _who: Reader, at: OfEdition, number: Number, since: Annotated[int, Query(ge=1, le=1_000_000)]
) -> list[responses.ChangeOut]:
    """Return what a revision has changed since an older one, segment by segment; what is gone comes last."""
    old, new = (script.parse(_existing_revision(at, change).text) for change in (since, number))
    return [
        responses.ChangeOut.model_validate(asdict(change))
        for change in compare_scripts.compare_scripts(old, new)
    ]


@router.post("/revisions/{number}/restore", responses=STALE)
def restore_revision(
    request: Request, who: Writer, at: OfEdition, number: Number, body: given.BaseIn
) -> responses.ScriptOut:
    """Make an older script the newest one, on top of the revision that was read."""
    try:
        restored = script_revisions.restore_revision(
            at.context, at.key, _existing_revision(at, number), body.base, who.name
        )
    except StaleRevision as error:
        mine = script.parse(_existing_revision(at, number).text)
        raise _stale_problem(
            error, script_revisions.merge_stale(at.context, at.key, mine, body.base), mine
        ) from error
    access.log_deed(request, who.name, "restore", f"{at.key} r{number} as r{restored}")
    return _script_out(_existing_revision(at, restored))


@router.put("/draft")
def keep_draft(request: Request, who: Person, at: OfEdition, body: given.SaveIn) -> responses.UnsavedOut:
    """Keep what a person has written and not saved; it is nobody else's, and makes no revision."""
    newsroom = newsroom_of(request)
    unsaved = Unsaved(body.base, body.script.model_dump(mode="json"), newsroom.now())
    newsroom.store.desk.keep_unsaved(who.name, at.key, unsaved)
    return _unsaved_out(unsaved)


@router.get("/draft")
def read_draft(request: Request, who: Person, at: OfEdition) -> responses.UnsavedOut:
    """Return what this person has written and not saved."""
    unsaved = newsroom_of(request).store.desk.find_unsaved(who.name, at.key)
    if unsaved is None:
        raise ProblemDetails(404, f"there is nothing of {at.key} that you have not saved")
    return _unsaved_out(unsaved)


@router.delete("/draft", status_code=204)
def drop_draft(request: Request, who: Person, at: OfEdition) -> None:
    """Forget what this person has not saved."""
    newsroom_of(request).store.desk.drop_unsaved(who.name, at.key)


def _existing_revision(at: EditionAddress, number: int) -> Draft:
    """Return one revision; raises `ProblemDetails` (404) for one that there is not."""
    draft = at.context.store.scripts.script_at(at.key, number)
    if draft is None:
        raise ProblemDetails(404, f"{at.key} has no revision {number} of its script")
    return draft


def _script_out(draft: Draft) -> responses.ScriptOut:
    body = given.ScriptBody.of(script.parse(draft.text))
    return responses.ScriptOut(revision=draft.revision, author=draft.author, saved=draft.saved, script=body)


def _unsaved_out(unsaved: Unsaved) -> responses.UnsavedOut:
    return responses.UnsavedOut(base=unsaved.base, script=unsaved.body, saved=unsaved.saved)


def _stale_problem(error: StaleRevision, stale: script_revisions.StaleSave, mine: Script) -> ProblemDetails:
    """The refusal with both versions and what they make together."""
    parts = {
        "newest": _script_out(stale.newest),
        "mine": given.ScriptBody.of(mine),
        "merged": given.ScriptBody.of(stale.merged.script),
    }
    more: dict[str, Any] = {name: part.model_dump(mode="json") for name, part in parts.items()}
    more["conflicts"] = [
        responses.ConflictOut.of(conflict).model_dump() for conflict in stale.merged.conflicts
    ]
    return ProblemDetails(409, str(error), more, title=STATUSES[StaleRevision][1])

"""The page of an edition's revisions: who saved which, and what differs between two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from briefing.desk.auth.user_accounts import Scope
from briefing.desk.editing import compare_scripts, script_revisions
from briefing.desk.pages.edition_context import Edition, Viewer
from briefing.desk.templating import render_page
from briefing.editorial import script
from briefing.errors import StageError

if TYPE_CHECKING:
    from datetime import tzinfo

    from briefing.desk.pages.edition_context import EditionContext
    from briefing.storage.store import Revision

router = APIRouter(prefix="/editions/{show}/{day}/{edition}")


@router.get("/history")
def show_history(request: Request, who: Viewer, edition: Edition, old: int = 0, new: int = 0) -> Response:
    """Return the list of revisions, and the differences of two of them: by default of the last two."""
    with edition.read_once() as reading:
        values = reading.frame_values(who)
        revisions = reading.context.store.scripts.list_revisions(edition.key)
        if not revisions:
            raise StageError(f"{edition.key} has no script yet")
        numbers = {revision.revision for revision in revisions}
        new = new if new in numbers else max(numbers)
        old = old if old in numbers else max(1, new - 1)
        changes = _list_changes(reading, old, new)
    zone = edition.context.air_time(edition.key).tzinfo
    rows = [_revision_row(revision, zone) for revision in reversed(revisions)]
    writable = Scope.SCRIPTS in who.scopes
    return render_page(
        request,
        "history.html",
        **values,
        revisions=rows,
        old=old,
        new=new,
        changes=changes,
        writable=writable,
    )


def _list_changes(edition: EditionContext, old: int, new: int) -> list[compare_scripts.SegmentChange]:
    """Return what differs between two revisions."""
    before, after = (
        script.parse(script_revisions.load_revision(edition.context, edition.key, number).text)
        for number in (old, new)
    )
    changes = compare_scripts.compare_scripts(before, after)
    return [change for change in changes if change.how != "same" or change.moved]


def _revision_row(revision: Revision, zone: tzinfo | None) -> dict[str, Any]:
    return {
        "revision": revision.revision,
        "author": revision.author,
        "saved": f"{revision.saved.astimezone(zone):%m-%d %H:%M:%S}",
    }

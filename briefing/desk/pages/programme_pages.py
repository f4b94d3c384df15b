"""The page of the whole programme before it goes out, its sound and its picture."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, Response

from briefing.desk.pages import presenters
from briefing.desk.pages.edition_context import Edition, Viewer
from briefing.desk.problems import ProblemDetails
from briefing.desk.templating import render_page
from voices.audio import plot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefing.desk.pages.edition_context import EditionContext
    from voices.model import Cue, Recording

router = APIRouter(prefix="/editions/{show}/{day}/{edition}")


@router.get("/programme")
def show_programme(request: Request, who: Viewer, edition: Edition) -> Response:
    """Return the page of the whole programme before it goes out."""
    with edition.read_once() as reading:
        values = reading.frame_values(who)
        recording = reading.context.store.recordings.find_recording(edition.key)
    if recording is None:
        return render_page(
            request, "programme.html", **values, recording=None, stamp="", figures="", passages=[]
        )
    values["page"] |= {
        "seconds": recording.duration / 1000,
        "left": plot.LEFT / plot.WIDTH,
        "right": plot.RIGHT / plot.WIDTH,
    }
    return render_page(
        request,
        "programme.html",
        **values,
        recording=recording,
        stamp=recording.path.stem,
        figures=plot.describe_measures(recording),
        passages=list(_list_passages(recording)),
    )


def _list_passages(recording: Recording) -> Iterator[dict[str, Any]]:
    """Return the chapters with what is said in them."""
    starts = [chapter.start for chapter in recording.chapters]
    for number, cues in groupby(recording.cues, key=lambda cue: bisect_right(starts, cue.start) - 1):
        chapter = recording.chapters[max(0, number)]
        yield {
            "start": chapter.start,
            "clock": presenters.format_clock(chapter.start / 1000),
            "title": chapter.title,
            "cues": list(_name_speakers(cues)),
        }


def _name_speakers(cues: Iterable[Cue]) -> Iterator[dict[str, Any]]:
    """Return cues with their speaker named where it changes."""
    speaker = ""
    for cue in cues:
        named = cue.speaker if cue.speaker != speaker else ""
        speaker = cue.speaker
        yield {"start": cue.start, "text": cue.text, "speaker": named}


@router.get("/programme.mp3")
def send_recording(_who: Viewer, edition: Edition) -> Response:
    """Return the recording of the newest script."""
    path = _existing_recording(edition).path
    return FileResponse(path, media_type="audio/mpeg", headers={"Cache-Control": "private"})


@router.get("/programme.svg")
def send_picture(_who: Viewer, edition: Edition) -> Response:
    """Return the recording's picture; in an image no script of it could run, and it has none."""
    headers = {"Cache-Control": "private, max-age=3600"}
    picture = _draw_picture(_existing_recording(edition))
    return Response(picture, media_type="image/svg+xml", headers=headers)


@lru_cache(maxsize=8)
def _draw_picture(recording: Recording) -> str:
    # Drawing decodes the recording, which takes seconds: once, however often it is looked at.
    return plot.draw_recording(recording)


def _existing_recording(edition: EditionContext) -> Recording:
    """Return the recording whose file is there; raises `ProblemDetails` (404)."""
    recording = edition.context.store.recordings.find_recording(edition.key)
    if recording is None or not recording.path.is_file():
        raise ProblemDetails(404, "there is no recording of the newest script; record it first")
    return recording

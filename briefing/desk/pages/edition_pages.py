"""The pages of one edition: its script, its versions, the whole programme, and what only they ask for."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import FileResponse, Response, StreamingResponse

from briefing.desk.api.addresses import OfEdition, OfShow  # noqa: TC001 - FastAPI reads the annotations when the module runs
from briefing.desk.api.requests import CheckIn, FollowIn, SaidIn, ScriptBody, SegmentBody, TextsIn, VerifiedIn
from briefing.desk.api.show_routes import jobs_of
from briefing.desk.auth import access
from briefing.desk.auth.access import newsroom_of
from briefing.desk.auth.accounts import Role, Scope
from briefing.desk.auth.sessions import Caller
from briefing.desk.chinese_errors import explain_text
from briefing.desk.chinese_names import STAGES
from briefing.desk.editing import preview, script_revisions, take_article
from briefing.desk.jobs.edition_status import describe_status
from briefing.desk.pages import presenters, summary
from briefing.desk.problems import ProblemDetails
from briefing.desk.templating import render_page
from briefing.editions import review
from briefing.editions.announcements import follow_changes
from briefing.editions.claims import check_segments
from briefing.editorial import script
from briefing.editorial.drafting import FAR
from briefing.errors import StageError
from briefing.model import EditionKey, Script, Stage
from voices.audio import plot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from briefing.desk.jobs.background_jobs import EditionJob
    from briefing.editions.context import Production
    from briefing.storage.store import Draft
    from voices.model import Recording

router = APIRouter(prefix="/editions/{show}/{day}/{edition}")
"""Part of the desk's pages."""

sentences = APIRouter(prefix="/shows/{show}")
"""What the script's page asks about sentences."""

REMEMBERED = 12
"""Revisions in which a segment that was taken down is looked for; older ones are in the list of revisions."""

MOST_LOGGED = 300
"""Characters of a verified sentence that the log keeps."""

Viewer = Annotated[Caller, Depends(access.signed_in_person)]
Editor = Annotated[Caller, Depends(access.allow_role(Role.EDITOR))]


@dataclass(frozen=True, slots=True)
class EditionContext:
    """The edition that a page is about, and what time it is."""

    production: Production
    key: EditionKey
    now: datetime
    job: EditionJob | None = None

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return self.production.store.standing(self.key).stage

    def frame(self, who: Caller) -> dict[str, Any]:
        """What every page about an edition shows."""
        return {
            "who": who,
            "title": f"{summary.edition_title(self.production, self.key)} {self.key.day.month}月{self.key.day.day}日",
            "address": summary.edition_address(self.key),
            "stage": self.stage,
            "stage_name": STAGES[self.stage],
            "line": describe_status(self.production, self.key, self.job),
        }

    def data(self, who: Caller) -> dict[str, Any]:
        """What the scripts of every page about an edition are told."""
        show = self.key.show
        aired = self.production.store.episode(self.key) is not None
        return {
            "path": f"/api/v1/shows/{show}/editions/{self.key.day}/{self.key.edition}",
            "show_path": f"/shows/{show}",
            "edition_path": summary.edition_address(self.key).removeprefix("/desk"),
            "here": summary.edition_address(self.key),
            "stage": self.stage,
            "revision": self.production.store.standing(self.key).revision,
            "user": who.name,
            "deeds": [asdict(one) for one in presenters.list_actions(self.stage, who.scopes, aired=aired)],
        }


def edition_context(request: Request, found: OfEdition) -> EditionContext:
    """The edition in the address, at this moment."""
    return EditionContext(
        found.production, found.key, newsroom_of(request).now(), jobs_of(request).find_job(found.key)
    )


Edition = Annotated[EditionContext, Depends(edition_context)]


@router.get("")
def script_page(request: Request, who: Viewer, edition: Edition) -> Response:
    """The script, to be changed and heard."""
    production, key = edition.production, edition.key
    newest, trouble = script_revisions.open_newest(production, key)
    length = review.length(production, key)
    about = {
        **edition.data(who),
        "login": "/desk/login",
        "writable": Scope.SCRIPTS in who.scopes,
        "script": _draft_json(newest),
        "draft": _unsaved_draft(production, key, who),
        "earlier": _earlier_segments(production, key),
        "anchors": production.anchors,
        "credits": production.wording.credits,
        "zone": production.hours[key.edition].zone.key,
        "rate": production.settings.rate,
        "now": edition.now.isoformat(),
        "target": length.target,
        "far": FAR,
    }
    return render_page(
        request,
        "script.html",
        **edition.frame(who),
        page=about,
        trouble=explain_text(trouble) if trouble else "",
        target=presenters.format_clock(length.target),
    )


@router.get("/needs")
def show_needs(request: Request, _who: Viewer, edition: Edition) -> Response:
    """What a person should look at in the newest script, as a piece of its page: it takes longer than the page itself."""
    return render_page(
        request, "needs.html", needs=summary.list_needs(edition.production, edition.key, edition.now)
    )


def _draft_json(draft: Draft) -> dict[str, Any]:
    return ScriptBody.of(script.parse(draft.text)).model_dump(mode="json")


def _unsaved_draft(production: Production, key: EditionKey, who: Caller) -> dict[str, Any] | None:
    """What this person wrote and did not save."""
    kept = production.store.unsaved(who.name, key)
    return {"base": kept.base, "script": kept.body, "at": kept.saved.isoformat()} if kept else None


def _earlier_segments(production: Production, key: EditionKey) -> list[dict[str, Any]]:
    """Every segment that ever stood in the script, as it was last."""
    found: dict[str, dict[str, Any]] = {}
    for draft in production.store.scripts(key)[-REMEMBERED:]:
        found |= {segment["id"]: segment for segment in _draft_json(draft)["segments"]}
    return list(found.values())


@router.get("/history")
def show_history(request: Request, who: Viewer, edition: Edition, old: int = 0, new: int = 0) -> Response:
    """Every revision, and what is different between two of them."""
    drafts = {one.revision: one for one in edition.production.store.scripts(edition.key)}
    if not drafts:
        raise StageError(f"{edition.key} has no script yet")
    new = new if new in drafts else max(drafts)
    old = old if old in drafts else max(1, new - 1)
    zone = edition.production.air_time(edition.key).tzinfo
    revisions = [
        {
            "revision": one.revision,
            "author": one.author,
            "saved": f"{one.saved.astimezone(zone):%m-%d %H:%M:%S}",
        }
        for one in reversed(drafts.values())
    ]
    changes = presenters.compare_scripts(script.parse(drafts[old].text), script.parse(drafts[new].text))
    return render_page(
        request,
        "history.html",
        **edition.frame(who),
        page=edition.data(who),
        revisions=revisions,
        old=old,
        new=new,
        changes=[one for one in changes if one.how != "same" or one.moved],
        writable=Scope.SCRIPTS in who.scopes,
    )


@router.get("/programme")
def show_programme(request: Request, who: Viewer, edition: Edition) -> Response:
    """The whole programme before it goes out."""
    recording = edition.production.store.recording(edition.key)
    about = edition.data(who)
    if recording:
        about |= {
            "seconds": recording.duration / 1000,
            "left": plot.LEFT / plot.WIDTH,
            "right": plot.RIGHT / plot.WIDTH,
        }
    return render_page(
        request,
        "programme.html",
        **edition.frame(who),
        page=about,
        recording=recording,
        stamp=recording.path.stem if recording else "",
        figures=plot.describe_measures(recording) if recording else "",
        passages=list(_list_passages(recording)) if recording else [],
    )


def _list_passages(recording: Recording) -> Iterator[dict[str, Any]]:
    """The chapters with what is said in them; who speaks is named where it changes."""
    starts = [chapter.start for chapter in recording.chapters]
    cues = groupby(recording.cues, key=lambda cue: bisect_right(starts, cue.start) - 1)
    for number, said in cues:
        chapter = recording.chapters[max(0, number)]
        speaker = ""
        lines = []
        for cue in said:
            lines.append(
                {
                    "start": cue.start,
                    "text": cue.text,
                    "speaker": cue.speaker if cue.speaker != speaker else "",
                }
            )
            speaker = cue.speaker
        yield {
            "start": chapter.start,
            "clock": presenters.format_clock(chapter.start / 1000),
            "title": chapter.title,
            "cues": lines,
        }


@router.get("/programme.mp3")
def send_recording(_who: Viewer, edition: Edition) -> Response:
    """The recording of the newest script."""
    return FileResponse(
        _existing_recording(edition).path, media_type="audio/mpeg", headers={"Cache-Control": "private"}
    )


@router.get("/programme.svg")
def send_picture(_who: Viewer, edition: Edition) -> Response:
    """Its picture; in an image no script of it could run, and it has none."""
    recording = _existing_recording(edition)
    return Response(
        _draw_picture(recording),
        media_type="image/svg+xml",
        headers={"Cache-Control": "private, max-age=3600"},
    )


@lru_cache(maxsize=8)
def _draw_picture(recording: Recording) -> str:
    """A recording is decoded once, however often it is looked at."""
    return plot.draw_recording(recording)


def _existing_recording(edition: EditionContext) -> Recording:
    recording = edition.production.store.recording(edition.key)
    if recording is None or not recording.path.is_file():
        raise ProblemDetails(404, "there is no recording of the newest script; record it first")
    return recording


@router.post("/articles/{article}/told")
def tell_article(_who: Editor, edition: Edition, article: str) -> SegmentBody:
    """An article of the day as a segment that an editor can take into the script; nothing is saved."""
    segment = take_article.write_segment(edition.production, edition.key, article)
    return ScriptBody.of(Script(edition.key, "", (segment,))).segments[0]


@router.post("/checks")
def check_sentences(_who: Viewer, edition: Edition, body: CheckIn) -> dict[str, Any]:
    """What the sentences of these segments claim without a basis; nothing is saved."""
    segments = [one.segment() for one in body.segments]
    return {"checks": [asdict(one) for one in check_segments(edition.production, edition.key, segments)]}


@router.post("/verified", status_code=204)
def verify_sentence(request: Request, who: Editor, edition: Edition, body: VerifiedIn) -> None:
    """Keep that this person answers for a sentence, or no longer does; the log has the sentence and the name."""
    store, about = newsroom_of(request).store, f"{edition.key}: {body.text}"[:MOST_LOGGED]
    if body.verified:
        store.verify_sentence(edition.key, body.text, who.name, edition.now)
    else:
        store.unverify_sentence(edition.key, body.text)
    access.log_deed(request, who.name, "verify" if body.verified else "unverify", about)


@router.post("/follow")
def follow_stories(_who: Editor, edition: Edition, body: FollowIn) -> ScriptBody:
    """A script whose stories were dropped, added or moved, with what announces them following; nothing is saved."""
    before, after = (part.script(edition.key) for part in (body.before, body.script))
    return ScriptBody.of(follow_changes(edition.production, edition.key, before, after))


@sentences.post("/choices")
def list_choices(_who: Viewer, production: OfShow, body: TextsIn) -> dict[str, Any]:
    """How sentences are read, and at which of their characters something can be chosen."""
    lexicon = production.lexicon
    return {"readings": [asdict(presenters.read_sentence(text, lexicon)) for text in body.texts]}


@sentences.post("/speech")
def speak_sentence(_who: Viewer, production: OfShow, body: SaidIn) -> Response:
    """A sentence as it will be heard, as its sound comes."""
    sounds = preview.stream_wav(production, body.anchor, body.text)
    return StreamingResponse(sounds, media_type="audio/wav")

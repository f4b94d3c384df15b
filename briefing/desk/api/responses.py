"""What the API gives, as JSON. Names are those of `briefing.model`; times have their zone."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - pydantic reads the annotations when the module runs
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel

from briefing.desk.api.requests import ScriptBody, SentenceBody  # noqa: TC001 - as above
from briefing.model import (
    Act,  # noqa: TC001 - as above
    Stage,  # noqa: TC001 - as above
)

if TYPE_CHECKING:
    from briefing.desk.editing.merge import MergeConflict
    from briefing.desk.jobs.background_jobs import EditionJob
    from briefing.editions.approvals.approval import GraveFinding
    from briefing.model import Article, Rundown
    from briefing.storage.store import Aired, AuditEntry, Revision, Standing


class ProblemOut(BaseModel):
    """Problem details (RFC 9457): title and sentence in Chinese for pages, detail in English for programs and logs."""

    type: str
    title: str
    status: int
    detail: str
    sentence: str


class MeOut(BaseModel):
    """Caller and the scopes that are allowed."""

    name: str
    role: str | None
    scopes: list[str]


class ShowOut(BaseModel):
    """A show, its editions and who reads it."""

    show: str
    title: str
    timezone: str
    editions: list[str]
    anchors: list[str]


class ArticleOut(BaseModel):
    """An article of the pool; `used_in` are the segments of the newest script that rest on it."""

    id: str
    source: str
    title: str
    kicker: str
    byline: str
    page: str
    url: str
    licence: str
    published: datetime
    complete: bool
    paragraphs: list[str]
    used_in: list[str]

    @classmethod
    def of(cls, one: Article, used_in: list[str]) -> ArticleOut:
        """An article as JSON."""
        return cls(
            id=one.id,
            source=one.source,
            title=one.title,
            kicker=one.kicker,
            byline=one.byline,
            page=one.page,
            url=one.url,
            licence=one.licence,
            published=one.moment,
            complete=one.complete,
            paragraphs=list(one.paragraphs),
            used_in=used_in,
        )


class StandingOut(BaseModel):
    """Stage and revision of an edition."""

    show: str
    day: date
    edition: str
    stage: Stage
    revision: int

    @classmethod
    def of(cls, one: Standing) -> StandingOut:
        """A standing as JSON."""
        return cls(**one.key._asdict(), stage=one.stage, revision=one.revision)


class JobOut(BaseModel):
    """Long work on an edition: how far it is, or how it ended; `title` and `sentence` are the trouble in Chinese."""

    what: str
    who: str
    state: Literal["running", "done", "failed"]
    step: str
    spoken: int
    sentences: int
    title: str
    sentence: str
    trouble: str

    @classmethod
    def of(cls, job: EditionJob) -> JobOut:
        """A job as JSON."""
        return cls(
            what=job.what,
            who=job.who,
            state=job.state,
            step=job.step,
            spoken=job.spoken,
            sentences=job.sentences,
            title=job.title,
            sentence=job.sentence,
            trouble=job.trouble,
        )


class StepOut(BaseModel):
    """Next step of the clock and its moment."""

    act: Act
    at: datetime


class StatusOut(BaseModel):
    """The one Chinese line on where an edition stands, and how grave it is."""

    text: str
    kind: Literal["", "warn", "stop"]


class EditionOut(StandingOut):
    """An edition at a glance: what the clock does with it, how long it is and should be (s), what needs a person.

    It is spoken from `renders` on (null on a day without an edition). With `holds` nothing goes out that nobody has
    approved; `skipped` says why it is not made at all; `busy` that a stage goes on, by whatever process; `status` is the
    line that its page shows.
    """

    renders: datetime | None
    publishes: datetime
    seconds_left: float
    holds: bool
    next: StepOut | None
    skipped: str
    busy: bool
    status: StatusOut
    seconds: float | None
    target: float | None
    warnings: list[str]
    job: JobOut | None
    episode: int | None


class StoryOut(BaseModel):
    """A story of the rundown: its place, characters and reasons."""

    article: str
    others: list[str]
    title: str
    topic: str
    budget: int
    score: float
    reasons: list[tuple[str, float]]


class DroppedOut(BaseModel):
    """An article that is not in the programme, and why."""

    article: str
    title: str
    why: str


class RundownOut(BaseModel):
    """Rundown: stories in, articles out, and the reasons."""

    stories: list[StoryOut]
    dropped: list[DroppedOut]

    @classmethod
    def of(cls, chosen: Rundown) -> RundownOut:
        """A rundown as JSON."""
        return cls(
            stories=[
                StoryOut(
                    article=story.article.id,
                    others=[other.id for other in story.others],
                    title=story.article.title,
                    topic=story.topic,
                    budget=story.budget,
                    score=story.score,
                    reasons=[(reason.what, reason.points) for reason in story.reasons],
                )
                for story in chosen.stories
            ],
            dropped=[
                DroppedOut(article=dropped.article.id, title=dropped.article.title, why=dropped.why)
                for dropped in chosen.dropped
            ],
        )


class CorrectionOut(BaseModel):
    """Correction as listeners were told of it."""

    when: datetime
    what: str


class AiredOut(BaseModel):
    """Broadcast: its number, and what became of it later."""

    number: int
    day: date
    edition: str
    title: str
    published: datetime
    corrections: list[CorrectionOut]
    withdrawn: datetime | None
    why: str

    @classmethod
    def of(cls, one: Aired) -> AiredOut:
        """An episode of the history as JSON."""
        return cls(
            number=one.episode.number,
            day=one.key.day,
            edition=one.key.edition,
            title=one.episode.title,
            published=one.episode.published,
            corrections=[
                CorrectionOut(when=correction.when, what=correction.what)
                for correction in one.episode.corrections
            ],
            withdrawn=one.withdrawn,
            why=one.why,
        )


class DownloadsOut(BaseModel):
    """Downloads of an episode on a day."""

    episode: str
    day: date
    count: int


class RevisionOut(BaseModel):
    """A revision: who saved it, and when."""

    revision: int
    author: str
    saved: datetime

    @classmethod
    def of(cls, one: Revision) -> RevisionOut:
        """A revision as JSON."""
        return cls(revision=one.revision, author=one.author, saved=one.saved)


class ScriptOut(RevisionOut):
    """A script as it was saved."""

    script: ScriptBody


class OpenedOut(ScriptOut):
    """The newest script; `file_trouble` says why what was changed in its text file could not be taken over."""

    file_trouble: str


class ConflictOut(BaseModel):
    """Conflict of two changes to the same lines."""

    segment: str
    what: str
    base: list[str]
    mine: list[str]
    theirs: list[str]

    @classmethod
    def of(cls, one: MergeConflict) -> ConflictOut:
        """A conflict as JSON."""
        versions = (list(one.base), list(one.mine), list(one.theirs))
        return cls(segment=one.segment, what=one.what, base=versions[0], mine=versions[1], theirs=versions[2])


class GraveOut(BaseModel):
    """Something grave in a script; `name` confirms it at approval."""

    name: str
    text: str
    segment: str
    sentence: str

    @classmethod
    def of(cls, one: GraveFinding) -> GraveOut:
        """A finding as JSON."""
        return cls(name=one.name, text=one.text, segment=one.segment, sentence=one.sentence)


class UnconfirmedOut(ProblemOut):
    """Grave findings that were not confirmed, so that nothing was approved."""

    grave: list[GraveOut]


class StaleOut(ProblemOut):
    """Somebody was faster. Both versions, and both put together; without conflicts it can be saved as it is."""

    newest: ScriptOut
    mine: ScriptBody
    merged: ScriptBody
    conflicts: list[ConflictOut]


class PieceOut(BaseModel):
    """A stretch of text that is the same in both versions, or only in the old ("del") or the new one ("ins")."""

    how: Literal["same", "del", "ins"]
    text: str


class ChangeOut(BaseModel):
    """Change of a segment: its fate, whether it moved, and its sentences in pieces."""

    how: Literal["same", "changed", "added", "removed"]
    title: str
    anchor: str
    moved: bool
    lines: list[list[PieceOut]]


class UnsavedOut(BaseModel):
    """Text that this person has written since revision `base` and not saved."""

    base: int
    script: dict[str, Any]
    saved: datetime


class DeedOut(BaseModel):
    """Entry of the audit log."""

    at: datetime
    who: str
    what: str
    about: str
    place: str

    @classmethod
    def of(cls, one: AuditEntry) -> DeedOut:
        """A deed as JSON."""
        return cls(at=one.at, who=one.who, what=one.what, about=one.about, place=one.place)


class ProposalOut(BaseModel):
    """Sentences to be taken or not; none when there is nothing to propose, and then `note` says why, in Chinese."""

    sentences: list[SentenceBody]
    note: str
    by_model: bool
    tokens: int
    yuan: float
    seconds: float

"""What flows through the newsroom: an article becomes a story, stories become a script.

Standard library only. Frozen values, one type a meaning. A *day* is a date in the show's time zone;
a length of text is counted in Han characters unless the name says otherwise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date, datetime

HAN_RANGES = ((0x3007, 0x3007), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x3FFFF))
"""Code points that are spoken as one Mandarin syllable: 〇, Extension A, the unified block, planes 2 and 3."""


_HAN = re.compile("[" + "".join(f"{chr(low)}-{chr(high)}" for low, high in HAN_RANGES) + "]")


def is_han(char: str) -> bool:
    """Return whether `char` is a Han character (〇 included)."""
    code = ord(char)
    return any(low <= code <= high for low, high in HAN_RANGES)


def han_count(text: str) -> int:
    """Return the number of Han characters in `text`, the unit of every budget."""
    return len(_HAN.findall(text))


@dataclass(frozen=True, slots=True)
class Article:
    """Article as its source printed it.

    `id` is a stable hash of source, day and title. `published` is the moment that its source prints, aware, midnight
    where only a day is printed and None where none is: then no word of the article may be taken for "today".
    `fetched` is when it was first met, aware; one of the two is always there. `page` and `position` say where it
    stood (position 0 is the first article of its page). `complete` is false when part of it is missing, and
    `incomplete_because` then says which and why ('' where the reason is not known). `sections` are the sub-headings
    inside it, in order. `origin` is whom the article itself credits (来源), `licence` the note that its use asks for.
    """

    id: str
    source: str
    title: str
    paragraphs: tuple[str, ...]
    published: datetime | None
    kicker: str = ""
    byline: str = ""
    page: str = ""
    position: int = 0
    url: str = ""
    sections: tuple[str, ...] = ()
    complete: bool = True
    origin: str = ""
    licence: str = ""
    fetched: datetime | None = None
    incomplete_because: str = ""

    def __post_init__(self) -> None:
        """Refuse an article that belongs to no moment at all."""
        if self.published is None and self.fetched is None:
            raise ValueError("an article needs the day that it prints or the moment at which it was fetched")

    @property
    def moment(self) -> datetime:
        """Return the moment that orders articles and puts them into editions: as printed, else as fetched."""
        moment = self.published or self.fetched
        assert moment is not None  # noqa: S101 - __post_init__ has seen to it
        return moment

    def is_within(self, since: datetime, until: datetime) -> bool:
        """Return whether its moment lies in a span, the end excluded."""
        return since <= self.moment < until

    def is_handed_in(self, since: datetime, until: datetime) -> bool:
        """Return whether it was put in for a span: its moment lies there, or it is older and was put in there."""
        older = self.fetched is not None and self.moment < since <= self.fetched < until
        return older or self.is_within(since, until)

    @property
    def printed_day(self) -> date | None:
        """Return the day that the source prints, from which 今天 and 昨日 count; None where it prints none."""
        return self.published.date() if self.published else None

    @property
    def text(self) -> str:
        """Return the paragraphs joined by newlines."""
        return "\n".join(self.paragraphs)


class Reason(NamedTuple):
    """Reason for a story's place: what it is and how many points it gave or took."""

    what: str
    points: float


@dataclass(frozen=True, slots=True)
class Story:
    """Event worth broadcasting: the leading article, others on the same event, and the reasons for its place.

    `budget` is the number of Han characters that it may have in the script. `earlier` is what the show told of the
    same event in the days before: then this is a follow-up. `topic` is what sort of news it is.
    """

    article: Article
    others: tuple[Article, ...]
    score: float
    reasons: tuple[Reason, ...]
    budget: int
    earlier: Article | None = None
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Dropped:
    """Article that is not in the programme, and why."""

    article: Article
    why: str


@dataclass(frozen=True, slots=True)
class Rundown:
    """Stories of a programme in order, and the articles left out."""

    stories: tuple[Story, ...]
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """Sentence of a script and the source sentences it rests on.

    `anchor` is who says it in a conversation; empty for the anchor of its segment.
    """

    text: str
    rests_on: tuple[str, ...] = ()
    anchor: str = ""


class Kind(StrEnum):
    """Kind of a segment."""

    OPENING = "opening"
    HEADLINES = "headlines"
    STORY = "story"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Segment:
    """Part of a script read by one anchor.

    `id` is stable across edits; `title` is the chapter's title; `articles` are the ids it rests on. `stories` are ids of
    the story segments it announces: for headlines those of its sentences that rest on a source, in their order; for a
    story that opens with a transition the story before it and its own, so that the transition goes when they part.
    """

    id: str
    kind: Kind
    title: str
    anchor: str
    sentences: tuple[Sentence, ...]
    articles: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()


class EditionKey(NamedTuple):
    """Key of an edition: the show's slug, the day in the show's time zone, the edition's name."""

    show: str
    day: date
    edition: str

    def __str__(self) -> str:
        return f"{self.show}/{self.day.isoformat()}/{self.edition}"


@dataclass(frozen=True, slots=True)
class Script:
    """Segments of one edition, in order."""

    key: EditionKey
    title: str
    segments: tuple[Segment, ...]


class Stage(StrEnum):
    """Progress of an edition."""

    NEW = "new"
    GATHERED = "gathered"
    DRAFTED = "drafted"
    HELD = "held"
    APPROVED = "approved"
    VOICED = "voiced"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


KEPT_OFF_AIR = frozenset({Stage.HELD, Stage.WITHDRAWN})
"""Stages in which a person keeps the edition off the air: saving a script does not end them."""

NEXT_STAGES: dict[Stage, frozenset[Stage]] = {
    Stage.NEW: frozenset({Stage.GATHERED}),
    Stage.GATHERED: frozenset({Stage.GATHERED, Stage.DRAFTED}),
    Stage.DRAFTED: frozenset({Stage.DRAFTED, Stage.APPROVED, Stage.HELD, Stage.WITHDRAWN}),
    Stage.HELD: frozenset({Stage.DRAFTED, Stage.APPROVED, Stage.WITHDRAWN}),
    Stage.APPROVED: frozenset({Stage.DRAFTED, Stage.HELD, Stage.VOICED, Stage.WITHDRAWN}),
    Stage.VOICED: frozenset({Stage.DRAFTED, Stage.HELD, Stage.VOICED, Stage.PUBLISHED, Stage.WITHDRAWN}),
    Stage.PUBLISHED: frozenset({Stage.DRAFTED, Stage.VOICED, Stage.PUBLISHED, Stage.WITHDRAWN}),
    Stage.WITHDRAWN: frozenset(),
}
"""The allowed changes of stage. An edited script that is not HELD goes back to DRAFTED while what is on air stays on air;
rendering and publishing may be repeated, since a lost file is made again. What is on the air can be withdrawn whatever
is being done to its script. Nothing here leads out of WITHDRAWN: only `reinstate`, a chief's act with a reason, does."""


class Act(StrEnum):
    """Act of the scheduler on an edition; `REFRESH` gathers once more and drafts again if there is news."""

    GATHER = "gather"
    DRAFT = "draft"
    REFRESH = "refresh"
    RENDER = "render"
    PUBLISH = "publish"
    HOLD = "hold"
    SKIP = "skip"


class Why(StrEnum):
    """Reason why an edition is not made."""

    MISSED = "missed"
    NO_NEWS = "no-news"
    HELD = "held"
    FAILED = "failed"


class Skip(NamedTuple):
    """Decision that an edition is not made: the reason, more detail, and the moment it was decided."""

    why: Why
    detail: str
    decided: datetime


@dataclass(frozen=True, slots=True)
class ModelCost:
    """Cost of the language model for an edition."""

    requests: int = 0
    tokens: int = 0
    """Tokens of questions and answers."""
    yuan: float = 0.0
    seconds: float = 0.0
    """Time from the first request to the last answer."""
    unanswered: int = 0
    """Questions to which no model had a usable answer."""
    trouble: str = ""
    """Ceiling that was reached, or failure that ended the asking, as a Chinese sentence; empty if none."""


class AlarmKind(StrEnum):
    """Kind of a thing that went wrong and that people are told of.

    LATE: an edition is not on the air at its minute. HELD: it waits for an editor. SKIPPED: it will not be made. STAGE: a
    stage of it failed. SOURCE: a source could not be read. CLOCK: the machine slept, its clock jumped, or two servers want
    the same. ABSENT: listeners do not find today's episode, or not the whole of it. MODEL: stories were written without the
    language model, or an article has what is never spoken.
    """

    LATE = "late"
    HELD = "held"
    SKIPPED = "skipped"
    STAGE = "stage"
    SOURCE = "source"
    CLOCK = "clock"
    ABSENT = "absent"
    MODEL = "model"


def says_synthesised(sentence: str) -> bool:
    """Return whether a sentence can stand as the label of synthesised sound (GB 45438-2025, 5.3)."""
    return re.search(r"人工智能|AI", sentence) is not None and re.search("生成|合成", sentence) is not None

"""Data of publishing: a show and its episodes. Standard library only.

Every URL here is absolute and ASCII; every text is plain text unless its name says HTML.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta

COVER_PIXELS = 3000
"""Pixels of a side of a show's cover (Apple: 1400 to 3000)."""


@dataclass(frozen=True, slots=True)
class Person:
    """Maker of a show: name, and role and group from Podcasting 2.0's taxonomy."""

    name: str
    role: str = "host"
    group: str = "cast"


@dataclass(frozen=True, slots=True)
class UpdateRhythm:
    """Rhythm of a show: in words for listeners, and as a recurrence rule (RFC 5545) for apps."""

    text: str = "每天"
    rule: str = "FREQ=DAILY"


@dataclass(frozen=True, slots=True)
class Show:
    """A podcast.

    `address` is the absolute URL of the folder that everything is published under, with a closing slash;
    `guid` is the Podcasting 2.0 UUID, made once and stored; `email` is a role address (YouTube wants one);
    `persons` are its anchors; `hub` is the URL of a WebSub hub that is told of news, empty for none.
    """

    slug: str
    title: str
    description: str
    address: str
    author: str
    email: str
    guid: str
    copyright: str
    cover: str
    language: str = "zh-cn"
    category: tuple[str, str] = ("News", "Daily News")
    explicit: bool = False
    persons: tuple[Person, ...] = ()
    rhythm: UpdateRhythm = UpdateRhythm()
    hub: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Part of an episode: title, start, and link to its source ("" for none)."""

    title: str
    start: timedelta
    url: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """Sentence of an episode: speaker, text, start and end."""

    speaker: str
    text: str
    start: timedelta
    end: timedelta


@dataclass(frozen=True, slots=True)
class Soundbite:
    """Excerpt that stands for the whole, such as the headlines: title, start, duration."""

    title: str
    start: timedelta
    duration: timedelta


@dataclass(frozen=True, slots=True)
class Audio:
    """Further audio file of an episode: name below the show's address, bytes, duration."""

    name: str
    size: int
    duration: timedelta


@dataclass(frozen=True, slots=True)
class Correction:
    """Correction of an episode as a sentence for listeners; `when` is aware."""

    when: datetime
    what: str


@dataclass(frozen=True, slots=True)
class Episode:
    """Published programme.

    `guid` never changes, not even for a correction; `audio` is the file's name below the show's address,
    `size` its bytes; `published` is aware; `summary` is one paragraph of plain text. `m4a` is the same sound as AAC,
    `short` an edition of at most ten minutes for smart speakers, where they were made. `corrections` are in the
    order in which they were made.
    """

    guid: str
    title: str
    summary: str
    published: datetime
    audio: str
    size: int
    duration: timedelta
    number: int
    chapters: tuple[Chapter, ...]
    cues: tuple[Cue, ...]
    soundbites: tuple[Soundbite, ...] = ()
    m4a: Audio | None = None
    short: Audio | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def season(self) -> int:
        """Year of publication in the show's time zone; episode numbers run on across seasons."""
        return self.published.year

    @property
    def updated(self) -> datetime:
        """Moment of the last correction, or of publication."""
        return self.corrections[-1].when if self.corrections else self.published

    @property
    def persons(self) -> tuple[Person, ...]:
        """Speakers in order of their first sentence."""
        return tuple(Person(name) for name in dict.fromkeys(cue.speaker for cue in self.cues))

"""What is published: a show and its episodes. Standard library only.

Every URL here is absolute and ASCII; every text is plain text unless its name says HTML.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Show:
    """A podcast.

    `address` is the absolute URL of the folder that everything is published under, with a closing slash;
    `guid` is the Podcasting 2.0 UUID, made once and stored; `email` is a role address (YouTube wants one).
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


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of an episode: its title, when it starts, and a link to its source where there is one."""

    title: str
    start: timedelta
    url: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """Who said what from when to when."""

    speaker: str
    text: str
    start: timedelta
    end: timedelta


@dataclass(frozen=True, slots=True)
class Episode:
    """One programme on the air.

    `guid` never changes, not even for a correction; `audio` is the file's name below the show's address,
    `size` its bytes; `published` is aware; `summary` is one paragraph of plain text.
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

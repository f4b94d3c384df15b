"""Validation of a show and its episodes before a feed is made of them.

The checker (`feed.checker.check_feed`) reads any feed; these rules are about our own values, where the cure is known
exactly and the sentence can name the field.
"""

from __future__ import annotations

import re
import uuid
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from feed.rss.apple_categories import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feed.model import Chapter, Cue, Episode, Show

AUDIO = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\.mp3")
ADDRESS = re.compile(r"https?://[!-~]+/")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
LANGUAGE = re.compile(r"[a-z]{2}(?:-[a-z]{2,4})?")


def find_problems(show: Show, episodes: Sequence[Episode]) -> Iterator[str]:
    """Yield every problem as one sentence with its cure."""
    yield from _show_problems(show)
    yield from _repeated_values(episodes)
    for episode in episodes:
        yield from _episode_problems(episode)


def _show_problems(show: Show) -> Iterator[str]:
    if not ADDRESS.fullmatch(show.address):
        yield f"the address {show.address!r} is no ASCII URL with a final slash; mend it in the configuration"
    if not show.cover.endswith((".jpg", ".png")):
        yield f"the cover {show.cover!r} must end in .jpg or .png; directories drop any other"
    if not show.title.strip():
        yield f"the show {show.slug} has no title; name it in the configuration"
    if not EMAIL.fullmatch(show.email):
        yield f"the show's e-mail {show.email!r} is no address; give a role address, YouTube refuses a feed without"
    if not LANGUAGE.fullmatch(show.language):
        yield f"the language {show.language!r} is no code of ISO 639; write it like zh-cn"
    yield from _category_problems(*show.category)
    yield from _guid_problems(show.guid)


def _category_problems(name: str, sub: str) -> Iterator[str]:
    if name not in CATEGORIES:
        yield f"{name!r} is none of Apple's categories; write one letter by letter, such as News"
    elif sub and sub not in CATEGORIES[name]:
        yield f"{sub!r} is no subcategory of {name}; Apple has {', '.join(sorted(CATEGORIES[name])) or 'none'}"


def _guid_problems(guid: str) -> Iterator[str]:
    try:
        uuid.UUID(guid)
    except ValueError:
        yield f"the show's guid {guid!r} is no UUID; make it once with `podcast_guid` and keep it"


def _repeated_values(episodes: Sequence[Episode]) -> Iterator[str]:
    for name, values in (
        ("guid", [episode.guid for episode in episodes]),
        ("audio", [episode.audio for episode in episodes]),
    ):
        for value, times in Counter(values).items():
            if times > 1:
                yield f"two episodes have the {name} {value}; apps ignore the second, so each must have its own"


def _episode_problems(episode: Episode) -> Iterator[str]:
    if not episode.guid.strip():
        yield f"the episode of {episode.audio} has no guid; give it one that never changes"
    if not episode.title.strip():
        yield f"episode {episode.guid} has no title; give it its date"
    if episode.published.tzinfo is None:
        yield f"episode {episode.guid} has a date without a time zone; give it the show's"
    if not AUDIO.fullmatch(episode.audio):
        yield f"the audio {episode.audio!r} must be an ASCII file name that ends in .mp3"
    if episode.size <= 0 or episode.duration <= timedelta(0):
        yield f"episode {episode.guid} has no length; render it again"
    if episode.number < 1:
        yield f"episode {episode.guid} has the number {episode.number}; episodes count from 1"
    yield from _chapter_problems(episode.guid, episode.chapters, episode.duration)
    yield from _cue_problems(episode.guid, episode.cues)


def _cue_problems(guid: str, cues: Sequence[Cue]) -> Iterator[str]:
    if any(cue.end <= cue.start or cue.start < timedelta(0) for cue in cues):
        yield f"a sentence of episode {guid} ends before it begins; render it again"
    if any(later.start < earlier.start for earlier, later in pairwise(cues)):
        yield f"the sentences of episode {guid} are not in the order of time; render it again"


def _chapter_problems(guid: str, chapters: Sequence[Chapter], duration: timedelta) -> Iterator[str]:
    if any(later.start < earlier.start for earlier, later in pairwise(chapters)):
        yield f"the chapters of episode {guid} are not in the order of time; render it again"
    if any(not timedelta(0) <= chapter.start < duration for chapter in chapters):
        yield f"a chapter of episode {guid} lies outside its {duration}; render it again"

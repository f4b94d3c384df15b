"""Model of an episode for smart speakers, and helpers that the adapters share.

A speaker wants little: a title, a short text, one address that plays, and to know what is new. Sound that is too
long for a platform is never offered to it: then the short edition is, or nothing.
"""

from __future__ import annotations

import json
import re
import uuid
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from feed import plain_text
from feed.episode_names import page_name
from feed.rss.paging import newest_first

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from feed.model import Audio, Episode, Show

FRESH_FOR = timedelta(days=1)
"""Longest age of an item behind the newest; older ones are not read out."""

MIN_LENGTH, MAX_LENGTH = timedelta(seconds=10), timedelta(minutes=10)
"""Lengths that Alexa plays; 叮当 has the same maximum."""

_BRACKETS = str.maketrans("<>", "＜＞")
MAX_TITLE_CHARS = 100
"""Characters that no platform but iFlyOS finds too many."""

_ENDS = re.compile("[。！？；]")
_TAGS = re.compile(r"</?[A-Za-z!][^<>]*>|&(?:#\w+|[A-Za-z]\w*);")
"""HTML tags and entities: platforms refuse them, and speakers would read them out."""


class PlayableSound(NamedTuple):
    """Playable file: URL, bytes, duration."""

    url: str
    size: int
    duration: timedelta


@dataclass(frozen=True, slots=True)
class SpeakerItem:
    """Episode for a smart speaker.

    `id` is of this sound, so that a corrected one is played again; `episode_title` is
    without the show's; `text` is plain; `short` is what may be played
    where ten minutes are the most, or None. `updated` never rises from one item to an older one.
    """

    id: str
    title: str
    episode_title: str
    text: str
    sound: PlayableSound
    short: PlayableSound | None
    published: datetime
    updated: datetime
    link: str
    image: str

    @property
    def expires(self) -> datetime:
        """End of its life as news; a correction renews it."""
        return self.updated + FRESH_FOR


def speaker_items(show: Show, episodes: Sequence[Episode]) -> list[SpeakerItem]:
    """Return all episodes as items, newest first."""
    listed: list[SpeakerItem] = []
    for episode in newest_first(episodes):
        item = _speaker_item(show, episode)
        listed.append(replace(item, updated=min(item.updated, listed[-1].updated)) if listed else item)
    return _unique_titles(listed)


def _unique_titles(items: Sequence[SpeakerItem]) -> list[SpeakerItem]:
    """Tell items of one title apart by their minute: speakers keep one of two, and that is the older one.

    Titles are unique since episodes are named by their edition; those on the air from before keep theirs in the feed.
    """
    times = Counter(item.title for item in items)
    return [_add_minute(item) if times[item.title] > 1 else item for item in items]


def _add_minute(item: SpeakerItem) -> SpeakerItem:
    minute = f" {item.published:%m-%d %H:%M}"
    title = fit_chars(item.title, MAX_TITLE_CHARS - len(minute))
    return replace(item, title=title + minute, episode_title=item.episode_title + minute)


def fresh_items(all_items: Sequence[SpeakerItem], most: int) -> list[tuple[SpeakerItem, PlayableSound]]:
    """Return at most `most` current items with a sound short enough for every platform."""
    news = (item for item in all_items if item.published > all_items[0].published - FRESH_FOR)
    return [(item, item.short) for item in news if item.short][:most]


def format_utc(moment: datetime) -> str:
    """Return ISO 8601 in UTC with a Z, in whole seconds."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def fit_chars(text: str, most: int) -> str:
    """Return at most `most` characters, cut behind a sentence or marked by …."""
    if len(text) <= most:
        return text
    ends = [match.end() for match in _ENDS.finditer(text, 0, most)]
    return text[: ends[-1]] if ends else text[: most - 1] + "…"


def dump_json(value: object) -> bytes:
    """Return a document as published bytes."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def https_problem(address: str) -> str:
    """Return a sentence if speakers refuse the address for lack of https, else ""."""
    return "" if address.startswith("https://") else f"Alexa plays by https only, which {address} is not"


def _speaker_item(show: Show, episode: Episode) -> SpeakerItem:
    sound = PlayableSound(urljoin(show.address, episode.audio), episode.size, episode.duration)
    return SpeakerItem(
        id=str(uuid.uuid5(uuid.NAMESPACE_URL, sound.url)),
        title=fit_chars(_plain_line(f"{show.title} {episode.title}"), MAX_TITLE_CHARS),
        episode_title=_plain_line(episode.title),
        text=_plain_line(episode.summary),
        sound=sound,
        short=next(_playable_sounds(show, sound, episode.short), None),
        published=episode.published,
        updated=episode.updated,
        link=urljoin(show.address, page_name(episode)),
        image=urljoin(show.address, show.cover),
    )


def _plain_line(text: str) -> str:
    """Return a text on one line without characters of markup."""
    return plain_text.single_line(text).translate(_BRACKETS)


def _playable_sounds(show: Show, whole: PlayableSound, short: Audio | None) -> Iterator[PlayableSound]:
    """Yield the files that a speaker may play, the short edition first."""
    short_sounds = (
        [PlayableSound(urljoin(show.address, short.name), short.size, short.duration)] if short else []
    )
    return (sound for sound in (*short_sounds, whole) if MIN_LENGTH <= sound.duration <= MAX_LENGTH)

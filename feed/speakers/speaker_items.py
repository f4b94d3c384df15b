"""What smart speakers play: one model of an episode for all of them, and what they share.

A speaker wants little: a title, a short text, one address that plays, and to know what is new. Sound that is too
long for a platform is never offered to it: then the short edition is, or nothing.
"""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from feed import plain_text
from feed.rss.feed_xml import page_name
from feed.rss.paging import newest_first

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from feed.model import Audio, Episode, Show

FRESH = timedelta(days=1)
"""How long a briefing is news: what is older than the newest by more is not read out."""

SHORTEST, LONGEST = timedelta(seconds=10), timedelta(minutes=10)
"""What Alexa plays; 叮当 takes no more either."""

_BRACKETS = str.maketrans("<>", "＜＞")
LONGEST_TITLE = 100
"""Characters that no platform but iFlyOS finds too many."""

_ENDS = re.compile("[。！？；]")
_TAGS = re.compile(r"</?[A-Za-z!][^<>]*>|&(?:#\w+|[A-Za-z]\w*);")
"""What looks like HTML: platforms refuse it, and speakers would read it out."""


class Sound(NamedTuple):
    """Something that plays: its address, bytes and length."""

    url: str
    size: int
    duration: timedelta


@dataclass(frozen=True, slots=True)
class Item:
    """An episode as a speaker sees it.

    `id` is of this sound, so that a corrected one is played again; `text` is plain; `short` is what may be played
    where ten minutes are the most, or None. `updated` never rises from one item to an older one.
    """

    id: str
    title: str
    text: str
    sound: Sound
    short: Sound | None
    published: datetime
    updated: datetime
    link: str
    image: str

    @property
    def expires(self) -> datetime:
        """Until when it is news: what is corrected is news again."""
        return self.updated + FRESH


def items(show: Show, episodes: Sequence[Episode]) -> list[Item]:
    """All episodes, newest first."""
    made: list[Item] = []
    for episode in newest_first(episodes):
        one = _item(show, episode)
        made.append(replace(one, updated=min(one.updated, made[-1].updated)) if made else one)
    return made


def fresh(all_items: Sequence[Item], most: int) -> list[tuple[Item, Sound]]:
    """What is still news and short enough for every platform, each with the sound to play; at most so many."""
    news = (one for one in all_items if one.published > all_items[0].published - FRESH)
    return [(one, one.short) for one in news if one.short][:most]


def utc(moment: datetime) -> str:
    """ISO 8601 in UTC with a Z, whole seconds."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def within(text: str, most: int) -> str:
    """A text of at most so many characters (字), cut behind a sentence where one ends in time, else marked by …."""
    if len(text) <= most:
        return text
    ends = [found.end() for found in _ENDS.finditer(text, 0, most)]
    return text[: ends[-1]] if ends else text[: most - 1] + "…"


def as_json(value: object) -> bytes:
    """A document as it is published."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def unsafe(address: str) -> str:
    """Why speakers will not play what lies at an address, as a sentence; empty when they will."""
    return "" if address.startswith("https://") else f"Alexa plays by https only, which {address} is not"


def _item(show: Show, episode: Episode) -> Item:
    sound = Sound(urljoin(show.address, episode.audio), episode.size, episode.duration)
    return Item(
        id=str(uuid.uuid5(uuid.NAMESPACE_URL, sound.url)),
        title=within(_said(f"{show.title} {episode.title}"), LONGEST_TITLE),
        text=_said(episode.summary),
        sound=sound,
        short=next(_playable(show, sound, episode.short), None),
        published=episode.published,
        updated=episode.updated,
        link=urljoin(show.address, page_name(episode)),
        image=urljoin(show.address, show.cover),
    )


def _said(text: str) -> str:
    """A text on one line that no speaker can take for markup."""
    return plain_text.line(text).translate(_BRACKETS)


def _playable(show: Show, whole: Sound, short: Audio | None) -> Iterator[Sound]:
    """The masters that a speaker may play, the one that was made for it first."""
    made = [Sound(urljoin(show.address, short.name), short.size, short.duration)] if short else []
    return (one for one in (*made, whole) if SHORTEST <= one.duration <= LONGEST)

"""What is on now, for home automation: one small document at an address that never changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feed import plain_text
from feed.file_names import NEWEST
from feed.speakers.speaker_items import as_json, utc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feed.model import Show
    from feed.speakers.speaker_items import Item, Sound


def files(show: Show, items: Sequence[Item]) -> list[tuple[str, bytes]]:
    """One document: the newest episode, or null where there is none."""
    newest = items[0] if items else None
    about = {"show": plain_text.line(show.title), "episode": newest and _told(newest)}
    return [(NEWEST, as_json(about))]


def _told(one: Item) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "text": one.text,
        "published": utc(one.published),
        "updated": utc(one.updated),
        "audio": _played(one.sound),
        "short": _played(one.short) if one.short else None,
        "page": one.link,
        "image": one.image,
    }


def _played(sound: Sound) -> dict[str, Any]:
    return {"url": sound.url, "bytes": sound.size, "seconds": sound.duration.total_seconds()}

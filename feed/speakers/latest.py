"""Newest episode for home automation: a small document at an address that never changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feed import plain_text
from feed.file_names import NEWEST_JSON
from feed.speakers.speaker_items import dump_json, format_utc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feed.model import Show
    from feed.speakers.speaker_items import PlayableSound, SpeakerItem


def speaker_files(show: Show, items: Sequence[SpeakerItem]) -> list[tuple[str, bytes]]:
    """Return one document by name: the newest episode, or null without one."""
    newest = items[0] if items else None
    about = {"show": plain_text.single_line(show.title), "episode": newest and _describe_item(newest)}
    return [(NEWEST_JSON, dump_json(about))]


def _describe_item(item: SpeakerItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "title": item.title,
        "text": item.text,
        "published": format_utc(item.published),
        "updated": format_utc(item.updated),
        "audio": _describe_sound(item.sound),
        "short": _describe_sound(item.short) if item.short else None,
        "page": item.link,
        "image": item.image,
    }


def _describe_sound(sound: PlayableSound) -> dict[str, Any]:
    return {"url": sound.url, "bytes": sound.size, "seconds": sound.duration.total_seconds()}

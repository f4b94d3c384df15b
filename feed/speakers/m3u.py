"""A playlist for everything else that plays addresses: players, Mopidy, Sonos, Home Assistant. UTF-8, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feed.model import Show
    from feed.speakers.speaker_items import SpeakerItem

MAX_ITEMS = 20


def speaker_files(show: Show, items: Sequence[SpeakerItem]) -> list[tuple[str, bytes]]:
    """Return one document by name."""
    del show
    rows = ["#EXTM3U"]
    for item in items[:MAX_ITEMS]:
        rows += [f"#EXTINF:{max(1, round(item.sound.duration.total_seconds()))},{item.title}", item.sound.url]
    return [("playlist.m3u", ("\n".join(rows) + "\n").encode())]

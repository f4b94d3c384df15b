"""A playlist for everything else that plays addresses: players, Mopidy, Sonos, Home Assistant. UTF-8, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feed.model import Show
    from feed.speakers.speaker_items import Item

MOST = 20


def files(show: Show, items: Sequence[Item]) -> list[tuple[str, bytes]]:
    """One document."""
    del show
    rows = ["#EXTM3U"]
    for one in items[:MOST]:
        rows += [f"#EXTINF:{max(1, round(one.sound.duration.total_seconds()))},{one.title}", one.sound.url]
    return [("playlist.m3u", ("\n".join(rows) + "\n").encode())]

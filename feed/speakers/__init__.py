"""Files for smart speakers: one adapter a file. A new platform is a file and a name in `ADAPTERS`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed.speakers import alexa, dingdang, iflyos, latest, m3u, speaker_items, xiaomusic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feed.model import Episode, Show

ADAPTERS = (alexa, dingdang, iflyos, xiaomusic, m3u, latest)


def speaker_files(show: Show, episodes: Sequence[Episode]) -> list[tuple[str, bytes]]:
    """Return all files that the platforms fetch, by name."""
    listed = speaker_items.speaker_items(show, episodes)
    return [file for adapter in ADAPTERS for file in adapter.speaker_files(show, listed)]

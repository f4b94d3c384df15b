"""小爱 by way of xiaomusic: a playlist as JSON, a list of lists (github.com/hanxi/xiaomusic).

The speaker cuts long addresses off, so they are the short plain ones of the MP3 files; there is no limit of length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed import plain_text
from feed.speakers.speaker_items import dump_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feed.model import Show
    from feed.speakers.speaker_items import SpeakerItem

MAX_ITEMS = 20


def speaker_files(show: Show, items: Sequence[SpeakerItem]) -> list[tuple[str, bytes]]:
    """Return one document by name."""
    musics = [{"name": item.title, "url": item.sound.url} for item in items[:MAX_ITEMS]]
    return [("xiaomusic.json", dump_json([{"name": plain_text.single_line(show.title), "musics": musics}]))]

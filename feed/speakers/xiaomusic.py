"""小爱 by way of xiaomusic: a playlist as JSON, a list of lists (github.com/hanxi/xiaomusic).

The speaker cuts long addresses off, so they are the short plain ones of the MP3 files; there is no limit of length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed import plain_text
from feed.speakers.speaker_items import as_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feed.model import Show
    from feed.speakers.speaker_items import Item

MOST = 20


def files(show: Show, items: Sequence[Item]) -> list[tuple[str, bytes]]:
    """One document."""
    musics = [{"name": one.title, "url": one.sound.url} for one in items[:MOST]]
    return [("xiaomusic.json", as_json([{"name": plain_text.line(show.title), "musics": musics}]))]

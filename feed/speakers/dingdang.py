"""腾讯叮当 简讯播报, as JSON and as RSS.

Its rules: at most five items, of which the first are read; guid and title of at most 100 字; `ttl` is required in RSS, in
seconds; a category from its own list; a description of at most 500 字, plain; audio of at most ten minutes, which wins over
text. It wants an answer within a second: these are files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed.speakers import plain_rss
from feed.speakers.speaker_items import as_json, fresh, utc, within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feed.model import Show
    from feed.speakers.speaker_items import Item

MOST = 5
TTL = 600
"""Seconds; elsewhere in RSS these would be minutes."""

CATEGORY = "综合"
"""The one of its categories that holds news of every kind."""


def files(show: Show, items: Sequence[Item]) -> list[tuple[str, bytes]]:
    """Both forms."""
    played = fresh(items, MOST)
    listed = [
        {
            "guid": one.id,
            "category": CATEGORY,
            "pubDate": utc(one.updated),
            "title": one.title,
            "description": within(one.text, plain_rss.LONGEST_TEXT),
            "link": one.link,
            "streamUrl": sound.url,
        }
        for one, sound in played
    ]
    return [("dingdang.json", as_json(listed)), ("dingdang.xml", plain_rss.render(show, played, TTL))]

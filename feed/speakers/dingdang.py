"""腾讯叮当 简讯播报, as JSON and as RSS.

Its rules: at most five items, of which the first are read; guid and title of at most 100 字; `ttl` is required in RSS, in
seconds; a category from its own list; a description of at most 500 字, plain; audio of at most ten minutes, which wins over
text. It wants an answer within a second: these are files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed.speakers import plain_rss
from feed.speakers.speaker_items import dump_json, fit_chars, format_utc, fresh_items

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feed.model import Show
    from feed.speakers.speaker_items import SpeakerItem

MAX_ITEMS = 5
TTL_SECONDS = 600
"""Seconds; elsewhere in RSS these would be minutes."""

CATEGORY = "综合"
"""The one of its categories that holds news of every kind."""


def speaker_files(show: Show, items: Sequence[SpeakerItem]) -> list[tuple[str, bytes]]:
    """Return both forms by name."""
    played = fresh_items(items, MAX_ITEMS)
    listed = [
        {
            "guid": item.id,
            "category": CATEGORY,
            "pubDate": format_utc(item.updated),
            "title": item.title,
            "description": fit_chars(item.text, plain_rss.MAX_TEXT_CHARS),
            "link": item.link,
            "streamUrl": sound.url,
        }
        for item, sound in played
    ]
    return [
        ("dingdang.json", dump_json(listed)),
        ("dingdang.xml", plain_rss.render_items(show, played, TTL_SECONDS)),
    ]

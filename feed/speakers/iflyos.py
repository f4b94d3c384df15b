"""科大讯飞 iFlyOS, as JSON.

Its rules (doc.iflyos.cn, "内容接入格式"): an id that is never used for other sound, since played ones are left out; newest
first; a title of at most 30 字, a description of at most 500; audio of at most 20 MB; `invalidDate` ends the life of news.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed import plain_text
from feed.speakers.speaker_items import as_json, fresh, utc, within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feed.model import Show
    from feed.speakers.speaker_items import Item

MOST = 10
LONGEST_TITLE, LONGEST_TEXT = 30, 500
LARGEST = 20_000_000
"""Bytes of the audio."""


def files(show: Show, items: Sequence[Item]) -> list[tuple[str, bytes]]:
    """One document."""
    played = [(one, sound) for one, sound in fresh(items, MOST) if sound.size <= LARGEST]
    listed = [
        {
            "id": one.id,
            "title": within(one.title, LONGEST_TITLE),
            "description": within(one.text, LONGEST_TEXT),
            "pubDate": utc(one.updated),
            "invalidDate": utc(one.expires),
            "sourceName": plain_text.line(show.author),
            "sourceImage": one.image,
            "tags": "新闻,要闻",
            "order": place,
            "language": "ch",
            "streamUrl": sound.url,
            "link": one.link,
        }
        for place, (one, sound) in enumerate(played, 1)
    ]
    return [("iflyos.json", as_json(listed))]

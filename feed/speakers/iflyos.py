"""科大讯飞 iFlyOS, as JSON.

Its rules (doc.iflyos.cn, "内容接入格式"): an id that is never used for other sound, since played ones are left out; newest
first; a title of at most 30 字, a description of at most 500; audio of at most 20 MB; `invalidDate` ends the life of news.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed import plain_text
from feed.speakers.speaker_items import dump_json, fit_chars, format_utc, fresh_items

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feed.model import Show
    from feed.speakers.speaker_items import SpeakerItem

MAX_ITEMS = 10
MAX_TITLE_CHARS, MAX_TEXT_CHARS = 30, 500
MAX_AUDIO_BYTES = 20_000_000
"""Bytes of the audio."""


def speaker_files(show: Show, items: Sequence[SpeakerItem]) -> list[tuple[str, bytes]]:
    """Return one document by name."""
    played = [(item, sound) for item, sound in fresh_items(items, MAX_ITEMS) if sound.size <= MAX_AUDIO_BYTES]
    listed = [
        {
            "id": item.id,
            "title": _short_title(item),
            "description": fit_chars(item.text, MAX_TEXT_CHARS),
            "pubDate": format_utc(item.updated),
            "invalidDate": format_utc(item.expires),
            "sourceName": plain_text.single_line(show.author),
            "sourceImage": item.image,
            "tags": "新闻,要闻",
            "order": order,
            "language": "ch",
            "streamUrl": sound.url,
            "link": item.link,
        }
        for order, (item, sound) in enumerate(played, 1)
    ]
    return [("iflyos.json", dump_json(listed))]


def _short_title(item: SpeakerItem) -> str:
    """Return a title within the limit; the show's name goes first, since the edition tells items apart."""
    if len(item.title) <= MAX_TITLE_CHARS:
        return item.title
    return fit_chars(item.episode_title, MAX_TITLE_CHARS)

"""Alexa's Flash Briefing, as JSON and as RSS.

Its rules (developer.amazon.com, "Flash Briefing Skill API Feed Reference"): one to five items, newest first; text and
audio are not mixed; `updateDate` in UTC and not in the future; `streamUrl` by https, of ten seconds to ten minutes;
changed audio needs a new `uid`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed.speakers import plain_rss
from feed.speakers.speaker_items import dump_json, format_utc, fresh_items

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feed.model import Show
    from feed.speakers.speaker_items import SpeakerItem

MAX_ITEMS = 5


def speaker_files(show: Show, items: Sequence[SpeakerItem]) -> list[tuple[str, bytes]]:
    """Return both forms by name."""
    played = fresh_items(items, MAX_ITEMS)
    listed = [
        {
            "uid": f"urn:uuid:{item.id}",
            "updateDate": format_utc(item.updated),
            "titleText": item.title,
            "mainText": "",
            "streamUrl": sound.url,
            "redirectionUrl": item.link,
        }
        for item, sound in played
    ]
    return [("alexa.json", dump_json(listed)), ("alexa.xml", plain_rss.render_items(show, played))]

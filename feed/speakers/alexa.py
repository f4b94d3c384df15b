"""Alexa's Flash Briefing, as JSON and as RSS.

Its rules (developer.amazon.com, "Flash Briefing Skill API Feed Reference"): one to five items, newest first; text and
audio are not mixed; `updateDate` in UTC and not in the future; `streamUrl` by https, of ten seconds to ten minutes;
changed audio needs a new `uid`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed.speakers import plain_rss
from feed.speakers.speaker_items import as_json, fresh, utc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feed.model import Show
    from feed.speakers.speaker_items import Item

MOST = 5


def files(show: Show, items: Sequence[Item]) -> list[tuple[str, bytes]]:
    """Both forms."""
    played = fresh(items, MOST)
    listed = [
        {
            "uid": f"urn:uuid:{one.id}",
            "updateDate": utc(one.updated),
            "titleText": one.title,
            "mainText": "",
            "streamUrl": sound.url,
            "redirectionUrl": one.link,
        }
        for one, sound in played
    ]
    return [("alexa.json", as_json(listed)), ("alexa.xml", plain_rss.render(show, played))]

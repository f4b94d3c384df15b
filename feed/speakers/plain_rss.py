"""The plain RSS 2.0 that speakers read where they read no JSON: a few items, each with one sound."""

from __future__ import annotations

from email.utils import format_datetime
from typing import TYPE_CHECKING

from lxml import etree

from feed import plain_text
from feed.speakers.speaker_items import fit_chars

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feed.model import Show
    from feed.speakers.speaker_items import PlayableSound, SpeakerItem

MAX_TEXT_CHARS = 500
"""Characters (叮当's limit, the narrowest there is)."""


def render_items(
    show: Show, played: Sequence[tuple[SpeakerItem, PlayableSound]], ttl: int | None = None
) -> bytes:
    """Return the items as RSS; `ttl` is in the platform's own unit."""
    rss = etree.Element("rss", version="2.0")
    channel = etree.SubElement(rss, "channel")
    about = {
        "title": plain_text.single_line(show.title),
        "link": show.address,
        "description": plain_text.single_line(show.description),
    }
    _add_texts(channel, about | ({} if ttl is None else {"ttl": str(ttl)}) | {"language": show.language})
    for entry, sound in played:
        item = etree.SubElement(channel, "item")
        etree.SubElement(item, "guid", isPermaLink="false").text = entry.id
        texts = {"title": entry.title, "description": fit_chars(entry.text, MAX_TEXT_CHARS)}
        _add_texts(item, texts | {"link": entry.link, "pubDate": format_datetime(entry.updated)})
        etree.SubElement(item, "enclosure", url=sound.url, length=str(sound.size), type="audio/mpeg")
    return bytes(etree.tostring(rss, encoding="UTF-8", xml_declaration=True, pretty_print=True))


def _add_texts(parent: etree._Element, texts: dict[str, str]) -> None:
    for tag, text in texts.items():
        etree.SubElement(parent, tag).text = text

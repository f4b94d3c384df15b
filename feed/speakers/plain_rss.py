"""The plain RSS 2.0 that speakers read where they read no JSON: a few items, each with one sound."""

from __future__ import annotations

from email.utils import format_datetime
from typing import TYPE_CHECKING

from lxml import etree

from feed import plain_text
from feed.speakers.speaker_items import within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feed.model import Show
    from feed.speakers.speaker_items import Item, Sound

LONGEST_TEXT = 500
"""Characters (叮当's limit, the narrowest there is)."""


def render(show: Show, played: Sequence[tuple[Item, Sound]], ttl: int | None = None) -> bytes:
    """The items as RSS; `ttl` says how long the answer may be kept, in what unit the platform wants."""
    rss = etree.Element("rss", version="2.0")
    channel = etree.SubElement(rss, "channel")
    about = {
        "title": plain_text.line(show.title),
        "link": show.address,
        "description": plain_text.line(show.description),
    }
    _fill(channel, about | ({} if ttl is None else {"ttl": str(ttl)}) | {"language": show.language})
    for one, sound in played:
        item = etree.SubElement(channel, "item")
        etree.SubElement(item, "guid", isPermaLink="false").text = one.id
        told = {"title": one.title, "description": within(one.text, LONGEST_TEXT)}
        _fill(item, told | {"link": one.link, "pubDate": format_datetime(one.updated)})
        etree.SubElement(item, "enclosure", url=sound.url, length=str(sound.size), type="audio/mpeg")
    return bytes(etree.tostring(rss, encoding="UTF-8", xml_declaration=True, pretty_print=True))


def _fill(parent: etree._Element, texts: dict[str, str]) -> None:
    for tag, text in texts.items():
        etree.SubElement(parent, tag).text = text

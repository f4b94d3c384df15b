"""PURE: what a listener's app finds in a feed, whoever made it.

Any bytes may come in: no entity is resolved, nothing is fetched, and what an item does not say it has not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from lxml import etree

from feed.checker.rules.finding import SPACES
from feed.errors import InvalidShow

LARGEST = 50_000_000
"""Bytes of a feed, as `feed.checker.check_feed` has it."""

EARLIEST, LATEST = 1980, 2200
"""Years that a date is believed."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item: when it was published (aware), and its audio's URL, size in bytes, type and duration, if it says them."""

    guid: str
    title: str
    published: datetime | None
    url: str
    size: int | None
    kind: str
    duration: timedelta | None


def items(data: bytes) -> tuple[Item, ...]:
    """The items with audio, newest first, those without a date last; raises `InvalidShow` for what is no feed."""
    try:
        root = etree.fromstring(data[:LARGEST], _parser())
    except etree.XMLSyntaxError as error:
        raise InvalidShow("what came is no feed; is the address right?") from error
    found = [_item(one) for one in root.iterfind("./channel/item")]
    dated = sorted(found, key=lambda item: item.published or datetime.min.replace(tzinfo=UTC), reverse=True)
    return tuple(item for item in dated if item.url)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _item(found: etree._Element) -> Item:
    enclosure = found.find("enclosure")
    about = {} if enclosure is None else dict(enclosure.attrib)
    length = str(about.get("length", ""))
    return Item(
        guid=_text(found, "guid"),
        title=_text(found, "title"),
        published=_moment(_text(found, "pubDate")),
        url=str(about.get("url", "")),
        size=int(length)
        if length.isascii() and length.isdigit() and len(length) <= len("1000000000000")
        else None,
        kind=str(about.get("type", "")),
        duration=_span(_text(found, f"{{{SPACES['itunes']}}}duration")),
    )


def _text(found: etree._Element, name: str) -> str:
    return (found.findtext(name) or "").strip()


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    # Beyond these nothing was or will be published, and other time zones may not have the moment.
    if not EARLIEST <= moment.year <= LATEST:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _span(text: str) -> timedelta | None:
    """Seconds, or hours, minutes and seconds with colons."""
    parts = text.split(":")
    if not all(part.isascii() and part.isdigit() and len(part) <= len("100000") for part in parts) or len(
        parts
    ) > len("hms"):
        return None
    seconds = 0
    for part in parts:
        seconds = 60 * seconds + int(part)
    return timedelta(seconds=seconds)

"""Reader of any podcast feed, as a listener's app reads it. Pure.

Any bytes may come in: no entity is resolved, nothing is fetched.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from lxml import etree

from feed.checker.rules.finding import SPACES
from feed.errors import InvalidFeed

MAX_FEED_BYTES = 50_000_000
"""Bytes of a feed, as `feed.checker.check_feed` has it."""

MIN_YEAR, MAX_YEAR = 1980, 2200
"""Years that a date is believed."""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """Item of a feed; `published` is aware, `size` in bytes; None and "" if not given."""

    guid: str
    title: str
    published: datetime | None
    url: str
    size: int | None
    kind: str
    duration: timedelta | None


def read_items(data: bytes) -> tuple[FeedItem, ...]:
    """Return items with audio, newest first, undated last; raise `InvalidFeed` for other bytes."""
    try:
        root = etree.fromstring(data[:MAX_FEED_BYTES], _safe_parser())
    except etree.XMLSyntaxError as error:
        raise InvalidFeed("what came is no feed; is the address right?") from error
    items = [_read_item(element) for element in root.iterfind("./channel/item")]
    dated = sorted(items, key=lambda item: item.published or datetime.min.replace(tzinfo=UTC), reverse=True)
    return tuple(item for item in dated if item.url)


def _safe_parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _read_item(element: etree._Element) -> FeedItem:
    enclosure = element.find("enclosure")
    about = {} if enclosure is None else dict(enclosure.attrib)
    length = str(about.get("length", ""))
    return FeedItem(
        guid=_child_text(element, "guid"),
        title=_child_text(element, "title"),
        published=_parse_moment(_child_text(element, "pubDate")),
        url=str(about.get("url", "")),
        size=int(length)
        if length.isascii() and length.isdigit() and len(length) <= len("1000000000000")
        else None,
        kind=str(about.get("type", "")),
        duration=_parse_duration(_child_text(element, f"{{{SPACES['itunes']}}}duration")),
    )


def _child_text(element: etree._Element, name: str) -> str:
    return (element.findtext(name) or "").strip()


def _parse_moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    # Beyond these nothing was or will be published, and other time zones may not have the moment.
    if not MIN_YEAR <= moment.year <= MAX_YEAR:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _parse_duration(text: str) -> timedelta | None:
    """Parse seconds, or hours, minutes and seconds with colons."""
    parts = text.split(":")
    if not all(part.isascii() and part.isdigit() and len(part) <= len("100000") for part in parts) or len(
        parts
    ) > len("hms"):
        return None
    seconds = 0
    for part in parts:
        seconds = 60 * seconds + int(part)
    return timedelta(seconds=seconds)

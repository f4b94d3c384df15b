"""Reader of the feed that is on the air, so that publishing never loses what a database has forgotten.

A database that is new, emptied or older than the feed does not know all episodes that listeners have. They are read
back from the feed, its transcripts and its chapters; rendered again, they give the same items.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from feed.checker.channel_parser import find_channel
from feed.checker.rules.finding import SPACES, FeedNode
from feed.errors import UnreadableFeed
from feed.file_names import NEWEST_JSON
from feed.model import Audio, Chapter, Correction, Cue, Episode, Soundbite
from feed.rss.paging import FEED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from feed.publishers.publisher import Publisher

_CORRECTION = re.compile(r"更正（(\d{4})年(\d\d?)月(\d\d?)日(\d\d):(\d\d)）：(.*)")
_BEHIND_SUMMARY = re.compile(r"^(?:\d\d:\d\d:\d\d |文字稿与新闻来源：)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PublishedItem:
    """Item of the published feed: `audio` is its file's name, `size` the stated bytes; `node` has all the rest."""

    guid: str
    title: str
    audio: str
    size: int
    node: FeedNode


@dataclass(frozen=True, slots=True)
class PublishedFeed:
    """Feed on the air with all its pages; `show_guid` is its podcast:guid."""

    show_guid: str
    items: tuple[PublishedItem, ...]


def read_published_feed(publisher: Publisher) -> PublishedFeed | None:
    """Read the published feed and its older pages; None if there is no feed.

    Raises `UnreadableFeed` for one that cannot be parsed, `PublishFailed` if the place cannot be read.
    """
    show_guid, items, name, visited = "", [], FEED, set[str]()
    while name not in visited and (data := publisher.read_file(name)) is not None:
        visited.add(name)
        channel = find_channel(data)
        if not isinstance(channel, FeedNode):
            raise UnreadableFeed(f"the published {name} cannot be read: it {channel.message}")
        show_guid = show_guid or (channel.text("podcast:guid") or "").strip()
        items += [_read_item(element) for element in channel.all_children("item")]
        following = [link for link in channel.all_children("atom:link") if link.get("rel") == "next"]
        if not following:
            break
        name = _file_name(following[0].get("href"))
    return PublishedFeed(show_guid, tuple(items)) if show_guid or items else None


def restore_episode(publisher: Publisher, item: PublishedItem) -> Episode:
    """Return the episode of a published item; raise `UnreadableFeed` if it lacks what the program always writes."""
    node = item.node
    try:
        duration = timedelta(seconds=int(node.text("itunes:duration") or ""))
        published = parsedate_to_datetime(node.text("pubDate") or "")
        return Episode(
            guid=item.guid,
            title=item.title,
            summary=_read_summary(node),
            published=published,
            audio=item.audio,
            size=item.size,
            duration=duration,
            number=int(node.text("itunes:episode") or ""),
            chapters=tuple(_read_chapters(node)),
            cues=tuple(_read_cues(publisher, item)),
            soundbites=tuple(_read_soundbites(node)),
            m4a=_read_alternate(node, duration),
            short=_read_short(publisher, item),
            corrections=tuple(_read_corrections(node, published)),
        )
    except (ValueError, LookupError, TypeError) as error:
        raise UnreadableFeed(f"the published item {item.guid} cannot be taken over: {error}") from error


def _read_item(element: Element) -> PublishedItem:
    node = FeedNode(element, "item")
    enclosure = node.first_child("enclosure")
    about = {} if enclosure is None else enclosure.attrib
    length = str(about.get("length", ""))
    size = int(length) if re.fullmatch(r"\d{1,15}", length, re.ASCII) else 0
    guid = (node.text("guid") or "").strip()
    return PublishedItem(guid, node.text("title") or "", _file_name(about.get("url")), size, node)


def _file_name(url: Any) -> str:  # noqa: ANN401 - lxml's attribute, or None
    """Return the last part of an address: the address of a show may have changed, its names have not."""
    return str(url or "").rpartition("/")[2]


def _read_summary(node: FeedNode) -> str:
    text = "\n".join(
        line for line in (node.text("description") or "").splitlines() if not _CORRECTION.fullmatch(line)
    )
    end = _BEHIND_SUMMARY.search(text)
    return (text[: end.start()] if end else text).strip()


def _read_corrections(node: FeedNode, published: datetime) -> Iterator[Correction]:
    """Yield corrections, oldest first; the description has the newest first."""
    for line in reversed((node.text("description") or "").splitlines()):
        if match := _CORRECTION.fullmatch(line):
            when = datetime(*map(int, match.groups()[:5]), tzinfo=published.tzinfo)  # type: ignore[arg-type, misc]  # five numbers
            yield Correction(when, match[6])


def _read_chapters(node: FeedNode) -> Iterator[Chapter]:
    parent = node.first_child("psc:chapters")
    for element in () if parent is None else parent:
        hours, minutes, seconds = str(element.get("start")).split(":")
        start = timedelta(hours=int(hours), minutes=int(minutes), seconds=float(seconds))
        yield Chapter(element.get("title") or "", start, element.get("href") or "")


def _read_cues(publisher: Publisher, item: PublishedItem) -> Iterator[Cue]:
    name = f"{item.audio.removesuffix('.mp3')}.json"
    data = publisher.read_file(name)
    if data is None:
        raise LookupError(f"its transcript {name} is missing; put it back")
    for segment in json.loads(data)["segments"]:
        start, end = timedelta(seconds=segment["startTime"]), timedelta(seconds=segment["endTime"])
        yield Cue(str(segment["speaker"]), str(segment["body"]), start, end)


def _read_soundbites(node: FeedNode) -> Iterator[Soundbite]:
    for element in node.all_children("podcast:soundbite"):
        start, duration = (
            timedelta(seconds=float(element.get(name) or "")) for name in ("startTime", "duration")
        )
        yield Soundbite(element.text or "", start, duration)


def _read_alternate(node: FeedNode, duration: timedelta) -> Audio | None:
    element = node.first_child("podcast:alternateEnclosure")
    source = None if element is None else element.find("podcast:source", SPACES)
    if element is None or source is None:
        return None
    return Audio(_file_name(source.get("uri")), int(element.get("length") or ""), duration)


def _read_short(publisher: Publisher, item: PublishedItem) -> Audio | None:
    """Return the short edition, which only latest.json names: of the newest episode, therefore, and of no other."""
    document = json.loads(publisher.read_file(NEWEST_JSON) or "{}")
    newest = document.get("episode") or {}
    if not newest.get("short") or _file_name(newest["audio"]["url"]) != item.audio:
        return None
    short = newest["short"]
    name = _file_name(short["url"])
    return None if name == item.audio else Audio(name, short["bytes"], timedelta(seconds=short["seconds"]))

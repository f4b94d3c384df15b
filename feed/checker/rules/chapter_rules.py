"""Rules of chapters: Podlove's simple chapters, Podcasting 2.0 JSON, stamps in the notes.

Apps take the list that they know, AntennaPod the longest: all must say the same. Apple shows chapters from three on,
the first at the beginning.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from feed.checker.rules.finding import APPLE, P20, is_blank
from feed.checker.rules.json_entries import read_entries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feed.checker.rules.finding import FeedNode, Finding
    from feed.checker.rules.json_entries import JsonEntry

CLOCK = re.compile(r"(?:(?:(\d+):)?([0-5]?\d):)?(\d+(?:\.\d+)?)", re.ASCII)
STAMPS = re.compile(r"(?:^|<li>|<p>|<br\s*/?>)\s*\(?((?:\d{1,2}:)?\d{1,2}:\d\d)\b", re.MULTILINE | re.ASCII)
"""Time stamps that apps take for chapters: at the beginning of a line or an entry of a list."""

MIN_CHAPTERS = 3
PODLOVE = "Podlove"
MAX_APART_SECONDS = 1.0
"""Seconds that two lists may differ by: time stamps in the notes are whole seconds."""


def parse_seconds(clock: str) -> float | None:
    """Parse H:MM:SS.mmm, M:SS or S into seconds; None for any other text."""
    match = CLOCK.fullmatch(clock)
    if match is None:
        return None
    hours, minutes, rest = match.groups()
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(rest)


def simple_starts(node: FeedNode) -> list[float]:
    """Return the readable starts of an item's simple chapters, in seconds."""
    parent = node.first_child("psc:chapters")
    seconds = [] if parent is None else [parse_seconds(element.get("start") or "") for element in parent]
    return [start for start in seconds if start is not None]


def same_starts(some: Sequence[float], others: Sequence[float]) -> bool:
    """Return True if two lists of starts agree within a second."""
    return len(some) == len(others) and all(
        abs(start - other) <= MAX_APART_SECONDS for start, other in zip(some, others, strict=True)
    )


def simple_chapters(node: FeedNode) -> Iterator[Finding]:
    """Require simple chapters with time and title, in order, within the episode."""
    parent = node.first_child("psc:chapters")
    if parent is None:
        return
    known_starts = simple_starts(node)
    end = parse_seconds(node.text("itunes:duration") or "")
    if len(known_starts) < len(parent) or any(is_blank(element.get("title")) for element in parent):
        cure = "give start as HH:MM:SS.mmm, and title"
        yield node.error("psc", "has a psc:chapter without its time or title", cure, PODLOVE, parent)
    elif any(later < earlier for earlier, later in pairwise(known_starts)):
        yield node.error("psc-order", "has chapters that are not in order", "sort them", PODLOVE, parent)
    elif end and known_starts and known_starts[-1] > end:
        yield node.error(
            "psc-end", "has a chapter that starts after its end", "take it away", PODLOVE, parent
        )
    elif len(known_starts) < MIN_CHAPTERS:
        cure = f"name at least {MIN_CHAPTERS}, or none"
        yield node.warning(
            "psc-few", f"has {len(known_starts)} chapters, which Apple does not show", cure, APPLE, parent
        )
    elif known_starts[0]:
        cure = "let the first start at 00:00:00"
        yield node.warning("psc-first", "has no chapter at its beginning", cure, APPLE, parent)


def noted_chapters(node: FeedNode) -> Iterator[Finding]:
    """Require time stamps in the notes that agree with the chapters."""
    if any(simple_chapters(node)):
        return
    tag = "content:encoded" if node.text("content:encoded") else "description"
    noted_starts = [parse_seconds(stamp) or 0.0 for stamp in STAMPS.findall(node.text(tag) or "")]
    if noted_starts and (known_starts := simple_starts(node)) and not same_starts(noted_starts, known_starts):
        cure = "write the starts of the chapters there"
        message = f"has time stamps in its {tag} that are not its chapters"
        yield node.warning("chapters-apart", message, cure, PODLOVE, tag)


def check_json(text: str) -> Iterator[Finding]:
    """Check chapters as JSON 1.2."""
    whole, listed = read_entries(text, "chapters", "chapter", P20)
    yield from whole.faults
    if whole.faults:
        return
    if not isinstance(whole.get("version"), str) or not re.match(r"1\.\d", str(whole.get("version"))):
        yield whole.error("chapters-version", "has no version", 'write "version": "1.2.0"')
    for chapter in listed:
        yield from _check_chapter(chapter)
    timed = [
        (chapter, start) for chapter in listed if (start := chapter.number_field("startTime")) is not None
    ]
    for (_, earlier), (chapter, later) in pairwise(timed):
        if later < earlier:
            yield chapter.error("chapters-order", "starts before the one above it", "sort them by startTime")
    if len(listed) < MIN_CHAPTERS:
        yield whole.warning("chapters-few", f"has {len(listed)} chapters", f"name at least {MIN_CHAPTERS}")
    elif timed and timed[0][1]:
        yield timed[0][0].warning(
            "chapters-first", "is the first and does not start at 0", "add one that does"
        )


def _check_chapter(chapter: JsonEntry) -> Iterator[Finding]:
    start, end = chapter.number_field("startTime"), chapter.number_field("endTime")
    if start is None or start < 0:
        yield chapter.error("chapters-start", "has no startTime in seconds", "add it")
    elif "endTime" in chapter.value and (end is None or end <= start):
        yield chapter.error("chapters-span", "ends before it starts", "let endTime lie after startTime")
    if chapter.get("toc") is not False and not chapter.text("title").strip():
        yield chapter.warning("chapters-title", "has no title", 'add one, or "toc": false')
    for name in ("url", "img"):
        yield from chapter.check_url(name, "chapters-link", needed=False)
    location = chapter.get("location")
    if location is not None and not (
        isinstance(location, dict) and location.get("name") and location.get("geo")
    ):
        yield chapter.error("chapters-location", "has a location without name or geo", "give both")

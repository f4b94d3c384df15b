"""Chapters wherever they stand: Podlove's simple ones, JSON 1.2 of Podcasting 2.0, time stamps in the notes.

Apps take the list that they know, AntennaPod the longest: all must say the same. Apple shows chapters from three on,
the first at the beginning.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from feed.checker.rules.finding import APPLE, P20, missing
from feed.checker.rules.json_entries import entries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feed.checker.rules.finding import Finding, Spot
    from feed.checker.rules.json_entries import Entry

CLOCK = re.compile(r"(?:(?:(\d+):)?([0-5]?\d):)?(\d+(?:\.\d+)?)", re.ASCII)
STAMPS = re.compile(r"(?:^|<li>|<p>|<br\s*/?>)\s*\(?((?:\d{1,2}:)?\d{1,2}:\d\d)\b", re.MULTILINE | re.ASCII)
"""Time stamps that apps take for chapters: at the beginning of a line or an entry of a list."""

FEWEST = 3
PODLOVE = "Podlove"
APART = 1.0
"""Seconds that two lists may differ by: time stamps in the notes are whole seconds."""


def seconds(clock: str) -> float | None:
    """The seconds of H:MM:SS.mmm, M:SS or S; None for what is none of them."""
    found = CLOCK.fullmatch(clock)
    if found is None:
        return None
    hours, minutes, rest = found.groups()
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(rest)


def starts(at: Spot) -> list[float]:
    """The starts of an item's simple chapters, as far as they can be read."""
    parent = at.one("psc:chapters")
    found = [] if parent is None else [seconds(one.get("start") or "") for one in parent]
    return [start for start in found if start is not None]


def equal(some: Sequence[float], others: Sequence[float]) -> bool:
    """Whether two lists of chapters are the same list."""
    return len(some) == len(others) and all(
        abs(one - other) <= APART for one, other in zip(some, others, strict=True)
    )


def simple(at: Spot) -> Iterator[Finding]:
    """Podlove's simple chapters: timed, named, in order, within the episode."""
    parent = at.one("psc:chapters")
    if parent is None:
        return
    known = starts(at)
    end = seconds(at.text("itunes:duration") or "")
    if len(known) < len(parent) or any(missing(one.get("title")) for one in parent):
        cure = "give start as HH:MM:SS.mmm, and title"
        yield at.error("psc", "has a psc:chapter without its time or title", cure, PODLOVE, parent)
    elif any(later < earlier for earlier, later in pairwise(known)):
        yield at.error("psc-order", "has chapters that are not in order", "sort them", PODLOVE, parent)
    elif end and known and known[-1] > end:
        yield at.error("psc-end", "has a chapter that starts after its end", "take it away", PODLOVE, parent)
    elif len(known) < FEWEST:
        cure = f"name at least {FEWEST}, or none"
        yield at.warning(
            "psc-few", f"has {len(known)} chapters, which Apple does not show", cure, APPLE, parent
        )
    elif known[0]:
        cure = "let the first start at 00:00:00"
        yield at.warning("psc-first", "has no chapter at its beginning", cure, APPLE, parent)


def noted(at: Spot) -> Iterator[Finding]:
    """Time stamps in the notes say the same as the chapters, where those are right."""
    if any(simple(at)):
        return
    tag = "content:encoded" if at.text("content:encoded") else "description"
    told = [seconds(found) or 0.0 for found in STAMPS.findall(at.text(tag) or "")]
    if told and (known := starts(at)) and not equal(told, known):
        cure = "write the starts of the chapters there"
        message = f"has time stamps in its {tag} that are not its chapters"
        yield at.warning("chapters-apart", message, cure, PODLOVE, tag)


def check(text: str) -> Iterator[Finding]:
    """Chapters as JSON 1.2."""
    whole, listed = entries(text, "chapters", "chapter", P20)
    yield from whole.faults
    if whole.faults:
        return
    if not isinstance(whole.get("version"), str) or not re.match(r"1\.\d", str(whole.get("version"))):
        yield whole.error("chapters-version", "has no version", 'write "version": "1.2.0"')
    for one in listed:
        yield from _chapter(one)
    timed = [(one, start) for one in listed if (start := one.number("startTime")) is not None]
    for (_, earlier), (one, later) in pairwise(timed):
        if later < earlier:
            yield one.error("chapters-order", "starts before the one above it", "sort them by startTime")
    if len(listed) < FEWEST:
        yield whole.warning("chapters-few", f"has {len(listed)} chapters", f"name at least {FEWEST}")
    elif timed and timed[0][1]:
        yield timed[0][0].warning(
            "chapters-first", "is the first and does not start at 0", "add one that does"
        )


def _chapter(one: Entry) -> Iterator[Finding]:
    start, end = one.number("startTime"), one.number("endTime")
    if start is None or start < 0:
        yield one.error("chapters-start", "has no startTime in seconds", "add it")
    elif "endTime" in one.value and (end is None or end <= start):
        yield one.error("chapters-span", "ends before it starts", "let endTime lie after startTime")
    if one.get("toc") is not False and not one.text("title").strip():
        yield one.warning("chapters-title", "has no title", 'add one, or "toc": false')
    for name in ("url", "img"):
        yield from one.web(name, "chapters-link", needed=False)
    place = one.get("location")
    if place is not None and not (isinstance(place, dict) and place.get("name") and place.get("geo")):
        yield one.error("chapters-location", "has a location without name or geo", "give both")

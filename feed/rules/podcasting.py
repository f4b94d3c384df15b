"""The tags of Podcasting 2.0 (podcast-namespace, docs/tags) and Podlove's simple chapters."""

from __future__ import annotations

import re
import uuid
from itertools import pairwise
from typing import TYPE_CHECKING

from feed.rules.base import P20, WEB, missing, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from feed.rules.base import Finding, Rule, Spot

MEDIA = (
    "podcast",
    "music",
    "video",
    "film",
    "audiobook",
    "newsletter",
    "blog",
    "publisher",
    "course",
    "mixed",
)
TRANSCRIPTS = ("text/vtt", "application/x-subrip", "application/json", "text/html", "text/plain")
SUBRIP = ("application/srt", "text/srt")
"""Not in the standard, but apps know these names too."""

LONGEST_NAME = 128
LONGEST_TXT = 4000
"""Characters."""

NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
CLOCK = re.compile(r"(?:(?:(\d+):)?([0-5]?\d):)?(\d+(?:\.\d+)?)", re.ASCII)


def _guid(at: Spot) -> Iterator[Finding]:
    said = at.text("podcast:guid")
    if said is None:
        yield at.warning("podcast-guid", "has no podcast:guid", "add the show's UUID", P20)
        return
    try:
        uuid.UUID(said)
    except ValueError:
        yield at.error("podcast-guid", f"has the podcast:guid {shown(said)}", "write a UUID", P20)


def _locked(at: Spot) -> Iterator[Finding]:
    locked = at.one("podcast:locked")
    if locked is None:
        yield at.warning("locked", "has no podcast:locked", "add yes, so that nobody imports it", "PSP-1")
    elif locked.text not in {"yes", "no"}:
        yield at.error("locked", f"has podcast:locked {shown(locked.text or '')}", "write yes or no", P20)
    elif not locked.get("owner"):
        cure = "add the owner's e-mail; some readers drop the tag without"
        yield at.warning("locked-owner", "has podcast:locked without owner", cure, P20)


def _medium(at: Spot) -> Iterator[Finding]:
    said = at.text("podcast:medium")
    if said is not None and said.removesuffix("L") not in MEDIA:
        yield at.error("medium", f"has podcast:medium {shown(said)}", "write podcast", P20)


def _disclosed(at: Spot) -> Iterator[Finding]:
    said = [one.text for one in at.every("podcast:txt") if one.get("purpose") == "ai-content"]
    if not said:
        cure = "add podcast:txt purpose=ai-content"
        yield at.warning("ai-content", "does not say whether a machine speaks", cure, P20)
    elif said[0] not in {"true", "false"}:
        yield at.error("ai-content", f"has ai-content {shown(said[0] or '')}", "write true or false", P20)


def _txt(at: Spot) -> Iterator[Finding]:
    for one in at.every("podcast:txt"):
        if len(one.text or "") > LONGEST_TXT or len(one.get("purpose") or "") > LONGEST_NAME:
            cure = f"keep it within {LONGEST_TXT} characters, its purpose within {LONGEST_NAME}"
            yield at.error("txt", "has a podcast:txt that is too long", cure, P20)


def _frequency(at: Spot) -> Iterator[Finding]:
    one = at.one("podcast:updateFrequency")
    rule = None if one is None else one.get("rrule")
    if rule is not None and not re.match(
        r"(?:[A-Z]+=[^;]+;)*FREQ=(?:YEARLY|MONTHLY|WEEKLY|DAILY|HOURLY)\b", rule
    ):
        cure = "write a rule of RFC 5545, such as FREQ=DAILY"
        yield at.error("update-frequency", f"has the rrule {shown(rule)}", cure, P20)


def _persons(at: Spot) -> Iterator[Finding]:
    for one in at.every("podcast:person"):
        if missing(one.text) or len(one.text or "") > LONGEST_NAME:
            cure = f"give a name of at most {LONGEST_NAME} characters"
            yield at.error("person", "has a podcast:person without a name that fits", cure, P20)
        for name in ("href", "img"):
            if (url := one.get(name)) is not None and not WEB.fullmatch(url):
                cure = "give an ASCII http(s) URL"
                yield at.error(f"person-{name}", f"has a podcast:person with {name} {shown(url)}", cure, P20)


def _transcripts(at: Spot) -> Iterator[Finding]:
    for one in at.every("podcast:transcript"):
        yield from _file(at, one, "transcript", (*TRANSCRIPTS, *SUBRIP))


def _chapters(at: Spot) -> Iterator[Finding]:
    for one in at.every("podcast:chapters"):
        yield from _file(at, one, "chapters", ("application/json+chapters",))


def _file(at: Spot, one: Element, name: str, types: tuple[str, ...]) -> Iterator[Finding]:
    url, kind = one.get("url") or "", one.get("type") or ""
    if not WEB.fullmatch(url):
        cure = "give an ASCII http(s) URL"
        yield at.error(f"{name}-url", f"has podcast:{name} at {shown(url)}", cure, P20)
    if kind not in types:
        yield at.error(name, f"has podcast:{name} of type {shown(kind)}", f"write {types[0]}", P20)


def _soundbites(at: Spot) -> Iterator[Finding]:
    for one in at.every("podcast:soundbite"):
        start, length = one.get("startTime") or "", one.get("duration") or ""
        if not NUMBER.fullmatch(start) or not NUMBER.fullmatch(length) or float(length) == 0:
            cure = "give startTime and duration in seconds"
            yield at.error("soundbite", "has a podcast:soundbite without its times", cure, P20)
        elif (end := _seconds(at.text("itunes:duration") or "")) and float(start) + float(length) > end:
            cure = "end it within the episode"
            yield at.error("soundbite", "has a podcast:soundbite that ends after it", cure, P20)


def _simple(at: Spot) -> Iterator[Finding]:
    parent = at.one("psc:chapters")
    if parent is None:
        return
    starts = [_seconds(one.get("start") or "") for one in parent]
    known = [start for start in starts if start is not None]
    end = _seconds(at.text("itunes:duration") or "")
    if len(known) < len(starts) or any(missing(one.get("title")) for one in parent):
        cure = "give start as HH:MM:SS.mmm, and title"
        yield at.error("psc", "has a psc:chapter without its time or title", cure, "Podlove")
    elif any(later < earlier for earlier, later in pairwise(known)):
        yield at.error("psc-order", "has chapters that are not in order", "sort them by start", "Podlove")
    elif end and known and known[-1] > end:
        yield at.error("psc-end", "has a chapter that starts after its end", "take it away", "Podlove")


def _seconds(clock: str) -> float | None:
    found = CLOCK.fullmatch(clock)
    if found is None:
        return None
    hours, minutes, seconds = found.groups()
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(seconds)


CHANNEL: tuple[Rule, ...] = (_guid, _locked, _medium, _disclosed, _txt, _frequency, _persons)
ITEM: tuple[Rule, ...] = (_txt, _persons, _transcripts, _chapters, _soundbites, _simple)

"""The tags of Podcasting 2.0 (podcast-namespace, docs/tags)."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

from feed.checker.rules.chapter_rules import noted, seconds, simple
from feed.checker.rules.finding import P20, SPACES, WEB, missing, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from feed.checker.rules.finding import Finding, Rule, Spot

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

GUID_VERSION = 5
LONGEST_NAME = 128
LONGEST_DISPLAY = 32
LONGEST_TXT = 4000
"""Characters."""

NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)


def _guid(at: Spot) -> Iterator[Finding]:
    said = at.text("podcast:guid")
    if said is None:
        yield at.warning("podcast-guid", "has no podcast:guid", "add the show's UUID", P20, "podcast:guid")
        return
    try:
        version = uuid.UUID(said).version
    except ValueError:
        yield at.error(
            "podcast-guid", f"has the podcast:guid {shown(said)}", "write a UUID", P20, "podcast:guid"
        )
        return
    if version != GUID_VERSION:
        cure = "make it once of the feed's first address, as a UUID of version 5"
        yield at.warning(
            "guid-version", f"has a podcast:guid of version {version}", cure, P20, "podcast:guid"
        )


def _locked(at: Spot) -> Iterator[Finding]:
    locked = at.one("podcast:locked")
    if locked is None:
        yield at.warning(
            "locked", "has no podcast:locked", "add yes, so that nobody imports it", "PSP-1", locked
        )
    elif locked.text not in {"yes", "no"}:
        yield at.error(
            "locked", f"has podcast:locked {shown(locked.text or '')}", "write yes or no", P20, locked
        )
    elif not locked.get("owner"):
        cure = "add the owner's e-mail; some readers drop the tag without"
        yield at.warning("locked-owner", "has podcast:locked without owner", cure, P20, locked)


def _medium(at: Spot) -> Iterator[Finding]:
    said = at.text("podcast:medium")
    if said is not None and said.removesuffix("L") not in MEDIA:
        yield at.error("medium", f"has podcast:medium {shown(said)}", "write podcast", P20, "podcast:medium")


def _disclosed(at: Spot) -> Iterator[Finding]:
    said = [one.text for one in at.every("podcast:txt") if one.get("purpose") == "ai-content"]
    if not said:
        cure = "add podcast:txt purpose=ai-content"
        yield at.warning("ai-content", "does not say whether a machine speaks", cure, P20, "podcast:txt")
    elif said[0] not in {"true", "false"}:
        yield at.error(
            "ai-content", f"has ai-content {shown(said[0] or '')}", "write true or false", P20, "podcast:txt"
        )


def _txt(at: Spot) -> Iterator[Finding]:
    for one in at.every("podcast:txt"):
        if len(one.text or "") > LONGEST_TXT or len(one.get("purpose") or "") > LONGEST_NAME:
            cure = f"keep it within {LONGEST_TXT} characters, its purpose within {LONGEST_NAME}"
            yield at.error("txt", "has a podcast:txt that is too long", cure, P20, one)


def _frequency(at: Spot) -> Iterator[Finding]:
    one = at.one("podcast:updateFrequency")
    if one is not None and len(one.text or "") > LONGEST_NAME:
        cure = f"keep it within {LONGEST_NAME} characters"
        yield at.error("update-text", "has a podcast:updateFrequency with a long text", cure, P20, one)
    rule = None if one is None else one.get("rrule")
    if rule is not None and not re.match(
        r"(?:[A-Z]+=[^;]+;)*FREQ=(?:YEARLY|MONTHLY|WEEKLY|DAILY|HOURLY)\b", rule
    ):
        cure = "write a rule of RFC 5545, such as FREQ=DAILY"
        yield at.error("update-frequency", f"has the rrule {shown(rule)}", cure, P20, one)


def _persons(at: Spot) -> Iterator[Finding]:
    for one in at.every("podcast:person"):
        if missing(one.text) or len(one.text or "") > LONGEST_NAME:
            cure = f"give a name of at most {LONGEST_NAME} characters"
            yield at.error("person", "has a podcast:person without a name that fits", cure, P20, one)
        for name in ("href", "img"):
            if (url := one.get(name)) is not None and not WEB.fullmatch(url):
                cure = "give an ASCII http(s) URL"
                yield at.error(
                    f"person-{name}", f"has a podcast:person with {name} {shown(url)}", cure, P20, one
                )


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
        yield at.error(f"{name}-url", f"has podcast:{name} at {shown(url)}", cure, P20, one)
    if kind not in types:
        yield at.error(name, f"has podcast:{name} of type {shown(kind)}", f"write {types[0]}", P20, one)


def _soundbites(at: Spot) -> Iterator[Finding]:
    for one in at.every("podcast:soundbite"):
        start, length = one.get("startTime") or "", one.get("duration") or ""
        if not NUMBER.fullmatch(start) or not NUMBER.fullmatch(length) or float(length) == 0:
            cure = "give startTime and duration in seconds"
            yield at.error("soundbite", "has a podcast:soundbite without its times", cure, P20, one)
        elif len(one.text or "") > LONGEST_NAME:
            cure = f"keep it within {LONGEST_NAME} characters"
            yield at.error("soundbite-title", "has a podcast:soundbite with a long title", cure, P20, one)
        elif (end := seconds(at.text("itunes:duration") or "")) and float(start) + float(length) > end:
            cure = "end it within the episode"
            yield at.error("soundbite", "has a podcast:soundbite that ends after it", cure, P20, one)


def _numbers(at: Spot) -> Iterator[Finding]:
    for name, form, limit, told in (
        ("season", r"\d+", ("name", LONGEST_NAME), "a whole number"),
        ("episode", r"\d+(?:\.\d+)?", ("display", LONGEST_DISPLAY), "a number"),
    ):
        one = at.one(f"podcast:{name}")
        if one is None:
            continue
        if not re.fullmatch(form, (one.text or "").strip(), re.ASCII):
            message = f"has podcast:{name} {shown(one.text or '')}"
            yield at.error(f"podcast-{name}", message, f"write {told}", P20, one)
        elif len(one.get(limit[0]) or "") > limit[1]:
            cure = f"keep it within {limit[1]} characters"
            message = f"has podcast:{name} with a {limit[0]} that is too long"
            yield at.error(f"podcast-{name}", message, cure, P20, one)


def _alternates(at: Spot) -> Iterator[Finding]:
    """Other files with the same sound: each with its type and at least one place to fetch it from."""
    for one in at.every("podcast:alternateEnclosure"):
        places = [source.get("uri") or "" for source in one.findall("podcast:source", SPACES)]
        if missing(one.get("type")):
            yield at.error("alternate-type", "has an alternateEnclosure without type", "add it", P20, one)
        if not places or not all(map(WEB.fullmatch, places)):
            cure = "add a podcast:source with an ASCII http(s) uri"
            yield at.error("alternate-source", "has an alternateEnclosure without a place", cure, P20, one)


CHANNEL: tuple[Rule, ...] = (_guid, _locked, _medium, _disclosed, _txt, _frequency, _persons)
ITEM: tuple[Rule, ...] = (
    _txt,
    _persons,
    _transcripts,
    _chapters,
    _soundbites,
    _numbers,
    _alternates,
    simple,
    noted,
)

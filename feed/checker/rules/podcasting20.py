"""The tags of Podcasting 2.0 (podcast-namespace, docs/tags)."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

from feed.checker.rules.chapter_rules import noted_chapters, parse_seconds, simple_chapters
from feed.checker.rules.finding import P20, SPACES, WEB, is_blank, quote_value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from feed.checker.rules.finding import FeedNode, Finding, Rule

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
MAX_NAME_CHARS = 128
MAX_DISPLAY_CHARS = 32
MAX_TXT_CHARS = 4000
"""Characters."""

NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)


def _podcast_guid(node: FeedNode) -> Iterator[Finding]:
    value = node.text("podcast:guid")
    if value is None:
        yield node.warning("podcast-guid", "has no podcast:guid", "add the show's UUID", P20, "podcast:guid")
        return
    try:
        version = uuid.UUID(value).version
    except ValueError:
        yield node.error(
            "podcast-guid", f"has the podcast:guid {quote_value(value)}", "write a UUID", P20, "podcast:guid"
        )
        return
    if version != GUID_VERSION:
        cure = "make it once of the feed's first address, as a UUID of version 5"
        yield node.warning(
            "guid-version", f"has a podcast:guid of version {version}", cure, P20, "podcast:guid"
        )


def _locked_feed(node: FeedNode) -> Iterator[Finding]:
    locked = node.first_child("podcast:locked")
    if locked is None:
        yield node.warning(
            "locked", "has no podcast:locked", "add yes, so that nobody imports it", "PSP-1", locked
        )
    elif locked.text not in {"yes", "no"}:
        yield node.error(
            "locked", f"has podcast:locked {quote_value(locked.text or '')}", "write yes or no", P20, locked
        )
    elif not locked.get("owner"):
        cure = "add the owner's e-mail; some readers drop the tag without"
        yield node.warning("locked-owner", "has podcast:locked without owner", cure, P20, locked)


def _known_medium(node: FeedNode) -> Iterator[Finding]:
    value = node.text("podcast:medium")
    if value is not None and value.removesuffix("L") not in MEDIA:
        yield node.error(
            "medium", f"has podcast:medium {quote_value(value)}", "write podcast", P20, "podcast:medium"
        )


def _ai_content(node: FeedNode) -> Iterator[Finding]:
    values = [txt.text for txt in node.all_children("podcast:txt") if txt.get("purpose") == "ai-content"]
    if not values:
        cure = "add podcast:txt purpose=ai-content"
        yield node.warning("ai-content", "does not say whether a machine speaks", cure, P20, "podcast:txt")
    elif values[0] not in {"true", "false"}:
        yield node.error(
            "ai-content",
            f"has ai-content {quote_value(values[0] or '')}",
            "write true or false",
            P20,
            "podcast:txt",
        )


def _txt_lengths(node: FeedNode) -> Iterator[Finding]:
    for txt in node.all_children("podcast:txt"):
        if len(txt.text or "") > MAX_TXT_CHARS or len(txt.get("purpose") or "") > MAX_NAME_CHARS:
            cure = f"keep it within {MAX_TXT_CHARS} characters, its purpose within {MAX_NAME_CHARS}"
            yield node.error("txt", "has a podcast:txt that is too long", cure, P20, txt)


def _update_frequency(node: FeedNode) -> Iterator[Finding]:
    element = node.first_child("podcast:updateFrequency")
    if element is not None and len(element.text or "") > MAX_NAME_CHARS:
        cure = f"keep it within {MAX_NAME_CHARS} characters"
        yield node.error("update-text", "has a podcast:updateFrequency with a long text", cure, P20, element)
    rule = None if element is None else element.get("rrule")
    if rule is not None and not re.match(
        r"(?:[A-Z]+=[^;]+;)*FREQ=(?:YEARLY|MONTHLY|WEEKLY|DAILY|HOURLY)\b", rule
    ):
        cure = "write a rule of RFC 5545, such as FREQ=DAILY"
        yield node.error("update-frequency", f"has the rrule {quote_value(rule)}", cure, P20, element)


def _person_names(node: FeedNode) -> Iterator[Finding]:
    for person in node.all_children("podcast:person"):
        if is_blank(person.text) or len(person.text or "") > MAX_NAME_CHARS:
            cure = f"give a name of at most {MAX_NAME_CHARS} characters"
            yield node.error("person", "has a podcast:person without a name that fits", cure, P20, person)
        for name in ("href", "img"):
            if (url := person.get(name)) is not None and not WEB.fullmatch(url):
                cure = "give an ASCII http(s) URL"
                yield node.error(
                    f"person-{name}",
                    f"has a podcast:person with {name} {quote_value(url)}",
                    cure,
                    P20,
                    person,
                )


def _transcript_links(node: FeedNode) -> Iterator[Finding]:
    for element in node.all_children("podcast:transcript"):
        yield from _linked_file(node, element, "transcript", (*TRANSCRIPTS, *SUBRIP))


def _chapter_links(node: FeedNode) -> Iterator[Finding]:
    for element in node.all_children("podcast:chapters"):
        yield from _linked_file(node, element, "chapters", ("application/json+chapters",))


def _linked_file(node: FeedNode, element: Element, name: str, types: tuple[str, ...]) -> Iterator[Finding]:
    url, kind = element.get("url") or "", element.get("type") or ""
    if not WEB.fullmatch(url):
        cure = "give an ASCII http(s) URL"
        yield node.error(f"{name}-url", f"has podcast:{name} at {quote_value(url)}", cure, P20, element)
    if kind not in types:
        yield node.error(
            name, f"has podcast:{name} of type {quote_value(kind)}", f"write {types[0]}", P20, element
        )


def _soundbite_times(node: FeedNode) -> Iterator[Finding]:
    for soundbite in node.all_children("podcast:soundbite"):
        start, length = soundbite.get("startTime") or "", soundbite.get("duration") or ""
        if not NUMBER.fullmatch(start) or not NUMBER.fullmatch(length) or float(length) == 0:
            cure = "give startTime and duration in seconds"
            yield node.error("soundbite", "has a podcast:soundbite without its times", cure, P20, soundbite)
        elif len(soundbite.text or "") > MAX_NAME_CHARS:
            cure = f"keep it within {MAX_NAME_CHARS} characters"
            yield node.error(
                "soundbite-title", "has a podcast:soundbite with a long title", cure, P20, soundbite
            )
        elif (end := parse_seconds(node.text("itunes:duration") or "")) and float(start) + float(
            length
        ) > end:
            cure = "end it within the episode"
            yield node.error("soundbite", "has a podcast:soundbite that ends after it", cure, P20, soundbite)


def _season_and_episode(node: FeedNode) -> Iterator[Finding]:
    for name, form, limit, form_words in (
        ("season", r"\d+", ("name", MAX_NAME_CHARS), "a whole number"),
        ("episode", r"\d+(?:\.\d+)?", ("display", MAX_DISPLAY_CHARS), "a number"),
    ):
        element = node.first_child(f"podcast:{name}")
        if element is None:
            continue
        if not re.fullmatch(form, (element.text or "").strip(), re.ASCII):
            message = f"has podcast:{name} {quote_value(element.text or '')}"
            yield node.error(f"podcast-{name}", message, f"write {form_words}", P20, element)
        elif len(element.get(limit[0]) or "") > limit[1]:
            cure = f"keep it within {limit[1]} characters"
            message = f"has podcast:{name} with a {limit[0]} that is too long"
            yield node.error(f"podcast-{name}", message, cure, P20, element)


def _alternate_enclosures(node: FeedNode) -> Iterator[Finding]:
    """Require a type and at least one source for each alternate file."""
    for element in node.all_children("podcast:alternateEnclosure"):
        places = [source.get("uri") or "" for source in element.findall("podcast:source", SPACES)]
        if is_blank(element.get("type")):
            yield node.error(
                "alternate-type", "has an alternateEnclosure without type", "add it", P20, element
            )
        if not places or not all(map(WEB.fullmatch, places)):
            cure = "add a podcast:source with an ASCII http(s) uri"
            yield node.error(
                "alternate-source", "has an alternateEnclosure without a place", cure, P20, element
            )


CHANNEL: tuple[Rule, ...] = (
    _podcast_guid,
    _locked_feed,
    _known_medium,
    _ai_content,
    _txt_lengths,
    _update_frequency,
    _person_names,
)
ITEM: tuple[Rule, ...] = (
    _txt_lengths,
    _person_names,
    _transcript_links,
    _chapter_links,
    _soundbite_times,
    _season_and_episode,
    _alternate_enclosures,
    simple_chapters,
    noted_chapters,
)

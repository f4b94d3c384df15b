"""What the directories ask of an episode."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feed.checker.rules import feed_dates
from feed.checker.rules.channel_rules import cover, explicit, yes_only
from feed.checker.rules.channel_rules import texts as names
from feed.checker.rules.finding import APPLE, PSP, RSS, WEB, missing, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feed.checker.rules.finding import Finding, Rule, Spot

LONGEST_DESCRIPTION = 4000
LONGEST_TEXT = 255
"""Bytes (PSP-1, Apple)."""

TYPES = {
    "audio/mpeg": (".mp3",),
    "audio/x-m4a": (".m4a",),
    "audio/mp4": (".m4a", ".mp4"),
    "video/mp4": (".mp4", ".m4v"),
    "video/x-m4v": (".m4v",),
    "video/quicktime": (".mov",),
    "application/pdf": (".pdf",),
}
"""Apple's types with the endings that go with them."""

SMALLEST = 16_384
"""Bytes; AntennaPod takes a smaller length for an unknown one."""

ACTIVE = re.compile(
    r"""<\s*(?:script|iframe|object|embed|style|form)\b|<[^>]+\son\w+\s*="""
    r"""|(?:href|src)\s*=\s*["']?\s*(?:javascript|vbscript|data):""",
    re.IGNORECASE,
)
RELATIVE = re.compile(r"""(?:href|src)\s*=\s*["'](?!\w+:|#)""", re.IGNORECASE)
MARKUP = re.compile(r"<[A-Za-z/!][^>]*>")
NUMBERED = re.compile(
    r"(?i)^\s*(?:第\s*[\d一二三四五六七八九十百]+\s*[期集回]|(?:ep(?:isode)?|no)\.?\s*\d+|[#＃]\s*\d+)"
)
DURATION = re.compile(r"\d+|\d{1,2}(?::[0-5]\d){1,2}", re.ASCII)
DISCLOSED = re.compile(r"人工智能|\bAI\b|AI[生合]成|artificial intelligence", re.IGNORECASE)
LOOPBACK = re.compile(r"http://(?:127\.|localhost\b|\[::1\])")


def _required(at: Spot) -> Iterator[Finding]:
    for tag in ("title", "guid"):
        if missing(at.text(tag)):
            yield at.error(f"item-{tag}", f"has no {tag}", f"add <{tag}>", PSP)


def _single(at: Spot) -> Iterator[Finding]:
    for name in ("title", "guid", "enclosure", "pubDate", "description"):
        if len(at.every(name)) > 1:
            yield at.error(
                f"repeated-{name}", f"has more than one {name}", "keep one; apps read any", RSS, name
            )


def _permanent(at: Spot) -> Iterator[Finding]:
    guid = at.one("guid")
    if guid is None or missing(guid.text) or guid.get("isPermaLink") == "false":
        return
    if not WEB.fullmatch((guid.text or "").strip()):
        cure = 'add isPermaLink="false"'
        yield at.error("guid-permalink", "has a guid that is no URL but passes for one", cure, RSS, guid)


def _enclosure(at: Spot) -> Iterator[Finding]:
    enclosure = at.one("enclosure")
    if enclosure is None:
        yield at.error("enclosure", "has no enclosure", "add one with url, length and type", PSP)
        return
    url, kind, length = (enclosure.get(name) or "" for name in ("url", "type", "length"))
    yield from _url(at, url)
    yield from _kind(at, url, kind)
    yield from _length(at, length)


def _url(at: Spot, url: str) -> Iterator[Finding]:
    if not WEB.fullmatch(url):
        cure = "give an ASCII http(s) URL"
        yield at.error("enclosure-url", f"has the enclosure URL {shown(url)}", cure, APPLE, "enclosure")
    elif url.startswith("http:") and not LOOPBACK.match(url):
        cure = "serve it by https; speakers and browsers refuse it otherwise"
        yield at.warning("enclosure-https", "has its sound at a http address", cure, "Alexa", "enclosure")


def _kind(at: Spot, url: str, kind: str) -> Iterator[Finding]:
    if kind not in TYPES:
        cure = "write audio/mpeg for MP3"
        yield at.error("enclosure-type", f"has the enclosure type {shown(kind)}", cure, APPLE, "enclosure")
    elif not re.split(r"[?#]", url)[0].endswith(TYPES[kind]):
        message = f"has a URL that does not end in {' or '.join(TYPES[kind])}"
        yield at.error("enclosure-ending", message, "let ending and type agree", APPLE, "enclosure")


def _length(at: Spot, length: str) -> Iterator[Finding]:
    if not re.fullmatch(r"\d+", length, re.ASCII) or int(length) == 0:
        cure = "write the file's bytes"
        yield at.error(
            "enclosure-length", f"has the enclosure length {shown(length)}", cure, RSS, "enclosure"
        )
    elif int(length) < SMALLEST:
        cure = "write the file's bytes, not its seconds or kilobytes"
        yield at.warning("enclosure-small", f"has a sound of {length} bytes", cure, "AntennaPod", "enclosure")


def _date(at: Spot) -> Iterator[Finding]:
    said = at.text("pubDate")
    if said is None:
        yield at.warning("date", "has no pubDate", "add one; Spotify needs it", "Spotify", "pubDate")
        return
    when = feed_dates.loose(said)
    if when is None:
        yield at.error("date", f"has the date {shown(said)}", "write it as in RFC 2822", APPLE, "pubDate")
    elif when.tzinfo is None:
        yield at.error(
            "date-zone", f"has the date {shown(said)} without a zone", "add the offset", APPLE, "pubDate"
        )
    elif said.strip()[:3].isalpha() and said.strip()[:3] != feed_dates.weekday(when):
        cure = f"write {feed_dates.weekday(when)}"
        yield at.error("weekday", f"has a wrong weekday in {shown(said)}", cure, "RFC 2822", "pubDate")
    elif at.known.now is not None and when > at.known.now:
        cure = "publish it when its hour has come; apps drop such a date"
        yield at.error(
            "date-future", f"has the date {shown(said)}, which is to come", cure, "AntennaPod", "pubDate"
        )


def _duration(at: Spot) -> Iterator[Finding]:
    said = at.text("itunes:duration")
    if said is None:
        yield at.warning(
            "duration", "has no itunes:duration", "add its whole seconds", PSP, "itunes:duration"
        )
    elif not DURATION.fullmatch(said):
        yield at.error(
            "duration", f"has itunes:duration {shown(said)}", "write whole seconds", APPLE, "itunes:duration"
        )
    elif not said.strip("0:"):
        yield at.error(
            "duration", "has itunes:duration 0", "write the seconds of its sound", APPLE, "itunes:duration"
        )


def _numbers(at: Spot) -> Iterator[Finding]:
    for name in ("episode", "season"):
        said = at.text(f"itunes:{name}")
        if said is not None and not re.fullmatch(r"0*[1-9]\d*", said, re.ASCII):
            cure = "write a whole number from 1"
            yield at.error(name, f"has itunes:{name} {shown(said)}", cure, APPLE, f"itunes:{name}")
    kind = at.text("itunes:episodeType")
    if kind is not None and kind not in {"full", "trailer", "bonus"}:
        cure = "write full, trailer or bonus"
        yield at.error(
            "episode-type", f"has itunes:episodeType {shown(kind)}", cure, APPLE, "itunes:episodeType"
        )


def _title(at: Spot) -> Iterator[Finding]:
    title = at.text("title") or ""
    if NUMBERED.match(title):
        cure = "leave the number to itunes:episode"
        yield at.warning("title-number", f"has its number in the title {shown(title)}", cure, APPLE, "title")
    if (show := at.known.title) and show in title != show:
        cure = "leave it out; apps show it above"
        yield at.warning(
            "title-show", f"has the show's name in the title {shown(title)}", cure, APPLE, "title"
        )


def _link(at: Spot) -> Iterator[Finding]:
    link = at.text("link")
    if link is not None and not WEB.fullmatch(link):
        yield at.error("item-link", f"has the link {shown(link)}", "give an ASCII http(s) URL", APPLE, "link")


def texts(at: Spot) -> Iterator[Finding]:
    """Titles are plain and short, descriptions within the limit, of a channel and of an item."""
    title, text = at.text("title") or "", at.text("description") or ""
    if (size := len(title.encode())) > LONGEST_TEXT:
        cure = f"keep it within {LONGEST_TEXT}"
        yield at.error("title-length", f"has a title of {size} bytes", cure, PSP, "title")
    if MARKUP.search(title):
        yield at.error("title-markup", "has markup in its title", "write plain text", APPLE, "title")
    if title.strip() and title != title.strip():
        cure = "take them away"
        yield at.warning("title-blanks", "has a title with blanks at its ends", cure, APPLE, "title")
    if (size := len(text.encode())) > LONGEST_DESCRIPTION:
        cure = f"keep it within {LONGEST_DESCRIPTION}"
        yield at.error("description-length", f"has a description of {size} bytes", cure, APPLE, "description")


def content(at: Spot) -> Iterator[Finding]:
    """Notes are text, lists and links; what acts or leads nowhere has no place in them."""
    for tag in ("description", "content:encoded"):
        text = at.text(tag) or ""
        if ACTIVE.search(text):
            cure = "leave text, lists and links"
            yield at.error("content-script", f"has active content in its {tag}", cure, APPLE, tag)
        if RELATIVE.search(text):
            yield at.warning(
                "content-relative", f"has a relative link in its {tag}", "make it absolute", RSS, tag
            )


def _disclosed(at: Spot) -> Iterator[Finding]:
    """What a machine reads says so where listeners look."""
    said = [one.text for one in at.every("podcast:txt") if one.get("purpose") == "ai-content"]
    notes = f"{at.text('description') or ''}{at.text('content:encoded') or ''}"
    if "true" in said and not DISCLOSED.search(notes):
        cure = "add a line such as 本节目的语音由人工智能合成。"
        yield at.warning(
            "ai-notice", "does not say in its notes that a machine speaks", cure, APPLE, "description"
        )


RULES: tuple[Rule, ...] = (
    *(_required, _single, texts, _permanent, _title, _link, _enclosure, _date, _duration, _numbers),
    *(explicit, yes_only, cover, content, names, _disclosed),
)
"""All of them, in the order in which a person mends an item."""

"""Rules of the directories for an episode."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feed.checker.rules import feed_dates
from feed.checker.rules.channel_rules import cover_address, explicit_word, yes_only
from feed.checker.rules.channel_rules import text_lengths as names
from feed.checker.rules.finding import APPLE, PSP, RSS, WEB, is_blank, quote_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feed.checker.rules.finding import FeedNode, Finding, Rule

MAX_DESCRIPTION_BYTES = 4000
MAX_TEXT_BYTES = 255
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

MIN_AUDIO_BYTES = 16_384
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


def _required_children(node: FeedNode) -> Iterator[Finding]:
    for tag in ("title", "guid"):
        if is_blank(node.text(tag)):
            yield node.error(f"item-{tag}", f"has no {tag}", f"add <{tag}>", PSP)


def _single_children(node: FeedNode) -> Iterator[Finding]:
    for name in ("title", "guid", "enclosure", "pubDate", "description"):
        if len(node.all_children(name)) > 1:
            yield node.error(
                f"repeated-{name}", f"has more than one {name}", "keep one; apps read any", RSS, name
            )


def _permanent_guid(node: FeedNode) -> Iterator[Finding]:
    guid = node.first_child("guid")
    if guid is None or is_blank(guid.text) or guid.get("isPermaLink") == "false":
        return
    if not WEB.fullmatch((guid.text or "").strip()):
        cure = 'add isPermaLink="false"'
        yield node.error("guid-permalink", "has a guid that is no URL but passes for one", cure, RSS, guid)


def _item_enclosure(node: FeedNode) -> Iterator[Finding]:
    enclosure = node.first_child("enclosure")
    if enclosure is None:
        yield node.error("enclosure", "has no enclosure", "add one with url, length and type", PSP)
        return
    url, kind, length = (enclosure.get(name) or "" for name in ("url", "type", "length"))
    yield from _enclosure_url(node, url)
    yield from _enclosure_type(node, url, kind)
    yield from _enclosure_length(node, length)


def _enclosure_url(node: FeedNode, url: str) -> Iterator[Finding]:
    if not WEB.fullmatch(url):
        cure = "give an ASCII http(s) URL"
        yield node.error(
            "enclosure-url", f"has the enclosure URL {quote_value(url)}", cure, APPLE, "enclosure"
        )
    elif url.startswith("http:") and not LOOPBACK.match(url):
        cure = "serve it by https; speakers and browsers refuse it otherwise"
        yield node.warning("enclosure-https", "has its sound at a http address", cure, "Alexa", "enclosure")


def _enclosure_type(node: FeedNode, url: str, kind: str) -> Iterator[Finding]:
    if kind not in TYPES:
        cure = "write audio/mpeg for MP3"
        yield node.error(
            "enclosure-type", f"has the enclosure type {quote_value(kind)}", cure, APPLE, "enclosure"
        )
    elif not re.split(r"[?#]", url)[0].endswith(TYPES[kind]):
        message = f"has a URL that does not end in {' or '.join(TYPES[kind])}"
        yield node.error("enclosure-ending", message, "let ending and type agree", APPLE, "enclosure")


def _enclosure_length(node: FeedNode, length: str) -> Iterator[Finding]:
    if not re.fullmatch(r"\d+", length, re.ASCII) or int(length) == 0:
        cure = "write the file's bytes"
        yield node.error(
            "enclosure-length", f"has the enclosure length {quote_value(length)}", cure, RSS, "enclosure"
        )
    elif int(length) < MIN_AUDIO_BYTES:
        cure = "write the file's bytes, not its seconds or kilobytes"
        yield node.warning(
            "enclosure-small", f"has a sound of {length} bytes", cure, "AntennaPod", "enclosure"
        )


def _publication_date(node: FeedNode) -> Iterator[Finding]:
    value = node.text("pubDate")
    if value is None:
        yield node.warning("date", "has no pubDate", "add one; Spotify needs it", "Spotify", "pubDate")
        return
    when = feed_dates.parse_date(value)
    if when is None:
        yield node.error(
            "date", f"has the date {quote_value(value)}", "write it as in RFC 2822", APPLE, "pubDate"
        )
    elif when.tzinfo is None:
        yield node.error(
            "date-zone",
            f"has the date {quote_value(value)} without a zone",
            "add the offset",
            APPLE,
            "pubDate",
        )
    elif value.strip()[:3].isalpha() and value.strip()[:3] != feed_dates.weekday_name(when):
        cure = f"write {feed_dates.weekday_name(when)}"
        yield node.error(
            "weekday", f"has a wrong weekday in {quote_value(value)}", cure, "RFC 2822", "pubDate"
        )
    elif node.known.now is not None and when > node.known.now:
        cure = "publish it when its hour has come; apps drop such a date"
        yield node.error(
            "date-future",
            f"has the date {quote_value(value)}, which is to come",
            cure,
            "AntennaPod",
            "pubDate",
        )


def _item_duration(node: FeedNode) -> Iterator[Finding]:
    value = node.text("itunes:duration")
    if value is None:
        yield node.warning(
            "duration", "has no itunes:duration", "add its whole seconds", PSP, "itunes:duration"
        )
    elif not DURATION.fullmatch(value):
        yield node.error(
            "duration",
            f"has itunes:duration {quote_value(value)}",
            "write whole seconds",
            APPLE,
            "itunes:duration",
        )
    elif not value.strip("0:"):
        yield node.error(
            "duration", "has itunes:duration 0", "write the seconds of its sound", APPLE, "itunes:duration"
        )


def _episode_numbers(node: FeedNode) -> Iterator[Finding]:
    for name in ("episode", "season"):
        value = node.text(f"itunes:{name}")
        if value is not None and not re.fullmatch(r"0*[1-9]\d*", value, re.ASCII):
            cure = "write a whole number from 1"
            yield node.error(name, f"has itunes:{name} {quote_value(value)}", cure, APPLE, f"itunes:{name}")
    kind = node.text("itunes:episodeType")
    if kind is not None and kind not in {"full", "trailer", "bonus"}:
        cure = "write full, trailer or bonus"
        yield node.error(
            "episode-type", f"has itunes:episodeType {quote_value(kind)}", cure, APPLE, "itunes:episodeType"
        )


def _plain_title(node: FeedNode) -> Iterator[Finding]:
    title = node.text("title") or ""
    if NUMBERED.match(title):
        cure = "leave the number to itunes:episode"
        yield node.warning(
            "title-number", f"has its number in the title {quote_value(title)}", cure, APPLE, "title"
        )
    if (show := node.known.title) and show in title != show:
        cure = "leave it out; apps show it above"
        yield node.warning(
            "title-show", f"has the show's name in the title {quote_value(title)}", cure, APPLE, "title"
        )


def _item_link(node: FeedNode) -> Iterator[Finding]:
    link = node.text("link")
    if link is not None and not WEB.fullmatch(link):
        yield node.error(
            "item-link", f"has the link {quote_value(link)}", "give an ASCII http(s) URL", APPLE, "link"
        )


def title_and_description(node: FeedNode) -> Iterator[Finding]:
    """Require plain short titles and descriptions within the limit."""
    title, text = node.text("title") or "", node.text("description") or ""
    if (size := len(title.encode())) > MAX_TEXT_BYTES:
        cure = f"keep it within {MAX_TEXT_BYTES}"
        yield node.error("title-length", f"has a title of {size} bytes", cure, PSP, "title")
    if MARKUP.search(title):
        yield node.error("title-markup", "has markup in its title", "write plain text", APPLE, "title")
    if title.strip() and title != title.strip():
        cure = "take them away"
        yield node.warning("title-blanks", "has a title with blanks at its ends", cure, APPLE, "title")
    if (size := len(text.encode())) > MAX_DESCRIPTION_BYTES:
        cure = f"keep it within {MAX_DESCRIPTION_BYTES}"
        yield node.error(
            "description-length", f"has a description of {size} bytes", cure, APPLE, "description"
        )


def safe_content(node: FeedNode) -> Iterator[Finding]:
    """Allow text, lists and links in notes; report scripts and relative links."""
    for tag in ("description", "content:encoded"):
        text = node.text(tag) or ""
        if ACTIVE.search(text):
            cure = "leave text, lists and links"
            yield node.error("content-script", f"has active content in its {tag}", cure, APPLE, tag)
        if RELATIVE.search(text):
            yield node.warning(
                "content-relative", f"has a relative link in its {tag}", "make it absolute", RSS, tag
            )


def _ai_notice(node: FeedNode) -> Iterator[Finding]:
    """Require a notice in the notes if the feed declares synthetic speech."""
    ai_contents = [txt.text for txt in node.all_children("podcast:txt") if txt.get("purpose") == "ai-content"]
    notes = f"{node.text('description') or ''}{node.text('content:encoded') or ''}"
    if "true" in ai_contents and not DISCLOSED.search(notes):
        cure = "add a line such as 本节目的语音由人工智能合成。"
        yield node.warning(
            "ai-notice", "does not say in its notes that a machine speaks", cure, APPLE, "description"
        )


RULES: tuple[Rule, ...] = (
    *(
        _required_children,
        _single_children,
        title_and_description,
        _permanent_guid,
        _plain_title,
        _item_link,
        _item_enclosure,
        _publication_date,
        _item_duration,
        _episode_numbers,
    ),
    *(explicit_word, yes_only, cover_address, safe_content, names, _ai_notice),
)
"""All of them, in the order in which a person mends an item."""

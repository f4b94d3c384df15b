"""Rules of smart speakers: Alexa, 腾讯叮当, iFlyOS, xiaomusic, and playlists.

Sources: Amazon's Flash Briefing feed reference; 叮当 简讯播报 (Tencent's public description); iFlyOS content format;
xiaomusic's custom playlists; the M3U of players.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from feed.checker.rules.finding import WEB, Finding, is_blank, quote_value
from feed.checker.rules.item_rules import LOOPBACK, MARKUP
from feed.checker.rules.json_entries import JsonEntry, read_entries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feed.checker.rules.finding import FeedNode

ALEXA, DINGDANG, IFLYOS, XIAOMUSIC, M3U, LATEST = (
    "Alexa",
    "叮当",
    "iFlyOS",
    "xiaomusic",
    "M3U",
    "docs/publishing.md",
)
MAX_ITEMS = 5
"""Items that Alexa and 叮当 read."""

MAX_URL_CHARS = 255
"""Characters; 小爱's speakers cut off longer addresses at an unpublished length."""

CATEGORIES = ("科技", "财经", "娱乐", "体育", "社会", "军事", "时事", "国际", "国内", "综合")
"""Of 叮当."""

UTC_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class PlatformFields:
    """Field names of a platform, and its limits in characters."""

    source: str
    guid: str
    date: str
    title: str
    text: str
    longest_title: int
    longest_text: int
    most: int | None = None


FIELDS = {
    "alexa": PlatformFields(ALEXA, "uid", "updateDate", "titleText", "mainText", 255, 4500, MAX_ITEMS),
    "dingdang": PlatformFields(DINGDANG, "guid", "pubDate", "title", "description", 100, 500, MAX_ITEMS),
    "iflyos": PlatformFields(IFLYOS, "id", "pubDate", "title", "description", 30, 500),
}


def check_alexa(text: str, now: datetime | None) -> Iterator[Finding]:
    """Check Alexa's Flash Briefing as JSON."""
    whole, listed = read_entries(text, "", "item", ALEXA)
    yield from _common_rules("alexa", whole, listed, now)
    for item in listed:
        if not isinstance(item.get("mainText"), str):
            yield item.error("alexa-text", "has no mainText", 'add it, "" for sound')
        updated = item.text("updateDate")
        if updated and not UTC_STAMP.fullmatch(updated):
            cure = "write it in UTC, such as 2026-03-01T23:00:00Z"
            yield item.error("alexa-date", f"has the updateDate {quote_value(updated)}", cure)
        yield from item.check_url("redirectionUrl", "alexa-link", needed=False)
        if not item.text("mainText").strip() and not item.text("streamUrl"):
            yield item.error("alexa-empty", "has neither text nor sound", "add streamUrl or mainText")
    if len({bool(item.text("streamUrl")) for item in listed}) > 1:
        yield whole.error("alexa-mixed", "mixes texts and sound", "make two feeds of it")


def check_dingdang(text: str, now: datetime | None) -> Iterator[Finding]:
    """Check 叮当's news as JSON."""
    whole, listed = read_entries(text, "", "item", DINGDANG)
    yield from _common_rules("dingdang", whole, listed, now)
    for item in listed:
        if item.text("category") not in CATEGORIES:
            cure = f"use one of {' '.join(CATEGORIES)}"
            yield item.error(
                "dingdang-category", f"has the category {quote_value(item.text('category'))}", cure
            )
        if not any(item.text(name).strip() for name in ("description", "image", "streamUrl")):
            yield item.error(
                "dingdang-empty", "has no text, picture or sound", "add streamUrl or description"
            )


def check_iflyos(text: str, now: datetime | None) -> Iterator[Finding]:
    """Check iFlyOS content as JSON; the list may stand alone or under `data`."""
    key = "data" if text.lstrip().startswith("{") else ""
    whole, listed = read_entries(text, key, "item", IFLYOS)
    yield from _common_rules("iflyos", whole, listed, now)
    for item in listed:
        if not item.text("description").strip() and not item.text("streamUrl"):
            yield item.error("iflyos-empty", "has neither text nor sound", "add streamUrl or description")
        ends = _parse_moment(item.text("invalidDate"))
        if item.get("invalidDate") is not None and ends is None:
            cure = "write it as ISO 8601, with the offset"
            yield item.error(
                "iflyos-expiry", f"has the invalidDate {quote_value(str(item.get('invalidDate')))}", cure
            )
        elif ends is not None and (begins := _parse_moment(item.text("pubDate"))) and ends <= begins:
            yield item.error("iflyos-expiry", "is over before it begins", "let invalidDate lie after pubDate")
        if item.get("language") not in {None, "ch", "en"}:
            yield item.error(
                "iflyos-language", f"has the language {quote_value(str(item.get('language')))}", "write ch"
            )


def check_xiaomusic(text: str, _now: datetime | None) -> Iterator[Finding]:
    """Check a playlist of xiaomusic, which plays on 小爱's speakers."""
    whole, listed = read_entries(text, "", "list", XIAOMUSIC)
    yield from whole.faults
    for playlist in listed:
        songs = playlist.get("musics")
        if not playlist.text("name").strip() or not isinstance(songs, list):
            yield playlist.error("xiaomusic-list", "has no name or no musics", "give both")
            continue
        names: set[str] = set()
        for number, song in enumerate(songs, 1):
            entry = JsonEntry(
                song if isinstance(song, dict) else {},
                f"{playlist.place}, sound {number}",
                XIAOMUSIC,
                playlist.line,
            )
            if not entry.text("name").strip():
                yield entry.error("xiaomusic-name", "has no name", "add it")
            yield from entry.check_url("url", "xiaomusic-url")
            if len(entry.text("url")) > MAX_URL_CHARS:
                cure = f"keep it within {MAX_URL_CHARS} characters"
                yield entry.warning("xiaomusic-long", "has an address that speakers cut off", cure)
            if entry.text("name") in names:
                cure = "give each its own name; of two that are equal one is kept"
                yield entry.error("xiaomusic-repeated", "has the name of another", cure)
            names.add(entry.text("name"))


def check_latest(text: str, _now: datetime | None) -> Iterator[Finding]:
    """Check latest.json, our own document for home automation."""
    whole, _ = read_entries(text, "", "document", LATEST)
    yield from whole.faults
    if whole.faults or whole.get("episode") is None:
        return
    about = whole.get("episode")
    audio = about.get("audio") if isinstance(about, dict) else None
    if not isinstance(audio, dict):
        yield whole.error("latest-audio", "has an episode without audio", "give its url, bytes and seconds")
        return
    entry = JsonEntry(audio, "the audio", LATEST)
    yield from entry.check_url("url", "latest-url")
    for name in ("bytes", "seconds"):
        if (entry.number_field(name) or 0) <= 0:
            yield entry.error("latest-length", f"has no {name}", "write the file's")


def check_m3u(text: str, _now: datetime | None) -> Iterator[Finding]:
    """Check a playlist for players."""
    rows = text.removeprefix("\ufeff").splitlines()
    if not rows or rows[0].strip() != "#EXTM3U":
        yield _line_error("m3u-header", "does not begin with #EXTM3U", "write it as the first line", 1)
    places = [(number, row.strip()) for number, row in enumerate(rows, 1) if row.strip() and row[0] != "#"]
    for number, row in places:
        if not WEB.fullmatch(row):
            yield _line_error(
                "m3u-url", f"has the address {quote_value(row)}", "give an ASCII http(s) URL", number
            )
    for number, row in enumerate(rows, 1):
        if row.startswith("#EXTINF") and not re.match(r"#EXTINF:-?\d+(?:\.\d+)?[^,]*,", row, re.ASCII):
            yield _line_error("m3u-info", f"has {quote_value(row)}", "write #EXTINF:SECONDS,TITLE", number)


def check_rss(show: FeedNode, kind: str) -> Iterator[Finding]:
    """Check the RSS of a speaker: Alexa, 叮当 or iFlyOS."""
    fields = FIELDS[kind]
    ttl = show.text("ttl")
    if kind == "dingdang" and not re.fullmatch(r"[1-9]\d*", (ttl or "").strip(), re.ASCII):
        yield show.error("dingdang-ttl", "has no ttl in seconds", "add <ttl>", fields.source, "ttl")
    items = show.all_children("item")
    if not items:
        yield show.warning(f"{kind}-items", "has no item", "publish one that is short enough", fields.source)
    elif fields.most and len(items) > fields.most:
        cure = f"keep the newest {fields.most}"
        yield show.warning(
            f"{kind}-items", f"has {len(items)} items, more than are read", cure, fields.source
        )
    for number, element in enumerate(items, 1):
        yield from _check_rss_item(type(show)(element, f"item {number}", show.known), kind, fields)


def _check_rss_item(node: FeedNode, kind: str, fields: PlatformFields) -> Iterator[Finding]:
    for tag in ("title", "guid"):
        if is_blank(node.text(tag)):
            yield node.error(f"{kind}-{tag}", f"has no {tag}", f"add <{tag}>", fields.source)
    for tag, most in (("title", fields.longest_title), ("description", fields.longest_text)):
        value = node.text(tag) or ""
        if len(value) > most:
            message = f"has a {tag} of {len(value)} characters"
            yield node.error(f"{kind}-long", message, f"keep it within {most}", fields.source, tag)
        if MARKUP.search(value):
            yield node.error(
                f"{kind}-markup", f"has markup in its {tag}", "write plain text", fields.source, tag
            )
    enclosure = node.first_child("enclosure")
    url = "" if enclosure is None else enclosure.get("url") or ""
    if enclosure is not None:
        yield from _check_sound(
            JsonEntry({"url": url}, node.place, fields.source, getattr(enclosure, "sourceline", 0)),
            "url",
            kind,
        )
    elif is_blank(node.text("description")):
        yield node.error(f"{kind}-empty", "has neither text nor sound", "add an enclosure", fields.source)


def _common_rules(
    kind: str, whole: JsonEntry, listed: Sequence[JsonEntry], now: datetime | None
) -> Iterator[Finding]:
    """Check the rules that all platforms share."""
    fields = FIELDS[kind]
    yield from whole.faults
    if not listed and not whole.faults:
        yield whole.warning(f"{kind}-items", "has no item", "publish one that is short enough")
    if fields.most and len(listed) > fields.most:
        cure = f"keep the newest {fields.most}"
        yield whole.warning(f"{kind}-items", f"has {len(listed)} items, more than are read", cure)
    for entry in listed:
        yield from _check_entry(kind, fields, entry, now)
    yield from _check_order(kind, fields, listed)


def _check_entry(
    kind: str, fields: PlatformFields, entry: JsonEntry, now: datetime | None
) -> Iterator[Finding]:
    for name, rule in ((fields.guid, "guid"), (fields.title, "title")):
        if not entry.text(name).strip():
            yield entry.error(f"{kind}-{rule}", f"has no {name}", "add it")
    for name, most in ((fields.title, fields.longest_title), (fields.text, fields.longest_text)):
        value = entry.text(name)
        if len(value) > most:
            yield entry.error(
                f"{kind}-long", f"has a {name} of {len(value)} characters", f"keep it within {most}"
            )
        if MARKUP.search(value):
            yield entry.error(f"{kind}-markup", f"has markup in its {name}", "write plain text")
    when = _parse_moment(entry.text(fields.date))
    if when is None:
        cure = "write it as ISO 8601, with the offset"
        yield entry.error(
            f"{kind}-date", f"has the {fields.date} {quote_value(str(entry.get(fields.date)))}", cure
        )
    elif now is not None and when > now:
        cure = "publish it when its hour has come"
        yield entry.error(f"{kind}-future", f"has a {fields.date} that is to come", cure)
    if entry.get("streamUrl"):
        yield from _check_sound(entry, "streamUrl", kind)


def _check_sound(entry: JsonEntry, name: str, kind: str) -> Iterator[Finding]:
    """Check the address; without https Alexa plays nothing and others warn."""
    yield from entry.check_url(name, f"{kind}-url")
    url = entry.text(name)
    if url.startswith("http:") and not LOOPBACK.match(url):
        report = entry.error if kind == "alexa" else entry.warning
        yield report(f"{kind}-https", f"has its {name} at a http address", "serve it by https")


def _check_order(kind: str, fields: PlatformFields, listed: Sequence[JsonEntry]) -> Iterator[Finding]:
    guids: set[str] = set()
    for entry in listed:
        guid = entry.text(fields.guid)
        if guid and guid in guids:
            yield entry.error(f"{kind}-repeated", f"has the {fields.guid} of another", "give each its own")
        guids.add(guid)
    dated = [(entry, when) for entry in listed if (when := _parse_moment(entry.text(fields.date)))]
    for (_, earlier), (entry, later) in pairwise(dated):
        if later > earlier:
            yield entry.error(f"{kind}-order", "is newer than the one above it", "let the newest stand first")


def _parse_moment(text: str) -> datetime | None:
    """Parse ISO 8601 with an offset; None for any other text."""
    # Of one digit in the seconds' fraction, as Amazon writes it, Python 3.11 on can read any number.
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return None
    return when.astimezone(UTC) if when.tzinfo else None


def _line_error(rule: str, message: str, cure: str, line: int) -> Finding:
    return Finding(rule, "error", "the file", message, cure, M3U, line)

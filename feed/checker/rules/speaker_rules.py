"""What smart speakers ask of their feeds: Alexa, 腾讯叮当, iFlyOS, xiaomusic, and playlists.

Sources: Amazon's Flash Briefing feed reference; 叮当 简讯播报 (Tencent's public description); iFlyOS content format;
xiaomusic's custom playlists; the M3U of players.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from feed.checker.rules.finding import WEB, Finding, missing, shown
from feed.checker.rules.item_rules import LOOPBACK, MARKUP
from feed.checker.rules.json_entries import Entry, entries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feed.checker.rules.finding import Spot

ALEXA, DINGDANG, IFLYOS, XIAOMUSIC, M3U, LATEST = (
    "Alexa",
    "叮当",
    "iFlyOS",
    "xiaomusic",
    "M3U",
    "docs/publishing.md",
)
MOST = 5
"""Items that Alexa and 叮当 read."""

LONGEST_URL = 255
"""Characters; 小爱's speakers cut long addresses off, where exactly is not said."""

CATEGORIES = ("科技", "财经", "娱乐", "体育", "社会", "军事", "时事", "国际", "国内", "综合")
"""Of 叮当."""

UTC_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Fields:
    """How a platform calls what all of them have, and how long its texts may be in characters."""

    source: str
    guid: str
    date: str
    title: str
    text: str
    longest_title: int
    longest_text: int
    most: int | None = None


FIELDS = {
    "alexa": Fields(ALEXA, "uid", "updateDate", "titleText", "mainText", 255, 4500, MOST),
    "dingdang": Fields(DINGDANG, "guid", "pubDate", "title", "description", 100, 500, MOST),
    "iflyos": Fields(IFLYOS, "id", "pubDate", "title", "description", 30, 500),
}


def alexa(text: str, now: datetime | None) -> Iterator[Finding]:
    """Alexa's Flash Briefing as JSON."""
    whole, listed = entries(text, "", "item", ALEXA)
    yield from _common("alexa", whole, listed, now)
    for one in listed:
        if not isinstance(one.get("mainText"), str):
            yield one.error("alexa-text", "has no mainText", 'add it, "" for sound')
        said = one.text("updateDate")
        if said and not UTC_STAMP.fullmatch(said):
            cure = "write it in UTC, such as 2026-03-01T23:00:00Z"
            yield one.error("alexa-date", f"has the updateDate {shown(said)}", cure)
        yield from one.web("redirectionUrl", "alexa-link", needed=False)
        if not one.text("mainText").strip() and not one.text("streamUrl"):
            yield one.error("alexa-empty", "has neither text nor sound", "add streamUrl or mainText")
    if len({bool(one.text("streamUrl")) for one in listed}) > 1:
        yield whole.error("alexa-mixed", "mixes texts and sound", "make two feeds of it")


def dingdang(text: str, now: datetime | None) -> Iterator[Finding]:
    """叮当's news as JSON."""
    whole, listed = entries(text, "", "item", DINGDANG)
    yield from _common("dingdang", whole, listed, now)
    for one in listed:
        if one.text("category") not in CATEGORIES:
            cure = f"use one of {' '.join(CATEGORIES)}"
            yield one.error("dingdang-category", f"has the category {shown(one.text('category'))}", cure)
        if not any(one.text(name).strip() for name in ("description", "image", "streamUrl")):
            yield one.error("dingdang-empty", "has no text, picture or sound", "add streamUrl or description")


def iflyos(text: str, now: datetime | None) -> Iterator[Finding]:
    """The content of iFlyOS as JSON; the list may stand alone or under `data`."""
    key = "data" if text.lstrip().startswith("{") else ""
    whole, listed = entries(text, key, "item", IFLYOS)
    yield from _common("iflyos", whole, listed, now)
    for one in listed:
        if not one.text("description").strip() and not one.text("streamUrl"):
            yield one.error("iflyos-empty", "has neither text nor sound", "add streamUrl or description")
        ends = _moment(one.text("invalidDate"))
        if one.get("invalidDate") is not None and ends is None:
            cure = "write it as ISO 8601, with the offset"
            yield one.error(
                "iflyos-expiry", f"has the invalidDate {shown(str(one.get('invalidDate')))}", cure
            )
        elif ends is not None and (begins := _moment(one.text("pubDate"))) and ends <= begins:
            yield one.error("iflyos-expiry", "is over before it begins", "let invalidDate lie after pubDate")
        if one.get("language") not in {None, "ch", "en"}:
            yield one.error(
                "iflyos-language", f"has the language {shown(str(one.get('language')))}", "write ch"
            )


def xiaomusic(text: str, _now: datetime | None) -> Iterator[Finding]:
    """A playlist of xiaomusic, which plays on 小爱's speakers."""
    whole, listed = entries(text, "", "list", XIAOMUSIC)
    yield from whole.faults
    for one in listed:
        songs = one.get("musics")
        if not one.text("name").strip() or not isinstance(songs, list):
            yield one.error("xiaomusic-list", "has no name or no musics", "give both")
            continue
        for number, song in enumerate(songs, 1):
            made = Entry(
                song if isinstance(song, dict) else {}, f"{one.place}, sound {number}", XIAOMUSIC, one.line
            )
            if not made.text("name").strip():
                yield made.error("xiaomusic-name", "has no name", "add it")
            yield from made.web("url", "xiaomusic-url")
            if len(made.text("url")) > LONGEST_URL:
                cure = f"keep it within {LONGEST_URL} characters"
                yield made.warning("xiaomusic-long", "has an address that speakers cut off", cure)


def latest(text: str, _now: datetime | None) -> Iterator[Finding]:
    """What is on now, our own document for home automation."""
    whole, _ = entries(text, "", "document", LATEST)
    yield from whole.faults
    if whole.faults or whole.get("episode") is None:
        return
    about = whole.get("episode")
    audio = about.get("audio") if isinstance(about, dict) else None
    if not isinstance(audio, dict):
        yield whole.error("latest-audio", "has an episode without audio", "give its url, bytes and seconds")
        return
    one = Entry(audio, "the audio", LATEST)
    yield from one.web("url", "latest-url")
    for name in ("bytes", "seconds"):
        if (one.number(name) or 0) <= 0:
            yield one.error("latest-length", f"has no {name}", "write the file's")


def m3u(text: str, _now: datetime | None) -> Iterator[Finding]:
    """A playlist of players."""
    rows = text.removeprefix("\ufeff").splitlines()
    if not rows or rows[0].strip() != "#EXTM3U":
        yield _line("m3u-header", "does not begin with #EXTM3U", "write it as the first line", 1)
    places = [(number, row.strip()) for number, row in enumerate(rows, 1) if row.strip() and row[0] != "#"]
    for number, row in places:
        if not WEB.fullmatch(row):
            yield _line("m3u-url", f"has the address {shown(row)}", "give an ASCII http(s) URL", number)
    for number, row in enumerate(rows, 1):
        if row.startswith("#EXTINF") and not re.match(r"#EXTINF:-?\d+(?:\.\d+)?[^,]*,", row, re.ASCII):
            yield _line("m3u-info", f"has {shown(row)}", "write #EXTINF:SECONDS,TITLE", number)


def rss(show: Spot, kind: str) -> Iterator[Finding]:
    """The RSS that a speaker takes: Alexa's, 叮当's or iFlyOS's."""
    fields = FIELDS[kind]
    ttl = show.text("ttl")
    if kind == "dingdang" and not re.fullmatch(r"[1-9]\d*", (ttl or "").strip(), re.ASCII):
        yield show.error("dingdang-ttl", "has no ttl in seconds", "add <ttl>", fields.source, "ttl")
    items = show.every("item")
    if not items:
        yield show.warning(f"{kind}-items", "has no item", "publish one that is short enough", fields.source)
    elif fields.most and len(items) > fields.most:
        cure = f"keep the newest {fields.most}"
        yield show.warning(
            f"{kind}-items", f"has {len(items)} items, more than are read", cure, fields.source
        )
    for number, element in enumerate(items, 1):
        yield from _rss_item(type(show)(element, f"item {number}", show.known), kind, fields)


def _rss_item(at: Spot, kind: str, fields: Fields) -> Iterator[Finding]:
    for tag in ("title", "guid"):
        if missing(at.text(tag)):
            yield at.error(f"{kind}-{tag}", f"has no {tag}", f"add <{tag}>", fields.source)
    for tag, most in (("title", fields.longest_title), ("description", fields.longest_text)):
        said = at.text(tag) or ""
        if len(said) > most:
            message = f"has a {tag} of {len(said)} characters"
            yield at.error(f"{kind}-long", message, f"keep it within {most}", fields.source, tag)
        if MARKUP.search(said):
            yield at.error(
                f"{kind}-markup", f"has markup in its {tag}", "write plain text", fields.source, tag
            )
    enclosure = at.one("enclosure")
    url = "" if enclosure is None else enclosure.get("url") or ""
    if enclosure is not None:
        yield from _sound(
            Entry({"url": url}, at.place, fields.source, getattr(enclosure, "sourceline", 0)), "url", kind
        )
    elif missing(at.text("description")):
        yield at.error(f"{kind}-empty", "has neither text nor sound", "add an enclosure", fields.source)


def _common(kind: str, whole: Entry, listed: Sequence[Entry], now: datetime | None) -> Iterator[Finding]:
    """What every platform asks of its JSON."""
    fields = FIELDS[kind]
    yield from whole.faults
    if not listed and not whole.faults:
        yield whole.warning(f"{kind}-items", "has no item", "publish one that is short enough")
    if fields.most and len(listed) > fields.most:
        cure = f"keep the newest {fields.most}"
        yield whole.warning(f"{kind}-items", f"has {len(listed)} items, more than are read", cure)
    for one in listed:
        yield from _entry(kind, fields, one, now)
    yield from _among(kind, fields, listed)


def _entry(kind: str, fields: Fields, one: Entry, now: datetime | None) -> Iterator[Finding]:
    for name, rule in ((fields.guid, "guid"), (fields.title, "title")):
        if not one.text(name).strip():
            yield one.error(f"{kind}-{rule}", f"has no {name}", "add it")
    for name, most in ((fields.title, fields.longest_title), (fields.text, fields.longest_text)):
        said = one.text(name)
        if len(said) > most:
            yield one.error(
                f"{kind}-long", f"has a {name} of {len(said)} characters", f"keep it within {most}"
            )
        if MARKUP.search(said):
            yield one.error(f"{kind}-markup", f"has markup in its {name}", "write plain text")
    when = _moment(one.text(fields.date))
    if when is None:
        cure = "write it as ISO 8601, with the offset"
        yield one.error(f"{kind}-date", f"has the {fields.date} {shown(str(one.get(fields.date)))}", cure)
    elif now is not None and when > now:
        cure = "publish it when its hour has come"
        yield one.error(f"{kind}-future", f"has a {fields.date} that is to come", cure)
    if one.get("streamUrl"):
        yield from _sound(one, "streamUrl", kind)


def _sound(one: Entry, name: str, kind: str) -> Iterator[Finding]:
    """Alexa plays only what comes by https; the others advise it."""
    yield from one.web(name, f"{kind}-url")
    url = one.text(name)
    if url.startswith("http:") and not LOOPBACK.match(url):
        told = one.error if kind == "alexa" else one.warning
        yield told(f"{kind}-https", f"has its {name} at a http address", "serve it by https")


def _among(kind: str, fields: Fields, listed: Sequence[Entry]) -> Iterator[Finding]:
    seen: set[str] = set()
    for one in listed:
        guid = one.text(fields.guid)
        if guid and guid in seen:
            yield one.error(f"{kind}-repeated", f"has the {fields.guid} of another", "give each its own")
        seen.add(guid)
    dated = [(one, when) for one in listed if (when := _moment(one.text(fields.date)))]
    for (_, earlier), (one, later) in pairwise(dated):
        if later > earlier:
            yield one.error(f"{kind}-order", "is newer than the one above it", "let the newest stand first")


def _moment(said: str) -> datetime | None:
    """An aware moment of ISO 8601, None for any other text."""
    # Of one digit in the seconds' fraction, as Amazon writes it, Python 3.11 on can read any number.
    try:
        when = datetime.fromisoformat(said)
    except ValueError:
        return None
    return when.astimezone(UTC) if when.tzinfo else None


def _line(rule: str, message: str, cure: str, line: int) -> Finding:
    return Finding(rule, "error", "the file", message, cure, M3U, line)

"""The rules of the directories, as a checker: Apple Podcasts, PSP-1 and Podcasting 2.0.

Each rule is a small function that yields findings; each finding says what, where, by whose rule, and the cure.
Sources: Apple's requirements (article 823) and guide to RSS, the PSP-1 specification (2023-08), podcast-namespace
docs/tags, RFC 5322 dates, RSS 2.0.
"""

from __future__ import annotations

import re
import uuid
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from feed.errors import InvalidShow
from feed.rss import ITUNES, LONGEST_DESCRIPTION, LONGEST_TITLE, PODCAST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LARGEST = 50_000_000
"""Bytes; a feed of 10,000 episodes has 11 MB."""

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
APPLE, PSP, P20, RSS = "Apple 823", "PSP-1", "Podcasting 2.0", "RSS 2.0"
TYPES = {"audio/mpeg": ".mp3", "audio/x-m4a": ".m4a", "audio/mp4": ".m4a", "video/mp4": ".mp4"}
CATEGORIES = frozenset(
    {
        "Arts",
        "Business",
        "Comedy",
        "Education",
        "Fiction",
        "Government",
        "History",
        "Health & Fitness",
        "Kids & Family",
        "Leisure",
        "Music",
        "News",
        "Religion & Spirituality",
        "Science",
        "Society & Culture",
        "Sports",
        "Technology",
        "True Crime",
        "TV & Film",
    }
)  # fmt: skip - a list reads best in rows


class Finding(NamedTuple):
    """A breach of a rule: `severity` is "error" (a directory refuses it) or "warning" (an app shows less)."""

    rule: str
    severity: str
    place: str
    message: str
    cure: str
    source: str


def check(data: bytes) -> tuple[Finding, ...]:
    """Everything that is wrong with a feed, in the order of the document."""
    if len(data) > LARGEST:
        return (
            _error("size", "the file", f"has {len(data):,} bytes", f"page it: {LARGEST:,} are the most", RSS),
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return (
            _error(
                "xml",
                f"line {error.lineno}",
                f"is no well-formed XML: {error.msg}",
                "escape & and <, and close every tag",
                RSS,
            ),
        )
    if root.getroottree().docinfo.doctype:
        return (
            _error(
                "doctype",
                "the file",
                "declares a document type",
                "remove it: feeds need none, and it can attack readers",
                RSS,
            ),
        )
    channel = root.find("channel") if root.tag == "rss" else None
    if channel is None:
        return (_error("rss", "the root", "is no <rss> with a <channel>", "make it RSS 2.0", RSS),)
    found = [finding for rule in _CHANNEL for finding in rule(channel)]
    items = channel.findall("item")
    for number, item in enumerate(items, 1):
        name = item.findtext("guid") or f"number {number}"
        found += [finding for rule in _ITEM for finding in rule(item, f"item {name[:60]}")]
    return (*found, *_repeated(items))


def refuse(data: bytes) -> None:
    """Raise `InvalidShow` with the first error that a feed has."""
    for finding in check(data):
        if finding.severity == "error":
            raise InvalidShow(
                f"the feed is not published: {finding.place} {finding.message} ({finding.source}); {finding.cure}"
            )


def _error(rule: str, place: str, message: str, cure: str, source: str) -> Finding:
    return Finding(rule, "error", place, message, cure, source)


def _warning(rule: str, place: str, message: str, cure: str, source: str) -> Finding:
    return Finding(rule, "warning", place, message, cure, source)


def _q(space: str, name: str) -> str:
    return f"{{{space}}}{name}"


# The channel ----------------------------------------------------------------------------------------------


def _required(channel: Any) -> Iterator[Finding]:  # noqa: ANN401 - an lxml element, here and below
    for tag, name in (
        ("title", "title"),
        ("description", "description"),
        ("link", "link"),
        ("language", "language"),
        (_q(ITUNES, "explicit"), "itunes:explicit"),
    ):
        if not (channel.findtext(tag) or "").strip():
            yield _error(f"channel-{name}", "the channel", f"has no {name}", f"add <{name}>", PSP)


def _self_link(channel: Any) -> Iterator[Finding]:  # noqa: ANN401
    links = [link for link in channel.findall(_q(ATOM, "link")) if link.get("rel") == "self"]
    if not links or not (links[0].get("href") or "").startswith(("http://", "https://")):
        yield _error("self-link", "the channel", "has no atom:link rel=self with its address", "add one", PSP)


def _language(channel: Any) -> Iterator[Finding]:  # noqa: ANN401
    language = channel.findtext("language") or ""
    if language and not re.fullmatch(r"[a-z]{2}(?:-[A-Za-z]{2,4})?", language):
        yield _error(
            "language", "the channel", f"has the language {language!r}", "use ISO 639, such as zh-cn", APPLE
        )


def _explicit(element: Any, place: str = "the channel") -> Iterator[Finding]:  # noqa: ANN401
    said = element.findtext(_q(ITUNES, "explicit"))
    if said is not None and said not in {"true", "false"}:
        yield _error("explicit", place, f"has itunes:explicit {said!r}", "write true or false", APPLE)


def _category(channel: Any) -> Iterator[Finding]:  # noqa: ANN401
    names = [one.get("text") for one in channel.findall(_q(ITUNES, "category"))]
    if not names:
        yield _error("category", "the channel", "has no itunes:category", "add one, such as News", APPLE)
    for name in names:
        if name not in CATEGORIES:
            yield _error(
                "category",
                "the channel",
                f"has the unknown category {name!r}",
                "use one of Apple's, letter by letter",
                APPLE,
            )


def _cover(element: Any, place: str = "the channel") -> Iterator[Finding]:  # noqa: ANN401
    image = element.find(_q(ITUNES, "image"))
    if image is None:
        if place == "the channel":
            yield _error(
                "cover", place, "has no itunes:image", "add a square cover of 1400 to 3000 pixels", APPLE
            )
        return
    href = image.get("href") or ""
    if not re.fullmatch(r"https?://[!-~]+\.(?:jpg|png)", href):
        yield _error(
            "cover", place, f"has the cover {href!r}", "give an ASCII URL that ends in .jpg or .png", APPLE
        )


def _owner(channel: Any) -> Iterator[Finding]:  # noqa: ANN401
    email = channel.findtext(f"{_q(ITUNES, 'owner')}/{_q(ITUNES, 'email')}") or ""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        yield _warning(
            "owner",
            "the channel",
            "has no itunes:owner with an e-mail",
            "add a role address; YouTube refuses a feed without",
            "YouTube",
        )


def _podcast_guid(channel: Any) -> Iterator[Finding]:  # noqa: ANN401
    said = channel.findtext(_q(PODCAST, "guid"))
    if said is None:
        yield _warning("podcast-guid", "the channel", "has no podcast:guid", "add the show's UUID", P20)
        return
    try:
        uuid.UUID(said)
    except ValueError:
        yield _error("podcast-guid", "the channel", f"has the podcast:guid {said!r}", "write a UUID", P20)


def _locked(channel: Any) -> Iterator[Finding]:  # noqa: ANN401
    locked = channel.find(_q(PODCAST, "locked"))
    if locked is not None and locked.text not in {"yes", "no"}:
        yield _error("locked", "the channel", f"has podcast:locked {locked.text!r}", "write yes or no", P20)


def _disclosed(channel: Any) -> Iterator[Finding]:  # noqa: ANN401
    said = [one for one in channel.findall(_q(PODCAST, "txt")) if one.get("purpose") == "ai-content"]
    if not said:
        yield _warning(
            "ai-content",
            "the channel",
            "does not say whether a machine speaks",
            "add podcast:txt purpose=ai-content",
            P20,
        )


def _lengths(element: Any, place: str = "the channel") -> Iterator[Finding]:  # noqa: ANN401
    title, text = element.findtext("title") or "", element.findtext("description") or ""
    if len(title.encode()) > LONGEST_TITLE:
        yield _error(
            "title-length",
            place,
            f"has a title of {len(title.encode())} bytes",
            f"keep it within {LONGEST_TITLE}",
            PSP,
        )
    if "<" in title:
        yield _error("title-markup", place, "has markup in its title", "write plain text", APPLE)
    if len(text.encode()) > LONGEST_DESCRIPTION:
        yield _error(
            "description-length",
            place,
            f"has a description of {len(text.encode())} bytes",
            f"keep it within {LONGEST_DESCRIPTION}",
            APPLE,
        )


# The items ------------------------------------------------------------------------------------------------


def _item_required(item: Any, place: str) -> Iterator[Finding]:  # noqa: ANN401
    for tag in ("title", "guid"):
        if not (item.findtext(tag) or "").strip():
            yield _error(f"item-{tag}", place, f"has no {tag}", f"add <{tag}>", PSP)


def _enclosure(item: Any, place: str) -> Iterator[Finding]:  # noqa: ANN401
    enclosure = item.find("enclosure")
    if enclosure is None:
        yield _error("enclosure", place, "has no enclosure", "add one with url, length and type", PSP)
        return
    url, kind, length = (enclosure.get(name) or "" for name in ("url", "type", "length"))
    if not re.fullmatch(r"https?://[!-~]+", url):
        yield _error(
            "enclosure-url", place, f"has the enclosure URL {url[:80]!r}", "give an ASCII http(s) URL", APPLE
        )
    if kind not in TYPES:
        yield _error(
            "enclosure-type", place, f"has the enclosure type {kind!r}", "write audio/mpeg for MP3", APPLE
        )
    elif not url.split("?")[0].endswith(TYPES[kind]):
        yield _error(
            "enclosure-ending",
            place,
            f"has a URL that does not end in {TYPES[kind]}",
            "let ending and type agree",
            APPLE,
        )
    if not length.isdigit() or int(length) == 0:
        yield _error(
            "enclosure-length", place, f"has the enclosure length {length!r}", "write the file's bytes", RSS
        )


def _date(item: Any, place: str) -> Iterator[Finding]:  # noqa: ANN401
    said = item.findtext("pubDate")
    if said is None:
        yield _warning("date", place, "has no pubDate", "add one; Spotify needs it", "Spotify")
        return
    try:
        when = parsedate_to_datetime(said)
    except ValueError:
        yield _error("date", place, f"has the date {said!r}", "write it as in RFC 2822", APPLE)
        return
    if when.tzinfo is None:
        yield _error("date-zone", place, f"has the date {said!r} without a zone", "add the offset", APPLE)
    elif said[:3].isalpha() and said[:3] != when.strftime("%a"):
        yield _error("weekday", place, f"has a wrong weekday in {said!r}", f"write {when:%a}", "RFC 2822")


def _duration(item: Any, place: str) -> Iterator[Finding]:  # noqa: ANN401
    said = item.findtext(_q(ITUNES, "duration"))
    if said is not None and not re.fullmatch(r"\d+|\d{1,2}(?::[0-5]\d){1,2}", said):
        yield _error("duration", place, f"has itunes:duration {said!r}", "write whole seconds", APPLE)


def _numbers(item: Any, place: str) -> Iterator[Finding]:  # noqa: ANN401
    for name in ("episode", "season"):
        said = item.findtext(_q(ITUNES, name))
        if said is not None and not (said.isdigit() and int(said)):
            yield _error(name, place, f"has itunes:{name} {said!r}", "write a whole number from 1", APPLE)
    kind = item.findtext(_q(ITUNES, "episodeType"))
    if kind not in {None, "full", "trailer", "bonus"}:
        yield _error(
            "episode-type", place, f"has itunes:episodeType {kind!r}", "write full, trailer or bonus", APPLE
        )


def _transcripts(item: Any, place: str) -> Iterator[Finding]:  # noqa: ANN401
    for one in item.findall(_q(PODCAST, "transcript")):
        if not one.get("url") or not one.get("type"):
            yield _error(
                "transcript", place, "has a podcast:transcript without url or type", "give both", P20
            )
    for one in item.findall(_q(PODCAST, "chapters")):
        if not one.get("url") or one.get("type") != "application/json+chapters":
            yield _error(
                "chapters",
                place,
                "has podcast:chapters without url or the type application/json+chapters",
                "give both",
                P20,
            )


def _content(item: Any, place: str) -> Iterator[Finding]:  # noqa: ANN401
    text = item.findtext(_q(CONTENT, "encoded")) or ""
    if re.search(r"<\s*(?:script|iframe|object|embed|style)|\son\w+\s*=|javascript:", text, re.IGNORECASE):
        yield _error(
            "content-script", place, "has active content in its notes", "leave text, lists and links", APPLE
        )
    if re.search(r"""(?:href|src)\s*=\s*["'](?!https?://|mailto:)""", text):
        yield _warning("content-relative", place, "has a relative link in its notes", "make it absolute", RSS)


def _repeated(items: list[Any]) -> Iterator[Finding]:
    for name, values in (
        ("guid", [item.findtext("guid") for item in items]),
        ("enclosure", [enclosure.get("url") for item in items for enclosure in item.findall("enclosure")]),
    ):
        seen: set[str] = set()
        for value in filter(None, values):
            if value in seen:
                yield _error(
                    f"{name}-repeated",
                    f"item {value[:60]}",
                    f"has the same {name} as another",
                    "give each its own; apps ignore the second",
                    APPLE,
                )
            seen.add(value)


_CHANNEL: tuple[Callable[[Any], Iterator[Finding]], ...] = (
    _required,
    _self_link,
    _language,
    _explicit,
    _category,
    _cover,
    _owner,
    _podcast_guid,
    _locked,
    _disclosed,
    _lengths,
)  # fmt: skip - a list reads best in rows
_ITEM: tuple[Callable[[Any, str], Iterator[Finding]], ...] = (
    _item_required,
    _lengths,
    _enclosure,
    _date,
    _duration,
    _numbers,
    _explicit,
    _cover,
    _transcripts,
    _content,
)  # fmt: skip - a list reads best in rows

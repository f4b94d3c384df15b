"""The rules of the directories and speakers, as a checker: Apple Podcasts, PSP-1, Podcasting 2.0, what apps drop.

Any bytes may come in: a document type is refused, no entity is resolved, nothing is fetched. Each finding says
what, where, by whose rule, and the cure; `feed.checker.rules` holds the rules.
`feed.checker.link_checks` asks the servers that a feed names.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lxml import etree

from feed.checker import detect
from feed.checker.rules import (
    channel_rules,
    chapter_rules,
    item_rules,
    podcasting20,
    speaker_rules,
    transcript_rules,
)
from feed.checker.rules.finding import APPLE, PSP, RSS, SPACES, Finding, Known, Spot
from feed.errors import InvalidShow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime
    from xml.etree.ElementTree import Element

__all__ = ["Finding", "check", "check_file", "refuse", "refuse_files"]

LARGEST = 50_000_000
"""Bytes; a feed of 10,000 episodes has about 20 MB."""

_CHANNEL = (*channel_rules.RULES, item_rules.texts, item_rules.content, *podcasting20.CHANNEL)
_ITEM = (*item_rules.RULES, *podcasting20.ITEM)


_TEXTS: dict[str, Callable[[str], Iterable[Finding]]] = {
    "vtt": transcript_rules.vtt,
    "srt": transcript_rules.srt,
    "transcript": transcript_rules.as_json,
    "chapters": chapter_rules.check,
}
_SPEAKERS: dict[str, Callable[[str, datetime | None], Iterable[Finding]]] = {
    "alexa": speaker_rules.alexa,
    "dingdang": speaker_rules.dingdang,
    "iflyos": speaker_rules.iflyos,
    "xiaomusic": speaker_rules.xiaomusic,
    "latest": speaker_rules.latest,
    "m3u": speaker_rules.m3u,
}
_NAMESPACES = ("itunes", "podcast", "atom")
"""Those that PSP-1 wants to be declared."""


def check_file(
    data: bytes, kind: str, *, now: datetime | None = None, address: str = ""
) -> tuple[Finding, ...]:
    """Everything that is wrong with a file of a kind (`kinds.recognised`), whatever it is."""
    if len(data) > LARGEST:
        return (_whole("size", f"has {len(data):,} bytes", f"page it: {LARGEST:,} are the most"),)
    if kind == "podcast":
        return check(data, now=now, address=address)
    found: Iterable[Finding]
    if kind in speaker_rules.FIELDS and data.lstrip().startswith(b"<"):
        root = _root(data)
        found = (
            [root]
            if isinstance(root, Finding)
            else speaker_rules.rss(Spot(root, "the channel", Known(now)), kind)
        )
    else:
        found = _text(data, kind, now)
    return tuple(found)


def _text(data: bytes, kind: str, now: datetime | None) -> Iterable[Finding]:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return [_whole("encoding", f"is no UTF-8 from byte {error.start} on", "write it in UTF-8")]
    if kind in _TEXTS:
        return _TEXTS[kind](text)
    if kind in _SPEAKERS:
        return _SPEAKERS[kind](text, now)
    return [_whole("kind", "is no feed, transcript, chapters or playlist", "name its kind with --kind")]


def check(data: bytes, *, now: datetime | None = None, address: str = "") -> tuple[Finding, ...]:
    """Everything that is wrong with a podcast's feed.

    `now` (aware) finds dates that are to come, `address` a feed that calls itself otherwise; without them
    these two rules are silent.
    """
    found = _root(data)
    if isinstance(found, Finding):
        return (found,)
    root = found.getparent()
    known = Known(now, address, (found.findtext("title") or "").strip())
    return (*_document(root), *_rules(Spot(found, "the channel", known)))


def channel_of(data: bytes) -> Spot | Finding:
    """The channel of a feed, or why it has none."""
    found = _root(data)
    return found if isinstance(found, Finding) else Spot(found, "the channel")


def refuse(data: bytes) -> None:
    """Raise `InvalidShow` with the first error that a feed has."""
    _refuse("the feed", check(data))


def refuse_files(files: Iterable[tuple[str, bytes]]) -> None:
    """Raise `InvalidShow` with the first error in files by name: transcripts, chapters, what speakers fetch.

    What is no file of a kind that has rules, such as a page or a picture, passes. So does an address without https,
    which only some speakers refuse: the show is still heard everywhere else.
    """
    for name, data in files:
        kind = detect.recognised(data, name)
        if kind not in {"", "podcast"}:
            found = check_file(data, kind)
            _refuse(name, [one for one in found if not one.rule.endswith("-https")])


def _refuse(name: str, findings: Sequence[Finding]) -> None:
    for found in findings:
        if found.severity == "error":
            raise InvalidShow(
                f"{name} is not published: {found.place} {found.message} ({found.source}); {found.cure}"
            )


def _root(data: bytes) -> Any:  # noqa: ANN401 - the channel, an lxml element, or the finding that there is none
    """The channel of a feed, or why it has none."""
    if len(data) > LARGEST:
        return _whole("size", f"has {len(data):,} bytes", f"page it: {LARGEST:,} are the most")
    try:
        root = _parsed(data)
    except etree.XMLSyntaxError as error:
        cure = "escape & and <, close every tag, leave control characters out"
        return _whole("xml", f"is no well-formed XML: {error.msg}", cure, error.lineno or 0)
    if root.getroottree().docinfo.doctype:
        cure = "remove it: feeds need none, and it can attack readers"
        return _whole("doctype", "declares a document type", cure)
    found = root.find("channel") if root.tag == "rss" else None
    return _whole("rss", "is no <rss> with a <channel>", "make it RSS 2.0") if found is None else found


def _parsed(data: bytes) -> Any:  # noqa: ANN401 - an lxml element
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def _whole(rule: str, message: str, cure: str, line: int = 0) -> Finding:
    return Finding(rule, "error", "the file", message, cure, RSS, line)


def _document(root: Any) -> Iterator[Finding]:  # noqa: ANN401 - an lxml element
    """The version, the encoding and the names of the namespaces."""
    if root.get("version") != "2.0":
        yield _whole("version", f"is RSS {root.get('version')!r}", 'write <rss version="2.0">')
    if root.getroottree().docinfo.encoding.upper() != "UTF-8":
        yield _whole("encoding", f"is in {root.getroottree().docinfo.encoding}", "write it in UTF-8")
    for prefix in _NAMESPACES:
        if not any(_gist(uri) == _gist(SPACES[prefix]) for uri in root.nsmap.values()):
            cure = f'add xmlns:{prefix}="{SPACES[prefix]}"'
            message = f"does not declare the namespace of {prefix}"
            yield Finding("namespace-missing", "warning", "the file", message, cure, PSP)
    tags = (element.tag for element in root.iter(etree.Element))
    used = {tag[1:].partition("}")[0] for tag in tags if tag.startswith("{")} | set(root.nsmap.values())
    meant = {_gist(uri): uri for uri in SPACES.values()}
    for uri in sorted(used - set(SPACES.values())):
        if right := meant.get(_gist(uri)):
            message = f"spells a namespace {uri}, which apps do not know"
            yield Finding(
                "namespace", "error", "the file", message, f"write {right}, letter by letter", APPLE
            )


def _gist(uri: str) -> str:
    """What is left of a namespace when scheme, www, letter case and slashes do not count."""
    return re.sub(r"^https?://(?:www\.)?|/+$", "", uri.lower())


def _rules(show: Spot) -> Iterator[Finding]:
    for rule in _CHANNEL:
        yield from rule(show)
    spots = [
        replace(show, element=found, place=item_name(found, number))
        for number, found in enumerate(show.every("item"), 1)
    ]
    for spot in spots:
        for rule in _ITEM:
            yield from rule(spot)
    yield from _repeated(spots)


def item_name(found: Element, number: int) -> str:
    """What findings call an item: its guid, or its number."""
    return f"item {(found.findtext('guid') or f'number {number}')[:60]}"


def _repeated(spots: Sequence[Spot]) -> Iterator[Finding]:
    """Apps ignore the second of two items with one guid or one enclosure."""
    seen: set[tuple[str, str]] = set()
    for spot in spots:
        urls = [("enclosure", one.get("url") or "") for one in spot.every("enclosure")]
        for name, value in [("guid", (spot.text("guid") or "").strip()), *urls]:
            if value and (name, value) in seen:
                cure = "give each its own; apps ignore the second"
                yield spot.error(f"{name}-repeated", f"has the same {name} as another", cure, APPLE, name)
            seen.add((name, value))

"""The rules of the directories, as a checker: Apple Podcasts, PSP-1, Podcasting 2.0 and what apps drop.

Any bytes may come in: a document type is refused, no entity is resolved, nothing is fetched. Each finding says
what, where, by whose rule, and the cure; `feed.rules` holds the rules.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from feed.errors import InvalidShow
from feed.rules import channel, item, podcasting
from feed.rules.base import APPLE, RSS, SPACES, Finding, Known, Spot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

__all__ = ["Finding", "check", "refuse"]

LARGEST = 50_000_000
"""Bytes; a feed of 10,000 episodes has about 20 MB."""

_CHANNEL = (*channel.RULES, item.texts, item.content, *podcasting.CHANNEL)
_ITEM = (*item.RULES, *podcasting.ITEM)


def check(data: bytes, *, now: datetime | None = None, address: str = "") -> tuple[Finding, ...]:
    """Everything that is wrong with a feed.

    `now` (aware) finds dates that are to come, `address` a feed that calls itself otherwise; without them
    these two rules are silent.
    """
    if len(data) > LARGEST:
        return (_whole("size", f"has {len(data):,} bytes", f"page it: {LARGEST:,} are the most"),)
    try:
        root = _parsed(data)
    except etree.XMLSyntaxError as error:
        return (_whole("xml", f"is no well-formed XML: {error.msg}", "escape & and <, close every tag"),)
    if root.getroottree().docinfo.doctype:
        cure = "remove it: feeds need none, and it can attack readers"
        return (_whole("doctype", "declares a document type", cure),)
    found = root.find("channel") if root.tag == "rss" else None
    if found is None:
        return (_whole("rss", "is no <rss> with a <channel>", "make it RSS 2.0"),)
    return (*_document(root), *_rules(Spot(found, "the channel", Known(now, address))))


def refuse(data: bytes) -> None:
    """Raise `InvalidShow` with the first error that a feed has."""
    for found in check(data):
        if found.severity == "error":
            raise InvalidShow(
                f"the feed is not published: {found.place} {found.message} ({found.source}); {found.cure}"
            )


def _parsed(data: bytes) -> Any:  # noqa: ANN401 - an lxml element
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def _whole(rule: str, message: str, cure: str) -> Finding:
    return Finding(rule, "error", "the file", message, cure, RSS)


def _document(root: Any) -> Iterator[Finding]:  # noqa: ANN401 - an lxml element
    """The version, the encoding and the names of the namespaces."""
    if root.get("version") != "2.0":
        yield _whole("version", f"is RSS {root.get('version')!r}", 'write <rss version="2.0">')
    if root.getroottree().docinfo.encoding.upper() != "UTF-8":
        yield _whole("encoding", f"is in {root.getroottree().docinfo.encoding}", "write it in UTF-8")
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
        Spot(found, _name(found, number), show.known) for number, found in enumerate(show.every("item"), 1)
    ]
    for spot in spots:
        for rule in _ITEM:
            yield from rule(spot)
    yield from _repeated(spots)


def _name(found: Any, number: int) -> str:  # noqa: ANN401 - an lxml element
    return f"item {(found.findtext('guid') or f'number {number}')[:60]}"


def _repeated(spots: Sequence[Spot]) -> Iterator[Finding]:
    """Apps ignore the second of two items with one guid or one enclosure."""
    seen: set[tuple[str, str]] = set()
    for spot in spots:
        urls = [("enclosure", one.get("url") or "") for one in spot.every("enclosure")]
        for name, value in [("guid", (spot.text("guid") or "").strip()), *urls]:
            if value and (name, value) in seen:
                cure = "give each its own; apps ignore the second"
                yield spot.error(f"{name}-repeated", f"has the same {name} as another", cure, APPLE)
            seen.add((name, value))

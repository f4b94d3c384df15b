"""Checker of feeds by the rules of directories, apps and speakers.

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
from feed.checker.channel_parser import MAX_FEED_BYTES, file_error, parse_channel
from feed.checker.rules import (
    channel_rules,
    chapter_rules,
    feed_dates,
    item_rules,
    podcasting20,
    speaker_rules,
    transcript_rules,
)
from feed.checker.rules.finding import APPLE, PSP, SPACES, FeedNode, Finding, KnownFacts
from feed.errors import InvalidFeed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date, datetime
    from xml.etree.ElementTree import Element

__all__ = ["Finding", "check_file", "check_podcast", "refuse_feed", "refuse_files"]

TITLE_REPEATED = "title-repeated"

_CHANNEL = (
    *channel_rules.RULES,
    item_rules.title_and_description,
    item_rules.safe_content,
    *podcasting20.CHANNEL,
)
_ITEM = (*item_rules.RULES, *podcasting20.ITEM)


_TEXTS: dict[str, Callable[[str], Iterable[Finding]]] = {
    "vtt": transcript_rules.check_vtt,
    "srt": transcript_rules.check_srt,
    "transcript": transcript_rules.check_json,
    "chapters": chapter_rules.check_json,
}
_SPEAKERS: dict[str, Callable[[str, datetime | None], Iterable[Finding]]] = {
    "alexa": speaker_rules.check_alexa,
    "dingdang": speaker_rules.check_dingdang,
    "iflyos": speaker_rules.check_iflyos,
    "xiaomusic": speaker_rules.check_xiaomusic,
    "latest": speaker_rules.check_latest,
    "m3u": speaker_rules.check_m3u,
}
_NAMESPACES = ("itunes", "podcast", "atom")
"""Those that PSP-1 wants to be declared."""


def check_file(
    data: bytes, kind: str, *, now: datetime | None = None, address: str = ""
) -> tuple[Finding, ...]:
    """Return all findings on a file of a kind (`detect.detect_kind`)."""
    if len(data) > MAX_FEED_BYTES:
        return (file_error("size", f"has {len(data):,} bytes", f"page it: {MAX_FEED_BYTES:,} are the most"),)
    if kind == "podcast":
        return check_podcast(data, now=now, address=address)
    findings: Iterable[Finding]
    if kind in speaker_rules.FIELDS and data.lstrip().startswith(b"<"):
        root = parse_channel(data)
        findings = (
            [root]
            if isinstance(root, Finding)
            else speaker_rules.check_rss(FeedNode(root, "the channel", KnownFacts(now)), kind)
        )
    else:
        findings = _check_text(data, kind, now)
    return tuple(findings)


def _check_text(data: bytes, kind: str, now: datetime | None) -> Iterable[Finding]:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return [file_error("encoding", f"is no UTF-8 from byte {error.start} on", "write it in UTF-8")]
    if kind in _TEXTS:
        return _TEXTS[kind](text)
    if kind in _SPEAKERS:
        return _SPEAKERS[kind](text, now)
    return [file_error("kind", "is no feed, transcript, chapters or playlist", "name its kind with --kind")]


def check_podcast(data: bytes, *, now: datetime | None = None, address: str = "") -> tuple[Finding, ...]:
    """Return all findings on a podcast's feed.

    `now` (aware) finds dates that are to come, `address` a feed that calls itself otherwise; without them
    these two rules are silent.
    """
    channel = parse_channel(data)
    if isinstance(channel, Finding):
        return (channel,)
    root = channel.getparent()
    facts = KnownFacts(now, address, (channel.findtext("title") or "").strip())
    return (*_document_rules(root), *_feed_rules(FeedNode(channel, "the channel", facts)))


def refuse_feed(data: bytes) -> None:
    """Raise `InvalidFeed` with the first error that a feed has.

    Equal titles of one day pass: new ones are unique, and episodes that are on the air keep theirs.
    """
    _raise_first("the feed", [finding for finding in check_podcast(data) if finding.rule != TITLE_REPEATED])


def refuse_files(files: Iterable[tuple[str, bytes]]) -> None:
    """Raise `InvalidFeed` with the first error in files by name: transcripts, chapters, what speakers fetch.

    What is no file of a kind that has rules, such as a page or a picture, passes. So does an address without https,
    which only some speakers refuse: the show is still heard everywhere else.
    """
    for name, data in files:
        kind = detect.detect_kind(data, name)
        if kind not in {"", "podcast"}:
            findings = check_file(data, kind)
            _raise_first(name, [finding for finding in findings if not finding.rule.endswith("-https")])


def _raise_first(name: str, findings: Sequence[Finding]) -> None:
    for finding in findings:
        if finding.severity == "error":
            raise InvalidFeed(
                f"{name} is not published: {finding.place} {finding.message} ({finding.source}); {finding.cure}"
            )


def _document_rules(root: Any) -> Iterator[Finding]:  # noqa: ANN401 - an lxml element
    """Check the version, the encoding and the spelling of namespaces."""
    if root.get("version") != "2.0":
        yield file_error("version", f"is RSS {root.get('version')!r}", 'write <rss version="2.0">')
    if root.getroottree().docinfo.encoding.upper() != "UTF-8":
        yield file_error("encoding", f"is in {root.getroottree().docinfo.encoding}", "write it in UTF-8")
    for prefix in _NAMESPACES:
        if not any(_namespace_gist(uri) == _namespace_gist(SPACES[prefix]) for uri in root.nsmap.values()):
            cure = f'add xmlns:{prefix}="{SPACES[prefix]}"'
            message = f"does not declare the namespace of {prefix}"
            yield Finding("namespace-missing", "warning", "the file", message, cure, PSP)
    tags = (element.tag for element in root.iter(etree.Element))
    used = {tag[1:].partition("}")[0] for tag in tags if tag.startswith("{")} | set(root.nsmap.values())
    meant = {_namespace_gist(uri): uri for uri in SPACES.values()}
    for uri in sorted(used - set(SPACES.values())):
        if right := meant.get(_namespace_gist(uri)):
            message = f"spells a namespace {uri}, which apps do not know"
            yield Finding(
                "namespace", "error", "the file", message, f"write {right}, letter by letter", APPLE
            )


def _namespace_gist(uri: str) -> str:
    """Return a namespace without scheme, www, letter case and final slashes."""
    return re.sub(r"^https?://(?:www\.)?|/+$", "", uri.lower())


def _feed_rules(show: FeedNode) -> Iterator[Finding]:
    for rule in _CHANNEL:
        yield from rule(show)
    nodes = [
        replace(show, element=element, place=item_name(element, number))
        for number, element in enumerate(show.all_children("item"), 1)
    ]
    for node in nodes:
        for rule in _ITEM:
            yield from rule(node)
    yield from _repeated_values(nodes)
    yield from _repeated_titles(nodes)


def item_name(element: Element, number: int) -> str:
    """Return the name of an item in findings: its guid, or its number."""
    return f"item {(element.findtext('guid') or f'number {number}')[:60]}"


def _repeated_values(nodes: Sequence[FeedNode]) -> Iterator[Finding]:
    """Report guids and enclosures that occur twice; apps ignore the second."""
    values_before: set[tuple[str, str]] = set()
    for node in nodes:
        urls = [("enclosure", enclosure.get("url") or "") for enclosure in node.all_children("enclosure")]
        for name, value in [("guid", (node.text("guid") or "").strip()), *urls]:
            if value and (name, value) in values_before:
                cure = "give each its own; apps ignore the second"
                yield node.error(f"{name}-repeated", f"has the same {name} as another", cure, APPLE, name)
            values_before.add((name, value))


def _repeated_titles(nodes: Sequence[FeedNode]) -> Iterator[Finding]:
    """Report equal titles of one day: programs sew the two files together, or skip the second."""
    titles_before: set[tuple[str, date | None]] = set()
    for node in nodes:
        published = feed_dates.parse_date(node.text("pubDate") or "")
        title = (node.text("title") or "").strip(), published.date() if published else None
        if title[0] and title in titles_before:
            cure = "name the edition or the lead in it"
            yield node.error(
                TITLE_REPEATED, "has the title of another of its day", cure, "AntennaPod", "title"
            )
        titles_before.add(title)

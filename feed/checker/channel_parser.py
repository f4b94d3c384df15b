"""Channel of a feed, parsed so that no document type, entity or address of it is followed."""

from __future__ import annotations

from typing import Any

from lxml import etree

from feed.checker.rules.finding import RSS, FeedNode, Finding

MAX_FEED_BYTES = 50_000_000
"""Bytes; a feed of 10,000 episodes has about 20 MB."""


def find_channel(data: bytes) -> FeedNode | Finding:
    """Return the channel of a feed, or the finding that it has none."""
    channel = parse_channel(data)
    return channel if isinstance(channel, Finding) else FeedNode(channel, "the channel")


def parse_channel(data: bytes) -> Any:  # noqa: ANN401 - the channel, an lxml element, or the finding that there is none
    """Return the channel element of a feed, or the finding that it has none."""
    if len(data) > MAX_FEED_BYTES:
        return file_error("size", f"has {len(data):,} bytes", f"page it: {MAX_FEED_BYTES:,} are the most")
    try:
        root = _parse_xml(data)
    except etree.XMLSyntaxError as error:
        cure = "escape & and <, close every tag, leave control characters out"
        return file_error("xml", f"is no well-formed XML: {error.msg}", cure, error.lineno or 0)
    if root.getroottree().docinfo.doctype:
        cure = "remove it: feeds need none, and it can attack readers"
        return file_error("doctype", "declares a document type", cure)
    channel_element = root.find("channel") if root.tag == "rss" else None
    return (
        file_error("rss", "is no <rss> with a <channel>", "make it RSS 2.0")
        if channel_element is None
        else channel_element
    )


def _parse_xml(data: bytes) -> Any:  # noqa: ANN401 - an lxml element
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def file_error(rule: str, message: str, cure: str, line: int = 0) -> Finding:
    """Return an error of the file as a whole."""
    return Finding(rule, "error", "the file", message, cure, RSS, line)

"""Parts of rules: findings, the nodes that are checked, namespaces and sources."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    # lxml ships no types; of the standard library's elements it has every method that rules use.
    from xml.etree.ElementTree import Element

SPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
}
"""Namespaces by the prefix that rules and findings call them by; the spelling is the name, letter by letter."""

APPLE, PSP, P20, RSS = "Apple 823", "PSP-1", "Podcasting 2.0", "RSS 2.0"
MAX_QUOTED_CHARS = 60
"""Characters of a value quoted in a message, so that it fits on a line."""

WEB = re.compile(r"https?://[!-~]+")


class Finding(NamedTuple):
    """A breach of a rule: `severity` is "error" (a directory refuses it) or "warning" (an app shows less).

    `line` counts from 1; it is 0 where the fault stands on no line: what is missing, what a server answered.
    """

    rule: str
    severity: str
    place: str
    message: str
    cure: str
    source: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class KnownFacts:
    """Facts that a node itself lacks; None and "" if unknown.

    The clock, the address that the feed is published at, and the show's title.
    """

    now: datetime | None = None
    address: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class FeedNode:
    """Channel or item, with its name in findings."""

    element: Element
    place: str
    known: KnownFacts = KnownFacts()

    def text(self, tag: str) -> str | None:
        """Return the text of a child, "" for an empty one, None without one."""
        return self.element.findtext(tag, namespaces=SPACES)

    def first_child(self, tag: str) -> Element | None:
        """Return the first child of that name, or None."""
        return self.element.find(tag, SPACES)

    def all_children(self, tag: str) -> list[Element]:
        """Return all children of that name."""
        return self.element.findall(tag, SPACES)

    def error(
        self, rule: str, message: str, cure: str, source: str, about: Element | str | None = None
    ) -> Finding:
        """Return an error: a directory refuses this; `about` is the wrong child."""
        return Finding(rule, "error", self.place, message, cure, source, self._line(about))

    def warning(
        self, rule: str, message: str, cure: str, source: str, about: Element | str | None = None
    ) -> Finding:
        """Return a warning: an app shows or does less; `about` is the wrong child."""
        return Finding(rule, "warning", self.place, message, cure, source, self._line(about))

    def _line(self, about: Element | str | None) -> int:
        """Return the line of the child, or of the node if there is no such child."""
        child = self.first_child(about) if isinstance(about, str) else about
        return getattr(self.element if child is None else child, "sourceline", None) or 0


if TYPE_CHECKING:
    Rule = Callable[[FeedNode], Iterator[Finding]]


def is_blank(text: str | None) -> bool:
    """Return True for no element or only blanks."""
    return not (text or "").strip()


def quote_value(text: str) -> str:
    """Return a value as a short quotation on one line."""
    return repr(text if len(text) <= MAX_QUOTED_CHARS else f"{text[:MAX_QUOTED_CHARS]}…")

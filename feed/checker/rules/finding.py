"""What rules are made of: a finding, the spot that is looked at, and the names that all of them use."""

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
"""Characters of a value that a message quotes: what fits on a line."""

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
    """What the spot itself cannot tell; None and "" where unknown.

    The clock, the address that the feed is published at, and the show's title.
    """

    now: datetime | None = None
    address: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class FeedNode:
    """A channel or an item, with the name that a finding calls it by."""

    element: Element
    place: str
    known: KnownFacts = KnownFacts()

    def text(self, tag: str) -> str | None:
        """The text of a child, "" for an empty one, None where there is none."""
        return self.element.findtext(tag, namespaces=SPACES)

    def first_child(self, tag: str) -> Element | None:
        """The first child of that name."""
        return self.element.find(tag, SPACES)

    def all_children(self, tag: str) -> list[Element]:
        """All children of that name."""
        return self.element.findall(tag, SPACES)

    def error(
        self, rule: str, message: str, cure: str, source: str, about: Element | str | None = None
    ) -> Finding:
        """A breach for which a directory refuses the feed or the item; `about` is the child that is wrong."""
        return Finding(rule, "error", self.place, message, cure, source, self._line(about))

    def warning(
        self, rule: str, message: str, cure: str, source: str, about: Element | str | None = None
    ) -> Finding:
        """A breach for which an app shows or does less; `about` is the child that is wrong."""
        return Finding(rule, "warning", self.place, message, cure, source, self._line(about))

    def _line(self, about: Element | str | None) -> int:
        """The line of the child, or of the spot itself where there is no such child."""
        child = self.first_child(about) if isinstance(about, str) else about
        return getattr(self.element if child is None else child, "sourceline", None) or 0


if TYPE_CHECKING:
    Rule = Callable[[FeedNode], Iterator[Finding]]


def is_blank(text: str | None) -> bool:
    """Whether nothing is said: no element, or only blanks."""
    return not (text or "").strip()


def quote_value(text: str) -> str:
    """A value as a message quotes it: short, and on one line."""
    return repr(text if len(text) <= MAX_QUOTED_CHARS else f"{text[:MAX_QUOTED_CHARS]}…")

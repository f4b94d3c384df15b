"""Lines of a newspaper page: what was printed, and what it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from briefing.sources.newspaper.lines import cleaning


class Kind(Enum):
    """Kind of a line."""

    TITLE = auto()
    """A short line that may be a title, a kicker, a sub-heading or a slogan; its block decides."""
    PROSE = auto()
    BYLINE = auto()
    FURNITURE = auto()
    """Masthead, credits, footer, page number, weather."""
    PROMPT = auto()
    CAPTION = auto()
    PHOTO = auto()
    """The credit of a picture, without its caption."""
    INDEX_LABEL = auto()
    INDEX = auto()
    BOX = auto()
    COLUMN = auto()
    NOTICE = auto()
    RULE = auto()
    JUNK = auto()


PLAIN = 8
"""The level of a line without any mark."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what was printed, the same folded, its heading level (1 highest, `PLAIN` none), its kind.

    `led` is whether it begins as articles do: a dateline, a reporter, or the rest of an article from another
    page.
    """

    text: str
    folded: str
    level: int
    kind: Kind
    led: bool
    gap: int = 0
    """Blank lines above it."""
    displaced: bool = False
    """Whether it stood between the halves of another article's sentence."""
    broken: bool = False
    """Whether what followed it stood in an order that nobody can restore, and was left out."""

    @property
    def marked(self) -> bool:
        """Return whether the extraction marked it as a heading or as bold."""
        return self.level < PLAIN

    @property
    def has_lead(self) -> bool:
        """Return whether it is running text that begins as articles do."""
        return self.kind is Kind.PROSE and self.led


_LEFT_OPEN_KINDS: Final = frozenset({Kind.PROSE, Kind.TITLE, Kind.NOTICE, Kind.CAPTION})
SHORTEST_OPEN = 8
"""Han characters of a paragraph that can be taken for cut."""


def breaks_off(line: Line) -> bool:
    """Return whether a line of text breaks off in its sentence."""
    if line.marked or line.kind not in _LEFT_OPEN_KINDS or cleaning.ends_sentence(line.text):
        return False
    if line.kind is Kind.PROSE:
        return cleaning.han_count(line.folded) >= SHORTEST_OPEN
    # A long line that has commas is none of those that stand alone.
    return cleaning.han_count(line.folded) >= SHORTEST_OPEN and "," in line.folded.replace("，", ",")


def append(line: Line, text: str) -> Line:
    """Return a line of running text with the piece that was cut from it."""
    whole = cleaning.glue(line.text, text)
    return replace(line, text=whole, folded=cleaning.fold(whole), kind=Kind.PROSE)

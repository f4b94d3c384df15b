"""An article as a page, a feed or a file gives it, before it becomes an `Article` of a source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


LONGEST_TITLE = 200
"""Characters that are kept of a title: three times what any newspaper prints; what is longer is an attack, or no title."""


@dataclass(frozen=True, slots=True)
class ExtractedArticle:
    """An article as its page gives it; what the page does not say is '' or None."""

    title: str
    paragraphs: tuple[str, ...]
    published: dt.datetime | None
    byline: str = ""
    origin: str = ""
    """Who the page credits (来源)."""
    kicker: str = ""
    page: str = ""
    url: str = ""
    sections: tuple[str, ...] = ()
    """Its sub-headings, which stand among the paragraphs too."""
    next_page: str = ""
    """Address of the next part."""
    complete: bool = True
    """False when there is a next part, or when something else is missing."""
    incomplete_because: str = ""
    """What is missing besides a next part."""
    full_page: str = ""
    """Where the page says that the whole text is."""
    frame: str = ""
    """Address of a frame that may hold the text."""

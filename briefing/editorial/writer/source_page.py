"""Page that an article was printed on, as far as its words depend on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.editorial.writer.style.days import Calendar


@dataclass(frozen=True, slots=True)
class Page:
    """Context of a page: its days, its place (我区; may be empty) and its paper's name (本报)."""

    calendar: Calendar
    place: str = ""
    paper: str = ""

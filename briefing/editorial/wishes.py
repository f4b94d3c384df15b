"""Wishes of an editor about a story or a sentence, and the changes proposed for them; nothing changes by itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.model import Sentence, Story


class Wish(StrEnum):
    """Change that an editor may wish for."""

    SHORTER = "shorter"
    LONGER = "longer"
    SPOKEN = "spoken"
    REWRITE = "rewrite"
    FREE = "free"


WORDS = {
    Wish.SHORTER: "短些：去掉次要的，留下最要紧的事实",
    Wish.LONGER: "长些：从原文里补上听众接着会问的",
    Wish.SPOKEN: "口语一点：换成说话的词，意思和事实不变",
    Wish.REWRITE: "重写：换一种说法，意思和事实不变",
}
"""Instruction of each wish; a free one is in the editor's own words."""


@dataclass(frozen=True, slots=True)
class Wished:
    """A wish about a story as it stands in the script."""

    wish: Wish
    instruction: str
    """Words of a free wish; empty for the others."""
    story: Story
    sentences: tuple[Sentence, ...]
    """The story's sentences as they stand."""
    place: int | None
    """Index of the sentence that is meant; None for the whole story."""

    @property
    def words(self) -> str:
        """Return the wish in words."""
        return self.instruction if self.wish is Wish.FREE else WORDS[self.wish]

    @property
    def meant(self) -> tuple[Sentence, ...]:
        """Return the sentences that are to be replaced."""
        return self.sentences if self.place is None else self.sentences[self.place : self.place + 1]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Sentences in the place of those that are meant; none when there is nothing to propose."""

    sentences: tuple[Sentence, ...]
    note: str = ""
    """What an editor should know of them, in Chinese."""
    by_model: bool = False

"""Answers of the JSON API on readings and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel

if TYPE_CHECKING:
    from briefing.mandarin import Entry


class DoubtOut(BaseModel):
    """A character of the spoken form whose reading is not certain, or a token of the print that no rule knows."""

    index: int
    char: str
    chosen: str
    others: list[str]
    why: str


class ReadingOut(BaseModel):
    """Reading of a sentence, or why it cannot be read."""

    printed: str
    spoken: str
    pinyin: list[str]
    doubtful: list[DoubtOut]
    seconds: float
    trouble: str


class EntryOut(BaseModel):
    """A word that was added, and how it is read."""

    word: str
    pinyin: list[str]
    say: str
    before: str
    after: str

    @classmethod
    def of(cls, one: Entry) -> EntryOut:
        """An entry as JSON."""
        return cls(word=one.word, pinyin=list(one.pinyin), say=one.say, before=one.before, after=one.after)

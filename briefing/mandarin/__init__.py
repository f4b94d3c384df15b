"""The Mandarin room: printed form → spoken form and pinyin, sentences and breaths, the lexicon.

read("重庆2023年GDP增长6.1%。").spoken  →  重庆二零二三年GDP增长百分之六点一。
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from briefing.mandarin import lexicon as _lexicon
from briefing.mandarin import marks, readings, sandhi
from briefing.mandarin import words as _words
from briefing.mandarin.lexicon import Lexicon
from briefing.mandarin.split import breaths, fitting, sentences
from briefing.mandarin.spoken_form import spoken, unknown
from briefing.model import is_han

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Doubt",
    "Lexicon",
    "Reading",
    "breaths",
    "fitting",
    "house",
    "pinyin",
    "read",
    "sentences",
    "spoken",
    "unknown",
]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A character of the spoken form whose reading is not certain, or a symbol that no rule knew (`others` empty)."""

    index: int
    char: str
    chosen: str
    others: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A printed text, and how it is read.

    `spoken` is what is said, `words` the same cut into words; `pinyin` has one syllable a Han character of it, with
    the tones that are heard; `pause_after` is what an editor's mark asks for, in ms, else 0.
    """

    printed: str
    spoken: str
    words: tuple[str, ...]
    pinyin: tuple[str, ...]
    doubtful: tuple[Doubt, ...]
    pause_after: int = 0


@cache
def house() -> Lexicon:
    """The house's own lexicon."""
    return _lexicon.load()


def pinyin(text: str) -> list[str]:
    """One item a character: its syllable with tone digit as in the dictionary, '' for what has none."""
    return [chosen.syllable if chosen else "" for chosen in readings.choose(text, house(), {})]


def read(printed: str, lexicon: Lexicon | None = None) -> Reading:
    """How a printed text, with or without an editor's marks, is read; raises `ScriptError` for a mark that is none."""
    known = lexicon or house()
    marked = marks.parse(printed)
    said = spoken(known.said(marked.text))
    chosen = readings.choose(said, known, _carried(marked.text, said, marked.readings))
    cut = tuple(_words.cut(said))
    syllables = [one.syllable for one in chosen if one]
    doubts = [
        Doubt(place, said[place], one.syllable, one.others, one.why)
        for place, one in enumerate(chosen)
        if one and one.others and one.sure == readings.DOUBTFUL
    ]
    doubts += [
        Doubt(marked.text.find(token), token, "", (), "no rule knows it") for token in unknown(marked.text)
    ]
    return Reading(
        marked.text, said, cut, sandhi.spoken_tones(cut, syllables), tuple(doubts), marked.pause_after
    )


def _carried(printed: str, said: str, marked: Mapping[int, str]) -> dict[int, str]:
    """Readings that were marked in the printed text, at the places where their characters stand in the spoken one.

    Only numbers and symbols change on the way, so the same character of the same rank among its equals is the same.
    """
    carried = {}
    for place, syllable in marked.items():
        char = printed[place]
        behind = sum(other == char for other in printed[place + 1 :])
        places = [other for other, one in enumerate(said) if one == char and is_han(one)]
        if len(places) > behind:
            carried[places[-1 - behind]] = syllable
    return carried

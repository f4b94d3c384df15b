"""Marks that an editor writes into the printed text: a reading, 重{chóng}庆, a pause, {停0.8}, a pace, {慢} or {快}.

Braces hold a mark right behind the character that it concerns; newspapers do not use them, and a brace that is
no mark is an error, so that no mark is ever spoken and no typing mistake passes for one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from briefing.errors import ScriptError
from briefing.mandarin.pronounce import syllables
from briefing.model import is_han

_BRACES = re.compile(r"[{｛]([^{}｛｝]*)[}｝]|[{}｛｝]")
_PAUSE = re.compile(r"停\s*([0-9]{1,2}(?:\.[0-9]{1,2})?)\s*秒?")
PACES = {"慢": 0.88, "快": 1.14}
"""Factor on the speed of a sentence that holds the mark."""

LONGEST_PAUSE = 10.0
"""Seconds: listeners take a longer silence for the end."""

_SHOWN = 12
"""Characters before a wrong mark that its error shows."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text without its marks, the readings by the index of their character, the pauses and the pace.

    A pause is in ms, by the index of the character that it stands before; at the end that is the text's length.
    `pace` is a factor on the reader's speed; of several marks the last one counts.
    """

    text: str
    readings: dict[int, str]
    pauses: dict[int, int]
    pace: float = 1.0

    @property
    def pause_after(self) -> int:
        """The pause at the end, in ms, else 0."""
        return self.pauses.get(len(self.text), 0)


def parse(printed: str) -> Marked:
    """Take the marks out; raises `ScriptError` with the place of one that is wrong."""
    pieces: list[str] = []
    length, done = 0, 0
    readings: dict[int, str] = {}
    pauses: dict[int, int] = {}
    pace = 1.0
    for match in _BRACES.finditer(printed):
        pieces.append(printed[done : match.start()])
        length += len(pieces[-1])
        done = match.end()
        content = (match[1] or "").strip()
        if seconds := _PAUSE.fullmatch(content):
            pauses[length] = pauses.get(length, 0) + _millis(float(seconds[1]), printed, match.start())
        elif content in PACES:
            pace = PACES[content]
        else:
            readings[length - 1] = _reading(content, printed, match.start())
    return Marked("".join([*pieces, printed[done:]]), readings, pauses, pace)


def strip(printed: str) -> str:
    """The text as listeners and readers get it, without marks; raises as `parse`."""
    return parse(printed).text


def pieces(printed: str) -> tuple[str, ...]:
    """The text cut behind its pauses, marks and all: each piece is said in one go, and then there is silence.

    Only a text that is nothing but marks gives a piece with nothing to say.
    """
    cuts = [
        breaks.end() for breaks in _BRACES.finditer(printed) if _PAUSE.fullmatch((breaks[1] or "").strip())
    ]
    breaks: list[str] = []
    for start, end in pairwise(dict.fromkeys([0, *cuts, len(printed)])):
        if breaks and not (_says(breaks[-1]) and _says(printed[start:end])):
            breaks[-1] += printed[start:end]
        else:
            breaks.append(printed[start:end])
    return tuple(breaks)


def _says(printed: str) -> bool:
    return any(map(str.isalnum, _BRACES.sub("", printed)))


def _reading(held: str, printed: str, place: int) -> str:
    syllable = syllables.typed(held)
    if syllable and place and is_han(printed[place - 1]):
        return syllable
    raise ScriptError(
        f"{{{held}}} behind {printed[max(0, place - _SHOWN) : place]!r} (character {place + 1}) is no mark: "
        "write a reading behind its character, 重{chóng}庆, a pause in seconds, {停0.8}, or a pace, {慢} or {快}"
    )


def _millis(seconds: float, printed: str, place: int) -> int:
    if seconds > LONGEST_PAUSE:
        raise ScriptError(
            f"a pause of {seconds} s behind {printed[max(0, place - _SHOWN) : place]!r} (character {place + 1}) "
            f"is too long; {LONGEST_PAUSE} s is the most"
        )
    return round(seconds * 1000)

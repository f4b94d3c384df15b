"""What an editor writes into the printed text: a reading, 重{chóng}庆, and a pause, {停0.8}.

Braces hold a mark right behind the character that it concerns; newspapers do not use them, and a brace that is
no mark is an error, so that no mark is ever spoken and no typing mistake passes for one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.errors import ScriptError
from briefing.mandarin import syllables
from briefing.model import is_han

_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")
_PAUSE = re.compile(r"停\s*(\d{1,2}(?:\.\d{1,2})?)\s*秒?")
LONGEST_PAUSE = 10.0
"""Seconds: listeners take a longer silence for the end."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text without its marks, the readings by the index of their character, and the pause at its end in ms."""

    text: str
    readings: dict[int, str]
    pause_after: int


def parse(printed: str) -> Marked:
    """Take the marks out; raises `ScriptError` with the place of one that is wrong."""
    text, done, readings, pause = "", 0, {}, 0
    for found in _BRACES.finditer(printed):
        text += printed[done : found.start()]
        done = found.end()
        held = (found[1] or "").strip()
        if seconds := _PAUSE.fullmatch(held):
            pause = _pause(float(seconds[1]), printed)
        elif syllables.normal(held) in syllables.known() and text and is_han(text[-1]):
            readings[len(text) - 1] = syllables.normal(held)
        else:
            raise ScriptError(
                f"{found[0]!r} in {printed[:30]!r} is no mark: write a reading behind its character, "
                "重{chóng}庆, or a pause in seconds, {停0.8}"
            )
    return Marked(text + printed[done:], readings, pause)


def _pause(seconds: float, printed: str) -> int:
    if seconds > LONGEST_PAUSE:
        raise ScriptError(
            f"a pause of {seconds} s in {printed[:30]!r} is too long; {LONGEST_PAUSE} s is the most"
        )
    return round(seconds * 1000)

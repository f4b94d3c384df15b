"""The programme's timeline: what starts when. Pure arithmetic in whole milliseconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voices.model import Chapter, Cue, Millis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voices.model import Line, Part


@dataclass(frozen=True, slots=True)
class Pauses:
    """Silence by kind of boundary, in milliseconds.

    Newsreaders breathe for a third to half a second between sentences and leave about twice that between
    stories; a listener in a car needs the longer one to notice that the subject has changed.
    """

    lead_in: Millis = Millis(400)
    sentence: Millis = Millis(380)
    anchor: Millis = Millis(550)
    part: Millis = Millis(900)
    tail: Millis = Millis(700)


@dataclass(frozen=True, slots=True)
class Timeline:
    """When each line is heard, when each chapter starts, and how long the programme is."""

    cues: tuple[Cue, ...]
    chapters: tuple[Chapter, ...]
    length: Millis


def plan(parts: Sequence[Part], durations: Sequence[Millis], pauses: Pauses = Pauses()) -> Timeline:
    """Place every line of every part; `durations` are those of the clips, in the order of the lines.

    The pause that an utterance asks for wins over the one that its boundary would have. A chapter starts
    with its first line, the first one at 0, so that no player shows a gap before it.
    """
    lines = [line for part in parts for line in part.lines]
    firsts = _firsts(parts)
    cues: list[Cue] = []
    chapters: list[Chapter] = []
    now = int(pauses.lead_in)
    for place, (line, duration) in enumerate(zip(lines, durations, strict=True)):
        if place in firsts:
            chapters.append(Chapter(firsts[place], Millis(now if chapters else 0)))
        cues.append(Cue(line.speaker, line.printed, Millis(now), Millis(now + duration)))
        now += duration + _pause_after(place, lines, firsts, pauses)
    return Timeline(tuple(cues), tuple(chapters), Millis(now))


def _firsts(parts: Sequence[Part]) -> dict[int, str]:
    """The place of each part's first line, and the part's title; a part without lines is no chapter."""
    found: dict[int, str] = {}
    place = 0
    for part in parts:
        if part.lines:
            found[place] = part.title
        place += len(part.lines)
    return found


def _pause_after(place: int, lines: Sequence[Line], firsts: dict[int, str], pauses: Pauses) -> Millis:
    asked = lines[place].utterance.pause_after
    if place + 1 == len(lines):
        return pauses.tail
    if asked:
        return asked
    if place + 1 in firsts:
        return pauses.part
    if lines[place].voice != lines[place + 1].voice:
        return pauses.anchor
    return pauses.sentence

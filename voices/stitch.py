"""The programme's timeline: what starts when. Pure arithmetic in whole milliseconds."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from voices.model import Chapter, Cue, Millis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voices.model import Line, Part


@dataclass(frozen=True, slots=True)
class Pauses:
    """Silence by kind of boundary, in milliseconds.

    The clips come without silence at their ends, so these are the whole pauses. Newsreaders breathe for a third
    to half a second between sentences; whoever takes over waits a moment longer, and about twice as long passes
    between stories, for a listener in a car has to notice that the subject has changed. The longest is before the
    last part, which takes leave. The lead-in lets a speaker wake up before the first word, and the tail keeps
    players that start the next episode at once from cutting off the last one.
    """

    lead_in: Millis = Millis(400)
    sentence: Millis = Millis(380)
    anchor: Millis = Millis(550)
    part: Millis = Millis(900)
    closing: Millis = Millis(1200)
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
    with its first line, the first one at 0, so that no player shows a gap before it; a part without lines is
    no chapter. Raises `ValueError` when there are not as many durations as lines.
    """
    spoken = [part for part in parts if part.lines]
    lines = [line for part in spoken for line in part.lines]
    gaps = _gaps(spoken, pauses)
    steps = [duration + gap for duration, gap in zip(durations, gaps, strict=True)]
    *starts, length = accumulate(steps, initial=int(pauses.lead_in))
    cues = tuple(
        Cue(line.speaker, line.printed, Millis(start), Millis(start + duration))
        for line, start, duration in zip(lines, starts, durations, strict=True)
    )
    return Timeline(cues, _chapters(spoken, starts), Millis(length))


def _chapters(spoken: Sequence[Part], starts: Sequence[int]) -> tuple[Chapter, ...]:
    *firsts, _ = accumulate((len(part.lines) for part in spoken), initial=0)
    return tuple(
        Chapter(part.title, Millis(starts[first] if first else 0))
        for first, part in zip(firsts, spoken, strict=True)
    )


def _gaps(spoken: Sequence[Part], pauses: Pauses) -> list[Millis]:
    """The silence after each line."""
    gaps = [gap for part in spoken for gap in (*_inside(part, pauses), _asked(part.lines[-1], pauses.part))]
    if len(spoken) > 1:
        gaps[-len(spoken[-1].lines) - 1] = _asked(spoken[-2].lines[-1], pauses.closing)
    return [*gaps[:-1], pauses.tail] if gaps else []


def _inside(part: Part, pauses: Pauses) -> list[Millis]:
    """The silence after each line of a part but the last."""
    return [
        _asked(line, pauses.sentence if line.voice == following.voice else pauses.anchor)
        for line, following in pairwise(part.lines)
    ]


def _asked(line: Line, usual: Millis) -> Millis:
    return line.utterance.pause_after or usual

"""Timeline of a programme: what starts when. Pure arithmetic in whole milliseconds.

    lead-in, signature ─ opening ─ sting ─ headlines ─ … stories … ─ closing ─ tail
               └───────────── bed ─────────────┘                └───── bed ─────┘

Music lies only where its shape says; without any, what is left are speech and pauses.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from voices.audio.gaps import vary_gaps, weigh_gap
from voices.model import Chapter, Cue, Millis, Music, Role, Sound

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voices.model import Line, Part

CROSS = Millis(1500)
"""Over so long the bed comes up from under the last notes of the signature, or out of silence."""

ENDS = "。！？!?…”"
"""How a printed sentence ends: a sting does not cut one in two."""


@dataclass(frozen=True, slots=True)
class Pauses:
    """Silence by kind of boundary, in milliseconds.

    They pass between the last sound of one sentence and the first of the next: a clip's silent margins are not counted
    as speech, so these are the whole pauses. `sentence`, `anchor` and `part` are means: each pause varies around them by up
    to 30 % with what was said (`gaps`). Newsreaders breathe for a third
    to half a second between sentences; whoever takes over waits a moment longer, and about twice as long passes
    between stories, for a listener in a car has to notice that the subject has changed. The longest is before the
    last part, which takes leave. The lead-in lets a speaker wake up before the first word, and the tail keeps
    players that start the next episode at once from cutting off the last one.

    Music wants more: `around` passes on both sides of a sting, `turn` where a bed comes or goes between two parts,
    and `outro` is what the bed has after the last word to rise once more and fade.
    """

    lead_in: Millis = Millis(400)
    sentence: Millis = Millis(380)
    anchor: Millis = Millis(550)
    part: Millis = Millis(900)
    closing: Millis = Millis(1200)
    tail: Millis = Millis(700)
    around: Millis = Millis(220)
    turn: Millis = Millis(1800)
    outro: Millis = Millis(3500)


@dataclass(frozen=True, slots=True)
class Shape:
    """Which sounds the programme has besides speech; lengths in milliseconds, 0 is none.

    `headlines` and `stories` say whether the sting stands between headlines and between stories, where there is
    one; `label_first` and `label_last`, whether the tone of the label stands before and after everything.
    """

    signature: Millis = Millis(0)
    sting: Millis = Millis(0)
    label: Millis = Millis(0)
    bed: bool = False
    headlines: bool = False
    stories: bool = False
    label_first: bool = False
    label_last: bool = False

    def stings(self, role: Role) -> bool:
        """Tell whether a sting stands between two headlines, or between two stories."""
        roles = {Role.HEADLINES: self.headlines, Role.STORY: self.stories}
        return bool(self.sting) and roles.get(role, False)

    def under(self, part: Part) -> bool:
        """Tell whether the bed plays under a part."""
        return self.bed and part.role is not Role.STORY


@dataclass(frozen=True, slots=True)
class Timeline:
    """Times of every line, chapter and piece of music, and the length of the programme."""

    cues: tuple[Cue, ...]
    chapters: tuple[Chapter, ...]
    length: Millis
    music: tuple[Music, ...] = ()


class _Gap(NamedTuple):
    """Milliseconds that follow a line, with a sting in their middle or not; `weight` varies them, None does not."""

    length: int
    sting: bool = False
    weight: float | None = None


def plan_timeline(
    parts: Sequence[Part],
    durations: Sequence[Millis],
    pauses: Pauses = Pauses(),
    shape: Shape = Shape(),
) -> Timeline:
    """Place every line of every part; `durations` are those of what is heard of the clips, in the lines' order.

    The pause that an utterance asks for wins over the one that its boundary would have, and over a sting there.
    A chapter starts with its first line, the first one at 0, so that no player shows a gap before it; a part
    without lines is no chapter. Raises `ValueError` when there are not as many durations as lines.
    """
    spoken = [part for part in parts if part.lines]
    lines = [line for part in spoken for line in part.lines]
    gaps = _plan_gaps(spoken, pauses, shape)
    before = _opening_music(spoken, pauses, shape)
    steps = [duration + gap.length for duration, gap in zip(durations, gaps, strict=True)]
    *starts, length = accumulate(steps, initial=_first_word(before, spoken, pauses, shape))
    cues = tuple(
        Cue(line.speaker, line.printed, Millis(start), Millis(start + duration))
        for line, start, duration in zip(lines, starts, durations, strict=True)
    )
    music = (
        *before,
        *_place_stings(cues, gaps, shape),
        *_closing_music(cues, pauses, shape),
        *_place_beds(spoken, cues, before, Millis(length), shape),
    )
    ordered = tuple(sorted(music, key=lambda one: one.start))
    return Timeline(cues, _plan_chapters(spoken, starts), Millis(length), ordered)


class ShortenedProgramme(NamedTuple):
    """Shorter programme, and which of the whole one's lines it has, in order."""

    parts: tuple[Part, ...]
    lines: tuple[int, ...]


def shorten_programme(
    parts: Sequence[Part],
    durations: Sequence[Millis],
    most: Millis,
    pauses: Pauses = Pauses(),
    shape: Shape = Shape(),
) -> ShortenedProgramme:
    """Return the programme without so many whole stories, and their headlines, that it is at most so long.

    The last story that can be spared goes first, but the very last one only when it is alone: it is announced as the
    last. What is still too long without any story comes back without any story.
    """
    remaining: list[tuple[Part, Sequence[int]]] = list(zip(parts, _line_numbers(parts), strict=True))
    while True:
        shortened = ShortenedProgramme(
            tuple(part for part, _ in remaining),
            tuple(number for _, numbers in remaining for number in numbers),
        )
        lengths = [durations[number] for number in shortened.lines]
        stories = [index for index, (part, _) in enumerate(remaining) if part.role is Role.STORY]
        if not stories or plan_timeline(shortened.parts, lengths, pauses, shape).length <= most:
            return shortened
        gone, _ = remaining.pop(stories[-2:][0])
        remaining = [_without_headline(part, numbers, gone) for part, numbers in remaining]


def _line_numbers(parts: Sequence[Part]) -> list[range]:
    """Return the numbers of each part's lines."""
    edges = accumulate((len(part.lines) for part in parts), initial=0)
    return [range(first, after) for first, after in pairwise(edges)]


def _without_headline(part: Part, numbers: Sequence[int], gone: Part) -> tuple[Part, Sequence[int]]:
    """Return headlines without the one that announces a story; other parts as they are."""
    if part.role is not Role.HEADLINES:
        return part, numbers
    lines = [
        (line, number)
        for line, number in zip(part.lines, numbers, strict=True)
        if line.printed.rstrip(ENDS) != gone.title.rstrip(ENDS)
    ]
    return replace(part, lines=tuple(line for line, _ in lines)), [number for _, number in lines]


def _plan_chapters(spoken: Sequence[Part], starts: Sequence[int]) -> tuple[Chapter, ...]:
    return tuple(
        Chapter(part.title, Millis(starts[first] if first else 0), part.url)
        for first, part in zip(_first_lines(spoken), spoken, strict=True)
    )


def _first_lines(spoken: Sequence[Part]) -> list[int]:
    """Return the number of each part's first line."""
    return [numbers.start for numbers in _line_numbers(spoken)]


def _plan_gaps(spoken: Sequence[Part], pauses: Pauses, shape: Shape) -> list[_Gap]:
    """Return the gap behind each line."""
    gaps: list[_Gap] = []
    for part, following in pairwise(spoken):
        gaps += _gaps_inside(part, pauses, shape)
        last = following is spoken[-1]
        gaps.append(_gap_between(part, following, pauses.closing if last else pauses.part, pauses, shape))
    if spoken:
        gaps += _gaps_inside(spoken[-1], pauses, shape)
        gaps.append(_Gap(_tail_length(spoken[-1], pauses, shape)))
    lengths = vary_gaps([gap.length for gap in gaps], [gap.weight for gap in gaps])
    return [gap._replace(length=length) for gap, length in zip(gaps, lengths, strict=True)]


def _gaps_inside(part: Part, pauses: Pauses, shape: Shape) -> Iterator[_Gap]:
    """Yield the gap behind each line of a part but the last."""
    for line, following in pairwise(part.lines):
        usual = pauses.sentence if line.voice == following.voice else pauses.anchor
        sting = (
            part.role is Role.HEADLINES and shape.stings(part.role) and line.printed.endswith((*ENDS, "："))
        )
        weight = weigh_gap(line, following, headline=part.role is Role.HEADLINES)
        yield _make_gap(line, usual, pauses, shape, weight, sting=sting)


def _gap_between(part: Part, following: Part, usual: Millis, pauses: Pauses, shape: Shape) -> _Gap:
    """Return the gap behind the last line of a part: where the bed comes or goes, time for it."""
    weight: float | None = weigh_gap(part.lines[-1], following.lines[0])
    if shape.under(part) != shape.under(following):
        usual, weight = max(usual, pauses.turn), None
    sting = part.role is following.role is Role.STORY and shape.stings(Role.STORY)
    return _make_gap(part.lines[-1], usual, pauses, shape, weight, sting=sting)


def _make_gap(
    line: Line, usual: Millis, pauses: Pauses, shape: Shape, weight: float | None, *, sting: bool
) -> _Gap:
    pause = line.utterance.pause_after
    if pause:
        return _Gap(pause)
    if sting:
        return _Gap(max(usual, shape.sting + 2 * pauses.around), sting=True)
    return _Gap(usual, weight=weight)


def _tail_length(last: Part, pauses: Pauses, shape: Shape) -> int:
    """Return the milliseconds after the last word."""
    label = pauses.part + shape.label if shape.label_last else 0
    return label + (max(pauses.tail, pauses.outro) if shape.under(last) else pauses.tail)


def _opening_music(spoken: Sequence[Part], pauses: Pauses, shape: Shape) -> list[Music]:
    """Return the label's tone and the signature, one after the other."""
    pieces = []
    start = pauses.lead_in
    if shape.label_first and spoken:
        pieces.append(_place_music(Sound.LABEL, start, shape.label))
        start = Millis(start + shape.label + pauses.anchor)
    if shape.signature and spoken:
        pieces.append(_place_music(Sound.SIGNATURE, start, shape.signature))
    return pieces


def _first_word(before: Sequence[Music], spoken: Sequence[Part], pauses: Pauses, shape: Shape) -> int:
    """Return when the first word is heard."""
    if before:
        last = before[-1]
        return last.end + (0 if last.sound is Sound.SIGNATURE else pauses.part)
    return max(pauses.lead_in, CROSS) if spoken and shape.under(spoken[0]) else pauses.lead_in


def _place_stings(cues: Sequence[Cue], gaps: Sequence[_Gap], shape: Shape) -> list[Music]:
    return [
        _place_music(Sound.STING, Millis(cue.end + (gap.length - shape.sting) // 2), shape.sting)
        for cue, gap in zip(cues, gaps, strict=True)
        if gap.sting
    ]


def _closing_music(cues: Sequence[Cue], pauses: Pauses, shape: Shape) -> list[Music]:
    if not (shape.label_last and cues):
        return []
    return [_place_music(Sound.LABEL, Millis(cues[-1].end + pauses.part), shape.label)]


def _place_beds(
    spoken: Sequence[Part], cues: Sequence[Cue], before: Sequence[Music], length: Millis, shape: Shape
) -> list[Music]:
    """Return a bed for each run of parts that have one, there before the first word and gone before the next part's."""
    beds = []
    firsts = [*_first_lines(spoken), len(cues)]
    runs = groupby(range(len(spoken)), key=lambda number: shape.under(spoken[number]))
    for numbers in (list(run) for has_bed, run in runs if has_bed):
        first, after = firsts[numbers[0]], firsts[numbers[-1] + 1]
        start = Millis(cues[first - 1].end) if first else _bed_start(cues[0], before)
        end = cues[after].start if after < len(cues) else length
        beds.append(Music(Sound.BED, start, end))
    return beds


def _bed_start(opening: Cue, before: Sequence[Music]) -> Millis:
    """Return when the first bed begins: under the end of what stands before it."""
    earliest = before[-1].start if before else 0
    return Millis(max(earliest, opening.start - CROSS))


def _place_music(sound: Sound, start: Millis, length: Millis) -> Music:
    return Music(sound, start, Millis(start + length))

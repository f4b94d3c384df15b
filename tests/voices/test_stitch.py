"""The timeline: what starts when, in whole milliseconds."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voices.model import Line, Millis, Part, Utterance
from voices.stitch import Pauses, plan

PAUSES = Pauses(Millis(400), Millis(300), Millis(500), Millis(900), Millis(700))


def line(voice: str = "甲", pause: int = 0) -> Line:
    """A line of somebody."""
    return Line(voice, voice, Utterance(("好",), ("hao3",), Millis(pause)), "好")


def planned(
    parts: list[Part], durations: list[int]
) -> tuple[list[tuple[int, int]], list[tuple[str, int]], int]:
    """Starts and ends, chapters and length as plain numbers."""
    timeline = plan(parts, [Millis(one) for one in durations], PAUSES)
    spans = [(int(cue.start), int(cue.end)) for cue in timeline.cues]
    return spans, [(one.title, int(one.start)) for one in timeline.chapters], timeline.length


def test_each_boundary_has_its_pause() -> None:
    """Sentence, anchor, part and tail; the first chapter starts at zero, the others with their first line."""
    parts = [Part("开场", (line(), line(), line("乙"))), Part("新闻", (line(),))]
    assert planned(parts, [1000, 2000, 500, 100]) == (
        [(400, 1400), (1700, 3700), (4200, 4700), (5600, 5700)],
        [("开场", 0), ("新闻", 5600)],
        6400,
    )


def test_a_pause_that_an_editor_asks_for_wins() -> None:
    """Also at the end of a part; the tail stays."""
    parts = [Part("一", (line(pause=2000),)), Part("二", (line(pause=50),))]
    assert planned(parts, [1000, 1000]) == ([(400, 1400), (3400, 4400)], [("一", 0), ("二", 3400)], 5100)


def test_a_part_without_lines_is_no_chapter() -> None:
    """Players show no title for silence."""
    assert planned([Part("空", ()), Part("一", (line(),))], [10])[1] == [("一", 0)]


def test_lines_and_durations_must_match() -> None:
    """A clip too few is an error, not a shorter programme."""
    with pytest.raises(ValueError, match="shorter"):
        plan([Part("一", (line(), line()))], [Millis(1)])


@given(st.lists(st.lists(st.integers(1, 5000), max_size=5), min_size=1, max_size=6))
def test_nothing_overlaps_and_everything_is_inside(durations: list[list[int]]) -> None:
    """Whatever the programme: lines in order, each as long as its clip, the length behind the last one."""
    parts = [Part(str(number), tuple(line() for _ in part)) for number, part in enumerate(durations)]
    flat = [one for part in durations for one in part]
    spans, chapters, length = planned(parts, flat)
    assert [end - start for start, end in spans] == flat
    assert all(one[1] < other[0] for one, other in pairwise(spans))
    assert length >= (spans[-1][1] if spans else 0)
    assert len(chapters) == sum(bool(part) for part in durations)

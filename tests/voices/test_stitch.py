"""The timeline: what starts when, in whole milliseconds."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voices.sounds import line
from voices.model import Millis, Part
from voices.stitch import Pauses, plan

PAUSES = Pauses(Millis(400), Millis(300), Millis(500), Millis(900), Millis(1200), Millis(700))


def planned(
    parts: list[Part], durations: list[int]
) -> tuple[list[tuple[int, int]], list[tuple[str, int]], int]:
    """Starts and ends, chapters and length as plain numbers."""
    timeline = plan(parts, [Millis(one) for one in durations], PAUSES)
    spans = [(int(cue.start), int(cue.end)) for cue in timeline.cues]
    return spans, [(one.title, int(one.start)) for one in timeline.chapters], timeline.length


def test_each_boundary_has_its_pause() -> None:
    """Sentence, anchor, story, closing and tail; the first chapter starts at zero, the others with their first line."""
    parts = [
        Part("开场", (line(), line(), line("乙"))),
        Part("新闻", (line(),)),
        Part("再见", (line(), line())),
    ]
    assert planned(parts, [1000, 2000, 500, 100, 50, 60]) == (
        [(400, 1400), (1700, 3700), (4200, 4700), (5600, 5700), (6900, 6950), (7250, 7310)],
        [("开场", 0), ("新闻", 5600), ("再见", 6900)],
        8010,
    )


def test_a_pause_that_an_editor_asks_for_wins() -> None:
    """Inside a part, between parts and before the closing; the tail stays."""
    parts = [
        Part("一", (line(pause=70), line(pause=2000))),
        Part("二", (line(pause=50),)),
        Part("三", (line(pause=9),)),
    ]
    assert planned(parts, [1000, 1000, 1000, 1000]) == (
        [(400, 1400), (1470, 2470), (4470, 5470), (5520, 6520)],
        [("一", 0), ("二", 4470), ("三", 5520)],
        7220,
    )


def test_one_part_has_no_closing_pause() -> None:
    """There is nothing to take leave of."""
    assert planned([Part("一", (line(), line()))], [10, 20]) == ([(400, 410), (710, 730)], [("一", 0)], 1430)


def test_a_part_without_lines_is_no_chapter() -> None:
    """Players show no title for silence; the boundaries are those of what is spoken."""
    parts = [Part("空", ()), Part("一", (line(),)), Part("空", ()), Part("二", (line(),)), Part("空", ())]
    assert planned(parts, [10, 10]) == ([(400, 410), (1610, 1620)], [("一", 0), ("二", 1610)], 2320)


def test_nothing_to_say_is_only_the_lead_in() -> None:
    """A programme without lines has no cue and no chapter."""
    assert planned([], []) == ([], [], 400)


@pytest.mark.parametrize("durations", [[], [1], [1, 2, 3]])
def test_lines_and_durations_must_match(durations: list[int]) -> None:
    """A clip too few or too many is an error, not another programme."""
    with pytest.raises(ValueError, match="zip"):
        planned([Part("一", (line(), line()))], durations)


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

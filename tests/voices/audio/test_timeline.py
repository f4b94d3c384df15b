"""The timeline: what starts when, in whole milliseconds."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voices.sounds import line
from voices.audio.timeline import Pauses, Shape, plan_timeline, shorten_programme
from voices.model import Millis, Part, Role

PAUSES = Pauses(Millis(400), Millis(300), Millis(500), Millis(900), Millis(1200), Millis(700))


def planned(
    parts: list[Part], durations: list[int]
) -> tuple[list[tuple[int, int]], list[tuple[str, int]], int]:
    """Starts and ends, chapters and length as plain numbers."""
    timeline = plan_timeline(parts, [Millis(one) for one in durations], PAUSES)
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


SHAPE = Shape(signature=Millis(5000), sting=Millis(1000), bed=True, headlines=True)
"""A signature, a bed and a sting between headlines."""


def programme() -> list[Part]:
    """An opening, two headlines after their introduction, two stories and a closing."""
    return [
        Part("开场", (line(printed="早。"),), Role.OPENING),
        Part(
            "提要",
            (line(printed="先听提要："), line(printed="甲事。"), line(printed="乙事。")),
            Role.HEADLINES,
        ),
        Part("甲事", (line(printed="甲正文。"),), Role.STORY),
        Part("乙事", (line(printed="乙正文。"),), Role.STORY),
        Part("再见", (line(printed="再见。"),), Role.CLOSING),
    ]


def music(shape: Shape, parts: list[Part]) -> list[tuple[str, int, int]]:
    """What is heard besides speech, in a programme whose lines last a second each."""
    count = sum(len(part.lines) for part in parts)
    timeline = plan_timeline(parts, [Millis(1000)] * count, PAUSES, shape)
    return [(one.sound.value, int(one.start), int(one.end)) for one in timeline.music]


def test_the_whole_shape_of_a_programme() -> None:
    """Signature, the bed from under its end to the first story, a sting between headlines, the bed with the closing.

    Words at 5400, 7282, 9722, 12162, 14962, 16880 and 19680: the first with the end of the signature, 1440 where a sting
    stands (220 on both sides), 1800 where the bed comes or goes, 3500 after the last; 882 and 918 between the parts.
    """
    assert music(SHAPE, programme()) == [
        ("signature", 400, 5400),
        ("bed", 3900, 14962),
        ("sting", 8502, 9502),
        ("sting", 10942, 11942),
        ("bed", 17880, 24180),
    ]


def test_a_sting_between_stories_lengthens_their_pause() -> None:
    """By as much as it needs; in a show that wants a breath there, there is none."""
    assert music(replace(SHAPE, bed=False, headlines=False), programme()) == [("signature", 400, 5400)]
    stings = music(replace(SHAPE, bed=False, headlines=False, stories=True), programme())
    assert stings == [("signature", 400, 5400), ("sting", 13020, 14020)]


def test_without_a_signature_the_bed_rises_before_the_first_word() -> None:
    """A second and a half of it, instead of the lead-in."""
    only_bed = Shape(bed=True)
    assert music(only_bed, programme()[:1]) == [("bed", 0, 6000)]
    assert plan_timeline(programme()[:1], [Millis(1000)], PAUSES, only_bed).cues[0].start == 1500


def test_the_tone_of_the_label_stands_before_and_after_everything() -> None:
    """Before the signature, and after the last word."""
    shape = Shape(signature=Millis(5000), label=Millis(1440), label_first=True, label_last=True)
    assert music(shape, programme()[:1]) == [
        ("label", 400, 1840),
        ("signature", 2340, 7340),
        ("label", 9240, 10680),
    ]


def test_a_pause_that_an_editor_asks_for_has_no_sting() -> None:
    """It is as long as it was written."""
    headlines = Part("提要", (line(printed="甲事。", pause=3000), line(printed="乙事。")), Role.HEADLINES)
    assert music(replace(SHAPE, bed=False, signature=Millis(0)), [headlines]) == []


def test_a_headline_that_is_cut_by_a_pause_is_not_cut_by_a_sting() -> None:
    """A sting stands between headlines, not inside one."""
    headlines = Part(
        "提要", (line(printed="甲的"), line(printed="事。"), line(printed="乙事。")), Role.HEADLINES
    )
    assert [start for _, start, _ in music(Shape(sting=Millis(1000), headlines=True), [headlines])] == [2920]


def test_nothing_to_say_has_no_music() -> None:
    """Not even a signature."""
    assert music(SHAPE, []) == []


@pytest.mark.parametrize(
    ("most", "kept", "lines"),
    [
        (60_000, ["开场", "提要", "甲事", "乙事", "再见"], [0, 1, 2, 3, 4, 5, 6]),
        (10_000, ["开场", "提要", "乙事", "再见"], [0, 1, 3, 5, 6]),
        (7000, ["开场", "提要", "再见"], [0, 1, 6]),
        (10, ["开场", "提要", "再见"], [0, 1, 6]),
    ],
)
def test_a_shorter_programme_loses_whole_stories_with_their_headlines(
    most: int, kept: list[str], lines: list[int]
) -> None:
    """The last that can be spared first; the very last one is announced as the last, so it goes at the end."""
    short = shorten_programme(programme(), [Millis(1000)] * 7, Millis(most), PAUSES)
    assert [part.title for part in short.parts] == kept
    assert list(short.lines) == lines
    assert [one.printed for part in short.parts for one in part.lines] == [
        [one.printed for part in programme() for one in part.lines][number] for number in lines
    ]

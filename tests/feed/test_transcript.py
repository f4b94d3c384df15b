"""Transcripts and chapters in the forms that players read."""

from __future__ import annotations

import json
import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from feed import chapters, plain, transcript
from feed.model import Cue

if TYPE_CHECKING:
    from feed.model import Episode


def columns(line: str) -> int:
    """How wide a line is, a Han character counting two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def test_vtt_names_the_speaker_and_escapes_the_text(first: Episode) -> None:
    """Times with a point, the voice tag, no markup of the text's own."""
    assert transcript.vtt(first.cues) == (
        "WEBVTT\n\n"
        "00:00:00.400 --> 00:00:07.500\n<v 晓伊>早上好，欢迎收听。\n\n"
        "00:00:08.250 --> 00:00:49.000\n<v 云希>新桥今天通车，全长1.2公里，是&lt;script&gt;跨江"
        "&lt;/script&gt;的第三座桥。\n\n"
        "00:00:50.000 --> 00:01:01.000\n<v 晓伊>再见。\n"
    )


def test_srt_has_at_most_two_short_lines_and_covers_the_cue(first: Episode) -> None:
    """A long sentence becomes several cues that share its time and leave no gap."""
    blocks = [block.split("\n") for block in transcript.srt(first.cues).strip().split("\n\n")]
    assert [block[0] for block in blocks] == [str(number + 1) for number in range(len(blocks))]
    assert all(len(block) <= 2 + transcript.SRT_LINES for block in blocks)
    assert all(columns(line) <= transcript.SRT_LINE for block in blocks for line in block[2:])
    assert blocks[1][1].startswith("00:00:08,250 --> ")
    assert blocks[-2][1].endswith(" --> 00:00:49,000")
    assert "".join("".join(block[2:]) for block in blocks) == "".join(cue.text for cue in first.cues)


def test_json_has_seconds(first: Episode) -> None:
    """The form of Podcasting 2.0."""
    read = json.loads(transcript.as_json(first.cues))
    assert read["version"] == "1.0.0"
    assert read["segments"][0] == {
        "speaker": "晓伊",
        "startTime": 0.4,
        "endTime": 7.5,
        "body": "早上好，欢迎收听。",
    }


def test_chapters_have_titles_times_and_links(first: Episode) -> None:
    """JSON 1.2, a link only where there is a source."""
    assert json.loads(chapters.as_json(first.chapters)) == {
        "version": "1.2.0",
        "chapters": [
            {"startTime": 0.0, "title": "开场"},
            {"startTime": 8.25, "title": "新桥通车", "url": "https://example.com/a?x=1&y=2"},
            {"startTime": 50.0, "title": "尾声"},
        ],
    }


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])), st.integers(2, 80))
def test_wrapping_loses_nothing_and_keeps_to_the_width(text: str, width: int) -> None:
    """Whatever the text, its characters come out in order, and no line is too wide."""
    lines = transcript.wrapped(text, width)
    assert "".join(lines) == plain.line(text)
    assert all(columns(line) <= width for line in lines)


@given(st.text(max_size=60))
def test_a_cue_never_breaks_the_file(text: str) -> None:
    """No text can end its own cue or begin another one."""
    cue = Cue("甲\n乙-->", text, timedelta(0), timedelta(seconds=1))
    lines = transcript.vtt([cue]).split("\n")
    assert sum("-->" in line for line in lines) == 1
    assert lines[0] == "WEBVTT"
    blocks = transcript.srt([cue]).strip("\n").split("\n\n")
    assert all(block.count("-->") == 1 and block.split("\n")[1].count("-->") == 1 for block in blocks)


def test_a_cue_without_words_keeps_its_time() -> None:
    """What holds nothing divides nothing."""
    silent = Cue("甲", "", timedelta(0), timedelta(seconds=1))
    assert transcript.srt([silent]) == "1\n00:00:00,000 --> 00:00:01,000\n\n"

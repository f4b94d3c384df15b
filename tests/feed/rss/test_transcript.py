"""Transcripts and chapters in the forms that players read."""

from __future__ import annotations

import json
import unicodedata
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from feed import plain_text
from feed.checker import check_feed
from feed.model import Cue
from feed.rss import json_chapters, transcript

if TYPE_CHECKING:
    from feed.model import Episode


def columns(line: str) -> int:
    """How wide a line is, a Han character counting two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def test_vtt_names_the_speaker_and_escapes_the_text(first: Episode) -> None:
    """Times with a point, the voice tag, no markup of the text's own."""
    assert transcript.render_vtt(first.cues) == (
        "WEBVTT\n\n"
        "00:00:00.400 --> 00:00:07.500\n<v 晓伊>早上好，欢迎收听。\n\n"
        "00:00:08.250 --> 00:00:49.000\n<v 云希>新桥今天通车，全长1.2公里，是&lt;script&gt;跨江"
        "&lt;/script&gt;的第三座桥。\n\n"
        "00:00:50.000 --> 00:01:01.000\n<v 晓伊>再见。\n"
    )


def test_srt_has_at_most_two_short_lines_and_covers_the_cue(first: Episode) -> None:
    """A long sentence becomes several cues that share its time and leave no gap."""
    blocks = [block.split("\n") for block in transcript.render_srt(first.cues).strip().split("\n\n")]
    assert [block[0] for block in blocks] == [str(number + 1) for number in range(len(blocks))]
    assert all(len(block) <= 2 + transcript.LINES for block in blocks)
    assert all(columns(line) <= transcript.SRT_LINE for block in blocks for line in block[2:])
    assert blocks[1][1].startswith("00:00:08,250 --> ")
    assert blocks[-2][1].endswith(" --> 00:00:49,000")
    assert "".join("".join(block[2:]) for block in blocks) == "".join(cue.text for cue in first.cues)


def test_json_has_seconds(first: Episode) -> None:
    """The form of Podcasting 2.0."""
    read = json.loads(transcript.render_json(first.cues))
    assert read["version"] == "1.0.0"
    assert read["segments"][0] == {
        "speaker": "晓伊",
        "startTime": 0.4,
        "endTime": 7.5,
        "body": "早上好，欢迎收听。",
    }


def test_chapters_have_titles_times_and_links(first: Episode) -> None:
    """JSON 1.2, a link only where there is a source."""
    assert json.loads(json_chapters.render_chapters(first.chapters)) == {
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
    lines = transcript.wrap_columns(text, width)
    assert "".join(lines) == plain_text.single_line(text)
    assert all(columns(line) <= width for line in lines)


@given(st.text(max_size=60))
def test_a_cue_never_breaks_the_file(text: str) -> None:
    """No text can end its own cue or begin another one."""
    cue = Cue("甲\n乙-->", f"字{text}", timedelta(0), timedelta(seconds=1))
    head, *blocks = transcript.render_vtt([cue]).strip("\n").split("\n\n")
    assert head == "WEBVTT"
    assert all(block.count("-->") == 1 and "-->" in block.split("\n")[0] for block in blocks)
    blocks = transcript.render_srt([cue]).strip("\n").split("\n\n")
    assert all(block.count("-->") == 1 and block.split("\n")[1].count("-->") == 1 for block in blocks)


def test_a_cue_without_words_is_left_out(first: Episode) -> None:
    """Players would show an empty box."""
    silent = Cue("甲", " ", timedelta(0), timedelta(seconds=0.3))
    for form in (transcript.render_vtt, transcript.render_srt, transcript.render_json):
        assert form([silent, *first.cues]) == form(first.cues)


def test_a_long_sentence_is_shown_in_pieces_that_follow_each_other() -> None:
    """Two lines at a time, in both forms; each piece names who speaks, the times leave no gap and no overlap."""
    text = "这座桥今天上午正式通车，" * 20
    cue = Cue("云希", text, timedelta(seconds=10), timedelta(seconds=70))
    blocks = transcript.render_vtt([cue]).strip().split("\n\n")[1:]
    times = [block.split("\n")[0].split(" --> ") for block in blocks]
    assert (times[0][0], times[-1][1]) == ("00:00:10.000", "00:01:10.000")
    assert all(earlier[1] == later[0] for earlier, later in pairwise(times))
    rows = [block.split("\n")[1:] for block in blocks]
    assert all(1 <= len(lines) <= 2 and lines[0].startswith("<v 云希>") for lines in rows)
    assert all(columns(line.removeprefix("<v 云希>")) <= 65 for lines in rows for line in lines)
    assert "".join("".join(lines).removeprefix("<v 云希>") for lines in rows) == text


@given(
    st.lists(
        st.tuples(st.text(max_size=200), st.text(max_size=8), st.integers(500, 60_000), st.integers(0, 900)),
        max_size=5,
    )
)
def test_whatever_is_said_the_files_have_no_fault(said: list[tuple[str, str, int, int]]) -> None:
    """Hostile names and texts, long and short: the checker finds no error in what is written."""
    cues, at = [Cue("晓伊", "早上好。", timedelta(0), timedelta(seconds=1))], 1000
    for text, name, length, gap in said:
        start = at + gap
        at = start + length
        cues.append(Cue(name, text, timedelta(milliseconds=start), timedelta(milliseconds=at)))
    for kind, data in (
        ("vtt", transcript.render_vtt(cues)),
        ("srt", transcript.render_srt(cues)),
        ("transcript", transcript.render_json(cues)),
    ):
        found = check_feed.check_file(data.encode(), kind)
        assert [one for one in found if one.severity == "error"] == []

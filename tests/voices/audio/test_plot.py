"""The picture of a programme: everything is where it is heard, and nothing in it is anything but a picture."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from tests.voices.sounds import TAGS, line, speech
from voices.audio import music, plot, rendering
from voices.errors import AudioFailed
from voices.model import Millis, Part, Role

if TYPE_CHECKING:
    from pathlib import Path

    from voices.model import Recording

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(name="made", scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """An opening with music and a story that begins after a long pause."""
    parts = [
        Part("开场", (line("小雨", printed="早上好。"),), Role.OPENING),
        Part(
            "新闻<b>", (line("云希", pause=6000, printed="一"), line("云希", printed="二 & 三")), Role.STORY
        ),
        Part("再见", (line("小雨", printed="再见。"),), Role.CLOSING),
    ]
    clips = [speech(2, 0.1, seed) for seed in range(4)]
    programme = rendering.Programme(imaging=music.Imaging(music.signature(), music.bed(), music.sting()))
    return rendering.render_programme(
        parts, clips, tmp_path_factory.mktemp("plot") / "a.mp3", TAGS, programme=programme
    )


def blocks(picture: str, kind: str) -> list[tuple[float, float, str]]:
    """Where the marked stretches begin and end, as shares of the programme, and what they say."""
    span = plot.WIDTH - plot.LEFT - plot.RIGHT
    found = [one for one in etree.fromstring(picture.encode()).iter(f"{SVG}rect") if one.get("class") == kind]
    return [
        (
            (float(one.attrib["x"]) - plot.LEFT) / span,
            (float(one.attrib["x"]) + float(one.attrib["width"]) - plot.LEFT) / span,
            one[0].text or "",
        )
        for one in found
    ]


def test_speech_is_marked_where_it_is_heard(made: Recording) -> None:
    """A block a cue, with who says what."""
    marked = blocks(plot.draw_recording(made), "speech")
    assert [told for _, _, told in marked] == ["小雨：早上好。", "云希：一", "云希：二 & 三", "小雨：再见。"]
    for (start, end, _), cue in zip(marked, made.cues, strict=True):
        assert start * made.duration == pytest.approx(cue.start, abs=20)
        assert end * made.duration == pytest.approx(cue.end, abs=20)


def test_music_is_marked_where_it_is_heard(made: Recording) -> None:
    """Signature, bed and the bed again."""
    marked = blocks(plot.draw_recording(made), "music")
    assert [told for _, _, told in marked] == ["片头", "垫乐", "垫乐"]
    for (start, _, _), one in zip(marked, made.music, strict=True):
        assert start * made.duration == pytest.approx(one.start, abs=20)


def test_the_waveform_is_flat_where_nothing_is_heard(made: Recording) -> None:
    """In the pause that an editor asked for, and nowhere inside a sentence."""
    points = re.search(r'class="wave"[^>]*points="([^"]*)"', plot.draw_recording(made))
    assert points is not None
    middle = sum(plot.WAVE) / 2
    upper = [tuple(map(float, one.split(","))) for one in points[1].split()]
    high = {x: middle - y for x, y in upper[: len(upper) // 2]}

    def highest(start: int, end: int) -> float:
        """The waveform between two times, in points of the picture."""
        first, after = (
            plot.LEFT + at / made.duration * (plot.WIDTH - plot.LEFT - plot.RIGHT) for at in (start, end)
        )
        return max(value for x, value in high.items() if first <= x <= after)

    _, first, second, _ = made.cues
    assert highest(first.end + 300, second.start - 300) < 0.5
    assert highest(first.start, first.end) > 20
    assert highest(second.start, second.end) > 20


def test_titles_are_text_and_never_markup(made: Recording) -> None:
    """What comes out is XML, whatever is in a title; control characters are not in it."""
    hostile = '"><script>alert(1)</script>\x00\x1b'
    chapters = (replace(made.chapters[0], title=hostile), *made.chapters[1:])
    cues = (replace(made.cues[0], text=hostile), *made.cues[1:])
    picture = plot.draw_recording(replace(made, chapters=chapters, cues=cues))
    tags = {str(one.tag).removeprefix(SVG) for one in etree.fromstring(picture.encode()).iter()}
    assert tags == {"svg", "rect", "text", "line", "polygon", "polyline", "title"}


def test_a_late_title_stands_before_its_line(made: Recording) -> None:
    """Behind it, it would run over the edge."""
    ends = [
        one.get("text-anchor")
        for one in etree.fromstring(plot.draw_recording(made).encode()).iter(f"{SVG}text")
        if "再见" in (one.text or "") or "开场" in (one.text or "")
    ]
    assert ends == ["start", "end"]


def test_a_file_that_is_gone_cannot_be_drawn(made: Recording, tmp_path: Path) -> None:
    """One sentence says so."""
    with pytest.raises(AudioFailed, match=r"none\.mp3"):
        plot.draw_recording(replace(made, path=tmp_path / "none.mp3"))


def test_a_moment_of_sound_has_a_picture(tmp_path: Path) -> None:
    """Fewer values than the picture has columns."""
    short = rendering.render_programme([Part("一", (line(),))], [speech(0.3, 0.1)], tmp_path / "a.mp3", TAGS)
    assert Millis(short.duration) < Millis(2000)
    assert len(blocks(plot.draw_recording(short), "speech")) == 1

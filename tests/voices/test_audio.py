"""The finished file: placed, levelled, limited, whole, the same every time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from mutagen.id3 import ID3
from mutagen.mp3 import MP3

from voices import audio, ffmpeg
from voices.errors import AudioFailed
from voices.model import Clip, Line, Millis, Part, Tags, Utterance

if TYPE_CHECKING:
    from pathlib import Path

RATE = 24_000
TAGS = Tags("标题", "编辑部", "每日简报", "2026-03-02", b"\xff\xd8\xff cover")


def speech(seconds: float, level: float, seed: int = 0, rate: int = RATE) -> Clip:
    """Something as rough as speech: noise in syllables of a fifth of a second."""
    noise = np.random.default_rng(seed).standard_normal(round(seconds * rate))
    syllables = 0.5 + 0.5 * np.sin(np.arange(len(noise)) / rate * 2 * np.pi * 5)
    return Clip((np.clip(noise * syllables * level, -1, 1) * 32767).astype("<i2").tobytes(), rate)


def spoken(*voices: str) -> list[Part]:
    """A part a voice, each with one line."""
    return [
        Part(f"第{n}条", (Line(v, v, Utterance(("好",), ("hao3",)), "好"),)) for n, v in enumerate(voices, 1)
    ]


@pytest.mark.parametrize("level", [0.003, 0.05, 0.9], ids=["quiet", "usual", "clipped"])
def test_loudness_and_peak_are_right_whatever_came_in(tmp_path: Path, level: float) -> None:
    """−16 LUFS within half a unit, true peak under −1 dBTP, measured on the encoded file."""
    made = audio.render(spoken("甲", "甲"), [speech(4, level), speech(5, level, 1)], tmp_path / "a.mp3", TAGS)
    assert made.loudness == pytest.approx(audio.TARGET, abs=0.5)
    assert made.true_peak <= audio.CEILING
    again = ffmpeg.measure(["-i", str(made.path)])
    assert (again.loudness, again.true_peak) == (made.loudness, made.true_peak)


def test_a_soft_voice_is_brought_to_the_level_of_a_loud_one(tmp_path: Path) -> None:
    """Twenty decibels apart before, within one afterwards."""
    made = audio.render(spoken("甲", "乙"), [speech(4, 0.02), speech(4, 0.2, 1)], tmp_path / "a.mp3", TAGS)
    pcm = audio.decode(made.path).pcm
    parts = [pcm[_at(cue.start) : _at(cue.end)] for cue in made.cues]
    loud = [ffmpeg.measure(ffmpeg.raw(ffmpeg.RATE), part).loudness for part in parts]
    assert loud[0] == pytest.approx(loud[1], abs=1)


def _at(millis: Millis) -> int:
    return round(millis * ffmpeg.RATE / 1000) * 2


def test_clips_are_heard_where_the_cues_say(tmp_path: Path) -> None:
    """Clips of two rates start and end within 20 ms of their cues in the decoded file, and silence is between."""
    clips = [speech(1.5, 0.2), speech(2, 0.2, 1, 16_000), speech(1, 0.2, 2)]
    made = audio.render(spoken("甲", "乙", "甲"), clips, tmp_path / "a.mp3", TAGS)
    sound = np.abs(np.frombuffer(audio.decode(made.path).pcm, dtype="<i2")) > 400
    loud = np.flatnonzero(sound)
    edges = np.flatnonzero(np.diff(loud) > ffmpeg.RATE * 0.3)
    starts = [loud[0], *loud[edges + 1]]
    ends = [*loud[edges], loud[-1]]
    assert len(starts) == 3
    for cue, start, end in zip(made.cues, starts, ends, strict=True):
        assert start / ffmpeg.RATE * 1000 == pytest.approx(cue.start, abs=30)
        assert end / ffmpeg.RATE * 1000 == pytest.approx(cue.end, abs=30)
    assert made.duration == pytest.approx(400 + 1500 + 900 + 2000 + 900 + 1000 + 700, abs=60)


def test_the_same_clips_give_the_same_bytes(tmp_path: Path) -> None:
    """No clock and no chance in the file."""
    clips = [speech(2, 0.1)]
    one = audio.render(spoken("甲"), clips, tmp_path / "1.mp3", TAGS).path.read_bytes()
    other = audio.render(spoken("甲"), clips, tmp_path / "2.mp3", TAGS).path.read_bytes()
    assert one == other


def test_the_file_carries_its_tags_and_chapters(tmp_path: Path) -> None:
    """ID3v2.3 with cover, CHAP for each part and the CTOC that players need."""
    made = audio.render(spoken("甲", "乙"), [speech(2, 0.1), speech(2, 0.1, 1)], tmp_path / "a.mp3", TAGS)
    assert made.path.read_bytes()[:4] == b"ID3\x03"
    tags = ID3(made.path, translate=False)
    assert [str(tags[name]) for name in ("TIT2", "TPE1", "TALB", "TLAN")] == [
        "标题",
        "编辑部",
        "每日简报",
        "chi",
    ]
    assert tags.getall("APIC")[0].data == TAGS.cover
    chapters = sorted(tags.getall("CHAP"), key=lambda frame: frame.start_time)
    assert [(one.start_time, str(one.sub_frames["TIT2"])) for one in chapters] == [
        (0, "第1条"),
        (3300, "第2条"),
    ]
    assert chapters[0].end_time == chapters[1].start_time
    assert tags.getall("CTOC")[0].child_element_ids == [one.element_id for one in chapters]
    assert made.size == made.path.stat().st_size


def test_the_file_is_a_mono_mp3_of_96_kbit(tmp_path: Path) -> None:
    """What Apple recommends for speech, and what every speaker plays."""
    made = audio.render(spoken("甲"), [speech(10, 0.1)], tmp_path / "a.mp3", TAGS)
    facts: Any = MP3(made.path).info
    assert (facts.sample_rate, facts.channels, facts.bitrate) == (44_100, 1, 96_000)


@pytest.mark.parametrize("clip", [Clip(b"", RATE), Clip(bytes(RATE * 2), RATE)], ids=["empty", "silent"])
def test_no_sound_makes_no_file(tmp_path: Path, clip: Clip) -> None:
    """An error, and what was there before is still there."""
    target = tmp_path / "a.mp3"
    target.write_bytes(b"yesterday")
    with pytest.raises(AudioFailed):
        audio.render(spoken("甲"), [clip], target, TAGS)
    assert target.read_bytes() == b"yesterday"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    """What ffmpeg says last is passed on."""
    with pytest.raises(AudioFailed, match="ffmpeg failed"):
        audio.render(spoken("甲"), [speech(1, 0.1)], tmp_path / "none" / "a.mp3", TAGS)


def test_what_is_no_sound_cannot_be_decoded(tmp_path: Path) -> None:
    """The file is named."""
    path = tmp_path / "a.mp3"
    path.write_bytes(b"no sound")
    with pytest.raises(AudioFailed, match=r"a\.mp3 cannot be decoded"):
        audio.decode(path)


def test_a_clip_is_not_changed_but_for_gain_and_short_fades(tmp_path: Path) -> None:
    """No syllable is eaten: the middle of the decoded clip is the clip itself, louder."""
    clip = speech(3, 0.1)
    made = audio.render(spoken("甲"), [clip], tmp_path / "a.mp3", TAGS)
    heard = np.frombuffer(ffmpeg.decode(made.path, RATE), dtype="<i2").astype(float)
    said = np.frombuffer(clip.pcm, dtype="<i2").astype(float)
    start = round(made.cues[0].start * RATE / 1000)
    window = heard[start - 1200 : start + len(said) + 1200]
    # The best place of the middle second of what was said, in what is heard.
    middle = said[RATE : 2 * RATE]
    match = np.correlate(window, middle, mode="valid")
    place = int(match.argmax()) - 1200
    assert abs(place - RATE) <= RATE * 0.05
    found = window[place + 1200 : place + 1200 + RATE]
    assert np.corrcoef(found, middle)[0, 1] > 0.8

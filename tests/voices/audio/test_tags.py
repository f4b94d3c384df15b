"""What the file says of itself, read back by mutagen as a player would."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import eyed3
import pytest
from mutagen.id3 import ID3
from mutagen.mp4 import MP4
from PIL import Image

from tests.voices.sounds import TAGS, line, speech, spoken
from voices.audio import rendering, tags, timeline
from voices.errors import AudioFailed
from voices.model import Millis, Part

if TYPE_CHECKING:
    from pathlib import Path

    from voices.model import Recording, Tags


@pytest.fixture(name="mp3", scope="session")
def _mp3(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A short file of sound."""
    return rendering.render_programme(
        spoken("甲"), [speech(1, 0.1)], tmp_path_factory.mktemp("mp3") / "a.mp3", TAGS
    ).path


def written(mp3: Path, folder: Path, about: Tags, parts: list[Part]) -> ID3:
    """The tags of a copy of the file, as they are in it."""
    path = folder / "a.mp3"
    shutil.copy(mp3, path)
    ID3(path).delete(path)
    lines = sum(len(part.lines) for part in parts)
    tags.write_tags(path, about, timeline.plan_timeline(parts, [Millis(1000)] * lines))
    return ID3(path, translate=False)


def test_texts_cover_and_language_are_there(mp3: Path, tmp_path: Path) -> None:
    """As version 2.3, which has a year and a day and no TDRC."""
    read = written(mp3, tmp_path, TAGS, spoken("甲"))
    assert read.version == (2, 3, 0)
    texts = {
        name: str(read[name]) for name in ("TIT2", "TPE1", "TALB", "TYER", "TDAT", "TLAN", "TCON", "TLEN")
    }
    assert texts == {
        "TIT2": "标题",
        "TPE1": "编辑部",
        "TALB": "每日简报",
        "TYER": "2026",
        "TDAT": "0203",
        "TLAN": "chi",
        "TCON": "Podcast",
        "TLEN": "2100",
    }
    assert (read.getall("APIC")[0].mime, read.getall("APIC")[0].data) == ("image/jpeg", TAGS.cover)
    assert not read.getall("TXXX")


def test_a_png_is_called_a_png(mp3: Path, tmp_path: Path) -> None:
    """Players go by the type, not by the data."""
    about = replace(TAGS, cover=b"\x89PNG\r\n\x1a\n")
    assert written(mp3, tmp_path, about, spoken("甲")).getall("APIC")[0].mime == "image/png"


def test_chapters_follow_one_another_and_the_contents_list_them(mp3: Path, tmp_path: Path) -> None:
    """Each ends where the next starts, the last one with the programme; the CTOC has them in order."""
    read = written(mp3, tmp_path, TAGS, spoken("甲", "乙", "甲"))
    chapters = sorted(read.getall("CHAP"), key=lambda frame: frame.start_time)
    assert [(str(one.sub_frames["TIT2"]), one.start_time, one.end_time) for one in chapters] == [
        ("第1条", 0, 2300),
        ("第2条", 2300, 4500),
        ("第3条", 4500, 6200),
    ]
    (contents,) = read.getall("CTOC")
    assert contents.child_element_ids == [one.element_id for one in chapters]
    assert (str(contents.sub_frames["TIT2"]), int(contents.flags)) == ("目录", 3)


def test_the_transcript_is_in_the_lyrics(mp3: Path, tmp_path: Path) -> None:
    """Who says what, as printed, a line a sentence."""
    parts = [Part("一", (line("小雨", printed="大家好！"), line("云希", printed="再见。")))]
    (lyrics,) = written(mp3, tmp_path, TAGS, parts).getall("USLT")
    assert (lyrics.lang, lyrics.text) == ("chi", "小雨：大家好！\n云希：再见。")


def test_hostile_text_cannot_end_a_frame_or_break_the_file(mp3: Path, tmp_path: Path) -> None:
    """Control characters become spaces, half characters question marks; what stands after them stays."""
    about = replace(TAGS, title="早\x00间\n新闻\ud800", artist="\x1b[31m红")
    read = written(mp3, tmp_path, about, [Part("头\x00条\x07", (line(),))])
    assert (str(read["TIT2"]), str(read["TPE1"])) == ("早 间 新闻?", "[31m红")
    assert str(read.getall("CHAP")[0].sub_frames["TIT2"]) == "头 条"


def test_more_chapters_than_can_be_listed_are_refused(mp3: Path, tmp_path: Path) -> None:
    """255 are listed, 256 are an error, and never a list that lacks one."""
    listed = written(mp3, tmp_path, TAGS, spoken(*"甲" * 255)).getall("CTOC")[0].child_element_ids
    assert len(listed) == 255
    with pytest.raises(AudioFailed, match="256 chapters"):
        written(mp3, tmp_path, TAGS, spoken(*"甲" * 256))


def test_what_cannot_be_tagged_is_one_sentence(mp3: Path, tmp_path: Path) -> None:
    """A language that is no three letters, a folder that is gone."""
    with pytest.raises(AudioFailed, match="cannot be tagged"):
        tags.write_tags(tmp_path / "none" / "a.mp3", TAGS, timeline.plan_timeline(spoken("甲"), [Millis(1)]))
    with pytest.raises(AudioFailed, match="cannot be tagged"):
        written(mp3, tmp_path, replace(TAGS, language="中文"), spoken("甲"))


def test_the_label_of_synthesised_sound_is_in_the_file(mp3: Path, tmp_path: Path) -> None:
    """TXXX:AIGC with the JSON of GB 45438-2025, annex E: its seven fields, this is synthesised, by whom, which."""
    about = replace(TAGS, aigc=tags.aigc_label("91110000MA01ABCD1X", "meiri-2026-03-02-morning"))
    label = json.loads(str(written(mp3, tmp_path, about, spoken("甲"))["TXXX:AIGC"]))
    assert label == {
        "AIGC": {
            "Label": "1",
            "ContentProducer": "91110000MA01ABCD1X",
            "ProduceID": "meiri-2026-03-02-morning",
            "ReservedCode1": "",
            "ContentPropagator": "",
            "PropagateID": "",
            "ReservedCode2": "",
        }
    }


@pytest.mark.parametrize("value", ["每日简报", "a\nb", "é"])
def test_the_label_takes_printable_ascii_only(value: str) -> None:
    """As the standard says of its values."""
    with pytest.raises(ValueError, match="AIGC"):
        tags.aigc_label(value, "1")


@pytest.fixture(name="master", scope="module")
def _master(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """A programme of three parts with links, as MP3 and as M4A, with a cover and the label."""
    cover = io.BytesIO()
    Image.new("RGB", (8, 8), "navy").save(cover, "JPEG")
    about = replace(TAGS, cover=cover.getvalue(), aigc=tags.aigc_label("meiri", "2026-03-02"))
    parts = [
        Part("开场", (line("小雨", printed="大家好！"),)),
        Part("大桥=通车;#1\\", (line("云希", printed="大桥通车。"),), url="https://example.com/1?a=1&b=2"),
        Part("再见", (line("小雨", printed="再见。"),), url="javascript:alert(1)"),
    ]
    clips = [speech(1, 0.1, seed) for seed in range(3)]
    folder = tmp_path_factory.mktemp("master")
    return rendering.render_programme(
        parts, clips, folder / "a.mp3", about, also=[rendering.ExtraMaster(folder / "a.m4a")]
    )


CHAPTERS = [("开场", 0, 2300), ("大桥=通车;#1\\", 2300, 4500), ("再见", 4500, 6200)]
"""Titles and times in milliseconds that every reader must find in the master."""


@pytest.mark.parametrize("kind", ["mp3", "m4a"])
def test_ffprobe_reads_chapters_texts_and_cover(master: Recording, kind: str) -> None:
    """As ffmpeg's library does, on which many players stand."""
    command = ["ffprobe", "-v", "error", "-show_chapters", "-show_format", "-show_streams", "-of", "json"]
    path = master.path.with_suffix(f".{kind}")
    read = json.loads(subprocess.run([*command, str(path)], capture_output=True, check=True).stdout)
    found = [
        (one["tags"]["title"], float(one["start_time"]) * 1000, float(one["end_time"]) * 1000)
        for one in read["chapters"]
    ]
    # A backslash at the end of a line is more than ffmpeg's own list of chapters can hold.
    assert [title.replace("＼", "\\") for title, _, _ in found] == [title for title, _, _ in CHAPTERS]
    assert [start for _, start, _ in found] == pytest.approx([start for _, start, _ in CHAPTERS], abs=1)
    assert [end for _, _, end in found][:-1] == pytest.approx([end for _, _, end in CHAPTERS][:-1], abs=1)
    assert {name: read["format"]["tags"][name] for name in ("title", "artist", "album", "genre")} == {
        "title": "标题",
        "artist": "编辑部",
        "album": "每日简报",
        "genre": "Podcast",
    }
    kinds = {one["codec_type"]: one for one in read["streams"]}
    assert kinds["video"]["disposition"]["attached_pic"] == 1
    assert (kinds["audio"]["sample_rate"], kinds["audio"]["channels"]) == ("44100", 1)


def test_eyed3_reads_chapters_label_lyrics_and_cover(master: Recording) -> None:
    """A reader that is not the writer's, with the link of the one chapter that has a web address."""
    read = eyed3.load(master.path).tag
    assert (read.title, read.artist, read.album) == ("标题", "编辑部", "每日简报")
    assert [(chapter.title, *map(int, chapter.times), chapter.user_url) for chapter in read.chapters] == [
        (title, start, end, "https://example.com/1?a=1&b=2\0" if start == 2300 else None)
        for title, start, end in CHAPTERS
    ]
    assert json.loads(read.user_text_frames.get("AIGC").text)["AIGC"]["Label"] == "1"
    assert read.lyrics[0].text == "小雨：大家好！\n云希：大桥通车。\n小雨：再见。"
    assert Image.open(io.BytesIO(read.images[0].image_data)).size == (8, 8)


def test_the_m4a_carries_label_lyrics_and_cover(master: Recording) -> None:
    """In atoms, of which the label's name holds AIGC."""
    read = MP4(master.path.with_suffix(".m4a"))
    assert json.loads(bytes(read["----:com.apple.iTunes:AIGC"][0]))["AIGC"]["ContentProducer"] == "meiri"
    assert read["\xa9lyr"] == ["小雨：大家好！\n云希：大桥通车。\n小雨：再见。"]
    assert Image.open(io.BytesIO(bytes(read["covr"][0]))).size == (8, 8)
    assert [chapter.title for chapter in read.chapters or ()] == ["开场", "大桥=通车;#1＼", "再见"]


def test_a_file_says_its_number_what_is_in_it_and_its_page(mp3: Path, tmp_path: Path) -> None:
    """Two files of a day are told apart by any player; what is no web address is left out."""
    about = replace(
        TAGS, number=12, comment="新桥通车。", page="https://example.com/demo/2026-03-02-morning.html"
    )
    frames = written(mp3, tmp_path, about, spoken("甲"))
    assert (frames["TRCK"].text, frames["COMM::chi"].text) == (["12"], ["新桥通车。"])
    assert frames["WOAF"].url == "https://example.com/demo/2026-03-02-morning.html"
    without = written(mp3, tmp_path, replace(TAGS, page="javascript:1"), spoken("甲"))
    assert [name for name in without if name.startswith(("TRCK", "COMM", "WOAF"))] == []

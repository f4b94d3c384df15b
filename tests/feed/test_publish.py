"""Publishing: the order, whole files, names that are never used for other sound."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from feed import publish
from feed.errors import InvalidShow, PublishFailed
from feed.publish import Folder

if TYPE_CHECKING:
    from pathlib import Path

    from feed.model import Episode, Show

COVER = b"\xff\xd8\xff made up"


class Noted:
    """A publisher that notes what is put, and fails at a name if told to."""

    def __init__(self, fails_at: str = "") -> None:
        self.names: list[str] = []
        self._fails_at = fails_at

    def put(self, name: str, path: Path, content_type: str) -> str:
        """Note the name; the file must be there and its type known."""
        assert path.is_file()
        assert content_type != "application/octet-stream"
        if name == self._fails_at:
            raise PublishFailed(f"{name} cannot be written")
        self.names.append(name)
        return name


@pytest.fixture
def audio(recording: Path) -> Path:
    """Something that stands for a recording."""
    return recording


def test_the_audio_is_first_and_the_feed_is_last(show: Show, first: Episode, audio: Path) -> None:
    """The feed names only what is there already."""
    noted = Noted()
    publish.publish(noted, show, [first], audio, COVER)
    assert noted.names[0] == first.audio
    assert noted.names[-2:] == ["index.html", "feed.xml"]
    assert len(noted.names) == 11


@pytest.mark.parametrize("name", ["style.css", "2026-03-02-morning-8c9758b2aafc.mp3"])
def test_after_a_failure_the_feed_is_not_touched(show: Show, first: Episode, audio: Path, name: str) -> None:
    """What cannot be put whole is not announced."""
    noted = Noted(fails_at=name)
    with pytest.raises(PublishFailed):
        publish.publish(noted, show, [first], audio, COVER)
    assert "feed.xml" not in noted.names


def test_other_sound_never_goes_out_under_a_name(show: Show, first: Episode, audio: Path) -> None:
    """A name that was heard with one sound stays with it; a correction gets a new name."""
    audio.write_bytes(b"noise" * 8000)
    noted = Noted()
    with pytest.raises(InvalidShow, match="is not the sound of"):
        publish.publish(noted, show, [first], audio, COVER)
    assert noted.names == []


def test_a_recording_that_is_gone_is_named(show: Show, first: Episode, tmp_path: Path) -> None:
    """One sentence, before anything goes out."""
    noted = Noted()
    with pytest.raises(PublishFailed, match="cannot be read"):
        publish.publish(noted, show, [first], tmp_path / "none.mp3", COVER)
    assert noted.names == []


def test_publishing_again_touches_nothing(show: Show, first: Episode, audio: Path, tmp_path: Path) -> None:
    """Times stay, so that caches and ETags do."""
    folder = Folder(tmp_path / "public", show.address)
    publish.publish(folder, show, [first], audio, COVER)
    before = {path.name: path.stat().st_ino for path in (tmp_path / "public").iterdir()}
    publish.publish(folder, show, [first], audio, COVER)
    assert {path.name: path.stat().st_ino for path in (tmp_path / "public").iterdir()} == before


def test_everything_that_the_feed_and_the_pages_name_is_there(
    show: Show, first: Episode, audio: Path, tmp_path: Path
) -> None:
    """No address below the show's leads nowhere."""
    publish.publish(Folder(tmp_path / "public", show.address), show, [first], audio, COVER)
    named = set()
    for path in (tmp_path / "public").glob("*.[hx]*ml"):
        text = path.read_text(encoding="utf-8")
        named |= set(re.findall(rf"{re.escape(show.address)}([\w.-]+)", text))
        named |= set(re.findall(r'(?:href|src)="([\w.-]+)(?:#[^"]*)?"', text))
    assert named <= {path.name for path in (tmp_path / "public").iterdir()}
    assert {first.audio, "feed.xml", "style.css", "follow.js"} < named


def test_a_feed_with_an_error_stops_everything(show: Show, first: Episode, audio: Path) -> None:
    """It is checked before the first file goes out."""
    noted = Noted()
    with pytest.raises(InvalidShow):
        publish.publish(noted, replace(show, category=("news", "daily")), [first], audio, COVER)
    assert noted.names == []


def test_a_folder_holds_what_was_put_and_nothing_half(tmp_path: Path, audio: Path) -> None:
    """The same bytes under the asked name, readable by a web server, no leftovers; the URL is returned."""
    folder = Folder(tmp_path / "public", "https://example.com/demo/")
    assert folder.put("a.mp3", audio, "audio/mpeg") == "https://example.com/demo/a.mp3"
    held = tmp_path / "public" / "a.mp3"
    assert held.read_bytes() == audio.read_bytes()
    assert held.stat().st_mode & 0o044 == 0o044
    assert [path.name for path in held.parent.iterdir()] == ["a.mp3"]


def test_the_same_bytes_are_not_written_again(tmp_path: Path, audio: Path) -> None:
    """Caches and ETags stay; other bytes replace the file."""
    folder = Folder(tmp_path / "public", "https://example.com/")
    folder.put("feed.xml", audio, "application/rss+xml")
    before = (tmp_path / "public" / "feed.xml").stat()
    folder.put("feed.xml", audio, "application/rss+xml")
    assert (tmp_path / "public" / "feed.xml").stat().st_ino == before.st_ino
    audio.write_bytes(b"other")
    folder.put("feed.xml", audio, "application/rss+xml")
    assert (tmp_path / "public" / "feed.xml").read_bytes() == b"other"


def test_what_a_killed_run_left_is_written_over(tmp_path: Path, audio: Path) -> None:
    """Half a file under the temporary name does no harm."""
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / ".a.mp3").write_bytes(b"half")
    Folder(tmp_path / "public", "https://example.com/").put("a.mp3", audio, "audio/mpeg")
    assert [path.name for path in (tmp_path / "public").iterdir()] == ["a.mp3"]


@pytest.mark.parametrize("name", ["../a.mp3", "/etc/a", "", ".hidden", "要闻.mp3", "a/b.mp3", "a\0b"])
def test_names_cannot_leave_the_folder(tmp_path: Path, audio: Path, name: str) -> None:
    """Only plain ASCII names are published."""
    with pytest.raises(PublishFailed, match="cannot be a published name"):
        Folder(tmp_path / "public", "https://example.com/").put(name, audio, "audio/mpeg")


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path, audio: Path) -> None:
    """A file where the folder should be: one sentence, and what is on air stays."""
    (tmp_path / "public").write_text("in the way")
    with pytest.raises(PublishFailed, match="what was on air still is"):
        Folder(tmp_path / "public", "https://example.com/").put("a.mp3", audio, "audio/mpeg")


def test_other_sound_has_another_name(tmp_path: Path) -> None:
    """The name holds a hash of the sound."""
    one, other = tmp_path / "1.mp3", tmp_path / "2.mp3"
    one.write_bytes(b"one")
    other.write_bytes(b"other")
    assert publish.audio_name("2026-03-02-morning", one) == "2026-03-02-morning-7692c3ad3540.mp3"
    assert publish.audio_name("2026-03-02-morning", other) != publish.audio_name("2026-03-02-morning", one)

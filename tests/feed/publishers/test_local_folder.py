"""The folder: whole files or none, the same ones left alone, and what a person is told."""

from __future__ import annotations

import errno
import gzip
from typing import TYPE_CHECKING

import pytest

from feed.errors import PublishFailed
from feed.publishers.local_folder import FolderPublisher

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def audio(recording: Path) -> Path:
    """Something that stands for a recording."""
    return recording


def test_a_folder_holds_what_was_put_and_nothing_half(tmp_path: Path, audio: Path) -> None:
    """The same bytes under the asked name, readable by a web server, no leftovers; the URL is returned."""
    folder = FolderPublisher(tmp_path / "public", "https://example.com/demo/")
    assert folder.put("a.mp3", audio, "audio/mpeg") == "https://example.com/demo/a.mp3"
    held = tmp_path / "public" / "a.mp3"
    assert held.read_bytes() == audio.read_bytes()
    assert held.stat().st_mode & 0o044 == 0o044
    assert [path.name for path in held.parent.iterdir()] == ["a.mp3"]


def test_the_same_bytes_are_not_written_again(tmp_path: Path, audio: Path) -> None:
    """Caches and ETags stay; other bytes replace the file."""
    folder = FolderPublisher(tmp_path / "public", "https://example.com/")
    folder.put("feed.xml", audio, "application/rss+xml")
    before = (tmp_path / "public" / "feed.xml").stat()
    folder.put("feed.xml", audio, "application/rss+xml")
    assert (tmp_path / "public" / "feed.xml").stat().st_ino == before.st_ino
    audio.write_bytes(b"other")
    folder.put("feed.xml", audio, "application/rss+xml")
    assert (tmp_path / "public" / "feed.xml").read_bytes() == b"other"


def test_texts_are_packed_once_and_their_copies_are_of_the_same_moment(tmp_path: Path) -> None:
    """Whoever serves the folder may send the copy while its time is the file's; it goes with the file."""
    folder, text = FolderPublisher(tmp_path / "public", "https://example.com/"), tmp_path / "text"
    text.write_bytes(b"<rss>" * 200)
    folder.put("feed.xml", text, "application/rss+xml")
    packed, whole = tmp_path / "public" / "feed.xml.gz", tmp_path / "public" / "feed.xml"
    assert gzip.decompress(packed.read_bytes()) == text.read_bytes()
    assert packed.stat().st_mtime_ns == whole.stat().st_mtime_ns
    assert folder.names() == {"feed.xml"}
    packed.unlink()
    folder.put("feed.xml", text, "application/rss+xml")
    assert packed.is_file()
    folder.remove("feed.xml")
    assert list((tmp_path / "public").iterdir()) == []


def test_a_copy_that_cannot_be_packed_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is there, and no older copy passes for it."""
    folder, text = FolderPublisher(tmp_path / "public", "https://example.com/"), tmp_path / "text"
    text.write_bytes(b"<rss>" * 200)
    folder.put("feed.xml", text, "application/rss+xml")

    def full(_data: bytes, *, mtime: int) -> bytes:
        raise OSError(errno.ENOSPC, f"No space left at {mtime}")

    monkeypatch.setattr("feed.publishers.local_folder.gzip.compress", full)
    text.write_bytes(b"<rss/>" * 200)
    folder.put("feed.xml", text, "application/rss+xml")
    packed, whole = tmp_path / "public" / "feed.xml.gz", tmp_path / "public" / "feed.xml"
    assert whole.read_bytes() == text.read_bytes()
    assert not packed.exists()


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path, audio: Path) -> None:
    """A file where the folder should be: one sentence, and what is on air stays."""
    (tmp_path / "public").write_text("in the way")
    with pytest.raises(PublishFailed, match="what was published before still is"):
        FolderPublisher(tmp_path / "public", "https://example.com/").put("a.mp3", audio, "audio/mpeg")


def test_a_folder_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    """A file where the folder should be has no list."""
    (tmp_path / "public").write_text("in the way")
    with pytest.raises(PublishFailed, match="public cannot be read"):
        FolderPublisher(tmp_path / "public", "https://example.com/").names()


def test_what_a_killed_run_left_is_not_listed(tmp_path: Path, audio: Path) -> None:
    """Half a file under a hidden name is no file for the world."""
    FolderPublisher(tmp_path, "https://example.com/").put("a.mp3", audio, "audio/mpeg")
    (tmp_path / ".b.mp3").write_bytes(b"half")
    assert "a.mp3" in FolderPublisher(tmp_path, "https://example.com/").names()
    assert ".b.mp3" not in FolderPublisher(tmp_path, "https://example.com/").names()

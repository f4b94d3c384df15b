"""Atomic writes: whole or not at all, by many writers, with the mode that was asked for."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from briefing.storage.atomic_file import (
    PRIVATE_FILE,
    PRIVATE_FOLDER,
    PUBLIC_FILE,
    make_private_folder,
    open_atomic,
    write_atomic,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGE = 200_000
"""Bytes of a file: more than one write of the operating system."""


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """A person's habits: everything open, the usual, everything closed."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def names(folder: Path) -> list[str]:
    """What lies in a folder, hidden files included."""
    return sorted(path.name for path in folder.iterdir())


def test_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    """Each write succeeds, every read is of one of them whole, and nothing is left beside the file."""
    path = tmp_path / "script.md"
    texts = [bytes([number]) * LARGE for number in range(8)]

    def write(number: int) -> bytes:
        write_atomic(path, texts[number % len(texts)])
        return path.read_bytes()

    with ThreadPoolExecutor(8) as executor:
        seen = list(executor.map(write, range(300)))
    assert set(seen) <= set(texts)
    assert names(tmp_path) == ["script.md"]


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    """Half a file never takes a name."""
    path = tmp_path / "a" / "script.md"
    write_atomic(path, "第一稿")

    def fill_disk() -> None:
        with open_atomic(path) as file:
            file.write(b"half")
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        fill_disk()
    assert path.read_text(encoding="utf-8") == "第一稿"
    assert names(path.parent) == ["script.md"]


def test_a_file_has_the_mode_that_was_asked_for_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    """Hashes are for their owner; what is published is for the web server."""
    assert umask in {0o000, 0o022, 0o077}
    for name, mode in (("secret", PRIVATE_FILE), ("feed.xml", PUBLIC_FILE)):
        write_atomic(tmp_path / name, b"x", mode)
        assert (tmp_path / name).stat().st_mode & 0o777 == mode


def test_a_private_folder_is_closed_whatever_the_umask_and_the_past(tmp_path: Path, umask: int) -> None:
    """A folder that an earlier version left open is closed."""
    assert umask in {0o000, 0o022, 0o077}
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o755)
    for name in ("open", "new"):
        make_private_folder(tmp_path / name)
        assert (tmp_path / name).stat().st_mode & 0o777 == PRIVATE_FOLDER


def test_parents_that_are_missing_are_private_too(tmp_path: Path) -> None:
    """Seen: var/scripts could be listed by everybody, var/scripts/demo could not."""
    make_private_folder(tmp_path / "scripts" / "demo")
    for folder in (tmp_path / "scripts", tmp_path / "scripts" / "demo"):
        assert folder.stat().st_mode & 0o777 == PRIVATE_FOLDER

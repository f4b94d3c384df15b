"""Atomic writing: whole files, with a mode, whoever writes beside and whenever it fails."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import pytest

from feed.publishers.file_writer import write_atomic

if TYPE_CHECKING:
    from pathlib import Path


def test_two_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    """Each write succeeds, and a reader sees one of the two contents, never a part."""
    target, failures = tmp_path / "feed.xml", []
    contents = [b"a" * 100_000, b"b" * 100_000]
    target.write_bytes(contents[0])

    def write(content: bytes) -> None:
        for _ in range(100):
            try:
                write_atomic(target, content)
            except OSError as error:
                failures.append(error)

    threads = [threading.Thread(target=write, args=(content,)) for content in contents]
    for thread in threads:
        thread.start()
    seen = {target.read_bytes() for _ in range(200)}
    for thread in threads:
        thread.join()
    assert failures == []
    assert seen <= set(contents)
    assert [path.name for path in tmp_path.iterdir()] == ["feed.xml"]


def test_the_mode_does_not_depend_on_the_umask(tmp_path: Path) -> None:
    """What is published is readable for a web server; what is secret for nobody else."""
    before = os.umask(0o077)
    try:
        write_atomic(tmp_path / "feed.xml", b"<rss/>")
        write_atomic(tmp_path / "secret", b"word", 0o600)
    finally:
        os.umask(before)
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("feed.xml", "secret")] == [0o644, 0o600]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    """The source is gone: the target is as it was, and no temporary file stays."""
    target = tmp_path / "a.mp3"
    target.write_bytes(b"old")
    with pytest.raises(FileNotFoundError):
        write_atomic(target, tmp_path / "none")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.mp3": b"old"}

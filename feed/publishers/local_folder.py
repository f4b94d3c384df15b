"""Publisher to a folder that a web server serves."""

from __future__ import annotations

import filecmp
import gzip
import os
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from feed import file_names
from feed.errors import PublishFailed
from feed.publishers.file_writer import write_atomic
from feed.publishers.publisher import PublishedFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER_MODE = 0o755
"""Readable for a web server that runs as another user, whatever the umask."""


class FolderPublisher:
    """Publisher of files below `root`; `address` is its URL with a final slash.

    Texts are packed here, once, beside the file: a server that packs them for each answer lets the others wait.
    """

    def __init__(self, root: Path, address: str) -> None:
        self._root = root
        self._address = address

    def put(self, name: str, path: Path, content_type: str) -> str:
        """Copy the file unless the same bytes are there, and pack it beside."""
        del content_type
        file_names.refuse_name(name)
        target = self._root / name
        with _sentence_for_errors(target, "written"):
            if not (target.is_file() and filecmp.cmp(path, target, shallow=False)):
                self._make_root()
                # First of all: some servers send a packed copy without asking whether it is of this version.
                (self._root / file_names.packed_name(name)).unlink(missing_ok=True)
                write_atomic(target, path)
            _pack_beside(target)
        return self._address + name

    def remove(self, name: str) -> None:
        """Remove a file and its packed copy; do nothing if it is not there."""
        file_names.refuse_name(name)
        with _sentence_for_errors(self._root / name, "removed"):
            (self._root / file_names.packed_name(name)).unlink(missing_ok=True)
            (self._root / name).unlink(missing_ok=True)

    def names(self) -> frozenset[str]:
        """Return the names of the files; hidden ones are leftovers of killed runs and left out."""
        with _sentence_for_errors(self._root, "read"):
            if not self._root.exists():
                return frozenset()
            return frozenset(path.name for path in self._root.iterdir() if _is_published(path))

    def read_file(self, name: str) -> bytes | None:
        """Return the bytes of a file; None if it is not there."""
        with _sentence_for_errors(self._root / name, "read"):
            try:
                return (self._root / name).read_bytes()
            except (FileNotFoundError, NotADirectoryError):
                return None

    def describe_file(self, name: str) -> PublishedFile | None:
        """Return size and time of modification; None if the file is not there."""
        with _sentence_for_errors(self._root / name, "read"):
            try:
                stat = (self._root / name).stat()
            except (FileNotFoundError, NotADirectoryError):
                return None
        return PublishedFile(stat.st_size, datetime.fromtimestamp(stat.st_mtime, UTC))

    def _make_root(self) -> None:
        if not self._root.is_dir():
            self._root.mkdir(parents=True, exist_ok=True)
            self._root.chmod(FOLDER_MODE)


def _is_published(path: Path) -> bool:
    hidden = path.name.startswith(".") or path.name.endswith(file_names.PACKED_ENDING)
    return not hidden and path.is_file()


def _pack_beside(path: Path) -> None:
    """Pack a text; equal times tell servers that the packed copy is of this very version."""
    if not file_names.is_worth_packing(path.name, path.stat().st_size):
        return
    packed, time = path.with_name(file_names.packed_name(path.name)), path.stat().st_mtime_ns
    if packed.is_file() and packed.stat().st_mtime_ns == time:
        return
    # Without its packed copy the file is served as it is: no reason to fail.
    with suppress(OSError):
        write_atomic(packed, gzip.compress(path.read_bytes(), mtime=0))
        os.utime(packed, ns=(time, time))


@contextmanager
def _sentence_for_errors(path: Path, verb: str) -> Iterator[None]:
    """Raise `PublishFailed` with one sentence for errors of the operating system."""
    try:
        yield
    except OSError as error:
        raise PublishFailed(
            f"{path} cannot be {verb}: {error.strerror}; what was published before still is"
        ) from error

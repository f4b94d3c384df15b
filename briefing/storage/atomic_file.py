"""Atomic writes: a file is there whole, or as it was before, whatever is killed or lost."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

PRIVATE_FILE = 0o600
"""Mode of files that hold hashes, tokens or scripts, whatever the umask."""

PRIVATE_FOLDER = 0o700
"""Mode of the folders of such files."""

PASSED_FOLDER = 0o711
"""Mode of the working folder: others pass to what is published, and cannot list what else there is."""

PUBLIC_FILE = 0o644
"""Mode of files that a web server reads."""


def write_atomic(path: Path, data: bytes | str, mode: int = PRIVATE_FILE) -> None:
    """Write a file whole or not at all; text is UTF-8.

    Of two writers at once the later one wins whole. Raises `OSError`; the file is then as it was.
    """
    with open_atomic(path, mode) as file:
        file.write(data.encode("utf-8") if isinstance(data, str) else data)


@contextmanager
def open_atomic(path: Path, mode: int = PRIVATE_FILE) -> Iterator[BinaryIO]:
    """Open a new file that takes the place of `path` when the block ends without an error.

    Its data are on the disk before its name is, and its name before this returns.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # A name of its own: two writers with one temporary name would rename each other's half.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), mode)
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_private_folder(folder: Path) -> None:
    """Make a folder, and parents that are missing, which only their owner can enter; close one that others can enter."""
    if not folder.parent.exists():
        make_private_folder(folder.parent)
    folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    if folder.stat().st_mode & 0o777 != PRIVATE_FOLDER:
        folder.chmod(PRIVATE_FOLDER)

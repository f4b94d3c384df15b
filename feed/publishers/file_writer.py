"""Atomic writing of published files: a reader finds the old file or the new one, never a part."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import BinaryIO

PUBLIC_MODE = 0o644
"""Readable for a web server that runs as another user, whatever the umask."""

TEMPORARY_SUFFIX = ".part"


def write_atomic(target: Path, source: Path | bytes, mode: int = PUBLIC_MODE) -> None:
    """Put `source` in the place of `target`, also across a power cut; raise `OSError` and leave `target` alone.

    The temporary file has a name of its own: with one name for all, two writers rename each other's file away.
    """
    descriptor, name = tempfile.mkstemp(TEMPORARY_SUFFIX, f".{target.name}-", target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(file.fileno(), mode)
            _fill_file(file, source)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Write a folder's names to the disk, so that no feed outlives its audio in a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _fill_file(file: BinaryIO, source: Path | bytes) -> None:
    if isinstance(source, bytes):
        file.write(source)
        return
    with source.open("rb") as original:
        shutil.copyfileobj(original, file)

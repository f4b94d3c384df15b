"""Reads regular files only, and never more of them than was asked for."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from briefing.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path


def read_regular_file(path: Path, most: int) -> bytes:
    """Return a regular file's bytes; raises `SourceError` for anything else, and for a file larger than `most`.

    A named pipe would wait for ever, a device never ends: neither is opened, wherever a link leads.
    """
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise SourceError(f"{path}: is no regular file; give a file")
    if status.st_size > most:
        raise SourceError(f"{path}: {status.st_size:,} bytes are more than is read (at most {most:,})")
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise SourceError(f"{path}: grows beyond what is read (at most {most:,} bytes)")
    return content

"""Publisher to a folder that a web server serves."""

from __future__ import annotations

import filecmp
import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from feed import file_names
from feed.errors import PublishFailed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class FolderPublisher:
    """Publisher of files below `root`; `address` is its URL with a final slash."""

    def __init__(self, root: Path, address: str) -> None:
        self._root = root
        self._address = address

    def put(self, name: str, path: Path, content_type: str) -> str:
        """Copy, fsync, rename."""
        del content_type
        file_names.refuse_name(name)
        target = self._root / name
        with _sentence_for_errors(target, "written"):
            if not (target.is_file() and filecmp.cmp(path, target, shallow=False)):
                self._replace(target, path)
        return self._address + name

    def remove(self, name: str) -> None:
        """Remove a file; do nothing if it is not there."""
        file_names.refuse_name(name)
        with _sentence_for_errors(self._root / name, "removed"):
            (self._root / name).unlink(missing_ok=True)

    def names(self) -> frozenset[str]:
        """Return the names of the files; hidden ones are leftovers of killed runs and left out."""
        with _sentence_for_errors(self._root, "read"):
            if not self._root.exists():
                return frozenset()
            return frozenset(
                path.name for path in self._root.iterdir() if path.is_file() and not path.name.startswith(".")
            )

    def _replace(self, target: Path, path: Path) -> None:
        self._root.mkdir(parents=True, exist_ok=True)
        # One name for every try: what a killed run has left is written over, never served, and soon renamed.
        temporary = target.with_name(f".{target.name}")
        with path.open("rb") as source, temporary.open("wb") as file:
            shutil.copyfileobj(source, file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
        self._settle()

    def _settle(self) -> None:
        """Let the new name survive a power cut, so that no feed is found later without its audio."""
        folder = os.open(self._root, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextmanager
def _sentence_for_errors(path: Path, done: str) -> Iterator[None]:
    """Raise `PublishFailed` with one sentence for errors of the operating system."""
    try:
        yield
    except OSError as error:
        raise PublishFailed(f"{path} cannot be {done}: {error.strerror}; what was on air still is") from error

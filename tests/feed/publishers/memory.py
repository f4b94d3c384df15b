"""A publisher that keeps what it is given, notes what was done, and fails where it is told to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed import file_names
from feed.errors import PublishFailed

if TYPE_CHECKING:
    from pathlib import Path


class Memory:
    """`files` are what listeners could fetch; `done` is every put and every removal (with a minus), in order."""

    def __init__(self, address: str = "https://example.com/demo/", fails_at: str = "") -> None:
        self.files: dict[str, bytes] = {}
        self.types: dict[str, str] = {}
        self.done: list[str] = []
        self._address = address
        self.fails_at = fails_at

    def put(self, name: str, path: Path, content_type: str) -> str:
        """Keep the bytes; fails at a name if told to."""
        file_names.refuse_name(name)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise PublishFailed(f"{path} cannot be read") from error
        if name == self.fails_at:
            raise PublishFailed(f"{name} cannot be written")
        self.files[name] = data
        self.types[name] = content_type
        self.done.append(name)
        return self._address + name

    def remove(self, name: str) -> None:
        """Forget the bytes."""
        file_names.refuse_name(name)
        self.files.pop(name, None)
        self.done.append(f"-{name}")

    def names(self) -> frozenset[str]:
        """What is kept."""
        return frozenset(self.files)

"""A publisher that keeps what it is given, notes what was done, and fails where it is told to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from feed import file_names
from feed.errors import PublishFailed
from feed.publishers.publisher import PublishedFile

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
        self.now = datetime(2026, 3, 1, tzinfo=UTC)
        self.moments: dict[str, datetime] = {}

    def put(self, name: str, path: Path, content_type: str) -> str:
        """Keep the bytes; fails at a name if told to."""
        file_names.refuse_name(name)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise PublishFailed(f"{path} cannot be read") from error
        if name == self.fails_at:
            raise PublishFailed(f"{name} cannot be written")
        if self.files.get(name) != data:
            self.moments[name] = self.now
        self.files[name] = data
        self.types[name] = content_type
        self.done.append(name)
        return self._address + name

    def remove(self, name: str) -> None:
        """Forget the bytes."""
        file_names.refuse_name(name)
        self.files.pop(name, None)
        self.done.append(f"-{name}")

    def read_file(self, name: str) -> bytes | None:
        """The bytes that are kept, if any."""
        return self.files.get(name)

    def describe_file(self, name: str) -> PublishedFile | None:
        """Their number, and when they were put."""
        return (
            PublishedFile(len(self.files[name]), self.moments.get(name, self.now))
            if name in self.files
            else None
        )

    def names(self) -> frozenset[str]:
        """What is kept."""
        return frozenset(self.files)

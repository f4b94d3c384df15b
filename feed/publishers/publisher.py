"""Protocol of the places where a show is published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """Published file: bytes, and the moment (aware) at which its content was put."""

    size: int
    modified: datetime


class Publisher(Protocol):
    """Place where listeners fetch the files of a show.

    An implementation MUST make a file appear whole or not at all, MUST take only plain ASCII names, MUST be safe
    to repeat, and MUST raise `PublishFailed` when it could not; what was there before is then still there. `remove`
    MUST be content with what is not there; `names` MUST know every file that was put. It MAY skip a file that is
    the same, and MUST then leave its moment alone.
    """

    def put(self, name: str, path: Path, content_type: str) -> str:
        """Publish the file at `path` under `name`; return its URL."""
        ...

    def remove(self, name: str) -> None:
        """Remove a file."""
        ...

    def names(self) -> frozenset[str]:
        """Return the names of all published files."""
        ...

    def read_file(self, name: str) -> bytes | None:
        """Return the bytes of a published file; None if it is not there."""
        ...

    def describe_file(self, name: str) -> PublishedFile | None:
        """Return size and moment of a published file; None if it is not there."""
        ...

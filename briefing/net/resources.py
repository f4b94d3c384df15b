"""Fetched resources, and the copies that are kept of them between fetches."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Fetched:
    """A resource: the address that it has after redirects, its type and encoding as declared, and its bytes."""

    url: str
    content_type: str
    charset: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Copy:
    """Copy fetched earlier, with the marks by which the server knows it."""

    etag: str
    modified: str
    fetched: Fetched


class Copies(Protocol):
    """Store of copies; an implementation MUST be usable from several threads, and MAY forget."""

    def recall(self, url: str) -> Copy | None:
        """The copy of what was asked for at this address, if there is one."""
        ...

    def keep(self, url: str, copy: Copy) -> None:
        """Keep a copy in place of an older one."""
        ...

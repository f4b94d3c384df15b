"""The seam behind which every source stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from briefing.model import Article


class Source(Protocol):
    """Where articles come from.

    An implementation MUST give each article a stable id, an aware `published` and text without markup, and
    MUST raise `SourceError` for an input that it cannot read whole. It MAY give articles in any order.
    """

    def fetch(self, since: datetime, until: datetime) -> Iterable[Article]:
        """The articles published from `since` on and before `until`."""
        ...

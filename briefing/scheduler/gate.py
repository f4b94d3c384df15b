"""Only so many at a time, and of those who wait, the one that is due first goes first."""

from __future__ import annotations

import heapq
import threading
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime


class Gate:
    """Lets `places` threads in at a time."""

    def __init__(self, places: int) -> None:
        self._free = places
        self._turn = threading.Condition()
        self._waiting: list[tuple[datetime, int]] = []
        self._number = count()

    @contextmanager
    def passed(self, due: datetime) -> Iterator[None]:
        """Wait until there is a place and nobody waits who is due earlier; keep it during the block."""
        mine = (due, next(self._number))
        with self._turn:
            heapq.heappush(self._waiting, mine)
            self._turn.wait_for(lambda: self._free > 0 and self._waiting[0] == mine)
            heapq.heappop(self._waiting)
            self._free -= 1
            self._turn.notify_all()
        try:
            yield
        finally:
            with self._turn:
                self._free += 1
                self._turn.notify_all()

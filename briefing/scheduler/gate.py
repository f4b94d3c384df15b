"""Gate for limited concurrency that admits by due time."""

from __future__ import annotations

import heapq
import threading
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime


class PriorityGate:
    """Gate that admits `places` threads at a time."""

    def __init__(self, places: int) -> None:
        self._free = places
        self._turn = threading.Condition()
        self._waiting: list[tuple[datetime, int]] = []
        self._number = count()

    @contextmanager
    def enter_by_due(self, due: datetime) -> Iterator[None]:
        """Wait for a place with nobody earlier waiting; keep it during the block."""
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

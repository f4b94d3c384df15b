"""Limit on what one caller asks of the reader: characters over all sentences of a person or a program."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil
from threading import Lock
from typing import TYPE_CHECKING

from briefing.desk.problems import ProblemDetails

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from fastapi import Request

    from briefing.desk.auth.sessions import Caller

MOST_CHARS = 60_000
"""Characters that a caller may have read at once: three times the longest programme."""

CHARS_PER_SECOND = 500
"""Characters that a caller gets back each second."""

MOST_WISHES = 20
"""Wishes that a caller may have answered at once."""

WISHES_PER_SECOND = 0.1
"""Wishes that a caller gets back each second: nobody reads more proposals."""


@dataclass
class CharacterBudgets:
    """Characters that each caller has left, by name; a bucket that fills again with time."""

    now: Callable[[], datetime]
    most: float = MOST_CHARS
    per_second: float = CHARS_PER_SECOND
    _left: dict[str, tuple[float, datetime]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def spend_characters(self, name: str, count: int) -> float:
        """Take characters from a caller's budget; returns 0, or the seconds to wait where there are too few."""
        with self._lock:
            now = self.now()
            budget, since = self._left.get(name, (self.most, now))
            budget = min(self.most, budget + max(0.0, (now - since).total_seconds()) * self.per_second)
            enough = budget >= count
            self._left[name] = (budget - count if enough else budget, now)
            return 0.0 if enough else (count - budget) / self.per_second


def limit_reading(request: Request, caller: Caller, count: int) -> None:
    """Raise `ProblemDetails` (429) when a caller has had more characters read than anybody can use."""
    budgets: CharacterBudgets = request.app.state.budgets
    if wait := ceil(budgets.spend_characters(caller.name, count)):
        detail = f"too many readings; ask again in {wait} seconds"
        raise ProblemDetails(429, detail, headers={"Retry-After": str(wait)})


def limit_wishes(request: Request, caller: Caller) -> None:
    """Raise `ProblemDetails` (429) when a caller has asked for more changes than anybody can read."""
    budgets: CharacterBudgets = request.app.state.wishes
    if wait := ceil(budgets.spend_characters(caller.name, 1)):
        detail = f"too many wishes; ask again in {wait} seconds"
        raise ProblemDetails(429, detail, headers={"Retry-After": str(wait)})

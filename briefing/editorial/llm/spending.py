"""Ceilings of an edition on tokens, money and waiting, shared by all of its requests."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Ceilings:
    """The most that an edition may spend."""

    tokens: int = 60_000
    """Tokens of questions and answers."""
    yuan: float = 0.0
    """Money; 0 is no ceiling."""
    seconds: float = 120.0
    """Time from the first request on."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Cost so far: what an editor is told."""

    requests: int
    tokens: int
    yuan: float
    refused: str
    """First ceiling that was reached or failure that ended the asking, as a Chinese sentence; empty if none."""


class Spending:
    """Count of an edition's cost; a request is reserved at its dearest and corrected by what it took. Thread-safe."""

    def __init__(self, ceilings: Ceilings, clock: Callable[[], float] = time.monotonic) -> None:
        self._ceilings = ceilings
        self._clock = clock
        self._started: float | None = None
        self._counting = threading.Lock()
        self._requests = self._tokens = 0
        self._yuan = 0.0
        self._refused = ""

    def reserve(self, tokens: int, yuan: float) -> bool:
        """Reserve what a request may cost at most; False when that would pass a ceiling."""
        with self._counting:
            self._started = self._clock() if self._started is None else self._started
            if self._clock() - self._started > self._ceilings.seconds:
                self._refused = self._refused or "大模型太慢，时间到了上限，其余稿件由内置写稿完成"
            elif self._tokens + tokens > self._ceilings.tokens:
                self._refused = self._refused or "大模型的用量到了上限，其余稿件由内置写稿完成"
            elif self._ceilings.yuan and self._yuan + yuan > self._ceilings.yuan:
                self._refused = self._refused or "大模型的费用到了上限，其余稿件由内置写稿完成"
            else:
                self._requests += 1
                self._tokens += tokens
                self._yuan += yuan
                return True
            return False

    def give_back(self, tokens: int, yuan: float) -> None:
        """Correct a reservation by what was not used."""
        with self._counting:
            self._tokens -= tokens
            self._yuan -= yuan

    def refuse(self, why: str) -> None:
        """Note why the model is asked no more; the first reason stays."""
        with self._counting:
            self._refused = self._refused or why

    def spent(self) -> Spent:
        """Return the cost so far."""
        with self._counting:
            return Spent(self._requests, self._tokens, round(self._yuan, 4), self._refused)

"""Ceilings of an edition on tokens, money and waiting, shared by all of its requests."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing.model import ModelCost

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
    """Time from the first request of a piece of work on, such as a draft or an editor's wish."""


class Spending:
    """Count of an edition's cost; a request is reserved at its dearest and corrected by what it took. Thread-safe.

    `earlier` is what the edition has cost before: tokens and money count from there, waiting begins anew.
    """

    def __init__(
        self,
        ceilings: Ceilings,
        clock: Callable[[], float] = time.monotonic,
        earlier: ModelCost | None = None,
    ) -> None:
        self._ceilings = ceilings
        self._clock = clock
        self._earlier = earlier or ModelCost()
        self._cost = ModelCost()
        self._reserved = (0, 0.0)
        self._started: float | None = None
        self._answers = 0
        self._counting = threading.Condition()

    def reserve(self, tokens: int, yuan: float) -> bool:
        """Reserve what a request may cost at most; False when that would pass a ceiling.

        A request that fits only when those on their way take less than they reserved waits for them.
        """
        with self._counting:
            self._started = self._clock() if self._started is None else self._started
            while not (refused := self._find_refusal(tokens, yuan)) and not self._fits(tokens, yuan):
                self._counting.wait(self._ceilings.seconds)
            if refused:
                self._cost = replace(self._cost, trouble=self._cost.trouble or refused)
                return False
            self._reserved = (self._reserved[0] + tokens, self._reserved[1] + yuan)
            return True

    def settle(self, reserved: tuple[int, float], tokens: int, yuan: float) -> None:
        """Put what a request took in the place of what was reserved for it."""
        with self._counting:
            self._reserved = (self._reserved[0] - reserved[0], self._reserved[1] - reserved[1])
            self._answers += tokens > 0
            self._cost = replace(
                self._cost,
                requests=self._cost.requests + 1,
                tokens=self._cost.tokens + tokens,
                yuan=self._cost.yuan + yuan,
                seconds=self._clock() - (self._started or 0.0),
            )
            self._counting.notify_all()

    def seconds_left(self) -> float:
        """Return how long a request that begins now may take."""
        with self._counting:
            begun = self._clock() if self._started is None else self._started
            return max(0.0, self._ceilings.seconds - (self._clock() - begun))

    def note_dead(self, model: str, why: str, successor: str = "") -> None:
        """Note that a model is asked no more, and who writes instead; the last such note stays."""
        with self._counting:
            when = "中途断了" if self._answers else why
            then = (
                f"改用 {successor}"
                if successor
                else "其余由内置写稿完成"
                if self._answers
                else "由内置写稿完成"
            )
            self._cost = replace(self._cost, trouble=f"大模型 {model} {when}，{then}")

    def note_unanswered(self) -> None:
        """Count a question to which no model had a usable answer."""
        with self._counting:
            self._cost = replace(self._cost, unanswered=self._cost.unanswered + 1)

    def spent(self) -> ModelCost:
        """Return the cost of this piece of work."""
        with self._counting:
            return replace(self._cost, yuan=round(self._cost.yuan, 4), seconds=round(self._cost.seconds, 1))

    def _find_refusal(self, tokens: int, yuan: float) -> str:
        """Return which ceiling a request would pass whatever those on their way take; empty if none."""
        spent_tokens = self._earlier.tokens + self._cost.tokens
        spent_yuan = self._earlier.yuan + self._cost.yuan
        if self._started is not None and self._clock() - self._started >= self._ceilings.seconds:
            return "大模型太慢，时间到了上限，其余稿件由内置写稿完成"
        if spent_tokens + tokens > self._ceilings.tokens:
            return "大模型的用量到了上限，其余稿件由内置写稿完成"
        if self._ceilings.yuan and spent_yuan + yuan > self._ceilings.yuan:
            return "大模型的费用到了上限，其余稿件由内置写稿完成"
        return ""

    def _fits(self, tokens: int, yuan: float) -> bool:
        """Return whether a request fits beside those on their way at their dearest."""
        spent_tokens = self._earlier.tokens + self._cost.tokens + self._reserved[0]
        spent_yuan = self._earlier.yuan + self._cost.yuan + self._reserved[1]
        most_yuan = self._ceilings.yuan
        return spent_tokens + tokens <= self._ceilings.tokens and (
            not most_yuan or spent_yuan + yuan <= most_yuan
        )

"""Ask a list of language models: the first that gives a usable answer is believed, within the ceilings of the edition.

A model that cannot be reached is asked no more; every answer is remembered by question and model, and costs once.
"""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from briefing.editorial.llm.answers import RefusedError
from briefing.editorial.llm.exchange import UnreachableError
from briefing.editorial.llm.spending import MILLION

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping, Sequence

    from briefing.editorial.llm.exchange import Endpoint, Exchange
    from briefing.editorial.llm.question import Question
    from briefing.editorial.llm.spending import Spending

Value = TypeVar("Value")
LOG = logging.getLogger(__name__)
TRIES = 2
"""How often a model is asked one question: a whim is forgiven once."""
FAILURES = 3
"""Questions in a row without a usable answer after which a model is asked no more: it hangs, or it is none."""

MOST_TOKENS = 4
"""Tokens that a character may cost: the bytes of its UTF-8 form, in a tokenizer that knows no Chinese."""
STRAY_TOKENS = 16_000
"""Tokens of an answer that its text does not show: a reasoning model's thinking."""


@dataclass(frozen=True)
class ModelChain:
    """Models in the order in which they are tried, with the ceilings and the memory that they share. Thread-safe."""

    exchanges: Sequence[Exchange]
    spending: Spending
    memory: MutableMapping[str, str]
    """Answers by question and model, so that a redraft costs nothing."""
    _failures: dict[int, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask_models(self, question: Question, read: Callable[[str], Value]) -> Value | None:
        """Return the first answer that `read` does not refuse; None if no model has one or may be asked."""
        for number, exchange in enumerate(self.exchanges):
            key = memory_key(exchange.endpoint, question)
            if (remembered := self._recall(key, read)) is not None:
                return remembered
            if (fresh := self._ask_model(number, question, read)) is not None:
                text, value = fresh
                self.memory[key] = text
                return value
        self.spending.note_unanswered()
        return None

    def _recall(self, key: str, read: Callable[[str], Value]) -> Value | None:
        text = self.memory.get(key)
        try:
            return read(text) if text is not None else None
        except RefusedError:  # Remembered by a version that read answers otherwise.
            return None

    def _ask_model(
        self, number: int, question: Question, read: Callable[[str], Value]
    ) -> tuple[str, Value] | None:
        """Ask one model, twice at most; None when it has no usable answer or may not be asked."""
        exchange = self.exchanges[number]
        for _ in range(TRIES):
            if self._failures.get(number, 0) >= FAILURES:
                return None
            try:
                text = self._pay_answer(exchange, question)
                value = read(text) if text is not None else None
            except RefusedError as error:
                LOG.warning("model %s: %s", exchange.endpoint.model, error)
            except UnreachableError as error:
                LOG.warning("model %s: %s", exchange.endpoint.model, error)
                self._note_failure(number, "连不上", FAILURES)
            else:
                self._note_success(number)
                return (text, value) if text is not None and value is not None else None
        self._note_failure(number, "没有给出能用的回答")
        return None

    def _note_failure(self, number: int, why: str, count: int = 1) -> None:
        """Count a question without an answer; at the last the edition's cost says that the model is asked no more."""
        with self._lock:
            before = self._failures.get(number, 0)
            self._failures[number] = before + count
            is_last = before < FAILURES <= before + count
        if is_last:
            names = [exchange.endpoint.model for exchange in self.exchanges]
            self.spending.note_dead(names[number], why, "".join(names[number + 1 : number + 2]))

    def _note_success(self, number: int) -> None:
        with self._lock:
            if self._failures.get(number, 0) < FAILURES:
                self._failures[number] = 0

    def _pay_answer(self, exchange: Exchange, question: Question) -> str | None:
        """Return an answer with its cost counted; None when a ceiling forbids to ask. What fails before it is free."""
        most_in, longest, endpoint = question.characters, question.longest, exchange.endpoint
        most = price(endpoint, most_in, longest)
        if not self.spending.reserve(most_in + longest, most):
            return None
        used_in = used_out = 0
        try:
            answer = exchange.ask(question, self.spending.seconds_left())
            used_in = count_tokens(answer.tokens_in, most_in)
            used_out = count_tokens(answer.tokens_out, len(answer.text))
        finally:
            used = price(endpoint, used_in, used_out)
            self.spending.settle((most_in + longest, most), used_in + used_out, used)
        if answer.fault:
            raise RefusedError(answer.fault)
        return answer.text


def count_tokens(reported: int | None, characters: int) -> int:
    """Return the tokens that a server reports, where they can be; without a report one for each character."""
    if reported is None:
        return characters
    return min(reported, MOST_TOKENS * characters + STRAY_TOKENS)


def price(endpoint: Endpoint, tokens_in: int, tokens_out: int) -> float:
    """Return what so many tokens cost, in yuan."""
    return (tokens_in * endpoint.yuan_in + tokens_out * endpoint.yuan_out) / MILLION


def memory_key(endpoint: Endpoint, question: Question) -> str:
    """Return what an answer depends on: the model, its settings, and every word of the question."""
    parts = [
        endpoint.url,
        endpoint.model,
        dict(endpoint.extra),
        [dict(message) for message in question.messages],
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

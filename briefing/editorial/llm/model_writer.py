"""Write stories with a language model: numbered sources, a guard on every sentence, one retry that names the doubt.

What is still doubted falls to the built-in writer, sentence by sentence and in its place; a model that is dead, dear or
slow is asked no more, and the next of the list is.
"""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.editorial.llm.answers import Line, RefusedError, read_answer
from briefing.editorial.llm.exchange import UnreachableError
from briefing.editorial.llm.spending import MILLION
from briefing.editorial.writer import passage
from briefing.model import Sentence, han_count

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping, Sequence
    from datetime import date

    from briefing.editorial.guard.papers import PaperGuard
    from briefing.editorial.guard.unsupported_claim import UnsupportedClaim
    from briefing.editorial.llm.exchange import Endpoint, Exchange
    from briefing.editorial.llm.spending import Spending
    from briefing.editorial.writer.writer_protocol import Writer
    from briefing.model import Story

PROMPTS = Path(__file__).parent / "prompts"
STYLES = {"播报": "broadcast", "快讯": "brief"}
"""Prompt file of each style."""
AT_ONCE = 10
"""Stories that are asked for at the same time."""
STEP = 50
"""Han characters: budgets are asked for in such steps, so that a programme fitted anew finds its answers again."""
SPARE = 1.1
"""How much longer than its budget an answer may be before it is cut."""
LOG = logging.getLogger(__name__)

SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["sentences"],
    "properties": {
        "sentences": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["text", "sources"],
                "properties": {
                    "text": {"type": "string"},
                    "sources": {"type": "array", "items": {"type": "integer"}},
                },
            },
        }
    },
}
"""The answer that is wanted, as servers with structured output understand it."""


def load_prompt(style: str) -> str:
    """Return the rules of a style as the project ships them."""
    return (PROMPTS / f"{STYLES[style]}.txt").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Manner:
    """Manner of speaking that a show wants."""

    rules: str
    """What the model is told, apart from the article."""
    forbidden: tuple[str, ...] = ()
    """Words that the show does not say."""
    most: int = 0
    """Sentences a story may have; 0 leaves it to the budget."""


@dataclass(frozen=True, slots=True)
class Task:
    """A story as it is asked for: its numbered sources and its budget in steps."""

    story: Story
    sources: tuple[str, ...]
    budget: int


@dataclass(frozen=True)
class ModelWriter:
    """Writes with the first model of a list that answers; says nothing that the guard doubts."""

    exchanges: Sequence[Exchange]
    """The models in the order in which they are tried."""
    spending: Spending
    """Ceilings and cost of the edition."""
    day: date
    """Day of broadcast."""
    places: Mapping[str, str]
    """Place that 我区 means, by source."""
    manner: Manner
    guard: PaperGuard
    built_in: Writer
    """Writer of what the model may not say."""
    memory: MutableMapping[str, str]
    """Answers by article, prompt and model, so that a redraft costs nothing."""
    _dead: set[int] = field(default_factory=set)
    _by_model: dict[str, bool] = field(default_factory=dict)
    """Whether the model wrote anything of a story, by its article."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def write_all(self, stories: Sequence[Story]) -> list[tuple[Sentence, ...]]:
        """Write several stories at once, in their order."""
        with ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="model") as pool:
            return list(pool.map(self.write, stories))

    def report_cost(self) -> str:
        """Return in a Chinese sentence what the edition cost so far, and why it is asked no more, if so."""
        spent = self.spending.spent()
        cost = f"大模型：{spent.requests}次请求，{spent.tokens}个token，{spent.yuan:.2f}元"
        return f"{cost}；{spent.refused}" if spent.refused else cost

    def report_fallback(self) -> str:
        """Return in a Chinese sentence how many stories the built-in writer had to write, and why; '' for none."""
        missed, count = list(self._by_model.values()).count(False), len(self._by_model)
        if not missed:
            return ""
        why = self.spending.spent().refused.partition("，")[0] or "大模型的回答不能用"
        return f"{why}：{count}条新闻中有{missed}条由内置写稿完成。"

    def write(self, story: Story) -> tuple[Sentence, ...]:
        """Write a story within its budget."""
        fallback = self.built_in.write(story)
        task = Task(
            story, tuple(source.text for source in passage.sources(story.article)), _stepped(story.budget)
        )
        lines = self._draft(task) if task.sources else ()
        written = self._fit(self._settle(task, lines, fallback), story.budget) if lines else fallback
        self._by_model[story.article.id] = any(sentence not in fallback for sentence in written)
        return written

    def _draft(self, task: Task) -> tuple[Line, ...]:
        """The model's sentences about a story, the doubted ones rewritten once; none if no model can be used."""
        question = self._question(task)
        lines = self._ask(question, len(task.sources))
        doubts = {number: claims for number, line in enumerate(lines) if (claims := self._doubts(task, line))}
        if not doubts:
            return lines
        return self._rewritten(task, question, lines, doubts)

    def _rewritten(
        self,
        task: Task,
        question: list[dict[str, str]],
        lines: tuple[Line, ...],
        doubts: dict[int, tuple[UnsupportedClaim, ...]],
    ) -> tuple[Line, ...]:
        """The sentences with those replaced that the model says rightly when it is told what was wrong."""
        wrong = [
            {
                "text": lines[number].text,
                "sources": list(lines[number].sources),
                "doubts": [claim.what for claim in claims],
            }
            for number, claims in doubts.items()
        ]
        written = {"sentences": [{"text": line.text, "sources": list(line.sources)} for line in lines]}
        again = [
            *question,
            {"role": "assistant", "content": json.dumps(written, ensure_ascii=False)},
            {
                "role": "user",
                "content": json.dumps({"rewrite_only_these_in_order": wrong}, ensure_ascii=False),
            },
        ]
        better = dict(zip(doubts, self._ask(again, len(task.sources)), strict=False))
        return tuple(
            better[number] if number in better and not self._doubts(task, better[number]) else line
            for number, line in enumerate(lines)
        )

    def _settle(self, task: Task, lines: tuple[Line, ...], fallback: tuple[Sentence, ...]) -> list[Sentence]:
        """Each sentence that stands, and in the place of each that does not what the built-in writer says of the same."""
        settled: list[Sentence] = []
        used = {
            task.sources[number - 1]
            for line in lines
            if not self._doubts(task, line)
            for number in line.sources
        }
        spare = [sentence for sentence in fallback if not used & set(sentence.rests_on)]
        for line in lines:
            sentence = _sentence(task, line)
            if not self._doubts(task, line):
                settled.append(sentence)
                continue
            instead = next((other for other in spare if set(other.rests_on) & set(sentence.rests_on)), None)
            if instead is not None:
                spare.remove(instead)
                settled.append(instead)
        return settled if used else list(fallback)

    def _doubts(self, task: Task, line: Line) -> tuple[UnsupportedClaim, ...]:
        return self.guard.doubts(_sentence(task, line), (task.story.article,))

    def _fit(self, sentences: list[Sentence], budget: int) -> tuple[Sentence, ...]:
        """The sentences from the first on that the budget holds, without a show's forbidden words."""
        lines: list[Sentence] = []
        for sentence in sentences:
            if any(word in sentence.text for word in self.manner.forbidden):
                continue
            budget -= han_count(sentence.text)
            if budget < 0 or (self.manner.most and len(lines) >= self.manner.most):
                break
            lines.append(sentence)
        return tuple(lines)

    def _question(self, task: Task) -> list[dict[str, str]]:
        article = task.story.article
        data = {
            "title": article.title,
            "printed": article.moment.date().isoformat(),
            "broadcast": self.day.isoformat(),
            "place": self.places.get(article.source, ""),
            "characters": task.budget,
            "forbidden": list(self.manner.forbidden),
            "sentences": dict(enumerate(task.sources, 1)),
        }
        content = json.dumps(data, ensure_ascii=False)
        return [{"role": "system", "content": self.manner.rules}, {"role": "user", "content": content}]

    def _ask(self, messages: list[dict[str, str]], count: int) -> tuple[Line, ...]:
        """The answer of the first model that gives a usable one; nothing if none does."""
        for number, exchange in enumerate(self.exchanges):
            key = _memory_key(exchange, messages)
            if (remembered := self.memory.get(key)) is not None:
                return read_answer(remembered, count)
            text = self._ask_one(number, exchange, messages, count)
            if text is not None:
                self.memory[key] = text
                return read_answer(text, count)
        return ()

    def _ask_one(
        self, number: int, exchange: Exchange, messages: list[dict[str, str]], count: int
    ) -> str | None:
        """A usable answer of one model, asked at most twice; None when it has none or may not be asked."""
        for _ in range(2):
            if number in self._dead:
                return None
            try:
                return self._usable(exchange, messages, count)
            except RefusedError as error:
                LOG.warning("model %s: %s", exchange.endpoint.model, error)
            except UnreachableError as error:
                LOG.warning("model %s is asked no more: %s", exchange.endpoint.model, error)
                with self._lock:
                    self._dead.add(number)
                self.spending.refuse(f"大模型 {exchange.endpoint.model} 连不上，由内置写稿完成")
        return None

    def _usable(self, exchange: Exchange, messages: list[dict[str, str]], count: int) -> str | None:
        """An answer that can be read, or None when a ceiling forbids to ask."""
        text = self._paid(exchange, messages)
        if text is not None:
            read_answer(text, count)
        return text

    def _paid(self, exchange: Exchange, messages: list[dict[str, str]]) -> str | None:
        """An answer with its cost counted; None when a ceiling forbids to ask. What fails before an answer is free."""
        longest = 4 * max(STEP, int(_characters(messages))) + 200
        # A token is at least a character in every tokenizer that matters here, and mostly more.
        most_in, endpoint = sum(len(message["content"]) for message in messages), exchange.endpoint
        if not self.spending.reserve(most_in + longest, _price(endpoint, most_in, longest)):
            return None
        used_in = used_out = 0
        try:
            answer = exchange.ask(messages, longest, SCHEMA)
            used_in = min(most_in, answer.tokens_in if answer.tokens_in is not None else most_in)
            used_out = min(longest, answer.tokens_out if answer.tokens_out is not None else len(answer.text))
        finally:
            unused = most_in + longest - used_in - used_out
            self.spending.give_back(
                unused, _price(endpoint, most_in, longest) - _price(endpoint, used_in, used_out)
            )
        return answer.text


def _price(endpoint: Endpoint, tokens_in: int, tokens_out: int) -> float:
    """Return what so many tokens cost, in yuan."""
    return (tokens_in * endpoint.yuan_in + tokens_out * endpoint.yuan_out) / MILLION


def _characters(messages: list[dict[str, str]]) -> int:
    """The budget that the question names."""
    data = json.loads(messages[1]["content"])
    return int(data["characters"])


def _stepped(budget: int) -> int:
    return -(-budget // STEP) * STEP


def _sentence(task: Task, line: Line) -> Sentence:
    return Sentence(line.text, tuple(task.sources[number - 1] for number in line.sources))


def _memory_key(exchange: Exchange, messages: list[dict[str, str]]) -> str:
    """Return what an answer depends on: the model, its settings, the rules and the article."""
    endpoint = replace(exchange.endpoint, key="")
    key = json.dumps(
        [endpoint.url, endpoint.model, dict(endpoint.extra), messages], ensure_ascii=False, sort_keys=True
    )
    return hashlib.sha256(key.encode()).hexdigest()

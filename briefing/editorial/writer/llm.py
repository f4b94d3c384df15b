"""A language model as condenser: any endpoint with OpenAI's `/chat/completions`. The home of httpx.

The article goes as data, in JSON, its sentences numbered; the answer must be JSON that names for each sentence the
numbers it rests on. Whatever is wrong with an answer is asked once more, and then the story is told without the model:
this condenser says nothing, and the one that only extracts speaks (`faithful.Guarded`). The rules of writing for the
ear stand in `prompt.txt`.
"""

from __future__ import annotations

import json
import logging
import re
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from briefing.editorial.writer import passage
from briefing.model import Sentence, han_count

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from briefing.model import Story

RULES = Path(__file__).with_name("prompt.txt")
"""What the model is told, apart from the article."""

ATTEMPTS = 2
CONNECT, WHOLE = 10.0, 60.0
"""Seconds to connect, and between two pieces of an answer."""

LARGEST = 1_000_000
"""Bytes of an answer: no story is longer."""

SPARE = 1.1
"""How much longer than its budget an answer may be: its last sentences are left out then."""

LOG = logging.getLogger(__name__)

_UNHEARD = re.compile(
    r"[<>{}\[\]*#`_|\\]|https?:|作为(?:一个|一名)?(?:AI|人工智能|语言模型)|我(?:无法|不能|很抱歉)|(?:很|非常)?抱歉[，。]|对不起[，。]"
    r"|^(?:好的|当然|以下是)|希望(?:这|以上).{0,8}帮助|tool_call|function_call|忽略.{0,8}指令"
)
"""Markup, apologies and what models say of themselves: never on the air."""

SHAPE = {
    "type": "json_schema",
    "json_schema": {
        "name": "broadcast",
        "strict": True,
        "schema": {
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
        },
    },
}
"""The answer that is wanted, as servers with structured output understand it."""


class _RefusedError(Exception):
    """An answer that cannot be used, and why; never leaves this file."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model is (its URL up to /v1), its name, and the secret key, if it wants one."""

    url: str
    model: str
    key: str = field(default="", repr=False)


class Purse:
    """Tokens that may still be spent in one edition; a request is not made when it could cost more than is left."""

    def __init__(self, tokens: int) -> None:
        self._left = tokens
        self._counting = threading.Lock()

    def take(self, tokens: int) -> bool:
        """Spend so many, if they are there."""
        with self._counting:
            enough = tokens <= self._left
            self._left -= tokens if enough else 0
            return enough

    def give_back(self, tokens: int) -> None:
        """What a request did not use."""
        with self._counting:
            self._left += tokens


@dataclass(frozen=True, slots=True)
class Llm:
    """Has a model condense; says nothing for a story with which it cannot be trusted or paid.

    `places` say by source what 我区 means; `day` is the day of broadcast.
    """

    endpoint: Endpoint
    purse: Purse
    day: date
    places: Mapping[str, str]

    def write(self, story: Story) -> tuple[Sentence, ...]:
        """The story within its budget as the model tells it, or nothing."""
        sources = [source.text for source in passage.sources(story.article)]
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return _read(self._answer(story, sources), sources, story.budget)
            except (_RefusedError, httpx.HTTPError, httpx.InvalidURL) as error:
                why = str(error) or type(error).__name__
                LOG.warning("%s: attempt %d of the model failed: %s", story.article.id, attempt, why)
        return ()

    def _answer(self, story: Story, sources: list[str]) -> str:
        article = story.article
        data = {
            "title": article.title,
            "printed": article.moment.date().isoformat(),
            "broadcast": self.day.isoformat(),
            "place": self.places.get(article.source, ""),
            "characters": story.budget,
            "sentences": dict(enumerate(sources, 1)),
        }
        rules, message = RULES.read_text(encoding="utf-8"), json.dumps(data, ensure_ascii=False)
        longest = 4 * story.budget + 200
        asked = {
            "model": self.endpoint.model,
            "temperature": 0,
            "max_tokens": longest,
            "response_format": SHAPE,
            "messages": [
                {"role": "system", "content": rules},
                {"role": "user", "content": message},
            ],
        }
        # A token is at least a character in every tokenizer that matters here, and mostly more.
        most = len(rules) + len(message) + longest
        if not self.purse.take(most):
            raise _RefusedError("the edition's tokens are spent; raise `tokens` or use fewer stories")
        answer = self._asked(asked)
        used = _dig(answer, "usage", "total_tokens")
        self.purse.give_back(most - min(max(used, 0), most) if isinstance(used, int) else 0)
        text = _dig(answer, "choices", 0, "message", "content")
        if not isinstance(text, str) or _dig(answer, "choices", 0, "finish_reason") == "length":
            raise _RefusedError("the answer holds no text, or only a part of it")
        return text

    def _asked(self, asked: dict[str, Any]) -> object:
        headers = {"Authorization": f"Bearer {self.endpoint.key}"} if self.endpoint.key else {}
        url = f"{self.endpoint.url.rstrip('/')}/chat/completions"
        body = bytearray()
        with (
            httpx.Client(timeout=httpx.Timeout(WHOLE, connect=CONNECT)) as client,
            client.stream("POST", url, json=asked, headers=headers) as answer,
        ):
            if answer.is_error or answer.is_redirect:
                raise _RefusedError(f"status {answer.status_code}")
            for chunk in answer.iter_bytes():
                body += chunk
                if len(body) > LARGEST:
                    raise _RefusedError("an answer without end")
        return _parsed(bytes(body))


def _parsed(text: str | bytes) -> object:
    try:
        parsed: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _RefusedError("the answer is no JSON") from error
    return parsed


def _dig(value: object, *keys: str | int) -> object:
    """What stands under the keys and indices, one in the other; None when it is not there."""
    for key in keys:
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list) and isinstance(key, int) and key < len(value):
            value = value[key]
        else:
            return None
    return value


def _read(text: str, sources: list[str], budget: int) -> tuple[Sentence, ...]:
    """The sentences of an answer; raises `_RefusedError` for one that is not what was asked for."""
    rows = _dig(_parsed(text), "sentences")
    if not isinstance(rows, list) or not rows:
        raise _RefusedError("the answer has no sentences")
    said = [_sentence(row, sources) for row in rows]
    if sum(han_count(sentence.text) for sentence in said) > SPARE * budget:
        raise _RefusedError("the answer is longer than asked for")
    kept: list[Sentence] = []
    for sentence in said:
        budget -= han_count(sentence.text)
        if budget >= 0:
            kept.append(sentence)
    return tuple(kept)


def _sentence(row: object, sources: list[str]) -> Sentence:
    text, numbers = _dig(row, "text"), _dig(row, "sources")
    if not isinstance(text, str) or not isinstance(numbers, list) or not numbers:
        raise _RefusedError("a sentence has no text or no sources")
    if not all(type(number) is int and 1 <= number <= len(sources) for number in numbers):
        raise _RefusedError("a sentence rests on what is not there")
    text = text.strip()
    if not text or _UNHEARD.search(text) or "\n" in text or 2 * han_count(text) < len(text):
        raise _RefusedError(f"{text[:30]!r} is nothing for the ear")
    return Sentence(
        text if text[-1] in "。！？" else f"{text}。", tuple(sources[number - 1] for number in numbers)
    )

"""One exchange with a server that has OpenAI's `/chat/completions`. The home of httpx.

A deadline stands over the whole exchange, since httpx counts a timeout per read and a server that drips a byte now and
then would never end. The form of answer that a server understands (json_schema, json_object, none) is found out once.
"""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

from briefing.editorial.llm.answers import RefusedError, find_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

LARGEST = 1_000_000
"""Bytes of an answer: no story is longer."""
CONNECT = 5.0
"""Seconds to connect."""
FORMS = ("json_schema", "json_object", "")
"""Ways to ask for JSON, the strictest first."""
_UNKNOWN_FORM = frozenset({400, 404, 415, 422, 501})
"""Statuses with which servers refuse a form of answer that they do not know."""
_TRYING_LATER = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})


class UnreachableError(Exception):
    """A server that cannot be reached or does not let us in: it is asked no more in this edition."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A model at a server."""

    url: str
    """Address up to /v1."""
    model: str
    """Name that the server knows it by."""
    key: str = field(default="", repr=False)
    """Secret, if the server wants one."""
    stream: bool = False
    """Whether the answer is sent in pieces."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further fields of the request, such as enable_thinking."""
    yuan_in: float = 0.0
    """Price of a million tokens of a question."""
    yuan_out: float = 0.0
    """Price of a million tokens of an answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Text that a model sent, with its cost."""

    text: str
    tokens_in: int | None
    """Tokens of the question as the server counts them; None if it does not say."""
    tokens_out: int | None
    """Tokens of the answer, thinking included."""


class Exchange:
    """Asks one model; remembers the form of answer that its server understands. Thread-safe."""

    def __init__(
        self, endpoint: Endpoint, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.endpoint = endpoint
        self._seconds = seconds
        self._clock = clock
        self._form = 0
        self._finding = threading.Lock()

    def ask(self, messages: list[dict[str, str]], longest: int, schema: Mapping[str, Any]) -> Answer:
        """Return the answer to messages; raises RefusedError for one that cannot be used, UnreachableError for none."""
        deadline = self._clock() + self._seconds
        while True:
            form = self._form
            body = self._body(messages, longest, schema, FORMS[form])
            status, answer = self._post(body, deadline)
            if status in _UNKNOWN_FORM and form + 1 < len(FORMS):
                with self._finding:
                    self._form = max(self._form, form + 1)
                continue
            if status in _TRYING_LATER:
                raise RefusedError(f"status {status}")
            if status != httpx.codes.OK:
                raise UnreachableError(f"status {status}")
            return _read_stream(answer) if self.endpoint.stream else _read_whole(answer)

    def _body(
        self, messages: list[dict[str, str]], longest: int, schema: Mapping[str, Any], form: str
    ) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self.endpoint.model, "temperature": 0, "max_tokens": longest, "messages": messages,
        }  # fmt: skip
        if form == "json_schema":
            shape = {"name": "broadcast", "strict": True, "schema": schema}
            body["response_format"] = {"type": form, "json_schema": shape}
        elif form:
            body["response_format"] = {"type": form}
        if self.endpoint.stream:
            body |= {"stream": True, "stream_options": {"include_usage": True}}
        return body | dict(self.endpoint.extra)

    def _post(self, body: dict[str, Any], deadline: float) -> tuple[int, bytes]:
        """The status and the bytes of an answer, within the deadline and the size that it may have."""
        headers = {"Accept-Encoding": "identity"}
        if self.endpoint.key:
            headers["Authorization"] = f"Bearer {self.endpoint.key}"
        url = f"{self.endpoint.url.rstrip('/')}/chat/completions"
        received = bytearray()
        try:
            with (
                httpx.Client(timeout=httpx.Timeout(self._left(deadline), connect=CONNECT)) as client,
                client.stream("POST", url, json=body, headers=headers) as answer,
            ):
                for chunk in answer.iter_raw():
                    received += chunk
                    if len(received) > LARGEST:
                        raise RefusedError("an answer without end")
                    self._left(deadline)
                return answer.status_code, bytes(received)
        except (
            httpx.ConnectError,
            httpx.ConnectTimeout,
            httpx.InvalidURL,
            httpx.UnsupportedProtocol,
        ) as error:
            raise UnreachableError(type(error).__name__) from error
        except httpx.HTTPError as error:
            raise RefusedError(type(error).__name__) from error

    def _left(self, deadline: float) -> float:
        """Seconds up to the deadline; raises when it has passed."""
        seconds = deadline - self._clock()
        if seconds <= 0:
            raise RefusedError("no answer in time")
        return seconds


def _read_whole(body: bytes) -> Answer:
    return _answer(_parse(body), "message")


def _read_stream(body: bytes) -> Answer:
    """The answer that comes in events: `data: {…}` lines, the last with the usage."""
    pieces: list[str] = []
    usage: object = None
    ended = ""
    for event in _events(body):
        usage = find_value(event, "usage") or usage
        piece = find_value(event, "choices", 0, "delta", "content")
        pieces.append(piece if isinstance(piece, str) else "")
        finish = find_value(event, "choices", 0, "finish_reason")
        ended = finish if isinstance(finish, str) else ended
    choice = {"message": {"content": "".join(pieces)}, "finish_reason": ended}
    return _answer({"choices": [choice], "usage": usage}, "message")


def _events(body: bytes) -> Iterator[object]:
    for line in body.decode("utf-8", "replace").splitlines():
        data = line.removeprefix("data:").strip()
        if line.startswith("data:") and data and data != "[DONE]":
            yield _parse(data)


def _answer(body: object, part: str) -> Answer:
    text = find_value(body, "choices", 0, part, "content")
    if not isinstance(text, str) or find_value(body, "choices", 0, "finish_reason") == "length":
        raise RefusedError("the answer holds no text, or only a part of it")
    counts = [find_value(body, "usage", name) for name in ("prompt_tokens", "completion_tokens")]
    question, answer = (count if type(count) is int and count >= 0 else None for count in counts)
    return Answer(text, question, answer)


def _parse(text: str | bytes) -> object:
    try:
        parsed: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RefusedError("the answer is no JSON") from error
    return parsed

"""One exchange with a server that has OpenAI's `/chat/completions`. The home of httpx.

A deadline stands over the whole exchange, since httpx counts a timeout per read and a server that drips a byte now and
then would never end. The form of answer that a server understands (json_schema, json_object, none) is found out once.
"""

from __future__ import annotations

import json
import math
import re
import time
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import httpx

from briefing.editorial.llm.answers import RefusedError, find_value

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator, Mapping

    from briefing.editorial.llm.question import Question

LARGEST = 1_000_000
"""Bytes of an answer: no story is longer."""
CONNECT = 5.0
"""Seconds to connect."""
FORMS = ("json_schema", "json_object", "")
"""Ways to ask for JSON, the strictest first."""
_UNKNOWN_FORM = frozenset({400, 404, 415, 422, 501})
"""Statuses with which servers refuse a form of answer that they do not know."""
_TRYING_LATER = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
WAITS = (1.0, 2.0, 4.0)
"""Seconds to wait for a busy server that does not say how long; it is asked once more after each."""
MOST_WAIT = 20.0
"""Seconds that a server may ask us to wait."""
_TOO_LONG = re.compile(
    r"context.{0,20}(?:size|length|window)|exceed_context|too (?:long|large)", re.IGNORECASE
)
"""Complaint about the length of a question: another form does not help."""
_CUT_SHORT = frozenset(
    {"length", "content_filter", "insufficient_system_resource", "tool_calls", "function_call"}
)
"""Reasons to end under which the text is not whole, or is none."""


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
    fault: str = ""
    """Reason why the text cannot be used though it was paid for; empty if it can."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """Parts of a request that servers understand differently."""

    form: int = 0
    """Place in `FORMS`."""
    length_name: str = "max_tokens"
    """Name of the most tokens of an answer; reasoning models of OpenAI want max_completion_tokens."""
    temperature: bool = True
    """Whether a temperature may be set."""

    def adapt(self, complaint: str) -> Dialect | None:
        """Return the dialect to try after a complaint of a server; None if there is none left."""
        if "max_completion_tokens" in complaint and self.length_name == "max_tokens":
            return replace(self, length_name="max_completion_tokens")
        if "temperature" in complaint and self.temperature:
            return replace(self, temperature=False)
        if _TOO_LONG.search(complaint):
            return None
        return replace(self, form=self.form + 1) if self.form + 1 < len(FORMS) else None


class Exchange:
    """Asks one model; remembers the dialect that its server understands. Thread-safe."""

    def __init__(
        self,
        endpoint: Endpoint,
        seconds: float,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.endpoint = endpoint
        self._seconds = seconds
        self._clock = clock
        self._pause = pause
        self._dialect = Dialect()

    def ask(self, question: Question, most_seconds: float = math.inf) -> Answer:
        """Return the answer to a question; raises RefusedError for one that cannot be used, UnreachableError for none."""
        deadline = self._clock() + min(self._seconds, most_seconds)
        dialect, waits = self._dialect, iter(WAITS)
        while True:
            status, headers, body = self._post(self._body(question, dialect), deadline)
            if status == httpx.codes.OK:
                self._dialect = dialect
                return _read_stream(body) if self.endpoint.stream else _read_whole(body)
            if status in _TRYING_LATER and (wait := next(waits, None)):
                self._wait_for(_read_wait(headers, wait), deadline)
            elif status in _UNKNOWN_FORM and (
                adapted := dialect.adapt(body[:2000].decode("utf-8", "replace"))
            ):
                dialect = adapted
            elif status in _UNKNOWN_FORM | _TRYING_LATER and status != httpx.codes.NOT_FOUND:
                raise RefusedError(f"status {status}")
            else:
                raise UnreachableError(f"status {status}")

    def _wait_for(self, seconds: float, deadline: float) -> None:
        """Wait as a busy server wants; raises RefusedError when that is longer than the answer may take."""
        if self._clock() + seconds >= deadline:
            raise RefusedError("the server is too busy")
        self._pause(seconds)

    def _body(self, question: Question, dialect: Dialect) -> dict[str, Any]:
        form = FORMS[dialect.form]
        body: dict[str, Any] = {"model": self.endpoint.model, "messages": list(question.messages)}
        body[dialect.length_name] = question.longest
        if dialect.temperature:
            body["temperature"] = 0
        if form == "json_schema":
            shape = {"name": "broadcast", "strict": True, "schema": question.schema}
            body["response_format"] = {"type": form, "json_schema": shape}
        elif form:
            body["response_format"] = {"type": form}
        if self.endpoint.stream:
            body |= {"stream": True, "stream_options": {"include_usage": True}}
        return body | dict(self.endpoint.extra)

    def _post(self, body: dict[str, Any], deadline: float) -> tuple[int, Mapping[str, str], bytes]:
        """The status, headers and bytes of an answer, within the deadline and the size that it may have."""
        headers = {"Accept-Encoding": "identity"}
        if self.endpoint.key:
            headers["Authorization"] = f"Bearer {self.endpoint.key}"
        url = f"{self.endpoint.url.rstrip('/')}/chat/completions"
        received = bytearray()
        try:
            with (
                httpx.Client(
                    verify=load_certificates(),
                    timeout=httpx.Timeout(self._left(deadline), connect=CONNECT),
                ) as client,
                client.stream("POST", url, json=body, headers=headers) as answer,
            ):
                for chunk in answer.iter_raw():
                    received += chunk
                    if len(received) > LARGEST:
                        raise RefusedError("an answer without end")
                    self._left(deadline)
                return answer.status_code, answer.headers, bytes(received)
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


@cache
def load_certificates() -> ssl.SSLContext:
    """Return the certificates of servers that are trusted: loading them for each request took longer than a redraft."""
    return httpx.create_ssl_context()


def _read_wait(headers: Mapping[str, str], usual: float) -> float:
    """Return how many seconds a busy server wants us to wait."""
    delay = headers.get("retry-after", "")
    return min(float(delay), MOST_WAIT) if re.fullmatch(r"\d{1,6}(?:\.\d{1,6})?", delay) else usual


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
    ended = find_value(body, "choices", 0, "finish_reason")
    whole = isinstance(text, str) and text.strip() and ended not in _CUT_SHORT
    counts = [find_value(body, "usage", name) for name in ("prompt_tokens", "completion_tokens")]
    question, answer = (count if type(count) is int and count >= 0 else None for count in counts)
    fault = "" if whole else "the answer holds no text, or only a part of it"
    return Answer(text if isinstance(text, str) else "", question, answer, fault)


def _parse(text: str | bytes) -> object:
    try:
        parsed: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RefusedError("the answer is no JSON") from error
    return parsed

"""A server on loopback that answers as the families in use do: OpenAI, DeepSeek, vLLM, Ollama, llama.cpp.

Shapes, errors and headers follow the documentation of each server; what is written in them is made up for the tests.
"""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

HANG, DRIP = b"hang", b"drip"


@dataclass(frozen=True)
class Reply:
    """Answer of a server: status, body and headers of its own."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Model:
    """Answers in turn with what `answers` holds, then with the last of it; keeps what it was asked."""

    answers: list[Any]
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, asked: dict[str, Any], key: str | None) -> Any:  # noqa: ANN401 - a status, bytes, Reply, HANG
        """Return what comes now."""
        with self.lock:
            self.asked.append(asked)
            self.keys.append(key)
            return self.next_answer()

    def next_answer(self) -> Any:  # noqa: ANN401 - as above
        """Return what stands next in the list."""
        return self.answers[min(len(self.asked), len(self.answers)) - 1]


class Answering(Model):
    """Answers each question with what a function makes of it, as many at once as are asked."""

    def __init__(self, respond: Callable[[dict[str, Any]], Any]) -> None:
        super().__init__([])
        self._respond = respond

    def answer(self, asked: dict[str, Any], key: str | None) -> Any:  # noqa: ANN401 - as in Model
        """Return the function's answer."""
        with self.lock:
            self.asked.append(asked)
            self.keys.append(key)
        return self._respond(asked)


def reply(
    content: object, *, finish: str = "stop", usage: dict[str, int] | None = None, **message: object
) -> bytes:
    """A chat completion as servers send it."""
    text = content if isinstance(content, str) else json.dumps({"sentences": content}, ensure_ascii=False)
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": text, **message},
        "finish_reason": finish,
    }
    counted = usage or {"prompt_tokens": 700, "completion_tokens": 100, "total_tokens": 800}
    return json.dumps({"choices": [choice], "usage": counted}).encode()


def data_of(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of a question: the JSON of its first message of the user."""
    data: dict[str, Any] = json.loads(asked["messages"][1]["content"])
    return data


def _as_reply(answer: Any) -> Reply:  # noqa: ANN401 - as the tests write it
    if isinstance(answer, Reply):
        return answer
    if isinstance(answer, int):
        return Reply(b"{}", answer)
    return Reply(answer[1], answer[0]) if isinstance(answer, tuple) else Reply(answer)


@contextmanager
def serving(model: Model) -> Iterator[str]:
    """The model behind its API, in a thread; gives the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.path == "/v1/chat/completions"
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_reply(_as_reply(model.answer(asked, self.headers["Authorization"])))

        def send_reply(self, shown: Reply) -> None:
            if shown.body is HANG:
                released.wait(10)
            self.send_response(shown.status)
            for name, value in shown.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(100_000 if shown.body is DRIP else len(shown.body)))
            self.end_headers()
            while shown.body is DRIP and not released.wait(0.02):
                self.wfile.write(b" ")
            self.wfile.write(shown.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Stay silent."""

        def handle(self) -> None:
            """Serve; a client that has gone is no trouble."""
            try:
                super().handle()
            except OSError:
                return

    released = threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        released.set()
        server.shutdown()
        thread.join()
        server.server_close()


# ---- families


def say_as_openai(text: str) -> Reply:
    """An answer of api.openai.com."""
    message: dict[str, Any] = {"role": "assistant", "content": text, "refusal": None, "annotations": []}
    body = {
        "id": "chatcmpl-Bx1", "object": "chat.completion", "created": 1764500000, "model": "gpt-5-mini-2025-08-07",
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}],
        "usage": {
            "prompt_tokens": 700, "completion_tokens": 300, "total_tokens": 1000,
            "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
            "completion_tokens_details": {"reasoning_tokens": 200, "accepted_prediction_tokens": 0},
        },
        "service_tier": "default", "system_fingerprint": None,
    }  # fmt: skip
    headers = {
        "x-request-id": "req_1",
        "openai-processing-ms": "812",
        "x-ratelimit-remaining-requests": "499",
    }
    return Reply(json.dumps(body).encode(), 200, {"Content-Type": "application/json", **headers})


def say_as_deepseek(text: str) -> Reply:
    """An answer of api.deepseek.com: blank lines while one waits, thinking in a field of its own."""
    message = {"role": "assistant", "content": text, "reasoning_content": "先看原文，一共几句。"}
    body = {
        "id": "930c60df", "object": "chat.completion", "created": 1764500000, "model": "deepseek-reasoner",
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}],
        "usage": {
            "prompt_tokens": 700, "completion_tokens": 300, "total_tokens": 1000, "prompt_cache_hit_tokens": 640,
            "prompt_cache_miss_tokens": 60, "completion_tokens_details": {"reasoning_tokens": 180},
        },
        "system_fingerprint": "fp_3a5770e1b4",
    }  # fmt: skip
    return Reply(b"\n\n\n" + json.dumps(body).encode(), 200, {"Content-Type": "application/json"})


def say_as_vllm(text: str) -> Reply:
    """An answer of Qwen through vLLM without a reasoning parser: thinking in tags, a code fence."""
    message: dict[str, Any] = {
        "role": "assistant", "reasoning_content": None, "tool_calls": [],
        "content": f'<think>\n先看原文。{{"sentences": []}}\n</think>\n\n```json\n{text}\n```',
    }  # fmt: skip
    body = {
        "id": "chatcmpl-0f", "object": "chat.completion", "created": 1764500000, "model": "Qwen/Qwen3-8B",
        "choices": [
            {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop", "stop_reason": None}
        ],
        "usage": {"prompt_tokens": 700, "total_tokens": 1000, "completion_tokens": 300, "prompt_tokens_details": None},
        "prompt_logprobs": None, "kv_transfer_params": None,
    }  # fmt: skip
    return Reply(json.dumps(body).encode(), 200, {"Content-Type": "application/json", "server": "uvicorn"})


def say_as_ollama(text: str) -> Reply:
    """An answer of Ollama: thinking in `reasoning`, sources that a small model writes as strings."""
    loose = json.loads(text)
    for row in loose.get("sentences", ()):
        row["sources"] = [str(number) for number in row["sources"]]
    content = json.dumps(loose, ensure_ascii=False, indent=2)
    message = {"role": "assistant", "content": content, "reasoning": "先看原文。"}
    body = {
        "id": "chatcmpl-554", "object": "chat.completion", "created": 1764500000, "model": "qwen3:8b",
        "system_fingerprint": "fp_ollama", "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 700, "completion_tokens": 300, "total_tokens": 1000},
    }  # fmt: skip
    return Reply(json.dumps(body).encode(), 200, {"Content-Type": "application/json"})


def say_as_llama_cpp(text: str) -> Reply:
    """An answer of llama.cpp's server: timings, the model's name as it likes."""
    body = {
        "choices": [{"finish_reason": "stop", "index": 0, "message": {"role": "assistant", "content": text}}],
        "created": 1764500000, "model": "gpt-3.5-turbo", "system_fingerprint": "b6100-65c797c4",
        "object": "chat.completion",
        "usage": {"completion_tokens": 300, "prompt_tokens": 700, "total_tokens": 1000}, "id": "chatcmpl-9x",
        "timings": {"prompt_n": 700, "prompt_ms": 410.0, "predicted_n": 300, "predicted_ms": 2900.0},
    }  # fmt: skip
    return Reply(json.dumps(body).encode(), 200, {"Server": "llama.cpp", "Access-Control-Allow-Origin": ""})


FAMILIES: dict[str, Callable[[str], Reply]] = {
    "openai": say_as_openai,
    "deepseek": say_as_deepseek,
    "vllm": say_as_vllm,
    "ollama": say_as_ollama,
    "llama.cpp": say_as_llama_cpp,
}
"""How each family wraps an answer."""


def complain(
    status: int, message: str, *, headers: Mapping[str, str] | None = None, **fields: object
) -> Reply:
    """A refusal as these servers send it."""
    error = {"message": message, "type": "invalid_request_error", "param": None, "code": None, **fields}
    return Reply(json.dumps({"error": error}).encode(), status, headers or {})


COMPLAINTS = {
    "openai wants another name for the length": complain(
        400,
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        param="max_tokens", code="unsupported_parameter",
    ),
    "openai wants no temperature": complain(
        400, "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) is supported.",
        param="temperature", code="unsupported_value",
    ),
    "deepseek knows no schema": complain(400, "This response_format type is unavailable now"),
    "vllm knows no schema": Reply(
        json.dumps({"object": "error", "message": "json_schema is not supported", "type": "BadRequestError", "code": 400})
        .encode(), 400, {"server": "uvicorn"},
    ),
    "llama.cpp cannot read the schema": complain(400, "failed to parse grammar", code=400),
    "openai is busy": complain(
        429, "Rate limit reached for gpt-5-mini", headers={"Retry-After": "2"}, code="rate_limit_exceeded"
    ),
    "deepseek is busy": complain(503, "The server is overloaded due to high traffic. Please retry later."),
    "llama.cpp loads its model": complain(503, "Loading model", type="unavailable_error", code=503),
}  # fmt: skip
"""Refusals after which the same server answers, asked otherwise or later."""

FINAL = {
    "openai does not know the key": complain(
        401, "Incorrect API key provided: sk-no", code="invalid_api_key"
    ),
    "deepseek has no money left": complain(402, "Insufficient Balance", type="unknown_error"),
    "ollama has no such model": complain(404, 'model "m" not found, try pulling it first', type="api_error"),
}
"""Refusals after which a server need not be asked again."""

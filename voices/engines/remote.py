"""Speech that comes over the network: asked again when it is worth it, slower when it is too much, given up in time.

The home of aiohttp and tenacity. One event loop in a thread of its own serves all voices; callers wait in theirs.
What a service does wrong is one of three things, and each has its answer: it may pass (`Faltered`: ask again after
a while, with jitter), it is too much (`Busy`: as before, and fewer at once from now on), or it is no use
(`VoiceUnavailable`: the person is told what to do, and the next voice speaks).
"""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import time
from concurrent.futures import CancelledError, Future
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

import aiohttp
import tenacity

from voices.engines.remote_errors import RateLimited, TransientError, translate_error, translate_status
from voices.errors import SpeechNotWhole, Stopped, VoicesError, VoiceUnavailable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping

S = TypeVar("S")
T = TypeVar("T")

LOG = logging.getLogger(__name__)

LARGEST = 64 * 1024 * 1024
"""Bytes of an answer: half an hour of the widest sound that a sentence could come in."""

NETWORK = (aiohttp.ClientError, aiohttp.InvalidURL, OSError)
"""What goes wrong between us and a service; `TimeoutError` is an `OSError`."""

REASON_BYTES, REASON_CHARS = 2000, 200
"""Bytes of a refusal that are read, and characters of it that are shown."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Limits on how long and how often a service is asked; times in seconds.

    `most` requests are in flight at once. A sentence is given up after `tries`, the service after `faults` in
    a row, whoever asked; it is then left alone for `rest`. A request may take `base` and `each` for every syllable.
    Between tries lie up to `first`, twice that, four times … and at most `longest`. A service that wants to be
    left alone for more than `leave` is given up.
    """

    most: int = 4
    tries: int = 6
    faults: int = 12
    rest: float = 300.0
    base: float = 10.0
    each: float = 0.25
    first: float = 0.5
    longest: float = 15.0
    leave: float = 60.0
    connect: float = 10.0


class RequestLimiter:
    """Limit of requests in flight: half as many when the service is busy, more again with every success."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.allowed = float(most)
        self._inside = 0
        self._change = asyncio.Condition()

    @asynccontextmanager
    async def acquire_place(self) -> AsyncIterator[None]:
        """Wait for a place, and give it back."""
        async with self._change:
            await self._change.wait_for(lambda: self._inside < int(self.allowed))
            self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1
            async with self._change:
                self._change.notify_all()

    def narrow_limit(self) -> None:
        """Halve the limit: the service is busy."""
        self.allowed = max(1.0, self.allowed / 2)

    def widen_limit(self) -> None:
        """Raise the limit: a request succeeded."""
        self.allowed = min(float(self.most), self.allowed + 0.5 / self.allowed)


class RemoteService:
    """Service that several voices ask: its limits, and whether it is given up."""

    def __init__(self, name: str, patience: Patience, gate: RequestLimiter | None = None) -> None:
        self.name = name
        self.patience = patience
        self.gate = gate or RequestLimiter(patience.most)
        self._faults = 0
        self._closed: VoiceUnavailable | None = None
        self._until = 0.0
        self._alone = 0.0

    async def ask_service(
        self, once: Callable[[], Awaitable[S]], made: Callable[[S], T], syllables: float
    ) -> T:
        """Return the result of one of several tries: the answer that `once` gets, which `made` makes a clip and proves.

        Both raise what they see, as one of our errors. An answer is made in another thread, when its place among the
        requests is already somebody else's: neither the network nor the next sentence waits for a decoder.
        Raises `VoiceUnavailable` when there is no use in asking further, and `SpeechFailed` when that is only so
        for this sentence.
        """
        patience = self.patience
        asking = tenacity.AsyncRetrying(
            retry=tenacity.retry_if_exception_type((TransientError, SpeechNotWhole)),
            stop=tenacity.stop_after_attempt(patience.tries),
            wait=tenacity.wait_random_exponential(multiplier=patience.first, max=patience.longest),
            before_sleep=self._log_retry,
            reraise=True,
        )
        try:
            return await asking(self._try_once, once, made, patience.base + patience.each * syllables)
        except (TransientError, SpeechNotWhole) as fault:
            raise VoiceUnavailable(f"{fault} ({patience.tries} tries)") from fault

    def _log_retry(self, state: tenacity.RetryCallState) -> None:
        fault = state.outcome.exception() if state.outcome else None
        LOG.info("%s is asked again: %s", self.name, fault, extra={"retry": self.name})

    async def _try_once(self, once: Callable[[], Awaitable[S]], made: Callable[[S], T], limit: float) -> T:
        try:
            async with self.gate.acquire_place():
                await self._leave_alone()
                self._refuse_if_closed()
                async with asyncio.timeout(limit):
                    answer = await once()
            result = await asyncio.to_thread(made, answer)
        except TimeoutError as error:
            raise self._count_fault(
                TransientError(f"{self.name} did not answer within {limit:.3g} s")
            ) from error
        except (TransientError, SpeechNotWhole) as fault:
            raise self._count_fault(fault) from fault
        self._faults = 0
        self.gate.widen_limit()
        return result

    async def _leave_alone(self) -> None:
        """Wait as long as the service asked for, whoever's sentence it refused."""
        while (seconds := self._alone - time.monotonic()) > 0:  # noqa: ASYNC110 - it may be longer by then
            await asyncio.sleep(seconds)

    def _refuse_if_closed(self) -> None:
        if self._closed and time.monotonic() < self._until:
            raise VoiceUnavailable(str(self._closed))

    def _count_fault(self, fault: VoicesError) -> VoicesError:
        """Count a fault; the last of many in a row gives the service up, and so does a long pause that it wants."""
        patience = self.patience
        if isinstance(fault, RateLimited):
            self.gate.narrow_limit()
            if fault.after > patience.leave:
                warning = f"{fault} and wants to be left alone for {fault.after:.0f} s"
                return self._close_service(warning, max(fault.after, patience.rest))
            self._alone = max(self._alone, time.monotonic() + fault.after)
        self._faults += fault.weight if isinstance(fault, TransientError) else 1
        return (
            fault
            if self._faults < patience.faults
            else self._close_service(f"{fault} (again and again)", patience.rest)
        )

    def _close_service(self, why: str, seconds: float) -> VoiceUnavailable:
        self._faults = 0
        self._until = time.monotonic() + seconds
        self._closed = VoiceUnavailable(why)
        return self._closed


class PendingCalls:
    """Calls of one voice that are waiting for the network; `stop_calls` ends them."""

    def __init__(self) -> None:
        self._running: set[Future[Any]] = set()
        self._changing = threading.Lock()

    def run_call(self, call: Coroutine[Any, Any, T]) -> T:
        """Return the result of a call, waited for in the caller's thread; raises `Stopped` when it is stopped."""
        future = asyncio.run_coroutine_threadsafe(call, network_loop())
        with self._changing:
            self._running.add(future)
        try:
            return future.result()
        except CancelledError as error:
            raise Stopped from error
        except BaseException:  # Ctrl-C while waiting: nobody waits for the answer any more
            future.cancel()
            raise
        finally:
            with self._changing:
                self._running.discard(future)

    def stop_calls(self) -> None:
        """Cancel all of them."""
        with self._changing:
            for future in self._running:
                future.cancel()


_starting = threading.Lock()


def network_loop() -> asyncio.AbstractEventLoop:
    """Return the one event loop of this process, in a thread that ends with it."""
    with _starting:
        return _start_loop()


@cache
def _start_loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="network", daemon=True).start()
    return loop


async def post_request(
    url: str,
    *,
    body: Mapping[str, object] | None = None,
    form: Mapping[str, str | bytes] | None = None,
    key: str,
    proxy: str,
    connect: float,
    service: str,
) -> bytes:
    """Return the body that a POST of JSON or of a form brings; raises as `translate_error` says.

    Redirects are not followed: the key is for one address only.
    """
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    patience = aiohttp.ClientTimeout(total=None, sock_connect=connect)
    sent: dict[str, Any] = {"json": dict(body)} if body is not None else {"data": _form_data(form or {})}
    try:
        async with (
            aiohttp.ClientSession(trust_env=True, timeout=patience) as session,
            session.post(url, **sent, headers=headers, proxy=proxy or None, allow_redirects=False) as answer,
        ):
            if answer.status != HTTPStatus.OK:
                reason = await _read_reason(answer)
                raise translate_status(answer.status, service, answer.headers, reason)
            return await _read_body(answer, service)
    except NETWORK as error:
        raise (translate_error(error, service) or error) from error


def _form_data(fields: Mapping[str, str | bytes]) -> aiohttp.FormData:
    """Return a form; bytes are files."""
    data = aiohttp.FormData()
    for name, value in fields.items():
        if isinstance(value, bytes):
            data.add_field(name, value, filename=f"{name}.wav", content_type="audio/wav")
        else:
            data.add_field(name, value)
    return data


async def _read_reason(answer: aiohttp.ClientResponse) -> str:
    """Return what a server says of its refusal, on one short line."""
    try:
        text = (await answer.content.read(REASON_BYTES)).decode(errors="replace")
    except NETWORK:
        return ""
    with suppress(ValueError):
        text = _message_in(json.loads(text)) or text
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:REASON_CHARS]


def _message_in(answer: object) -> str:
    """Return the sentence in a JSON error: its `error`, `detail` or `message`, however deep."""
    if isinstance(answer, str):
        return answer
    if isinstance(answer, list) and answer:
        return _message_in(answer[0])
    if isinstance(answer, dict):
        for name in ("error", "detail", "message", "msg", "Exception"):
            if answer.get(name):
                return _message_in(answer[name])
    return ""


async def _read_body(answer: aiohttp.ClientResponse, service: str) -> bytes:
    body = bytearray()
    async for piece in answer.content.iter_any():
        body += piece
        if len(body) > LARGEST:
            raise VoiceUnavailable(f"{service} answers without end; check what it is")
    return bytes(body)

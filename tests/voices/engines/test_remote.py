"""How often a service is asked, and how many ask it at once."""

from __future__ import annotations

import asyncio
import ssl
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import aiohttp
import pytest

from voices.engines import remote, remote_errors
from voices.engines.remote import Patience, RemoteService, RequestLimiter
from voices.engines.remote_errors import RateLimited, TransientError
from voices.errors import VoiceUnavailable


def test_the_gate_halves_and_grows_back() -> None:
    """Eight, four, two, one, never none; and up again with success, never beyond."""
    gate = RequestLimiter(8)
    seen = []
    for _ in range(4):
        gate.narrow_limit()
        seen.append(gate.allowed)
    assert seen == [4, 2, 1, 1]
    for _ in range(200):
        gate.widen_limit()
    assert gate.allowed == 8


def test_only_as_many_are_inside_as_allowed() -> None:
    """The third waits until one of two has left."""
    order = []

    async def visit(gate: RequestLimiter, name: str, full: asyncio.Event, leave: asyncio.Event) -> None:
        async with gate.acquire_place():
            order.append(name)
            if len(order) > 1:
                full.set()
            await leave.wait()

    async def three() -> None:
        gate, full, leave = RequestLimiter(2), asyncio.Event(), asyncio.Event()
        visits = [asyncio.create_task(visit(gate, name, full, leave)) for name in "abc"]
        await full.wait()
        assert order == ["a", "b"]
        leave.set()
        await asyncio.gather(*visits)

    asyncio.run(three())
    assert order == ["a", "b", "c"]


def test_a_service_is_left_alone_and_then_asked_again() -> None:
    """Given up after three faults in a row; after its rest it may prove itself."""
    asked = []

    async def fail() -> None:
        asked.append(1)
        raise TransientError("no")

    async def work() -> str:
        return "yes"

    async def story() -> None:
        resting = RemoteService("x", Patience(tries=9, faults=3, first=0, longest=0, rest=60))
        for _ in range(2):
            with pytest.raises(VoiceUnavailable, match=r"no \(again and again\)"):
                await resting.ask_service(fail, str, 1)
        rested = RemoteService("x", Patience(tries=9, faults=3, first=0, longest=0, rest=0))
        with pytest.raises(VoiceUnavailable, match=r"no \(again and again\)"):
            await rested.ask_service(fail, str, 1)
        assert await rested.ask_service(work, str, 1) == "yes"

    asyncio.run(story())
    assert len(asked) == 6


def test_a_success_forgives_the_faults_before_it() -> None:
    """Two faults, a success, two faults: never three in a row."""
    turns = iter([False, False, True, False, False, True])

    async def sometimes() -> str:
        if next(turns):
            return "yes"
        raise TransientError("no")

    async def story() -> list[str]:
        service = RemoteService("x", Patience(tries=3, faults=3, first=0, longest=0))
        return [await service.ask_service(sometimes, str, 1) for _ in range(2)]

    assert asyncio.run(story()) == ["yes", "yes"]


@pytest.mark.parametrize(
    ("header", "after"),
    [
        ("7", 7),
        ("-3", 0),
        ("soon", 0),
        ("", 0),
        ("Mon, 02 Mar 2020 07:00:00 GMT", 0),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str, after: float) -> None:
    """What is neither asks for nothing."""
    busy = remote_errors.translate_status(429, "x", {"Retry-After": header})
    assert isinstance(busy, RateLimited)
    assert busy.after == pytest.approx(after, abs=5)


@pytest.mark.parametrize(
    ("error", "kind", "said"),
    [
        (ssl.SSLError("x"), VoiceUnavailable, "cannot prove who it is; check the clock"),
        (TimeoutError(), TransientError, "did not answer in time"),
        (aiohttp.ServerDisconnectedError(), TransientError, "broke the connection"),
        (ConnectionResetError(), TransientError, "broke the connection"),
        (aiohttp.InvalidURL("x"), VoiceUnavailable, "the address of S or of its proxy is none"),
        (aiohttp.ClientPayloadError(), TransientError, "broke the connection"),
    ],
)
def test_each_error_of_the_network_has_a_meaning(error: Exception, kind: type[Exception], said: str) -> None:
    """A class of ours and a sentence that says what to do."""
    meaning = remote_errors.translate_error(error, "S")
    assert type(meaning) is kind
    assert said in str(meaning)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, VoiceUnavailable),
        (404, VoiceUnavailable),
        (407, VoiceUnavailable),
        (408, TransientError),
        (429, RateLimited),
        (500, TransientError),
        (502, TransientError),
        (503, RateLimited),
    ],
)
def test_each_status_has_a_meaning(status: int, kind: type[Exception]) -> None:
    """Ours to mend, the service's to mend, or too much."""
    assert type(remote_errors.translate_status(status, "S", {})) is kind


def test_an_error_of_another_kind_is_none_of_the_network() -> None:
    """It is not explained away."""
    assert remote_errors.translate_error(KeyError("x"), "S") is None


def test_there_is_one_loop_whoever_calls_first() -> None:
    """Eight threads that begin at once share it: places and pauses of a service hold for all of them."""
    remote._start_loop.cache_clear()
    together = threading.Barrier(8)

    def ask(_number: int) -> int:
        together.wait(10)
        return id(remote.network_loop())

    with ThreadPoolExecutor(8) as executor:
        assert len(set(executor.map(ask, range(8)))) == 1


def test_a_pause_that_the_service_wants_holds_for_everybody() -> None:
    """One sentence is refused for a while: the next one, which nobody refused, waits as long."""
    times = []

    async def once() -> str:
        times.append(time.monotonic())
        if len(times) == 1:
            raise RateLimited("slower", 0.1)
        return "yes"

    async def story() -> None:
        service = RemoteService("x", Patience(tries=1))
        with pytest.raises(VoiceUnavailable, match="slower"):
            await service.ask_service(once, str, 1)
        assert await service.ask_service(once, str, 1) == "yes"

    asyncio.run(story())
    assert times[1] - times[0] >= 0.1


def test_a_long_pause_that_the_service_wants_gives_it_up() -> None:
    """Longer than an edition can wait: nobody asks any more, and the sentence says how long."""
    asked = []

    async def once() -> str:
        asked.append(1)
        raise RateLimited("x is asked too often", 600)

    async def story() -> None:
        service = RemoteService("x", Patience(tries=6, rest=0))
        for _ in range(2):
            with pytest.raises(
                VoiceUnavailable, match="asked too often and wants to be left alone for 600 s"
            ):
                await service.ask_service(once, str, 1)

    asyncio.run(story())
    assert len(asked) == 1


@pytest.mark.parametrize("header", ["inf", "1e300", "Mon, 02 Mar 9020 07:00:00 GMT"])
def test_no_service_is_left_alone_for_ever(header: str) -> None:
    """A header out of all measure stands for an hour."""
    busy = remote_errors.translate_status(429, "x", {"Retry-After": header})
    assert isinstance(busy, RateLimited)
    assert busy.after == 3600

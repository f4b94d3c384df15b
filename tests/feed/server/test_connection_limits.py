"""Clients that say nothing, say it slowly or come in crowds keep nobody else out."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
import pytest

from feed.server import connection_limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path


@pytest.fixture
def address(
    tmp_path: Path, served: Callable[[Path], AbstractContextManager[str]], monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """A server of one file that waits for headers for a moment only."""
    monkeypatch.setattr(connection_limits, "HEADER_SECONDS", 0.3)
    (tmp_path / "a.mp3").write_bytes(b"sound")
    with served(tmp_path) as address:
        yield address


def connect(address: str) -> socket.socket:
    """An open connection; reading from it waits for ten seconds at most."""
    parts = urlsplit(address)
    return socket.create_connection((str(parts.hostname), int(parts.port or 0)), timeout=10)


@pytest.mark.parametrize("begun", [b"", b"\r\n", b"GET /a.mp3 HTTP/1.1\r\nHost: a\r\nX-Slow: "])
def test_a_connection_without_whole_headers_is_closed(address: str, begun: bytes) -> None:
    """Whether it says nothing, blank lines, or half a request."""
    with connect(address) as client:
        client.sendall(begun)
        assert client.recv(1000) == b""


def test_bytes_that_drip_do_not_prolong_the_wait(address: str) -> None:
    """The time counts from the first of them."""
    with connect(address) as client:
        client.settimeout(0.05)
        client.sendall(b"GET /a.mp3 HTTP/1.1\r\nHost: a\r\n")
        for _ in range(200):
            try:
                assert client.recv(1000) == b""
                break
            except TimeoutError:
                client.sendall(b"X: y\r\n")
        else:
            pytest.fail("the connection stayed open")


def test_a_second_request_that_never_ends_is_closed_too(address: str) -> None:
    """After a good answer the connection stays open for the next request, and its headers are timed again."""
    with connect(address) as client:
        client.sendall(b"GET /a.mp3 HTTP/1.1\r\nHost: a\r\n\r\n")
        answer = client.recv(10_000)
        while not answer.endswith(b"sound"):
            answer += client.recv(10_000)
        assert answer.startswith(b"HTTP/1.1 200")
        client.sendall(b"GET /a.mp3 HTT")
        assert client.recv(1000) == b""


def test_more_connections_than_the_limit_are_refused_and_those_within_are_served(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last one too many is cut off; when others have gone, there is room again."""
    monkeypatch.setattr(connection_limits, "MAX_CONNECTIONS", 2)
    monkeypatch.setattr(connection_limits, "HEADER_SECONDS", 10.0)
    with connect(address) as first, connect(address) as second, connect(address) as third:
        with pytest.raises(ConnectionError):  # noqa: PT012 - either of the two meets the closed connection
            third.sendall(b"GET /a.mp3 HTTP/1.1\r\nHost: a\r\n\r\n")
            if third.recv(1000) == b"":
                raise ConnectionAbortedError
        for client in (first, second):
            client.sendall(b"GET /a.mp3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            assert client.recv(1000).startswith(b"HTTP/1.1 200")
            while client.recv(1000):
                pass
    assert httpx.get(f"{address}a.mp3").content == b"sound"


def test_one_address_cannot_take_all_connections(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A private one may, as a proxy would; any other has a limit of its own."""
    monkeypatch.setattr(connection_limits, "MAX_CONNECTIONS_OF_ADDRESS", 1)
    monkeypatch.setattr(connection_limits, "HEADER_SECONDS", 10.0)
    with connect(address), connect(address):
        assert httpx.get(f"{address}a.mp3").content == b"sound"
    monkeypatch.setattr(connection_limits, "_is_private", lambda _address: False)
    with connect(address), connect(address) as second, pytest.raises(ConnectionError):  # noqa: PT012 - as above
        second.sendall(b"GET /a.mp3 HTTP/1.1\r\nHost: a\r\n\r\n")
        if second.recv(1000) == b"":
            raise ConnectionAbortedError

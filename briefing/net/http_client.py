"""One HTTP exchange under hard limits: the only file that knows httpcore.

The address is resolved once, checked, and connected to; Host and the TLS name stay those of the URL. A deadline
holds for everything together, so that a server that drips a byte at a time gains nothing, and the body is unpacked
piece by piece, so that a small one cannot become a large one in memory.
"""

from __future__ import annotations

import socket
import threading
import time
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlsplit

import httpcore

from briefing.errors import SourceError
from briefing.net import address_guard

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable, Mapping

PIECE: Final = 64 * 1024
"""Bytes that are unpacked at a time."""
_SCHEMES: Final = frozenset({"http", "https"})
_LONGEST_URL: Final = 4096


class Unreachable(SourceError):  # noqa: N818 - the state of the server; trying again may help
    """A server that did not answer whole and in time."""


class Refused(SourceError):  # noqa: N818 - what was done with the request
    """A request that is not made, or an answer that is not read: the address or the size is not allowed."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one exchange: seconds altogether, seconds to connect, bytes after unpacking."""

    seconds: float = 30.0
    connect: float = 10.0
    size: int = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer of a server; header names are in lower case, `content` is unpacked."""

    status: int
    headers: Mapping[str, str]
    content: bytes = field(repr=False)


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system knows them."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in answers))


def check_url(url: str) -> None:
    """Raise `Refused` for what is no http(s) URL, or has a password in it."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise Refused(f"{url[:200]!r} is no address: {error}") from error
    if parts.scheme not in _SCHEMES or not host or len(url) > _LONGEST_URL:
        raise Refused(f"{url[:200]!r} is not fetched: only http and https addresses are")
    if parts.username or parts.password:
        raise Refused(f"the address at {host} holds a user name or password; name the page without it")


def get(
    url: str,
    headers: Mapping[str, str],
    limits: Limits,
    *,
    private: bool = False,
    lookup: Callable[[str, int], list[str]] = resolve,
    clock: Callable[[], float] = time.monotonic,
) -> Answer:
    """Fetch a URL, once and without following redirects.

    `private` allows addresses that are not public. Raises `Refused` for what is not allowed, `Unreachable` for a
    server that fails or takes too long.
    """
    return _exchanged(
        "GET", url, headers, None, limits, _Guard(lookup, clock() + limits.seconds, clock, private=private)
    )


def post(url: str, headers: Mapping[str, str], content: bytes, limits: Limits) -> Answer:
    """Send something to an address that the newsroom's own configuration names, be it public or not; raises as `get`."""
    guard = _Guard(resolve, time.monotonic() + limits.seconds, time.monotonic, private=True)
    return _exchanged("POST", url, headers, content, limits, guard)


def peek(
    method: str, url: str, headers: Mapping[str, str], limits: Limits, *, private: bool = False
) -> Answer:
    """GET or HEAD; of an answer that is too large the beginning is returned and the rest is not read. Raises as `get`."""
    guard = _Guard(resolve, time.monotonic() + limits.seconds, time.monotonic, private=private)
    return _exchanged(method, url, headers, None, limits, guard, cut=True)


def _exchanged(
    method: str,
    url: str,
    headers: Mapping[str, str],
    content: bytes | None,
    limits: Limits,
    guard: _Guard,
    *,
    cut: bool = False,
) -> Answer:
    check_url(url)
    sent_headers = list(({"Accept-Encoding": "gzip, deflate", "Connection": "close"} | dict(headers)).items())
    if content is not None:
        sent_headers.append(("Content-Length", str(len(content))))
    try:
        with (
            httpcore.ConnectionPool(network_backend=guard, max_connections=1) as pool,
            pool.stream(
                method,
                _ascii(url),
                headers=sent_headers,
                content=content,
                extensions={"timeout": {"connect": limits.connect}},
            ) as response,
        ):
            received = {
                name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers
            }
            encoding = received.get("content-encoding", "")
            content = _unpacked(response.iter_stream(), encoding, limits.size, url, cut=cut)
            return Answer(response.status, received, content)
    except httpcore.TimeoutException as error:
        raise Unreachable(f"{url} did not answer whole within {limits.seconds:g} seconds") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        raise Unreachable(f"{url} could not be fetched: {str(error) or type(error).__name__}") from error


def _ascii(url: str) -> str:
    """A URL with its host in IDNA and everything else quoted where it must be."""
    parts = urlsplit(url)
    try:
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except UnicodeError as error:
        raise Refused(f"{url[:200]!r} has no host name that can be looked up") from error
    netloc = f"[{host}]" if ":" in host else host
    if parts.port:
        netloc += f":{parts.port}"
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return f"{parts.scheme}://{netloc}{path or '/'}{'?' + query if query else ''}"


def _unpacked(pieces: Iterable[bytes], encoding: str, most: int, url: str, *, cut: bool) -> bytes:
    """The body, unpacked a piece at a time; as soon as it is too large it is cut, or raises `Refused`."""
    unpack = _unpacker(encoding, url)
    parts: list[bytes] = []
    size = 0
    for piece in pieces:
        for part in unpack(piece):
            size += len(part)
            if size > most and cut:
                return b"".join([*parts, part])[:most]
            if size > most:
                raise Refused(f"{url} has more than {most:,} bytes; it is not read")
            parts.append(part)
    return b"".join(parts)


def _unpacker(encoding: str, url: str) -> Callable[[bytes], Iterable[bytes]]:
    name = encoding.strip().lower()
    if name in {"", "identity"}:
        return lambda piece: (piece,)
    if name not in {"gzip", "x-gzip", "deflate"}:
        raise Refused(f"{url} is packed as {encoding[:40]!r}, which was not asked for")
    return _Inflater(url).feed


class _Inflater:
    """gzip and deflate, never more than a piece at a time."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._inflate: Any = None

    def feed(self, piece: bytes) -> Iterable[bytes]:
        if self._inflate is None:
            # Servers that say deflate send it with the header of zlib, or bare.
            bare = piece[:1] not in {b"\x1f", b"\x78"}
            self._inflate = zlib.decompressobj(-zlib.MAX_WBITS if bare else zlib.MAX_WBITS | 32)
        while piece:
            try:
                yield self._inflate.decompress(piece, PIECE)
            except zlib.error as error:
                raise Unreachable(f"{self._url} sent packed data that is broken: {error}") from error
            piece = self._inflate.unconsumed_tail


class _Guard(httpcore.NetworkBackend):
    """Connects only to addresses that are allowed, and lets nothing last beyond the deadline."""

    def __init__(
        self,
        lookup: Callable[[str, int], list[str]],
        deadline: float,
        clock: Callable[[], float],
        *,
        private: bool,
    ) -> None:
        self._lookup = lookup
        self._deadline = deadline
        self._clock = clock
        self._private = private
        self._real = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        address = self._allowed(host, port)
        remaining = min(self.left(), timeout or self.left())
        stream = self._real.connect_tcp(address, port, remaining, local_address, socket_options)
        return _Timed(stream, self)

    def left(self) -> float:
        """Seconds until the deadline; raises httpcore's timeout when there are none."""
        seconds = self._deadline - self._clock()
        if seconds <= 0:
            raise httpcore.ReadTimeout
        return seconds

    def _allowed(self, host: str, port: int) -> str:
        addresses = self._looked_up(host, port)
        is_allowed = address_guard.is_no_metadata if self._private else address_guard.is_public
        wrong = [address for address in addresses if not is_allowed(address)]
        if wrong:
            raise Refused(
                f"{host} is at {wrong[0]}, which is no public address; `allow_private = true` lets a source go there"
            )
        return addresses[0]

    def _looked_up(self, host: str, port: int) -> list[str]:
        """The addresses of a host; a resolver that hangs is left behind."""
        result: list[list[str] | OSError | UnicodeError] = []

        def look() -> None:
            try:
                result.append(self._lookup(host, port))
            except (OSError, UnicodeError) as error:
                result.append(error)

        thread = threading.Thread(target=look, daemon=True, name=f"resolving {host}")
        thread.start()
        thread.join(self.left())
        addresses = result[0] if result else OSError("the resolver did not answer in time")
        if isinstance(addresses, Exception) or not addresses:
            raise Unreachable(f"{host} has no address: {addresses or 'nothing was found'}")
        return addresses


class _Timed(httpcore.NetworkStream):
    """A connection whose every operation ends at the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, guard: _Guard) -> None:
        self._stream = stream
        self._guard = guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        del timeout
        return self._stream.read(max_bytes, self._guard.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        del timeout
        self._stream.write(buffer, self._guard.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        del timeout
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, self._guard.left()), self._guard)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - httpcore's own signature
        return self._stream.get_extra_info(info)

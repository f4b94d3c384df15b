"""Limits of connections: how long a client may take for its headers, and how many it may hold open."""

from __future__ import annotations

import ipaddress
from collections import Counter
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

if TYPE_CHECKING:
    import asyncio

HEADER_SECONDS = 10.0
"""Longest time from the first byte, or from connecting, to the end of the headers."""

MAX_CONNECTIONS = 1000
MAX_CONNECTIONS_OF_ADDRESS = 250
"""Open connections of one public address; of a private one any number, since a proxy there passes everybody on."""

_Base: Any = AutoHTTPProtocol
"""The implementation that uvicorn chooses; it ships no types for a common base."""


class LimitedProtocol(_Base):  # type: ignore[misc]  # see `_Base`
    """HTTP protocol of uvicorn that closes connections without a request, and those beyond the limits.

    uvicorn itself waits for headers without end, so that a few hundred silent connections keep everybody else out.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Accept a connection, or abort it at once when there are too many."""
        super().connection_made(transport)
        self._header_timer: asyncio.TimerHandle | None = None
        if self._is_one_too_many():
            transport.abort()
            return
        self._watch_headers()

    def data_received(self, data: bytes) -> None:
        """Take in bytes, and watch the time while no request is complete."""
        super().data_received(data)
        if not self.transport.is_closing():
            self._watch_headers()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the timer."""
        self._stop_timer()
        super().connection_lost(exc)

    def _watch_headers(self) -> None:
        """Start the timer, which later bytes do not prolong; stop it once a request is complete."""
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_timer()
        elif self._header_timer is None:
            self._header_timer = self.loop.call_later(HEADER_SECONDS, self.transport.close)

    def _stop_timer(self) -> None:
        if self._header_timer is not None:
            self._header_timer.cancel()
            self._header_timer = None

    def _is_one_too_many(self) -> bool:
        if len(self.connections) > MAX_CONNECTIONS:
            return True
        if self.client is None or _is_private(self.client[0]):
            return False
        addresses = Counter(other.client[0] for other in self.connections if other.client)
        return addresses[self.client[0]] > MAX_CONNECTIONS_OF_ADDRESS


def _is_private(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_private
    except ValueError:
        return False

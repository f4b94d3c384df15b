"""Meaning of network errors and HTTP statuses for a voice. A home of aiohttp."""

from __future__ import annotations

import ssl
import time
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

import aiohttp

from voices.errors import SpeechFailed, VoicesError, VoiceUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


FAR = 3600.0
"""Seconds beyond which no service is taken at its word when it wants to be left alone."""


TOO_MUCH = frozenset({429, 503})
"""HTTP statuses of a service that is asked too often."""


class TransientError(SpeechFailed):
    """Fault that may pass by itself; the heavier, the sooner the service is given up."""

    def __init__(self, sentence: str, weight: int = 1) -> None:
        super().__init__(sentence)
        self.weight = weight


class RateLimited(TransientError):  # noqa: N818 - the name is the state of the service
    """Refusal of a service that wants to be asked less."""

    def __init__(self, sentence: str, after: float = 0.0) -> None:
        super().__init__(sentence)
        self.after = after


def translate_error(error: Exception, service: str) -> VoicesError | None:
    """Return the meaning of a network error; None for an error that is not of the network.

    The more special classes come first: aiohttp's connection errors are also OS errors.
    """
    if isinstance(error, aiohttp.ClientResponseError):
        return translate_status(error.status, service, error.headers or {})
    for kinds, meaning in _MEANINGS:
        if isinstance(error, kinds):
            return meaning(error, service)
    return None


def status_of(error: BaseException | None) -> int:
    """Return the HTTP status that an error carries, or 0."""
    return error.status if isinstance(error, aiohttp.ClientResponseError) else 0


def translate_status(status: int, service: str, headers: Mapping[str, str], reason: str = "") -> VoicesError:
    """Return the meaning of an HTTP status that is no success."""
    if status in TOO_MUCH:
        return RateLimited(
            f"{service} is asked too often (status {status})", _retry_after(headers.get("Retry-After", ""))
        )
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
        return TransientError(f"{service} has a fault (status {status})")
    if status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        return VoiceUnavailable(
            f"the proxy before {service} wants a name and password; put them into its address"
        )
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return VoiceUnavailable(
            f"{service} refuses us (status {status}); check the key, the address or the network"
        )
    why = f": {reason}" if reason else ""
    return VoiceUnavailable(f"{service} does not take the request (status {status}{why}); check its settings")


def _retry_after(text: str) -> float:
    """Return the seconds that a Retry-After header asks for: a number, or a date; 0 when it is neither."""
    try:
        return min(max(0.0, float(text)), FAR)
    except ValueError:
        pass
    try:
        return min(max(0.0, parsedate_to_datetime(text).timestamp() - time.time()), FAR)
    except (ValueError, TypeError, OverflowError):
        return 0.0


def _untrusted_certificate(_error: Exception, service: str) -> VoicesError:
    return VoiceUnavailable(
        f"{service} cannot prove who it is; check the clock, and whether a proxy looks into the traffic"
    )


def _unknown_host(_error: Exception, service: str) -> VoicesError:
    return TransientError(f"the name of {service} cannot be looked up; check the network and the DNS")


def _unreachable_host(_error: Exception, service: str) -> VoicesError:
    return TransientError(f"{service} cannot be reached; check the network, the proxy and the firewall")


def _broken_connection(_error: Exception, service: str) -> VoicesError:
    return TransientError(f"{service} broke the connection")


_MEANINGS: tuple[tuple[tuple[type[Exception], ...], Callable[[Exception, str], VoicesError]], ...] = (
    ((aiohttp.ClientSSLError, ssl.SSLError), _untrusted_certificate),
    ((aiohttp.ClientConnectorDNSError,), _unknown_host),
    ((TimeoutError,), lambda _error, service: TransientError(f"{service} did not answer in time")),
    ((aiohttp.ClientConnectorError, aiohttp.ClientProxyConnectionError), _unreachable_host),
    (
        (aiohttp.InvalidURL,),
        lambda _e, service: VoiceUnavailable(f"the address of {service} or of its proxy is none"),
    ),
    ((aiohttp.ClientError, OSError), _broken_connection),
)

"""Asking a server what it says, as the checker of feeds does; redirects are followed, each hop checked.

Unlike `fetching`, nothing is asked twice, no robots.txt is read and nobody waits: it is the newsroom's own server, or
one that its feed names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urljoin

from briefing.net import http_client
from briefing.net.http_client import Unreachable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefing.net.http_client import Answer, Limits

_HOPS: Final = 5
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


class Asked(NamedTuple):
    """An answer, and the address that gave it at the end of the redirects."""

    url: str
    answer: Answer


def ask(method: str, url: str, headers: Mapping[str, str], limits: Limits, *, private: bool = False) -> Asked:
    """GET or HEAD; of an answer that is too large only the beginning is read.

    Raises `Refused` for an address that may not be asked, `Unreachable` for a server that fails.
    """
    for _ in range(_HOPS + 1):
        answer = http_client.peek(method, url, headers, limits, private=private)
        target = answer.headers.get("location", "")
        if answer.status not in _REDIRECTS or not target:
            return Asked(url, answer)
        url = urljoin(url, target)
    raise Unreachable(f"{url} is redirected more than {_HOPS} times")

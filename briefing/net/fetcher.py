"""Fetching as a polite guest does: robots.txt, one request after the other to a host, pauses, retries, no copy twice.

`Fetcher.get` follows redirects, each hop checked like the first. What a server marks (ETag, Last-Modified) is asked
for again only if it has changed; the copies are in the newsroom's store, behind `Copies`.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

import protego

from briefing.errors import SourceError
from briefing.net import http_client
from briefing.net.http_client import Limits, Refused, Unreachable
from briefing.net.resources import Copy, Fetched

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from briefing.net.http_client import Answer
    from briefing.net.resources import Copies

LOG = logging.getLogger(__name__)

AGENT: Final = "briefing/0.1 (news podcast generator)"
"""Who asks; robots.txt is read for the name before the slash."""
_HOPS: Final = 5
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers that another try may change."""
_NOT_MODIFIED: Final = 304
_LONGEST_WAIT: Final = 60.0
"""Seconds that a server can make us wait, with Retry-After or Crawl-delay."""
MAX_FAILURES: Final = 8
"""Tries in a row after which a host is left alone, whichever source asks."""
AWAY_SECONDS: Final = 900.0
_ROBOTS_SIZE: Final = 512 * 1024
"""RFC 9309 wants at least 500 kibibytes to be read."""


class NoCopies:
    """Keeps nothing."""

    def recall(self, url: str) -> Copy | None:
        """Nothing."""
        del url
        return None

    def keep(self, url: str, copy: Copy) -> None:
        """Forget it."""


@dataclass(frozen=True, slots=True)
class Manners:
    """Politeness to a site: seconds between two requests to a host, tries, obedience to robots.txt.

    `private` allows addresses that are not public, for a newsroom's own servers: at `private_host` alone where that is
    named, so that no link or redirect leads on to another machine of the newsroom.
    """

    pause: float = 1.0
    tries: int = 3
    robots: bool = True
    private: bool = False
    private_host: str = ""
    limits: Limits = field(default_factory=Limits)


class _Host:
    """One host: whose turn it is, when the next request may begin, what its robots.txt says, and how it fails.

    `failures` counts tries in a row that failed; `away` is until when it is left alone.
    """

    def __init__(self) -> None:
        self.failures = 0
        self.away = 0.0
        self.turn = threading.Lock()
        self.next = 0.0
        self.robots: protego.Protego | None = None
        self.asking = threading.Lock()


class Fetcher:
    """Fetches for all sources of a run; hosts are waited for one by one, different hosts at the same time."""

    def __init__(
        self,
        copies: Copies | None = None,
        *,
        get: Callable[..., Answer] = http_client.get,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._copies = copies or NoCopies()
        self._get = get
        self._sleep = sleep
        self._clock = clock
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    def get(self, url: str, manners: Manners) -> Fetched:
        """Return what is at an address now, unchanged copies included.

        Raises `Refused` for what may not be fetched, `Unreachable` for a server that fails at every try, and
        `SourceError` for an answer that says there is nothing.
        """
        copy = self._copies.recall(url)
        headers = {"User-Agent": AGENT, "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5", "Accept": "*/*"}
        if copy and copy.etag:
            headers["If-None-Match"] = copy.etag
        if copy and copy.modified:
            headers["If-Modified-Since"] = copy.modified
        final, answer = self._followed(url, headers, manners)
        if answer.status == _NOT_MODIFIED and copy:
            return copy.fetched
        if answer.status != HTTPStatus.OK:
            raise SourceError(f"{final} answers {answer.status}; {_advice(answer.status)}")
        return self._kept(url, final, answer)

    def _kept(self, url: str, final: str, answer: Answer) -> Fetched:
        declared = answer.headers.get("content-type", "")
        kind, _, parameters = declared.partition(";")
        charset = parameters.lower().partition("charset=")[2].strip(" \"';")
        fetched = Fetched(final, kind.strip().lower(), charset, answer.content)
        etag, modified = answer.headers.get("etag", ""), answer.headers.get("last-modified", "")
        if etag or modified:
            self._copies.keep(url, Copy(etag, modified, fetched))
        return fetched

    def _followed(self, url: str, headers: dict[str, str], manners: Manners) -> tuple[str, Answer]:
        """The answer at the end of the redirects, and its address."""
        for _ in range(_HOPS + 1):
            if manners.robots and not self._allowed(url, manners):
                raise Refused(
                    f"{url} is closed to programs by its robots.txt; name another page, or ask the site"
                )
            answer = self._tried(url, headers, manners)
            target = answer.headers.get("location", "")
            if answer.status not in _REDIRECTS or not target:
                return url, answer
            url = urljoin(url, _readable(target))
        raise Unreachable(f"{url} is redirected more than {_HOPS} times")

    def _allowed(self, url: str, manners: Manners) -> bool:
        """Return whether robots.txt lets us in; one that cannot be fetched closes the site (RFC 9309, 2.3.1)."""
        http_client.check_url(url)
        host = self._host(url)
        with host.asking:
            if host.robots is None:
                host.robots = self._robots(url, manners)
        return host.robots.can_fetch(url, AGENT)

    def _robots(self, url: str, manners: Manners) -> protego.Protego:
        address = urljoin(url, "/robots.txt")
        robots_manners = replace(manners, robots=False, limits=replace(manners.limits, size=_ROBOTS_SIZE))
        _, answer = self._followed(address, {"User-Agent": AGENT}, robots_manners)
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Unreachable(f"{address} answers {answer.status}; whether the site may be read is not known")
        text = answer.content.decode("utf-8", "replace") if answer.status == HTTPStatus.OK else ""
        # A page of HTML in place of robots.txt says nothing.
        return protego.Protego.parse("" if text.lstrip()[:1] == "<" else text)

    def _tried(self, url: str, headers: dict[str, str], manners: Manners) -> Answer:
        """One exchange, tried again while the trouble may pass."""
        for tried in range(1, manners.tries + 1):
            with self._turn(url, manners):
                last = tried == manners.tries
                self._refuse_away(url)
                try:
                    answer = self._get(url, headers, manners.limits, private=_may_be_private(url, manners))
                except Unreachable:
                    self._count_failure(url)
                    if last:
                        raise
                    wait = 0.0
                else:
                    self._host(url).failures = 0
                    if answer.status not in _PASSING or last:
                        return answer
                    wait = _retry_after(answer)
            LOG.info("%s is asked again", url, extra={"retry": "source"})
            # Full jitter keeps many newsrooms from coming back at the same moment.
            self._sleep(max(wait, 2.0**tried * random.uniform(0.5, 1.0)))  # noqa: S311 - no secret
        raise Unreachable(f"{url} was not tried")

    def _refuse_away(self, url: str) -> None:
        """Raise `Unreachable` at once for a host that has failed too often; it is tried again later."""
        if self._clock() < self._host(url).away:
            raise Unreachable(
                f"{urlsplit(url).hostname} failed {MAX_FAILURES} times in a row and is left alone for a while"
            )

    def _count_failure(self, url: str) -> None:
        host = self._host(url)
        host.failures += 1
        if host.failures >= MAX_FAILURES:
            host.failures, host.away = 0, self._clock() + AWAY_SECONDS

    def _turn(self, url: str, manners: Manners) -> AbstractContextManager[None]:
        host = self._host(url)
        delay = host.robots.crawl_delay(AGENT) if host.robots else None
        return _Turn(host, min(max(manners.pause, delay or 0.0), _LONGEST_WAIT), self._sleep, self._clock)

    def _host(self, url: str) -> _Host:
        name = f"{urlsplit(url).scheme}://{urlsplit(url).netloc}".lower()
        with self._lock:
            return self._hosts.setdefault(name, _Host())


def _may_be_private(url: str, manners: Manners) -> bool:
    """Return whether an address may be of the newsroom's own network."""
    here = not manners.private_host or (urlsplit(url).hostname or "").lower() == manners.private_host.lower()
    return manners.private and here


class _Turn:
    """Our turn at a host: one request at a time, and a pause after each."""

    def __init__(
        self, host: _Host, pause: float, sleep: Callable[[float], None], clock: Callable[[], float]
    ) -> None:
        self._host, self._pause, self._sleep, self._clock = host, pause, sleep, clock

    def __enter__(self) -> None:
        self._host.turn.acquire()
        wait = self._host.next - self._clock()
        if wait > 0:
            self._sleep(wait)

    def __exit__(self, *_: object) -> None:
        self._host.next = self._clock() + self._pause
        self._host.turn.release()


def _readable(target: str) -> str:
    """A Location as it was meant: headers are latin-1, Chinese servers send UTF-8 or GBK."""
    raw = target.encode("latin-1", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return target


def _retry_after(answer: Answer) -> float:
    """Seconds that the server asks for, if it says a number."""
    value = answer.headers.get("retry-after", "")
    return min(float(value), _LONGEST_WAIT) if value.isascii() and value.isdigit() else 0.0


def _advice(status: int) -> str:
    """Return what to do about a status."""
    if status in {401, 403, 451}:
        return "the site does not let programs in; take its feed, or another source"
    if status in {404, 410}:
        return "the page is gone; check the address"
    return "try again later"

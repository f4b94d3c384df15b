"""Manners: robots.txt, pauses, tries, and nothing fetched twice that has not changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefing.errors import SourceError
from briefing.net.fetcher import AWAY_SECONDS, MAX_FAILURES, Fetcher, Manners
from briefing.net.http_client import Refused, Unreachable
from briefing.net.resources import Copy, Fetched
from tests.briefing.net.server import page, serving, status

if TYPE_CHECKING:
    import socket

    from briefing.net.http_client import Answer

OPEN = Manners(private=True, pause=0)


class Shelf:
    """Copies in memory."""

    def __init__(self) -> None:
        self.copies: dict[str, Copy] = {}

    def recall(self, url: str) -> Copy | None:
        """The copy of an address."""
        return self.copies.get(url)

    def keep(self, url: str, copy: Copy) -> None:
        """Put it on the shelf."""
        self.copies[url] = copy


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Move on."""
        self.slept.append(round(seconds, 3))
        self.now += seconds

    def read(self) -> float:
        """The time."""
        return self.now


def test_robots_txt_is_obeyed() -> None:
    """A path that is closed is not asked for; one that is open is."""
    rules = page("User-agent: *\nDisallow: /closed\n", "text/plain")
    with serving({"/robots.txt": rules, "/open": page("开放")}) as site:
        fetcher = Fetcher(sleep=lambda _: None)
        assert fetcher.get(site.url("/open"), OPEN).content.decode() == "开放"
        with pytest.raises(Refused, match=r"closed to programs by its robots\.txt"):
            fetcher.get(site.url("/closed/1.html"), OPEN)
        assert site.asked == ["/robots.txt", "/open"]


def test_robots_txt_that_fails_closes_the_site() -> None:
    """RFC 9309: while the rules cannot be had, nothing may be taken."""
    with serving({"/robots.txt": status("503 Busy"), "/": page("x")}) as site:
        with pytest.raises(Unreachable, match="whether the site may be read is not known"):
            Fetcher(sleep=lambda _: None).get(site.url("/"), OPEN)
        assert "/" not in site.asked


def test_requests_to_a_host_keep_their_pause() -> None:
    """The second request waits for the rest of the pause, or for the delay that robots.txt asks for."""
    clock = Clock()
    rules = page("User-agent: *\nCrawl-delay: 7\n", "text/plain")
    with serving({"/robots.txt": rules, "/1": page("1"), "/2": page("2")}) as site:
        fetcher = Fetcher(sleep=clock.sleep, clock=clock.read)
        manners = Manners(private=True, pause=2.0)
        fetcher.get(site.url("/1"), manners)
        fetcher.get(site.url("/2"), manners)
    assert clock.slept == [2.0, 7.0]


def test_passing_trouble_is_tried_again() -> None:
    """A busy server is asked again after the time that it names; the answer then counts."""
    clock = Clock()
    with serving({}) as site:

        def once_busy(connection: socket.socket, asked: dict[str, str]) -> None:
            site.answers["/"] = page("好了")
            status("503 Busy", Retry_After="30")(connection, asked)

        site.answers["/"] = once_busy
        fetcher = Fetcher(sleep=clock.sleep, clock=clock.read)
        found = fetcher.get(site.url("/"), Manners(private=True, pause=0, robots=False))
    assert (found.content.decode(), clock.slept) == ("好了", [30.0])


def test_lasting_trouble_is_told() -> None:
    """After the last try the answer is told with its status and what to do."""
    with (
        serving({"/": status("404 Not Found")}) as site,
        pytest.raises(SourceError, match="answers 404; the page is gone"),
    ):
        Fetcher(sleep=lambda _: None).get(site.url("/"), Manners(private=True, robots=False))


def test_what_has_not_changed_is_not_sent_again() -> None:
    """The marks of the copy are sent; 304 gives the copy."""
    marks: list[str] = []
    with serving({}) as site:

        def answer(connection: socket.socket, asked: dict[str, str]) -> None:
            marks.append(asked.get("if-none-match", ""))
            known = asked.get("if-none-match") == '"v1"'
            made = status("304 Not Modified") if known else page("第一版", ETag='"v1"')
            made(connection, asked)

        site.answers["/feed"] = answer
        shelf = Shelf()
        manners = Manners(private=True, robots=False, pause=0)
        first = Fetcher(shelf).get(site.url("/feed"), manners)
        again = Fetcher(shelf).get(site.url("/feed"), manners)
    assert marks == ["", '"v1"']
    assert first == again == Fetched(site.url("/feed"), "text/html", "utf-8", "第一版".encode())


def test_a_redirect_in_chinese_is_followed() -> None:
    """Servers send raw UTF-8 in Location; the final address is the page's."""
    target = "/新闻/1.html"
    raw = target.encode().decode("latin-1")

    def moved(connection: socket.socket, _asked: dict[str, str]) -> None:
        connection.sendall(
            f"HTTP/1.1 301 Moved\r\nLocation: {raw}\r\nContent-Length: 0\r\n\r\n".encode("latin-1")
        )

    with serving({"/old": moved, "/%E6%96%B0%E9%97%BB/1.html": page("到了")}) as site:
        found = Fetcher(sleep=lambda _: None).get(
            site.url("/old"), Manners(private=True, robots=False, pause=0)
        )
    assert (found.url, found.content.decode()) == (site.url(target), "到了")


def test_a_host_that_fails_again_and_again_is_left_alone_for_a_while() -> None:
    """After eight tries nobody waits for it any more, until later."""
    clock = Clock()
    asked: list[str] = []

    def failing(url: str, *_: object, **__: object) -> Answer:
        asked.append(url)
        raise Unreachable("timeout")

    fetcher = Fetcher(get=failing, sleep=clock.sleep, clock=clock.read)
    manners = Manners(robots=False, pause=0, tries=4)
    for number in range(5):
        with pytest.raises(Unreachable):
            fetcher.get(f"https://news.example/{number}", manners)
    assert len(asked) == MAX_FAILURES
    clock.now += AWAY_SECONDS
    with pytest.raises(Unreachable, match="timeout"):
        fetcher.get("https://news.example/later", manners)


def test_a_private_source_is_private_at_its_own_host_only() -> None:
    """A redirect to another machine of the newsroom is refused like any stranger's."""
    with serving({"/": page("内部网")}) as other, serving({}) as site:
        site.answers["/"] = status("302 Found", Location=other.url("/", "127.0.0.2"))
        manners = Manners(private=True, private_host="localhost", robots=False, pause=0)
        with pytest.raises(Refused, match="no public address"):
            Fetcher(sleep=lambda _: None).get(site.url("/", "localhost"), manners)
        assert other.asked == []

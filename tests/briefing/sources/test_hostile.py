"""A server that means harm: nothing hangs beyond its limit, nothing internal is reached, memory stays bounded."""

from __future__ import annotations

import gzip
import itertools
import ssl
import time
import tracemalloc
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
import trustme

from briefing.errors import SourceError
from briefing.net import address_guard, http_client
from briefing.net.fetcher import Fetcher, Manners
from briefing.net.http_client import Limits, Refused, Unreachable
from briefing.sources import file_formats
from briefing.sources.extracted_article import LONGEST_TITLE
from tests.briefing.net.server import page, serving, status

if TYPE_CHECKING:
    import socket
    from pathlib import Path

    from tests.briefing.net.server import Answer, Site

QUICK = Limits(seconds=0.4, connect=0.4, size=1_000_000)
SOON = 3.0
"""Seconds within which a limit of 0.4 must have ended everything, on a busy machine."""


def drip(connection: socket.socket, _asked: dict[str, str]) -> None:
    """A head that never ends, a byte at a time, each well within any pause that is allowed."""
    connection.settimeout(0.05)
    for byte in itertools.cycle(b"X-Slow: 1\r\n"):
        connection.sendall(bytes([byte]))
        _pause(connection)


def drip_body(connection: socket.socket, asked: dict[str, str]) -> None:
    """A body that never ends, a byte at a time."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
    drip(connection, asked)


def _pause(connection: socket.socket) -> None:
    """Wait a moment for what the client never says; raises when it has left."""
    try:
        if connection.recv(1) == b"":
            raise ConnectionResetError
    except TimeoutError:
        return


def endless(connection: socket.socket, _asked: dict[str, str]) -> None:
    """A body without length that goes on for ever."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
    while True:
        connection.sendall(b"<p>" + "很长的正文。".encode() * 1000)


@pytest.mark.parametrize("answer", [drip, drip_body], ids=["head", "body"])
def test_a_server_that_drips_is_left_at_the_deadline(answer: Answer) -> None:
    """A byte now and then keeps no connection alive beyond the limit for everything together."""
    with serving({"/": answer}) as site:
        start = time.monotonic()
        with pytest.raises(Unreachable, match=r"did not answer whole within 0\.4 seconds"):
            http_client.get(site.url("/"), {}, QUICK, private=True)
        assert time.monotonic() - start < SOON


def test_an_endless_body_is_cut_at_the_limit() -> None:
    """Reading stops as soon as there is more than is allowed."""
    with serving({"/": endless}) as site, pytest.raises(Refused, match="more than 1,000,000 bytes"):
        http_client.get(site.url("/"), {}, Limits(seconds=20, size=1_000_000), private=True)


def test_a_bomb_is_not_unpacked() -> None:
    """200 MB in 200 kB: refused at the limit, with little more than the limit in memory."""
    bomb = gzip.compress(bytes(200_000_000), 1)
    with serving({"/": page(bomb, Content_Encoding="gzip")}) as site:
        tracemalloc.start()
        with pytest.raises(Refused, match="more than 1,000,000 bytes"):
            http_client.get(site.url("/"), {}, Limits(seconds=20, size=1_000_000), private=True)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 8_000_000


def test_packed_pages_are_unpacked() -> None:
    """An honest gzip answer arrives as it was."""
    with serving({"/": page(gzip.compress("正文。".encode()), Content_Encoding="gzip")}) as site:
        assert http_client.get(site.url("/"), {}, Limits(), private=True).content.decode() == "正文。"


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104 - an address that must be refused
        "127.0.0.1", "10.0.0.8", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200",
        "255.255.255.255", "224.0.0.1", "192.0.0.1", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1",
        "fd00:ec2::254", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::",
        "::127.0.0.1", "ff02::1", "fe80::1%eth0", "fec0::1", "not an address", "",
    ],
)  # fmt: skip
def test_an_address_inside_is_not_public(address: str) -> None:
    """Loopback, private, link-local, metadata, shared, multicast, and IPv4 hidden in IPv6."""
    assert not address_guard.is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "114.114.114.114", "2400:3200::1", "::ffff:8.8.8.8"])
def test_an_address_outside_is_public(address: str) -> None:
    """Servers of the internet."""
    assert address_guard.is_public(address)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://x.example/", "gopher://x/", "http://", "http://[::1", "//x/", "http://a:b@x.example/", "http://x.example:99999/"],
)  # fmt: skip
def test_only_plain_web_addresses_are_fetched(url: str) -> None:
    """Other schemes, broken addresses and passwords are refused before anything is asked."""
    with pytest.raises(Refused):
        http_client.get(url, {}, QUICK)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"])
def test_this_machine_is_not_reached(host: str) -> None:
    """However its name is written, loopback is refused, and the server hears nothing."""
    with serving({"/": page("secret")}) as site:
        with pytest.raises(SourceError):
            http_client.get(site.url("/", host), {}, QUICK)
        assert site.asked == []


@pytest.mark.parametrize("inside", ["169.254.169.254", "127.0.0.1", "10.1.2.3"])
def test_a_redirect_inside_is_refused(inside: str) -> None:
    """Each hop is checked like the first."""
    asked: list[str] = []

    def lookup(host: str, _port: int) -> list[str]:
        asked.append(host)
        return [host]

    def get(url: str, *_: object, **__: object) -> http_client.Answer:
        if "news.example" in url:
            return http_client.Answer(302, {"location": f"http://{inside}/latest/meta-data/"}, b"")
        return http_client.get(url, {}, QUICK, lookup=lookup)

    fetcher = Fetcher(get=get, sleep=lambda _: None)
    with pytest.raises(Refused, match="no public address"):
        fetcher.get("http://news.example/", Manners(robots=False))
    assert asked == [inside]


def test_a_name_that_changes_its_mind_gains_nothing() -> None:
    """The name is looked up once; what was checked is what is connected to."""
    answers = iter([["93.184.216.34", "127.0.0.1"], ["127.0.0.1"]])
    with serving({"/": page("secret")}) as site:
        with pytest.raises(Refused, match=r"rebind\.example is at 127\.0\.0\.1"):
            http_client.get(site.url("/", "rebind.example"), {}, QUICK, lookup=lambda *_: next(answers))
        assert site.asked == []
    assert next(answers) == ["127.0.0.1"]


def test_a_pinned_host_keeps_its_name() -> None:
    """The connection goes to the address that was checked; the server still reads the name."""
    names: list[str] = []

    def answer(connection: socket.socket, asked: dict[str, str]) -> None:
        names.append(asked["host"])
        page("ok")(connection, asked)

    with serving({"/": answer}) as site:
        found = http_client.get(
            site.url("/", "news.example"), {}, QUICK, private=True, lookup=lambda *_: ["127.0.0.1"]
        )
        assert (found.content, names) == (b"ok", [f"news.example:{site.port}"])


def test_a_resolver_that_hangs_is_left_behind() -> None:
    """Looking up a name counts towards the deadline."""
    with serving({}) as site:

        def never(_host: str, _port: int) -> list[str]:
            site.over.wait()
            return []

        with pytest.raises(Unreachable, match="did not answer in time"):
            http_client.get("http://news.example/", {}, QUICK, lookup=never)


def test_redirects_end() -> None:
    """A circle is walked a few times and no more."""
    with serving({"/a": status("302 Found", Location="/a")}) as site:
        with pytest.raises(Unreachable, match="redirected more than 5 times"):
            Fetcher(sleep=lambda _: None).get(site.url("/a"), Manners(robots=False, private=True, pause=0))
        assert site.asked == ["/a"] * 6


@pytest.fixture(name="authority", scope="module")
def _authority() -> trustme.CA:
    """Who signs the certificates of these tests; nobody else knows it."""
    return trustme.CA()


def certified(authority: trustme.CA, name: str) -> ssl.SSLContext:
    """A server's side of TLS, with a certificate for that name."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def securely(site: Site, host: str) -> http_client.Answer:
    """Fetch the root of a site that is thought to be at that host."""
    url = f"https://{host}:{site.port}/"
    return http_client.get(url, {}, QUICK, private=True, lookup=lambda _host, _port: ["127.0.0.1"])


def test_a_secure_page_is_read(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Connected to the address that was checked, and proved by the name in the URL."""
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    with serving({"/": page("正文。")}, certified(authority, "news.example")) as site:
        assert securely(site, "news.example").content.decode() == "正文。"
        with pytest.raises(Unreachable, match="certificate"):
            securely(site, "other.example")
        assert site.asked == ["/"]


def test_a_certificate_of_nobody_is_refused(authority: trustme.CA) -> None:
    """Nothing is asked of a server that cannot prove its name."""
    with serving({"/": page("正文。")}, certified(authority, "news.example")) as site:
        with pytest.raises(Unreachable, match="certificate"):
            securely(site, "news.example")
        assert site.asked == []


def test_a_title_of_a_hundred_megabytes_is_not_read() -> None:
    """It is refused at the limit, with little more than the limit in memory."""
    title = "标".encode() * 1_000_000

    def answer(connection: socket.socket, _asked: dict[str, str]) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<html><head><title>")
        for _ in range(34):
            connection.sendall(title)

    with serving({"/": answer}) as site:
        tracemalloc.start()
        try:
            with pytest.raises(Refused, match="more than 16,777,216 bytes"):
                http_client.get(site.url("/"), {}, Limits(), private=True)
            assert tracemalloc.get_traced_memory()[1] < 48 * 1024 * 1024
        finally:
            tracemalloc.stop()


def test_a_title_within_the_limit_is_cut() -> None:
    """A headline that nobody could read out is not handed on, whatever its page weighs."""
    text = "<p>3月1日，滨河大桥通车，全长1200米，双向六车道。</p>" * 5
    long = f"<html><head><title>{'标题' * 50_000}</title></head><body><h1>{'大桥' * 50_000}</h1>{text}</body></html>"
    (found,) = file_formats.read(long.encode(), ZoneInfo("Asia/Shanghai"), name="a.html").articles
    assert len(found.title) == LONGEST_TITLE

"""Asking a server once: redirects, what is too large, what headers go along, and where it never goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefing.net import http_probe
from briefing.net.http_client import Limits, Refused, Unreachable
from tests.briefing.net.server import page, serving, status

if TYPE_CHECKING:
    import socket

SMALL = Limits(seconds=5.0, connect=5.0, size=4)


def test_redirects_are_followed_to_the_answer() -> None:
    """A relative one too; who answered in the end is said."""
    answers = {"/a": status("302 Found", Location="/b"), "/b": page("here")}
    with serving(answers) as site:
        url, answer = http_probe.ask("GET", site.url("/a"), {}, Limits(), private=True)
        assert url == site.url("/b")
    assert (answer.status, answer.content, site.asked) == (200, b"here", ["/a", "/b"])


def test_redirects_that_never_end_are_given_up() -> None:
    """After five."""
    with (
        serving({"/a": status("302 Found", Location="/a")}) as site,
        pytest.raises(Unreachable, match="redirected more than 5 times"),
    ):
        http_probe.ask("GET", site.url("/a"), {}, Limits(), private=True)
    assert len(site.asked) == 6


def test_a_redirect_to_what_is_no_web_address_is_refused() -> None:
    """Each hop is checked like the first."""
    with serving({"/a": status("302 Found", Location="file:///etc/passwd")}) as site, pytest.raises(Refused):
        http_probe.ask("GET", site.url("/a"), {}, Limits(), private=True)


def test_of_what_is_too_large_the_beginning_is_read() -> None:
    """A server that sends the whole file when asked for a part costs no more than the part."""
    with serving({"/a": page(b"x" * 1_000_000)}) as site:
        _, answer = http_probe.ask("GET", site.url("/a"), {}, SMALL, private=True)
    assert answer.content == b"xxxx"


def test_what_is_asked_for_takes_the_place_of_what_is_usual() -> None:
    """Lengths are compared only where nothing is packed."""
    heard: list[dict[str, str]] = []

    def noting(connection: socket.socket, asked: dict[str, str]) -> None:
        heard.append(asked)
        page("here")(connection, asked)

    with serving({"/a": noting}) as site:
        http_probe.ask(
            "GET", site.url("/a"), {"Accept-Encoding": "identity", "Range": "bytes=0-3"}, SMALL, private=True
        )
        http_probe.ask("GET", site.url("/a"), {}, SMALL, private=True)
    assert [one["accept-encoding"] for one in heard] == ["identity", "gzip, deflate"]
    assert heard[0]["range"] == "bytes=0-3"


def test_a_head_has_headers_and_no_content() -> None:
    """Also where a length is announced."""
    with serving({"/a": status("200 OK", X_Here="yes")}) as site:
        _, answer = http_probe.ask("HEAD", site.url("/a"), {}, SMALL, private=True)
    assert (answer.headers["x-here"], answer.content) == ("yes", b"")


def test_this_network_is_closed_unless_it_is_opened() -> None:
    """No address of the machine itself is asked."""
    with serving({"/a": page("here")}) as site, pytest.raises(Refused):
        http_probe.ask("GET", site.url("/a"), {}, SMALL)
    assert site.asked == []

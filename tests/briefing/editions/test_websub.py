"""A hub on loopback is told of news; one that fails keeps nothing off the air."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pytest

from briefing import config
from briefing.editions import publishing
from briefing.storage.store import opened
from briefing.wiring.show_contexts import build_show_context

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from briefing.editions.show_context import ShowContext


@dataclass
class Hub:
    """What a hub was told, and how it answers."""

    status: int = 202
    url: str = ""
    told: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)


@contextmanager
def running(hub: Hub) -> Iterator[Hub]:
    """A hub during a block."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            hub.told.append((self.path, self.headers["Content-Type"], dict(parse_qsl(body))))
            self.send_response(hub.status)
            self.end_headers()

        def log_message(self, *_what: object) -> None:
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    hub.url = f"http://127.0.0.1:{server.server_port}/"
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def context(newsroom: Path) -> Iterator[ShowContext]:
    """The sample show's context."""
    described = config.load(newsroom)
    with opened(described.database, described.folder) as store:
        yield build_show_context(described, "demo", store, described.folder)


def with_hub(context: ShowContext, hub: str) -> ShowContext:
    """The show context of a show that has this hub."""
    return replace(context, show=replace(context.show, hub=hub))


def test_the_hub_is_told_the_feeds_address(context: ShowContext) -> None:
    """As a form, by both names that hubs know."""
    feed = f"{context.show.address}feed.xml"
    with running(Hub()) as hub:
        assert publishing.notify_hub(with_hub(context, hub.url)) == ""
    assert hub.told == [
        (
            "/",
            "application/x-www-form-urlencoded",
            {"hub.mode": "publish", "hub.url": feed, "hub.topic": feed},
        )
    ]


def test_a_show_without_a_hub_tells_nobody(context: ShowContext) -> None:
    """Polling is enough for most."""
    assert publishing.notify_hub(context) == ""


def test_a_hub_that_refuses_or_is_gone_is_a_sentence(context: ShowContext) -> None:
    """The feed is out; the sentence says so and what to look at."""
    with running(Hub(status=500)) as hub:
        refused = publishing.notify_hub(with_hub(context, hub.url))
    assert refused == (
        f"the hub {hub.url} answers 500; the feed is out, and apps find it when they poll: check `publish.hub`"
    )
    assert "the hub was not told: " in publishing.notify_hub(with_hub(context, hub.url))

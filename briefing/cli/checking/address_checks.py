"""Checks of addresses: whether listeners and editors reach them, and what they find there."""

from __future__ import annotations

import re
import socket
from datetime import datetime
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from briefing.cli.checking.findings import Finding
from briefing.errors import SourceError
from briefing.monitoring import watch
from briefing.net import address_guard, http_client
from briefing.storage.store import opened
from briefing.wiring.publishers import show_address
from feed.rss.paging import FEED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.config import Config

SERVED = ("127.0.0.1", 8000)
"""Where `briefing serve` listens unless it is told otherwise."""

PATIENCE = 3.0
"""Seconds for an answer from there."""

MADE_UP = re.compile(r"(?:^|[@.])(?:example\.(?:com|net|org)|example|invalid|test|localhost)$")
"""Names that nobody has (RFC 2606, RFC 6761)."""


def check_addresses(configuration: Config) -> Iterator[Finding]:
    """Listeners can reach what is published, and editors the desk."""
    yield _address("address", configuration.newsroom.address, "newsroom.address")
    if configuration.desk.address:
        yield _address("desk address", configuration.desk.address, "desk.address")
    if configuration.desk.address.startswith("https://") and not configuration.desk.proxy:
        sentence = "the server that stands in front with https hides who signs in and who guesses passwords"
        yield Finding("desk address", "warn", sentence, "set `desk.proxy` to true")


def _address(name: str, url: str, key: str) -> Finding:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host == "localhost" or not _public(host):
        sentence = f"{url} is an address that only this machine or its network reaches"
        return Finding(name, "warn", sentence, f"set `{key}` to the one that listeners use")
    if MADE_UP.search(host):
        return Finding(name, "error", f"{url} is an address that nobody has", f"set `{key}`")
    if parts.scheme != "https":
        sentence = f"{url} is not encrypted; Apple, browsers and many speakers want https"
        return Finding(name, "warn", sentence, f"put a server with https before it, and set `{key}`")
    return Finding(name, "ok", f"{url} is one of the public internet")


def _public(host: str) -> bool:
    """Return whether a host is no private address; a name is believed."""
    try:
        ip_address(host)
    except ValueError:
        return "." in host
    return address_guard.is_public(host)


def check_port(_configuration: Config) -> Iterator[Finding]:
    """The port of `briefing serve` is free, or `briefing serve` has it."""
    host, port = SERVED
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            taken = True
        else:
            taken = False
    name = f"port {port}"
    if not taken:
        yield Finding(name, "ok", f"{host}:{port} is free for `briefing serve`")
    elif _alive(f"http://{host}:{port}/healthz"):
        yield Finding(name, "ok", f"`briefing serve` answers on {host}:{port}")
    else:
        sentence = f"{host}:{port} is taken by another program"
        yield Finding(name, "warn", sentence, "end it, or serve on another with --port")


def _alive(url: str) -> bool:
    try:
        return http_client.get(
            url, {}, http_client.Limits(seconds=PATIENCE), private=True
        ).content.startswith(b"alive")
    except SourceError:
        return False


def check_on_air(configuration: Config) -> Iterator[Finding]:
    """Yield what is published is there and whole, fetched from the public address as listeners do."""
    with opened(configuration.database, configuration.folder) as store:
        on_air = {slug for slug in configuration.shows if store.episodes.newest_episode(slug)}
    for slug, show in configuration.shows.items():
        if slug not in on_air:
            yield Finding(f"on air {slug}", "ok", "nothing is published yet")
            continue
        url = urljoin(show_address(configuration, slug), FEED)
        verdict = watch.check_feed(url, watch.Expectation(sample=True), datetime.now(show.zone))
        for fault in verdict.faults:
            cure = "is it served there? see `briefing serve` and `newsroom.address`"
            yield Finding(f"on air {slug}", "error", fault.english, cure)
        if not verdict.faults and verdict.item:
            yield Finding(f"on air {slug}", "ok", f"{verdict.item.title} can be heard from {url}")

"""Download counts after IAB's podcast measurement guidelines (2.2), without personal data.

A download is at least a minute of an episode's sound, sent to one listener, once a day. A listener is a hash of the
address and the client's name under a salt that is drawn each day, stands only in memory and is thrown away with the
day: nothing about a listener is ever written down. Programs that fetch without anybody listening are left out; HEAD
and the parts of a download that is fetched in parts count for nothing by themselves.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
import secrets
import threading
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from feed import mp3_header

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    Counter = Callable[[str, str, date], None]
    """Adds one download: of which show, of which episode (the recording's name without hash and ending), on which day."""

DEFAULT_KBITS = 128
"""kbit/s assumed for files without a constant rate."""

MAX_LISTENERS = 200_000
"""Listeners of a day that are remembered; beyond, the first are forgotten and might be counted twice."""

BOTS = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|archiver|preview|monitor|uptime|validator|feed ?check|headless|lighthouse|scrap"
    r"|facebookexternalhit|pingdom|^(?:curl|wget|libwww|python|okhttp/|java/|go-http|axios|node|ruby|perl|briefing)",
    re.IGNORECASE,
)
"""Programs that fetch without a listener: crawlers, monitors, libraries, our own checker."""


class SentPart(NamedTuple):
    """Sent part of a recording: show, episode, receiver, first byte, number of bytes.

    `minute_bytes` bytes from the beginning of the file on hold a minute of its sound.
    """

    show: str
    episode: str
    address: str
    agent: str
    start: int
    size: int
    minute_bytes: int


@dataclass
class _Day:
    """Memory of one day: salt, and parts by listener (None once counted)."""

    salt: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    parts: dict[bytes, list[tuple[int, int]] | None] = field(default_factory=dict)


class DownloadCounter:
    """Counter of downloads. `today` is the date in a show's time zone; `add` stores a download."""

    def __init__(self, add: Counter, today: Callable[[str], date]) -> None:
        self._add = add
        self._today = today
        self._days: dict[date, _Day] = {}
        self._lock = threading.Lock()

    def add_part(self, part: SentPart) -> None:
        """Count a download when a listener has a minute of an episode for the first time today."""
        if not part.agent or BOTS.search(part.agent):
            return
        today = self._today(part.show)
        with self._lock:
            counts = self._is_download(self._day_memory(today), part)
        if counts:
            self._add(part.show, part.episode, today)

    def _day_memory(self, today: date) -> _Day:
        """Return the memory of a day; drop days that are over in every time zone."""
        self._days = {day: memory for day, memory in self._days.items() if day >= today - timedelta(days=1)}
        return self._days.setdefault(today, _Day())

    def _is_download(self, day: _Day, part: SentPart) -> bool:
        identity = f"{_listener_network(part.address)}\n{part.agent}\n{part.show}\n{part.episode}"
        listener = hashlib.sha256(day.salt + identity.encode()).digest()[:16]
        parts = day.parts.get(listener, [])
        if parts is None:
            return False
        parts = _join_parts([*parts, (part.start, part.start + part.size)])
        counts = sum(end - start for start, end in parts) >= part.minute_bytes
        day.parts[listener] = None if counts else parts
        if len(day.parts) > MAX_LISTENERS:
            del day.parts[next(iter(day.parts))]
        return counts


def _join_parts(parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sort byte ranges and merge those that touch."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(parts):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _listener_network(address: str) -> str:
    """Return the address; for IPv6 its /64 network, since hosts change the rest (RFC 8981)."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((parsed, 64), strict=False))
    return address


@lru_cache(maxsize=1024)
def minute_bytes(path: Path) -> int:
    """Return the bytes of a file that hold its tags and one minute of sound, at most all."""
    with path.open("rb") as file:
        tags = mp3_header.tag_size(file.read(mp3_header.HEADER))
        file.seek(tags)
        rate = mp3_header.bit_rate(file.read(mp3_header.FRAME)) or DEFAULT_KBITS
    return min(tags + rate * 1000 // 8 * 60, path.stat().st_size)

"""Middleware that counts the bytes of recordings that were really sent."""

from __future__ import annotations

import asyncio
import logging
import re
from typing import TYPE_CHECKING

from feed.episode_names import HASH_ENDING
from feed.server.download_counts import SentPart, minute_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from feed.server.download_counts import DownloadCounter

LOG = logging.getLogger(__name__)
AUDIO_ENDINGS = (".mp3", ".m4a")
_RANGE = re.compile(r"bytes (\d+)-\d+/", re.ASCII)
_OK, _PARTIAL = 200, 206


class CountingMiddleware:
    """ASGI middleware that reports each sent part of a recording to the counter."""

    def __init__(self, app: ASGIApp, tally: DownloadCounter, root: Path) -> None:
        self._app = app
        self._tally = tally
        self._root = root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and count what was sent."""
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].endswith(AUDIO_ENDINGS):
            await self._app(scope, receive, send)
            return
        sent = _SentBytes(send)
        # When the client hangs up, starlette stops sending (since 1.10).
        await self._app(scope, receive, sent)
        if (part := self._sent_part(scope, sent)) is not None:
            try:
                await asyncio.to_thread(self._tally.add_part, part)
            except Exception:
                # A store of any kind may fail in any way; the listener has the file all the same.
                LOG.exception("a download is not counted")

    def _sent_part(self, scope: Scope, sent: _SentBytes) -> SentPart | None:
        """Return the sent part, or None if no bytes of an episode were sent."""
        show, _, name = scope["path"].strip("/").rpartition("/")
        name = sent.location or name
        path = self._root / show / name
        if not show or "/" in show or sent.start is None or not sent.size or not path.is_file():
            return None
        headers = {key: value.decode("latin-1") for key, value in scope["headers"]}
        address = scope["client"][0] if scope["client"] else ""
        episode = re.sub(HASH_ENDING, "", path.stem)
        agent = headers.get(b"user-agent", "")
        return SentPart(show, episode, address, agent, sent.start, sent.size, minute_bytes(path))


class _SentBytes:
    """Wrapper of `send` that notes the first byte and the number of bytes."""

    def __init__(self, send: Send) -> None:
        self._send_letter = send
        self.start: int | None = None
        self.size = 0
        self.location = ""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = {key: value.decode("latin-1") for key, value in message["headers"]}
            self.location = headers.get(b"content-location", "")
            part = _RANGE.match(headers.get(b"content-range", ""))
            if message["status"] == _OK or (message["status"] == _PARTIAL and part):
                self.start = int(part[1]) if part else 0
        await self._send_letter(message)
        if message["type"] == "http.response.body":
            self.size += len(message.get("body", b""))

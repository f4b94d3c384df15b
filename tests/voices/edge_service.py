"""The read-aloud service on loopback: the real protocol for the unchanged client, and every fault on cue.

HTTP and WebSocket on one port, in a thread of its own: the list of voices, and speech as MP3 in binary messages with
the words' times between them. What is spoken is a murmur, 48 kbit/s at 24 kHz as the service sends, that begins at
another place for each sentence, so that no two sound the same.
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import threading
import zlib
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from voices.audio import ffmpeg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pytest

FRAME = 144
"""Bytes of an MP3 frame: 576 samples at 24 kHz and 48 kbit/s, 24 ms."""

FRAME_TICKS = 240_000
PLACES = 40
"""Places in the murmur at which a sentence may begin, a second apart."""

VOICES = ("zh-CN-XiaoxiaoNeural", "zh-CN-YunyangNeural", "zh-CN-YunxiNeural", "en-US-EmmaMultilingualNeural")


class Fault(StrEnum):
    """What the service can do wrong."""

    REFUSED = "403"
    TOO_OFTEN = "429"
    OVERLOADED = "503"
    NO_AUDIO = "no audio"
    CUT_BEFORE = "cut before any sound"
    CUT_HALF = "closed in the middle"
    RESET = "reset in the middle"
    HALF = "half the sound, ended as if whole"
    SILENCE = "silence"
    NOISE = "bytes that are no sound"
    NONSENSE = "a message of no known kind"
    MUD = "no answer"


@dataclass
class EdgeService:
    """What it was asked, and which fault meets the next request: `cue` is given the text and its number of tries."""

    cue: Callable[[str, int], Fault | None] = lambda _text, _turn: None
    delay: float = 0.0
    asked: list[str] = field(default_factory=list)
    ssml: list[str] = field(default_factory=list)
    listed: int = 0
    voices: tuple[str, ...] = VOICES
    most: int = 0
    port: int = 0
    _turns: Counter[str] = field(default_factory=Counter)
    _inside: int = 0
    _tries: int = 0

    async def voice_list(self, _request: web.Request) -> web.Response:
        """The voices as the service lists them."""
        self.listed += 1
        return web.json_response(
            [
                {"Name": name, "ShortName": name, "Gender": "Female", "Locale": name[:5], "Status": "GA"}
                for name in self.voices
            ]
        )

    async def speech(self, request: web.Request) -> web.StreamResponse:
        """One connection: a status, or a socket that answers one text."""
        self._tries += 1
        status = self.cue("", self._tries)
        if status in {Fault.REFUSED, Fault.TOO_OFTEN, Fault.OVERLOADED}:
            return web.Response(status=int(status))
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        self._inside += 1
        self.most = max(self.most, self._inside)
        try:
            await self._answer(request, socket)
        finally:
            self._inside -= 1
        return socket

    async def _answer(self, request: web.Request, socket: web.WebSocketResponse) -> None:
        settings, ssml = await socket.receive(), await socket.receive()
        if WSMsgType.TEXT not in {settings.type, ssml.type}:
            return
        assert "audio-24khz-48kbitrate-mono-mp3" in settings.data
        self.ssml.append(ssml.data)
        text = unescape(re.sub(r"<[^>]*>", "", ssml.data.partition("\r\n\r\n")[2])).strip()
        self.asked.append(text)
        self._turns[text] += 1
        await asyncio.sleep(self.delay)
        fault = self.cue(text, self._turns[text])
        if fault is Fault.MUD:
            await socket.receive()
            return
        if fault is Fault.CUT_BEFORE:
            return
        await self._speak(request, socket, text, fault)

    async def _speak(
        self, request: web.Request, socket: web.WebSocketResponse, text: str, fault: Fault | None
    ) -> None:
        await socket.send_str(_head("turn.start") + "{}")
        if fault is Fault.NONSENSE:
            await socket.send_str(_head("something.new") + "{}")
        if fault is not Fault.NO_AUDIO and any(map(str.isalnum, text)):
            sound, words = spoken(text)
            short = fault in {Fault.CUT_HALF, Fault.RESET, Fault.HALF}
            sound = sound[: len(sound) // FRAME // 2 * FRAME] if short else sound
            sound = {Fault.SILENCE: quiet(len(sound)), Fault.NOISE: b"\x00nothing" * 99}.get(
                fault or Fault.MUD, sound
            )
            for word in words if fault is not Fault.CUT_HALF else words[: len(words) // 2]:
                await socket.send_str(_head("audio.metadata") + json.dumps({"Metadata": [word]}))
            for start in range(0, len(sound), 20 * FRAME):
                await socket.send_bytes(_audio(sound[start : start + 20 * FRAME]))
        if fault is Fault.RESET and request.transport is not None:
            request.transport.abort()
        elif fault is not Fault.CUT_HALF:
            await socket.send_str(_head("turn.end") + "{}")
            await socket.receive()


def _head(path: str) -> str:
    return f"X-RequestId:0\r\nContent-Type:application/json; charset=utf-8\r\nPath:{path}\r\n\r\n"


def _audio(data: bytes) -> bytes:
    head = b"X-RequestId:0\r\nContent-Type:audio/mpeg\r\nPath:audio\r\n"
    return len(head).to_bytes(2, "big") + head + data


def spoken(text: str) -> tuple[bytes, list[dict[str, Any]]]:
    """A sentence's MP3 and its words: ten frames (0.24 s) a character, and none for marks."""
    words, frames = [], 0
    for word in re.findall(r"[^\W_]{1,2}", text):
        long = 8 * len(word)
        data = {
            "Offset": frames * FRAME_TICKS,
            "Duration": long * FRAME_TICKS,
            "text": {"Text": word, "Length": len(word), "BoundaryType": "WordBoundary"},
        }
        words.append({"Type": "WordBoundary", "Data": data})
        frames += long
    begin = zlib.crc32(text.encode()) % PLACES * 40
    sound = murmur()
    while len(sound) < (begin + frames) * FRAME:
        sound += murmur()
    return sound[begin * FRAME : (begin + frames) * FRAME], words


@cache
def murmur() -> bytes:
    """A minute of pink noise as MP3 frames, and nothing else in the file."""
    return _mp3("anoisesrc=d=60:c=pink:r=24000:a=0.3:seed=1")


def quiet(size: int) -> bytes:
    """As many bytes of silence."""
    return (_mp3("anullsrc=r=24000:cl=mono:d=20") * (size // 120_000 + 1))[:size]


@cache
def _mp3(source: str) -> bytes:
    form = "-c:a libmp3lame -b:a 48k -reservoir 0 -write_xing 0 -id3v2_version 0 -f mp3 pipe:1"
    command = [ffmpeg.ffmpeg_path(), "-v", "error", "-f", "lavfi", "-i", source, "-ac", "1", *form.split()]
    return subprocess.run(command, capture_output=True, check=True).stdout


@contextmanager
def running(service: EdgeService) -> Iterator[str]:
    """Serve in a thread; gives host:port."""
    loop = asyncio.new_event_loop()
    application = web.Application()
    application.router.add_get("/voices/list", service.voice_list)
    application.router.add_get("/edge/v1", service.speech)

    async def start() -> web.AppRunner:
        runner = web.AppRunner(application, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", service.port)
        await site.start()
        service.port = runner.addresses[0][1]
        return runner

    runner = loop.run_until_complete(start())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield f"127.0.0.1:{service.port}"
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def point(monkeypatch: pytest.MonkeyPatch, place: str, *, secure: bool = False) -> None:
    """Have the client ask there: its two addresses are all that is changed of it."""
    s = "s" if secure else ""
    monkeypatch.setattr("edge_tts.communicate.WSS_URL", f"ws{s}://{place}/edge/v1?TrustedClientToken=0")
    monkeypatch.setattr("edge_tts.voices.VOICE_LIST", f"http{s}://{place}/voices/list?trustedclienttoken=0")

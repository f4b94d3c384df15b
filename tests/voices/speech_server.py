"""A server on loopback with OpenAI's `/v1/audio/speech`, that answers with a murmur or with what a test wants."""

from __future__ import annotations

import asyncio
import io
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import soundfile
from aiohttp import web

from tests.voices.fakes import utterance
from voices.engines.silent import Silent

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Server:
    """Answers with a murmur of the right length, unless `answers` holds something else for the next request."""

    answers: list[web.Response] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    form: str = "WAV"

    posts: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    """Path and fields of every request to a server that is not OpenAI's."""

    pcm: bytes = b""
    """Answer of those servers where it is not a murmur in a WAV."""

    async def other(self, request: web.Request) -> web.Response:
        """Answer as the servers do that people run themselves: JSON or a form comes, sound goes."""
        fields = (
            await request.json() if request.content_type == "application/json" else await form_of(request)
        )
        self.posts.append((request.path, fields))
        if self.answers:
            return self.answers.pop(0)
        if request.path == "/v1/audio/voices":
            return web.json_response({"success": True})
        text = fields.get("text") or fields.get("tts_text") or fields.get("input") or ""
        return web.Response(body=self.pcm or sound(text, self.form))

    async def speech(self, request: web.Request) -> web.Response:
        """One sentence."""
        self.asked.append(await request.json())
        self.keys.append(request.headers.get("Authorization", ""))
        if self.answers:
            return self.answers.pop(0)
        return web.Response(body=sound(self.asked[-1]["input"], self.form), content_type="audio/wav")


async def form_of(request: web.Request) -> dict[str, Any]:
    """Return the fields of a form; a file is its bytes."""
    fields = await request.post()
    return {
        name: value.file.read() if isinstance(value, web.FileField) else value
        for name, value in fields.items()
    }


def sound(text: str, form: str = "WAV") -> bytes:
    """The silent voice's murmur in a file."""
    clip = Silent().speak(utterance(text))
    file = io.BytesIO()
    soundfile.write(file, np.frombuffer(clip.pcm, "<i2"), clip.rate, format=form)
    return file.getvalue()


@contextmanager
def serving(server: Server) -> Iterator[str]:
    """Serve in a thread; gives the address."""
    loop = asyncio.new_event_loop()
    application = web.Application()
    application.router.add_post("/v1/audio/speech", server.speech)
    application.router.add_post("/{other:.*}", server.other)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    loop.run_until_complete(runner.setup())
    loop.run_until_complete(web.TCPSite(runner, "127.0.0.1", 0).start())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

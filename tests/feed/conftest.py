"""A made-up show with two episodes, and a server on loopback that publishes it."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
import uvicorn

from feed.model import Chapter, Cue, Episode
from feed.server import media_server
from feed.server.connection_limits import LimitedProtocol
from tests.feed.airing import SHOW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from feed.model import Show
    from feed.server.download_counts import DownloadCounter

BEIJING = timezone(timedelta(hours=8))
SOUND = b"sound" * 8000
"""Stands for a recording; the name of the older episode's audio holds its hash."""


@dataclass(frozen=True)
class Seen:
    """A request that a server answered."""

    method: str
    path: str
    status: int
    asked: dict[str, str]


class Noting:
    """Notes what the application in it is asked, and how it answers."""

    def __init__(self, inner: ASGIApp, seen: list[Seen]) -> None:
        self._inner = inner
        self._seen = seen

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on."""

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                asked = {name.decode(): value.decode() for name, value in scope["headers"]}
                self._seen.append(Seen(scope["method"], scope["path"], message["status"], asked))
            await send(message)

        await self._inner(scope, receive, noting)


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """The sound of the older episode, as the studio left it."""
    path = tmp_path / "r1.mp3"
    path.write_bytes(SOUND)
    return path


@pytest.fixture
def show() -> Show:
    """A show with Chinese words and ASCII addresses."""
    return SHOW


@pytest.fixture
def first() -> Episode:
    """The older episode."""
    return Episode(
        guid="6ba7b810-9dad-11d1-80b4-00c04fd430c8",
        title="2026年3月2日",
        summary="新桥通车；<b>图书馆</b>开馆。",
        published=datetime(2026, 3, 2, 7, tzinfo=BEIJING),
        audio="2026-03-02-morning-8c9758b2aafc.mp3",
        size=40_000,
        duration=timedelta(seconds=61.4),
        number=1,
        chapters=(
            Chapter("开场", timedelta(0)),
            Chapter("新桥通车", timedelta(seconds=8.25), "https://example.com/a?x=1&y=2"),
            Chapter("尾声", timedelta(seconds=50)),
        ),
        cues=(
            Cue("晓伊", "早上好，欢迎收听。", timedelta(seconds=0.4), timedelta(seconds=7.5)),
            Cue(
                "云希",
                "新桥今天通车，全长1.2公里，是<script>跨江</script>的第三座桥。",
                timedelta(seconds=8.25),
                timedelta(seconds=49),
            ),
            Cue("晓伊", "再见。", timedelta(seconds=50), timedelta(seconds=61)),
        ),
    )  # fmt: skip - cues read best one a line


@pytest.fixture
def second(first: Episode) -> Episode:
    """The newer episode."""
    return replace(
        first,
        guid="6ba7b811-9dad-11d1-80b4-00c04fd430c8",
        title="2026年3月3日",
        published=first.published + timedelta(days=1),
        audio="2026-03-03-morning-1a1b2c3d4e5f.mp3",
        number=2,
    )


@pytest.fixture
def seen() -> list[Seen]:
    """What the server of `served` was asked."""
    return []


@pytest.fixture
def served(seen: list[Seen]) -> Callable[..., AbstractContextManager[str]]:
    """Serves a folder on a free port of loopback during a block, and gives its address.

    `around` may put an application of a test's own around the server's; with a `tally` downloads are counted.
    """

    @contextmanager
    def serving(
        root: Path,
        around: Callable[[ASGIApp], ASGIApp] = lambda inner: inner,
        tally: DownloadCounter | None = None,
    ) -> Iterator[str]:
        noting = Noting(around(media_server.build_app(root, tally)), seen)
        settings = uvicorn.Config(
            noting, host="127.0.0.1", port=0, log_level="critical", http=LimitedProtocol
        )
        server = uvicorn.Server(settings)
        sockets = [settings.bind_socket()]
        # Who connects before the server runs waits for it.
        sockets[0].listen()
        thread = threading.Thread(target=server.run, args=(sockets,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{sockets[0].getsockname()[1]}/"
        finally:
            server.should_exit = True
            thread.join()

    return serving

"""A made-up show with two episodes, and a server on loopback that publishes it."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
import uvicorn

from feed import serve
from feed.model import Chapter, Cue, Episode, Show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

BEIJING = timezone(timedelta(hours=8))


@pytest.fixture
def show() -> Show:
    """A show with Chinese words and ASCII addresses."""
    return Show(
        slug="demo",
        title="每日简报",
        description="每天早上，用几分钟听完本地要闻。",
        address="https://example.com/demo/",
        author="每日简报编辑部",
        email="newsroom@example.com",
        guid="9b024349-ccf0-5f69-a609-6b82873eab3c",
        copyright="© 每日简报编辑部",
        cover="cover-0123456789ab.jpg",
    )


@pytest.fixture
def first() -> Episode:
    """The older episode."""
    return Episode(
        guid="6ba7b810-9dad-11d1-80b4-00c04fd430c8",
        title="2026年3月2日",
        summary="新桥通车；<b>图书馆</b>开馆。",
        published=datetime(2026, 3, 2, 7, tzinfo=BEIJING),
        audio="2026-03-02-morning-0a1b2c3d4e5f.mp3",
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
def served() -> Callable[[Path], object]:
    """Serves a folder on a free port of loopback during a block, and gives its address."""

    @contextmanager
    def serving(root: Path) -> Iterator[str]:
        settings = uvicorn.Config(serve.app(root), host="127.0.0.1", port=0, log_level="warning")
        server = uvicorn.Server(settings)
        sockets = [settings.bind_socket()]
        thread = threading.Thread(target=server.run, args=(sockets,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{sockets[0].getsockname()[1]}/"
        finally:
            server.should_exit = True
            thread.join()

    return serving

"""A real client on loopback: gPodder's `gpo` subscribes, downloads and polls.

Its exit status says nothing, so files, hashes and the server's own log are looked at.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from feed.publishers.local_folder import FolderPublisher
from tests.feed.airing import on_air
from tests.feed.server import client_trial

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from feed.model import Episode, Show
    from tests.feed.conftest import Seen


CUT = 15_000
"""Bytes after which the server hangs up."""


class Cutting:
    """Hangs up in the middle of the first recording that is asked for, as a bad line does."""

    def __init__(self, inner: ASGIApp) -> None:
        self._inner = inner
        self._cut = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is asked, and of the first recording the beginning."""
        if self._cut or not scope["path"].endswith(".mp3"):
            await self._inner(scope, receive, send)
            return
        self._cut = True

        async def cutting(message: Message) -> None:
            if message["type"] == "http.response.body":
                await send({"type": "http.response.body", "body": message["body"][:CUT], "more_body": True})
                raise ConnectionAbortedError
            await send(message)

        await self._inner(scope, receive, cutting)


def gpo(home: Path, *arguments: str) -> str:
    """Run gpo in a home of its own."""
    program = shutil.which("gpo")
    assert program, "gpo is not installed; install the Debian package gpodder"
    environment = os.environ | {"GPODDER_HOME": str(home), "HOME": str(home), "no_proxy": "127.0.0.1"}
    done = subprocess.run(
        [program, *arguments], capture_output=True, text=True, check=False, env=environment, timeout=120
    )
    return done.stdout + done.stderr


def test_gpo_subscribes_and_downloads_every_byte(
    tmp_path: Path,
    show: Show,
    first: Episode,
    recording: Path,
    seen: list[Seen],
    served: Callable[[Path], AbstractContextManager[str]],
) -> None:
    """What it downloads is what was published; a poll without news costs a few hundred bytes and brings nothing."""
    home = tmp_path / "gpodder"
    home.mkdir()
    with served(tmp_path / "public") as address:
        here = replace(show, address=f"{address}demo/")
        folder = FolderPublisher(tmp_path / "public" / "demo", here.address)
        on_air(folder, here, [first], recording)
        gpo(home, "subscribe", f"{here.address}feed.xml")
        listed = gpo(home, "episodes")
        gpo(home, "download")
        polled = gpo(home, "update")
    assert first.title in listed
    downloads = list((home / "Downloads").rglob("*.mp3"))
    assert [hashlib.sha256(path.read_bytes()).hexdigest() for path in downloads] == [
        hashlib.sha256(recording.read_bytes()).hexdigest()
    ]
    assert "0 new episodes" in polled or "No new episodes" in polled
    assert [one.status for one in seen if one.path == "/demo/feed.xml"] == [200, 304]


def test_gpo_resumes_a_download_that_the_server_cut(
    tmp_path: Path,
    show: Show,
    first: Episode,
    recording: Path,
    seen: list[Seen],
    served: Callable[..., AbstractContextManager[str]],
) -> None:
    """Its next try asks for the rest alone, and what lies there then is the recording."""
    home = tmp_path / "gpodder"
    home.mkdir()
    with served(tmp_path / "public", Cutting) as address:
        here = replace(show, address=f"{address}demo/")
        on_air(FolderPublisher(tmp_path / "public" / "demo", here.address), here, [first], recording)
        gpo(home, "subscribe", f"{here.address}feed.xml")
        gpo(home, "download")
    asked = [one for one in seen if one.path.endswith(".mp3") and one.method == "GET"]
    assert [(one.status, one.asked.get("range")) for one in asked] == [(200, None), (206, f"bytes={CUT}-")]
    downloads = [path for path in (home / "Downloads").rglob("*") if path.suffix in {".mp3", ".partial"}]
    assert [hashlib.sha256(path.read_bytes()).hexdigest() for path in downloads] == [
        hashlib.sha256(recording.read_bytes()).hexdigest()
    ]


def test_without_gpo_the_test_would_say_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A missing client is a failure that names the package, never a skip."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(AssertionError, match="gpodder"):
        gpo(tmp_path, "list")


def test_two_editions_of_a_day_are_both_fetched_whole(
    tmp_path: Path, served: Callable[[Path], AbstractContextManager[str]]
) -> None:
    """Each under its own name. `make soak` tries every other client that is installed."""
    home = tmp_path / "gpodder"
    home.mkdir()
    with served(tmp_path / "public") as address:
        digests = client_trial.publish_two_editions(tmp_path / "public", address)
        gpo(home, "subscribe", f"{address}demo/feed.xml")
        listed = gpo(home, "episodes")
        gpo(home, "download")
    assert all(title in listed for title in client_trial.TITLES)
    downloads = list((home / "Downloads").rglob("*.mp3"))
    assert {hashlib.sha256(path.read_bytes()).hexdigest() for path in downloads} == digests
    assert len(downloads) == 2

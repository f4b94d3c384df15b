"""What is on the air is served whatever keeps the rest of the server from being opened."""

from __future__ import annotations

import json
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from briefing.errors import ConfigError
from briefing.server import published_folder
from briefing.server.standby import StandbyServer
from feed.server import media_server
from tests.served import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FEED = "<rss>on the air</rss>"


@pytest.fixture
def on_air(newsroom: Path) -> Path:
    """A newsroom with a feed on the air."""
    public = newsroom.parent / "var" / "public" / "demo"
    public.mkdir(parents=True)
    (public / "feed.xml").write_text(FEED, encoding="utf-8")
    return newsroom


def fetch(port: int, path: str) -> tuple[int, str]:
    """Status and text of an address of this machine; 0 while nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return int(answer.status), answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()
    except OSError:
        return 0, ""


@contextmanager
def serving(settings: Path) -> Iterator[int]:
    """`briefing serve` until the end of the block, which is a good one; its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [
        sys.executable,
        "-m",
        "briefing.cli.app",
        "serve",
        "--config",
        str(settings),
        "--port",
        str(port),
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            wait_for(lambda: fetch(port, "/healthz")[0] == 200)
            yield port
            server.send_signal(signal.SIGTERM)
            said = server.communicate(timeout=60)[1]
            assert server.returncode == 0, said
        finally:
            server.kill()


def damage_database(settings: Path) -> None:
    """Bytes that are no database."""
    (settings.parent / "var" / "briefing.db").write_bytes(b"no database" * 1000)


def point_to_absent_server(settings: Path) -> None:
    """A PostgreSQL that is away."""
    text = settings.read_text(encoding="utf-8")
    absent = 'database = "postgresql+psycopg://a:secret-word@127.0.0.1:9/briefing"'
    changed = re.sub(r"(?m)^database = .*$", absent, text)
    assert changed != text
    settings.write_text(changed, encoding="utf-8")


def spoil_another_show(settings: Path) -> None:
    """A show with a key that nobody knows."""
    with settings.open("a", encoding="utf-8") as file:
        file.write('\n[shows.other]\ntitel = "另一个"\n')


def spoil_syntax(settings: Path) -> None:
    """No TOML at all."""
    with settings.open("a", encoding="utf-8") as file:
        file.write("\n[shows.other\n")


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (damage_database, "cannot be opened"),
        (point_to_absent_server, "cannot be opened"),
        (spoil_another_show, "shows.other"),
        (spoil_syntax, "cannot be read as TOML"),
    ],
)
def test_the_feed_is_served_from_the_start_whatever_else_is_broken(
    fault: object, reason: str, on_air: Path
) -> None:
    """The feed is there, /readyz says what is wrong without a secret, and the desk says so in Chinese."""
    assert callable(fault)
    fault(on_air)
    with serving(on_air) as port:
        assert fetch(port, "/demo/feed.xml") == (200, FEED)
        status, text = fetch(port, "/readyz")
        assert status == 503
        assert reason in json.loads(text)["server"]
        assert "secret-word" not in text
        status, text = fetch(port, "/desk/")
        assert (status, "编辑台暂时打不开" in text) == (503, True)


def test_without_anything_on_the_air_a_fault_ends_the_command(newsroom: Path) -> None:
    """A new user sees at once what is wrong with the file."""
    spoil_another_show(newsroom)
    command = [sys.executable, "-m", "briefing.cli.app", "serve", "--config", str(newsroom)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode != 0
    assert "shows.other" in done.stderr


def test_the_feed_is_served_while_another_process_locks_the_database(on_air: Path) -> None:
    """An exclusive lock, as a copying program or a stuck process holds it, before and after the start."""
    database = on_air.parent / "var" / "briefing.db"
    with sqlite3.connect(database, isolation_level=None) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        with serving(on_air) as port:
            assert fetch(port, "/demo/feed.xml") == (200, FEED)
    lock.close()


def test_the_feed_is_served_when_the_database_is_damaged_later(on_air: Path) -> None:
    """The server runs; then something writes over the file: listeners notice nothing, and /readyz says it."""
    database = on_air.parent / "var" / "briefing.db"
    with serving(on_air) as port:
        assert fetch(port, "/readyz")[0] == 200
        for path in database.parent.glob("briefing.db*"):
            path.write_bytes(b"no database" * 1000)
        assert fetch(port, "/demo/feed.xml") == (200, FEED)
        status, text = fetch(port, "/readyz")
        assert (status, json.loads(text)["database"]) == (503, "cannot be asked: DatabaseError")
        assert fetch(port, "/demo/feed.xml") == (200, FEED)


def test_the_rest_is_opened_as_soon_as_it_can_be(on_air: Path) -> None:
    """Two tries fail, for two reasons; the third opens. People are told of each reason once, and of the end."""
    reasons = iter(
        [ConfigError("the database is away"), ConfigError("the database is away"), ValueError("x")]
    )
    events: list[str] = []

    async def ready(_request: object) -> PlainTextResponse:
        return PlainTextResponse("ready")

    @contextmanager
    def open_rest() -> Iterator[Starlette]:
        if (error := next(reasons, None)) is not None:
            raise error
        events.append("opened")
        try:
            yield Starlette(routes=[Route("/readyz", ready), Route("/demo/feed.xml", ready)])
        finally:
            events.append("closed")

    files = media_server.build_app(on_air.parent / "var" / "public")
    server = StandbyServer(files, open_rest, "it is locked", events.append, retry_seconds=0.01)
    with TestClient(server) as client:
        assert client.get("/demo/feed.xml").text in {FEED, "ready"}
        wait_for(lambda: client.get("/readyz").status_code == 200)
        assert client.get("/readyz").text == "ready"
    assert events == [
        "it is locked",
        "the database is away",
        "the database is away",
        "ValueError",
        "opened",
        "",
        "closed",
    ]


@pytest.mark.parametrize(
    ("text", "folder"),
    [
        ('[house]\nfolder = "work"\n', "work"),
        ('[newsroom]\nfolder = "work"\n', "work"),
        ('[house]\nfolder = "work" # here\n[broken', "work"),
        ("[house]\nfolder = 7\n", "var"),
        ("", "var"),
        ("\0\0", "var"),
    ],
)
def test_the_published_files_are_found_without_a_good_configuration(
    text: str, folder: str, tmp_path: Path
) -> None:
    """By the line that names the folder, or the default."""
    settings = tmp_path / "briefing.toml"
    settings.write_text(text, encoding="utf-8")
    assert published_folder.find_published(settings) is None
    public = tmp_path / folder / "public"
    (public / "demo").mkdir(parents=True)
    (public / "demo" / "feed.xml").touch()
    assert published_folder.find_published(settings) == public

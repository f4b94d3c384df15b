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
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from briefing.errors import ConfigError
from briefing.server import outage, published_folder
from briefing.server.standby import StandbyServer
from briefing.storage.store import opened
from briefing.storage.store.database_probe import make_probe
from feed.server import media_server
from tests.clockwork import Heard
from tests.served import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
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


async def ready(_request: object) -> PlainTextResponse:
    """Answer of the whole server."""
    return PlainTextResponse("ready")


def whole_server(find_trouble: Callable[[], str]) -> Starlette:
    """A whole server that is ready, with its look at the database."""
    server = Starlette(routes=[Route("/readyz", ready), Route("/demo/feed.xml", ready)])
    server.state.find_trouble = find_trouble
    server.state.tell_shortage = lambda: None
    return server


def test_a_server_that_loses_its_database_closes_and_opens_anew(on_air: Path) -> None:
    """One look that finds something is none; two are told, close the rest, and it is opened again."""
    looks = iter(["gone", "", "gone", "gone"])
    events: list[str] = []

    @contextmanager
    def open_rest() -> Iterator[Starlette]:
        events.append("opened")
        try:
            yield whole_server(lambda: next(looks, ""))
        finally:
            events.append("closed")

    files = media_server.build_app(on_air.parent / "var" / "public")
    stack = ExitStack()
    first = stack.enter_context(open_rest())
    server = StandbyServer(
        files, open_rest, events.append, first=(first, stack), retry_seconds=0.01, look_seconds=0.01
    )
    with TestClient(server) as client:
        assert client.get("/readyz").text == "ready"
        wait_for(lambda: len(events) > 4)
        assert client.get("/demo/feed.xml").text == "ready"
    assert events == ["opened", "closed", "gone", "opened", "", "closed"]


def test_a_database_that_is_deleted_or_replaced_is_found(tmp_path: Path) -> None:
    """Connections that are open would notice none of it."""
    path = tmp_path / "briefing.db"
    with opened(f"sqlite:///{path}", tmp_path) as store:
        probe = make_probe(store.engine)
        assert probe() == ""
        whole = path.read_bytes()
        path.unlink()
        assert probe() == "the database file briefing.db is gone"
        path.write_bytes(whole)
        assert probe() == "the database file briefing.db was replaced by another"
        assert make_probe(store.engine)() == ""


def test_a_database_that_is_damaged_is_found(tmp_path: Path) -> None:
    """After it was closed, so that no log beside the file holds the page that is damaged."""
    path = tmp_path / "briefing.db"
    with opened(f"sqlite:///{path}", tmp_path) as store:
        pass
    with path.open("r+b") as file:
        file.write(b"no database")
    assert make_probe(store.engine)() == "the database cannot be asked: file is not a database"


def test_an_outage_is_told_in_chinese_and_without_a_database(
    newsroom: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once a reason, and once when it is over."""
    heard = Heard()
    monkeypatch.setattr(outage, "build_alarm_ways", lambda _config: {"robot": heard})
    notify = outage.OutageNotifier(newsroom)
    for reason in ("the database file briefing.db is gone",) * 2 + ("",):
        notify(reason)
    sentence, over = (event.sentence for event in heard.events)
    assert sentence.startswith(
        "服务器打不开，只有已播出的节目还在供应：数据库文件 briefing.db 不见了；请管理员放回来"
    )
    assert over == "服务器又打开了。"
    assert [event.over for event in heard.events] == [False, True]


def test_a_disk_that_fills_up_is_told_once_and_when_it_is_over(
    newsroom: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is closed for it: what is there can be served and read."""
    heard = Heard()
    monkeypatch.setattr(outage, "build_alarm_ways", lambda _config: {"robot": heard})
    notify = outage.OutageNotifier(newsroom, outage.DISK)
    for reason in ("the server's disk has less than 200 MB free",) * 2 + ("",):
        notify(reason)
    assert [event.sentence for event in heard.events] == [
        "服务器的磁盘剩下不到 200 MB；请管理员腾出空间。新的一期可能做不出来，已播出的节目照常供应。",
        "服务器的磁盘又有空间了。",
    ]


def test_the_rest_is_opened_as_soon_as_it_can_be(on_air: Path) -> None:
    """Two tries fail, for two reasons; the third opens. People are told of each reason once, and of the end."""
    reasons = iter(
        [ConfigError("the database is away"), ConfigError("the database is away"), ValueError("x")]
    )
    events: list[str] = []

    @contextmanager
    def open_rest() -> Iterator[Starlette]:
        if (error := next(reasons, None)) is not None:
            raise error
        events.append("opened")
        try:
            yield whole_server(lambda: "")
        finally:
            events.append("closed")

    files = media_server.build_app(on_air.parent / "var" / "public")
    server = StandbyServer(files, open_rest, events.append, reason="it is locked", retry_seconds=0.01)
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

"""The desk as processes: two servers on one newsroom, killed in the middle."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx2
import pytest

from tests.briefing.desk.conftest import KEY, PASSWORD, PEOPLE, proof

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.briefing.desk.conftest import Desk

AT = "/desk/api/v1/shows/demo/editions/2023-06-09/morning"


@contextmanager
def serving(folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """`briefing serve` of a newsroom, until it is killed or the block ends."""
    command = [sys.executable, "-m", "briefing.cli.app", "serve", "--only", "desk", "--port", str(port)]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True, env=os.environ) as process:
        assert process.stderr
        try:
            assert any(line.startswith("Ctrl-C stops") for line in process.stderr)
            yield process
        finally:
            process.kill()


@pytest.fixture
def ports() -> list[int]:
    """Two ports that nobody uses."""
    with socket.socket() as first, socket.socket() as second:
        for one in (first, second):
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in (first, second)]


def browser(port: int) -> httpx2.Client:
    """A client that waits until the server has opened its door."""
    transport = httpx2.HTTPTransport(retries=9)
    return httpx2.Client(base_url=f"http://127.0.0.1:{port}", transport=transport, timeout=60)


def signed_in(client: httpx2.Client, role: str) -> httpx2.Client:
    """Sign somebody of that role in."""
    form = {"csrf": proof(client.get("/desk/login").text), "name": PEOPLE[role], "password": PASSWORD}
    assert client.post("/desk/login", data=form).status_code == 303
    client.headers["x-csrf-token"] = proof(client.get("/desk/").text)
    return client


def test_two_processes_that_save_at_once_lose_nothing(desk: Desk, ports: list[int]) -> None:
    """One of them is first; the other one gets both versions, merged, and its next save has both changes."""
    folder = desk.newsroom.folder.parent
    with (
        serving(folder, ports[0]),
        serving(folder, ports[1]),
        browser(ports[0]) as one,
        browser(ports[1]) as two,
    ):
        clients = [signed_in(one, "editor"), signed_in(two, "chief")]
        read = one.get(f"{AT}/script").json()["script"]
        text = json.dumps(read, ensure_ascii=False)
        changes = [text.replace("播送完了", "谢谢"), text.replace("欢迎收听", "您正在收听")]
        with ThreadPoolExecutor(2) as executor:
            answers = list(
                executor.map(
                    lambda client, change: client.put(
                        f"{AT}/script", json={"base": 1, "script": json.loads(change)}
                    ),
                    clients,
                    changes,
                )
            )
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        (late,) = [answer.json() for answer in answers if answer.status_code == 409]
        assert late["conflicts"] == []
        saved = two.put(f"{AT}/script", json={"base": 2, "script": late["merged"]})
        both = saved.json()["script"]
    assert json.dumps(both, ensure_ascii=False) == changes[0].replace("欢迎收听", "您正在收听")
    assert [draft.revision for draft in desk.newsroom.store.scripts.list_scripts(KEY)] == [1, 2, 3]


def test_what_is_not_saved_survives_a_server_that_is_killed(desk: Desk, ports: list[int]) -> None:
    """SIGKILL: the same browser goes on after the restart, signed in, with every word."""
    folder = desk.newsroom.folder.parent
    with browser(ports[0]) as client:
        with serving(folder, ports[0]) as process:
            signed_in(client, "editor")
            read = client.get(f"{AT}/script").json()["script"]
            read["segments"][0]["sentences"][0]["text"] = "还没写完的一"
            client.put(f"{AT}/draft", json={"base": 1, "script": read}).raise_for_status()
            process.send_signal(signal.SIGKILL)
            process.wait()
        with serving(folder, ports[0]):
            found = client.get(f"{AT}/draft").json()
    assert (found["base"], found["script"]) == (1, read)

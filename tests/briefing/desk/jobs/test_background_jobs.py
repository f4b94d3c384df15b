"""Long work at the desk, over real sockets: begun by a click, followed as it goes on, never two at once."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
import uvicorn

from briefing.desk.api import stage_routes
from briefing.desk.jobs.background_jobs import BackgroundJobs
from briefing.editions import edition_decisions
from briefing.errors import EditionBusy, StageError
from briefing.model import Act, Stage
from briefing.server import assembly
from briefing.storage.store import Done, Outcome
from tests.briefing.desk.conftest import KEY, PASSWORD, PEOPLE, approved, proof

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from briefing.editions.newsroom import Newsroom
    from briefing.editions.show_context import Progress
    from tests.briefing.desk.conftest import Desk

AT = "/desk/api/v1/shows/demo/editions/2023-06-09/morning"


@contextmanager
def browser(newsroom: Newsroom) -> Iterator[Callable[[str], httpx2.Client]]:
    """A server on loopback; signs people in by their role."""
    settings = uvicorn.Config(assembly.build_app(newsroom), host="127.0.0.1", port=0, log_level="critical")
    settings.timeout_graceful_shutdown = 1
    server, sockets = uvicorn.Server(settings), [settings.bind_socket()]
    thread = threading.Thread(target=server.run, args=(sockets,))
    thread.start()
    address = f"http://127.0.0.1:{sockets[0].getsockname()[1]}"
    clients = []

    def signed_in(role: str) -> httpx2.Client:
        client = httpx2.Client(base_url=address, timeout=60)
        clients.append(client)
        form = {
            "csrf": proof(client.get("/desk/login").text),
            "name": PEOPLE[role],
            "password": PASSWORD,
            "next": "/desk/",
        }
        assert client.post("/desk/login", data=form).status_code == 303
        client.headers["x-csrf-token"] = proof(client.get("/desk/").text)
        return client

    try:
        yield signed_in
    finally:
        for client in clients:
            client.close()
        server.should_exit = True
        thread.join()


def events(lines: Iterator[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The events of a stream: their name and their JSON."""
    name = ""
    for line in lines:
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "data":
            yield name, json.loads(value)


def test_rendering_is_followed_to_its_end(desk: Desk) -> None:
    """Each step and each sentence is told; at the end the edition is voiced, and whoever comes later is told so too."""
    with browser(desk.newsroom) as signed_in:
        client, other = signed_in("editor"), signed_in("viewer")
        approved(client).raise_for_status()
        with other.stream("GET", f"{AT}/events") as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            begun = client.post(f"{AT}/render")
            assert (begun.status_code, begun.json()["what"], begun.json()["who"]) == (
                202,
                "render",
                PEOPLE["editor"],
            )
            told = []
            for name, body in events(stream.iter_lines()):
                told.append((name, body))
                if name == "standing" and body["stage"] == "voiced":
                    break
        jobs = [body for name, body in told if name == "job"]
        assert [body["stage"] for name, body in told if name == "standing"] == ["approved", "voiced"]
        assert any(body["step"].startswith("Speaking") for body in jobs)
        assert any(0 < body["spoken"] == body["sentences"] for body in jobs)
        found = other.get(f"{AT}/job").json()
        assert (found["state"], found["trouble"]) == ("done", "")


def test_what_another_process_does_is_told(desk: Desk) -> None:
    """The command line saves a script: the page hears of the new revision."""
    context = desk.newsroom.show_context("demo")
    newest = context.store.scripts.newest_script(KEY)
    assert newest
    with browser(desk.newsroom) as signed_in, signed_in("viewer").stream("GET", f"{AT}/events") as stream:
        told = events(stream.iter_lines())
        assert next(told)[1]["revision"] == 1
        assert next(told) == ("status", {"text": "没有人批准，07:00就照最新一版播出。", "kind": ""})
        edition_decisions.save(context, KEY, newest.text.replace("播送完了", "谢谢"), base=1, author="vi")
        assert next(told) == (
            "standing",
            {"show": "demo", "day": "2023-06-09", "edition": "morning", "stage": "drafted", "revision": 2},
        )


def test_what_goes_wrong_is_pushed_to_open_pages(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A recording that failed changes neither stage nor revision; the line on the page changes all the same."""
    monkeypatch.setattr(stage_routes, "LOOKS_EVERY", 0.05)
    store, now = desk.newsroom.store, desk.clock()
    store.editions.move_edition(KEY, Stage.APPROVED)
    with browser(desk.newsroom) as signed_in, signed_in("viewer").stream("GET", f"{AT}/events") as stream:
        told = (body["text"] for name, body in events(stream.iter_lines()) if name == "status")
        assert next(told) == "已批准：马上录制，07:00播出。"
        store.acts.save_act(
            Done(KEY, Act.RENDER, now, now, Outcome.FAILED, "the voice service broke the connection")
        )
        assert next(told).startswith("录制失败了：语音服务中途断开，没有念完。05:40再试")


def test_nobody_listens_on_who_is_signed_out(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stream ends by itself."""
    monkeypatch.setattr(stage_routes, "LOOKS_EVERY", 0.05)
    monkeypatch.setattr(stage_routes, "CHECKS_EVERY", 1)
    with browser(desk.newsroom) as signed_in, signed_in("viewer").stream("GET", f"{AT}/events") as stream:
        told = events(stream.iter_lines())
        assert [next(told)[0], next(told)[0]] == ["standing", "status"]
        desk.newsroom.store.accounts.close_sessions(PEOPLE["viewer"])
        assert list(told) == []


def test_work_that_fails_says_why(desk: Desk) -> None:
    """In the one sentence that the command line would print."""
    with browser(desk.newsroom) as signed_in:
        client = signed_in("chief")
        with client.stream("GET", f"{AT}/events") as stream:
            assert client.post(f"{AT}/publish").status_code == 202
            found = next(
                body
                for name, body in events(stream.iter_lines())
                if name == "job" and body["state"] == "failed"
            )
        assert "`briefing" in found["trouble"]
        assert "\n" not in found["trouble"]


def test_an_edition_has_one_job_at_a_time() -> None:
    """The second click is told who was first; another edition may go on, and afterwards this one again."""
    work, go_on = BackgroundJobs(), threading.Event()
    work.start_job(KEY, "render", "甲", lambda _told: go_on.wait())
    with pytest.raises(EditionBusy, match="甲 has begun to render demo/2023-06-09/morning"):
        work.start_job(KEY, "publish", "乙", lambda _told: None)
    work.start_job(KEY._replace(edition="evening"), "render", "乙", lambda _told: None)
    go_on.set()
    work.close()
    ended = [work.find_job(key) for key in (KEY, KEY._replace(edition="evening"))]
    assert [one.state for one in ended if one] == ["done", "done"]


def test_a_server_that_ends_stops_its_work_at_the_next_sentence() -> None:
    """What was done is kept by the stages; the job says how to go on."""
    work, began, go_on = BackgroundJobs(), threading.Event(), threading.Event()
    spoken = []

    def speak(told: Progress) -> None:
        began.set()
        go_on.wait()
        for number in range(1, 100):
            told.spoke(number, 100)
            spoken.append(number)

    work.start_job(KEY, "render", "甲", speak)
    began.wait()
    closing = threading.Thread(target=work.close)
    closing.start()
    work.closing.wait()
    go_on.set()
    closing.join()
    found = work.find_job(KEY)
    assert found
    assert (found.state, found.sentence, spoken) == ("failed", "服务器停了；再做一次就接着做。", [])
    assert found.trouble == "the server ended; run it again to go on"


@pytest.mark.parametrize(
    ("error", "title", "said"),
    [
        (StageError("one sentence"), "现在不能这样做", "one sentence"),
        (EditionBusy("by another"), "这一期正由定时任务、命令行或别人处理，请等它做完", "by another"),
        (ZeroDivisionError("secret of the server"), "服务器出错", "the work failed; see the server's log"),
    ],
)
def test_trouble_that_nobody_foresaw_keeps_its_details(error: Exception, title: str, said: str) -> None:
    """Our own errors are for people; the others are for the log."""

    def fail(_told: Progress) -> None:
        raise error

    work = BackgroundJobs()
    work.start_job(KEY, "render", "甲", fail)
    work.close()
    found = work.find_job(KEY)
    assert found
    assert (found.state, found.title, found.trouble) == ("failed", title, said)

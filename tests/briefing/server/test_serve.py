"""`briefing serve` and `briefing status`: the parts alone, a graceful end, and what a person or a program is told."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from briefing.editions import lease
from briefing.model import AlarmKind, EditionKey, Skip, Why
from briefing.monitoring.alarms.events import Event, Severity
from briefing.monitoring.alarms.throttled import ThrottledAlarm, ThrottleRules
from briefing.storage.store import opened
from tests.served import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEY = EditionKey("demo", date(2026, 3, 2), "morning")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def briefing(*arguments: str, home: Path) -> list[str]:
    """A command on a newsroom."""
    command, *others = arguments
    return [sys.executable, "-m", "briefing.cli.app", command, "--config", str(home), *others]


def got(port: int, path: str) -> int:
    """The status of an address of this machine; 0 while nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    except OSError:
        return 0


@contextmanager
def serving(home: Path, *arguments: str) -> Iterator[tuple[int, list[str]]]:
    """A server until the end of the block, which must be a good one on SIGTERM; its port and what it said."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = int(one.getsockname()[1])
    command = briefing("serve", "--port", str(port), *arguments, home=home)
    said: list[str] = []
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            wait_for(lambda: got(port, "/healthz") == 200)
            yield port, said
            server.send_signal(signal.SIGTERM)
            said += server.communicate(timeout=60)[1].splitlines()
            assert server.returncode == 0, said
        finally:
            server.kill()


@pytest.mark.parametrize(
    ("parts", "feed", "desk"),
    [((), 200, 200), (("clock",), 404, 404), (("feed",), 200, 404), (("desk", "clock"), 404, 200)],
)
def test_each_part_can_run_alone(newsroom: Path, parts: tuple[str, ...], feed: int, desk: int) -> None:
    """What does not run is not there; SIGTERM ends it well, and no lease is left."""
    (newsroom.parent / "var" / "public" / "demo").mkdir(parents=True)
    (newsroom.parent / "var" / "public" / "demo" / "index.html").write_text("在播", encoding="utf-8")
    with serving(newsroom, *(word for part in parts for word in ("--only", part))) as (port, said):
        assert (got(port, "/demo/"), got(port, "/desk/login")) == (feed, desk)
    with_clock = not parts or "clock" in parts
    assert any("demo/morning goes out at 07:00 on" in line for line in said) == with_clock
    with opened(f"sqlite:///{newsroom.parent}/var/briefing.db", newsroom.parent / "var") as store:
        assert store.leases.list_leases() == {}
        assert (store.acts.find_watched_day("demo", "morning") is not None) == with_clock


def test_the_status_tells_what_happened_what_is_next_and_what_is_wrong(newsroom: Path) -> None:
    """As tables for a person, as JSON for a program."""
    folder = newsroom.parent / "var"
    with opened(f"sqlite:///{folder}/briefing.db", folder) as store:
        store.articles.save_gathered(KEY, [])
        other = KEY._replace(day=date(2026, 3, 1))
        store.acts.save_skip(other, Skip(Why.NO_NEWS, "the paper rests", NOON))
        alarm = ThrottledAlarm({}, store, ThrottleRules(), str)
        alarm.notify(Event(AlarmKind.LATE, Severity.URGENT, "晚了。", NOON, "demo", KEY))
        with lease.held(store, str(KEY)):
            command = briefing("status", "--json", home=newsroom)
            done = subprocess.run(command, capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    assert told["editions"] == [
        {"edition": str(KEY), "stage": "gathered", "revision": 0, "said": "", "model": ""},
        {
            "edition": str(other),
            "stage": "skipped",
            "revision": 0,
            "said": "there was no news: the paper rests",
            "model": "",
        },
    ]
    assert [row["on"] for row in told["working"]] == [str(KEY)]
    assert told["wrong"] == [
        {
            "trouble": f"late demo {KEY}",
            "severity": "urgent",
            "since": "2026-03-02T12:00+00:00",
            "said": "晚了。",
        }
    ]
    assert {row["act"] for row in told["next"]} <= {"gather", "skip"}
    assert "there was no news" in done.stderr

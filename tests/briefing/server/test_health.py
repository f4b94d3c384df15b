"""Alive, ready, and in numbers."""

from __future__ import annotations

import logging
import socket
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.testclient import TestClient

from briefing.editions.stage_log import log_stage
from briefing.model import AlarmKind, EditionKey, Stage
from briefing.monitoring.alarms.events import Event, Severity
from briefing.monitoring.alarms.throttled import ThrottledAlarm, ThrottleRules
from briefing.monitoring.metrics import Metrics, MetricSources
from briefing.monitoring.redaction import Redactor
from briefing.server import health
from briefing.storage.store import Store, opened
from tests.briefing.storage.test_store import episode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEY = EditionKey("demo", date(2026, 3, 2), "morning")
SEVEN = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store of the test's own."""
    with opened(f"sqlite:///{tmp_path}/briefing.db", tmp_path) as store:
        yield store


@pytest.fixture
def metrics(store: Store) -> Iterator[Metrics]:
    """Numbers that count."""
    readings = MetricSources(
        store,
        ("demo", "unheard"),
        lambda: (3, 4096),
        lambda: {("demo", "morning"): SEVEN + timedelta(days=1)},
        lambda: SEVEN + timedelta(hours=2),
    )
    metrics = Metrics(readings)
    metrics.start_counting()
    yield metrics
    metrics.stop_counting()


def numbers(metrics: Metrics) -> dict[tuple[str, ...], float]:
    """Every sample by its name and the values of its labels, as a Prometheus reads them."""
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(metrics.render_text().decode())
        for sample in family.samples
    }


@log_stage("render")
def render(_context: str, _key: EditionKey, *, fails: bool) -> None:
    """A stage that ends as it is told."""
    if fails:
        raise LookupError


def test_stages_are_counted_with_their_outcome(metrics: Metrics) -> None:
    """Two that are done and one that failed, each with its time."""
    render("", KEY, fails=False)
    render("", KEY, fails=False)
    with pytest.raises(LookupError):
        render("", KEY, fails=True)
    found = numbers(metrics)
    assert found["briefing_stage_seconds_count", "done", "demo", "render"] == 2
    assert found["briefing_stage_seconds_count", "failed", "demo", "render"] == 1


def test_clips_retries_and_alarms_are_counted_from_events(metrics: Metrics, store: Store) -> None:
    """By where a clip came from, who was asked again, and which kind of alarm was told."""
    for remembered in (True, True, False):
        logging.getLogger("voices.synthesis.clip_cache").debug("wanted", extra={"remembered": remembered})
    logging.getLogger("voices.engines.remote").warning("again", extra={"retry": "edge"})
    late = Event(AlarmKind.LATE, Severity.URGENT, "晚了。", SEVEN, "demo", KEY)
    alarm = ThrottledAlarm({}, store, ThrottleRules(), Redactor())
    alarm.notify(late)
    alarm.notify(late)
    found = numbers(metrics)
    assert found["briefing_clips_total", "cache"] == 2
    assert found["briefing_clips_total", "voice"] == 1
    assert found["briefing_retries_total", "edge"] == 1
    assert found["briefing_alarms_told_total", "late"] == 1
    assert found["briefing_alarms", "urgent"] == 1
    assert found["briefing_alarms", "warning"] == 0


def test_how_things_stand_is_read_when_asked(metrics: Metrics, store: Store) -> None:
    """The age of the newest episode, the next run, the cache; a show without an episode has no age."""
    for stage in (Stage.GATHERED, Stage.DRAFTED, Stage.APPROVED, Stage.VOICED):
        store.editions.move_edition(KEY, stage)
    on_air = episode(1)
    store.episodes.save_episode(KEY, on_air)
    found = numbers(metrics)
    age = (SEVEN + timedelta(hours=2) - on_air.published).total_seconds()
    assert found["briefing_episode_age_seconds", "demo"] == age
    assert ("briefing_episode_age_seconds", "unheard") not in found
    assert found["briefing_next_run_timestamp_seconds", "morning", "demo"] == SEVEN.timestamp() + 86400
    assert (found["briefing_cache_clips",], found["briefing_cache_bytes",]) == (3, 4096)


def test_the_three_addresses(metrics: Metrics) -> None:
    """Alive in any case; ready only while every part works; numbers in Prometheus' format. Nothing is cached."""
    wrong = {"clock": "", "database": ""}

    def broken() -> str:
        raise LookupError("password=hunter2")

    parts = {"clock": lambda: wrong["clock"], "database": lambda: wrong["database"]}
    client = TestClient(Starlette(routes=health.health_routes(parts, metrics.render_text)))
    assert (client.get("/healthz").status_code, client.get("/readyz").status_code) == (200, 200)
    wrong["clock"] = "stands still"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"clock": "stands still", "database": "ok"})
    assert client.get("/healthz").status_code == 200
    shown = client.get("/metrics")
    assert shown.headers["content-type"].startswith("text/plain; version=")
    assert shown.headers["cache-control"] == "no-store"
    client = TestClient(Starlette(routes=health.health_routes({"clock": broken}, metrics.render_text)))
    assert client.get("/readyz").json() == {"clock": "cannot be asked: LookupError"}


def test_a_server_says_how_it_does(newsroom: Path) -> None:
    """`briefing serve` answers all three, beside what is published; its log is one JSON object a line."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "briefing.cli.app",
        "serve",
        "--port",
        str(port),
        "--quiet",
        "--log-format",
        "json",
    ]
    with subprocess.Popen(command, cwd=newsroom.parent, stderr=subprocess.PIPE, text=True) as process:
        try:
            origin = f"http://127.0.0.1:{port}"
            assert answered(f"{origin}/healthz", process).text == "alive\n"
            ready = httpx.get(f"{origin}/readyz")
            assert (ready.status_code, ready.json()) == (200, {"database": "ok", "disk": "ok", "clock": "ok"})
            assert "briefing_cache_clips 0.0" in httpx.get(f"{origin}/metrics").text
        finally:
            process.terminate()
        assert process.stderr is not None
        assert [line for line in process.stderr if not line.startswith("{")] == []


def answered(url: str, process: subprocess.Popen[str]) -> httpx.Response:
    """The first answer of a process that is about to listen."""
    while process.poll() is None:
        try:
            return httpx.get(url)
        except httpx.ConnectError:
            continue
    raise AssertionError(process.stderr and process.stderr.read())

"""Metrics for Prometheus: events since the process began, and the state now. Home of prometheus_client.

What happened is counted from the events of `briefing.monitoring.logs`, so no package knows it is counted; how things
stand is read from the store when somebody asks.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from prometheus_client.metrics_core import Metric

    from briefing.storage.store import Store

KIND = CONTENT_TYPE_LATEST
"""The content type of the text."""

SECONDS = (0.1, 1, 5, 15, 60, 300, 900, 1800, 3600)
"""Bounds of the histogram: gathering takes seconds, rendering minutes."""

COUNTED = {
    "briefing": logging.INFO,
    "voices": logging.INFO,
    "feed": logging.INFO,
    "voices.synthesis.clip_cache": logging.DEBUG,
}
"""Rooms whose events are counted, and from which level on: the cache tells of every sentence that is wanted."""

FRESH = 60.0
"""Seconds for which the size of the cache is believed: to count it means to walk through all clips."""


@dataclass(frozen=True, slots=True)
class MetricSources:
    """Sources of the state: store, shows, clips and bytes of the cache, next runs.

    `next_runs` gives the moment (aware) of the next run by show and edition.
    """

    store: Store
    shows: Sequence[str]
    cache: Callable[[], tuple[int, int]]
    next_runs: Callable[[], Mapping[tuple[str, str], datetime]] = dict
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


class EventCounter(logging.Handler):
    """Log handler that counts events while it is attached."""

    def __init__(self, registry: CollectorRegistry) -> None:
        super().__init__(logging.DEBUG)
        self._seconds = Histogram(
            "briefing_stage_seconds",
            "How long the stages of editions took.",
            ("show", "stage", "outcome"),
            registry=registry,
            buckets=SECONDS,
        )
        self._clips = Counter(
            "briefing_clips",
            "Sentences that were wanted, by where their clip came from.",
            ("origin",),
            registry=registry,
        )
        self._retries = Counter(
            "briefing_retries", "What was tried again, by whom it was asked.", ("of",), registry=registry
        )
        self._events = Counter(
            "briefing_events", "Lines of the log, by level and room.", ("level", "room"), registry=registry
        )
        self._alarms = Counter("briefing_alarms_told", "Alarms, by kind.", ("kind",), registry=registry)

    def emit(self, record: logging.LogRecord) -> None:
        """Count an event by its fields."""
        fields = vars(record)
        if record.levelno >= logging.INFO:
            self._events.labels(record.levelname.lower(), record.name).inc()
        if "outcome" in fields:
            self._seconds.labels(fields["show"], fields["stage"], fields["outcome"]).observe(
                fields["seconds"]
            )
        if "remembered" in fields:
            self._clips.labels("cache" if fields["remembered"] else "voice").inc()
        if "retry" in fields:
            self._retries.labels(fields["retry"]).inc()
        if "alarm" in fields:
            self._alarms.labels(fields["alarm"]).inc()


class StateCollector(Collector):
    """Collector that reads the state when Prometheus asks."""

    def __init__(self, readings: MetricSources) -> None:
        self._readings = readings
        self._lock = threading.Lock()
        self._size = (0, 0)
        self._measured = -FRESH

    def collect(self) -> Iterator[Metric]:
        """Yield one family a question."""
        readings, now = self._readings, self._readings.now()
        age = GaugeMetricFamily(
            "briefing_episode_age_seconds",
            "Seconds since the show's newest episode was to be published.",
            labels=["show"],
        )
        for show in readings.shows:
            newest = readings.store.episodes.newest_episode(show)
            if newest is not None:
                age.add_metric([show], (now - newest.published).total_seconds())
        yield age
        due = GaugeMetricFamily(
            "briefing_next_run_timestamp_seconds",
            "When the next edition is published.",
            labels=["show", "edition"],
        )
        for (show, edition), moment in readings.next_runs().items():
            due.add_metric([show, edition], moment.timestamp())
        yield due
        wrong = GaugeMetricFamily("briefing_alarms", "Troubles that are not over.", labels=["severity"])
        standing = [alarm.severity for alarm in readings.store.alarms.list_alarms()]
        for severity in ("warning", "urgent"):
            wrong.add_metric([severity], standing.count(severity))
        yield wrong
        clips, size = self._cache_counts()
        yield GaugeMetricFamily("briefing_cache_clips", "Sentences that are remembered.", clips)
        yield GaugeMetricFamily("briefing_cache_bytes", "Bytes of the sentences that are remembered.", size)

    def _cache_counts(self) -> tuple[int, int]:
        with self._lock:
            if time.monotonic() - self._measured >= FRESH:
                self._size, self._measured = self._readings.cache(), time.monotonic()
            return self._size


class Metrics:
    """Metrics of this process; events count from `start_counting` until `stop_counting`."""

    def __init__(self, readings: MetricSources) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(StateCollector(readings))
        self._counting = EventCounter(self._registry)

    def start_counting(self) -> None:
        """Count the log's events from now on."""
        logging.root.addHandler(self._counting)
        for room, level in COUNTED.items():
            logging.getLogger(room).setLevel(level)

    def stop_counting(self) -> None:
        """Stop counting."""
        logging.root.removeHandler(self._counting)
        for room in COUNTED:
            logging.getLogger(room).setLevel(logging.NOTSET)

    def render_text(self) -> bytes:
        """Return Prometheus' text format, of the content type `KIND`."""
        return generate_latest(self._registry)

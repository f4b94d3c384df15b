"""Two thousand editions through one process: what it holds does not grow with what it has done."""

from __future__ import annotations

import gc
import resource
import threading
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from briefing.editions.air_times import Hours
from briefing.model import Act, EditionKey
from briefing.scheduler.clock import Clock, EditionSlot
from briefing.storage.store import opened
from tests import clockwork, databases
from tests.clockwork import World
from voices.engines.silent import Silent
from voices.model import Millis, Utterance
from voices.synthesis import clip_cache

if TYPE_CHECKING:
    from briefing.monitoring.alarms.events import Event

SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 1, 1, 5, tzinfo=SHANGHAI)
EDITIONS, SETTLED = 2000, 400
"""How many there are, and how many until everything that is kept is full."""

LEAD = timedelta(minutes=20)
HOURS = Hours(SHANGHAI, time(7), gather=LEAD, draft=LEAD, render=LEAD)
"""Everything is made at twenty to seven, and published at seven."""

CLIPS, CLIP = 4 * 1024 * 1024, 128 * 1024
"""Bytes of spoken sentences that the cache may hold here, and more than one of them has."""

LARGEST = 16 * 1024
"""Bytes of the database that an edition may take for ever: its articles, script, recording and episode."""

OBJECTS = 400
"""Objects that may come and go between two looks: one that stayed of each edition would be 1,600."""

MEMORY = 16 * 1024 * 1024
"""Bytes by which the process may be larger at the end: what allocators keep for later."""


class Deaf:
    """An alarm that remembers nothing."""

    def notify(self, event: Event) -> None:
        """Forget it."""


def test_two_thousand_editions_leave_memory_files_and_threads_as_they_were(tmp_path: Path) -> None:
    """Database and cache stay within their bounds; nothing else grows at all."""
    now = databases.Clock(START)
    world = World(now)
    voice = clip_cache.CachedVoice(Silent(), tmp_path / "clips", CLIPS)

    def speak(act: Act, key: EditionKey) -> None:
        if act is Act.RENDER:
            for number in range(3):
                words = (f"{key.day:%y%j}{number}",)
                voice.speak(Utterance(words, ("",) * len(words[0]), Millis(0)))
        # What listeners got and what was done is the test's own memory, which is not what is measured.
        world.aired.clear()
        world.acts.clear()

    world.meanwhile = speak
    measured = {}
    with opened(f"sqlite:///{tmp_path}/briefing.db", tmp_path) as store:
        store.engine.raw_connection().execute("PRAGMA synchronous=OFF")
        shows = {"demo": {"morning": HOURS}}
        clock = Clock(clockwork.newsroom(store, tmp_path, now, shows), Deaf(), world.stages())
        for number in range(1, EDITIONS + 1):
            day = START + timedelta(days=number - 1)
            for when in ((6, 40), (7, 0)):
                now.set(day.replace(hour=when[0], minute=when[1]))
                clock.turn(EditionSlot("demo", "morning"))
            clock.watch()
            if number in {SETTLED, EDITIONS}:
                gc.collect()
                measured[number] = (
                    len(gc.get_objects()),
                    int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]),
                    len(list(Path("/proc/self/fd").iterdir())),
                    threading.active_count(),
                )
        assert len(store.episodes.list_episodes("demo")) == EDITIONS
        assert len(store.acts.list_acts(EditionKey("demo", date(2026, 1, 1), "morning"))) == 0
        assert store.leases.list_leases() == {}
    (objects, pages, *others), (objects_later, pages_later, *others_later) = measured.values()
    assert others_later == others
    assert objects_later - objects < OBJECTS
    assert (pages_later - pages) * resource.getpagesize() < MEMORY
    assert (tmp_path / "briefing.db").stat().st_size < LARGEST * EDITIONS
    assert clip_cache.cache_contents(tmp_path / "clips").size <= CLIPS + clip_cache.SWEEP * CLIP

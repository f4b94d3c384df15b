"""Servers that are killed, started twice and stopped: real processes, real stages, a silent voice."""

from __future__ import annotations

import os
import random
import signal
import socket
import time
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import feedparser
import pytest

from briefing.editorial import script
from briefing.errors import StaleRevision
from briefing.model import Act, EditionKey, Stage
from briefing.storage.store import Outcome, Store, opened
from feed.checker import check_feed
from tests import served
from tests.newsroom import furnished
from tests.served import Start, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.context import ForkServerProcess
    from pathlib import Path

KEY = EditionKey("demo", date(2024, 11, 15), "morning")
JUST_BEFORE = datetime(2024, 11, 15, 6, 59, 57, tzinfo=ZoneInfo("Asia/Shanghai"))
MORNINGS, KILLS = 10, 10
LONGEST = 1.2
"""Seconds that a server lives at most before it is killed: a part of what a whole morning takes."""

HALF = 6
"""The kill that waits for the recording, so that those after it meet the publishing."""

EDITED = "这一句是编辑改的。"


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One cache for all, as a newsroom has it; the servers inherit it."""
    folder = tmp_path_factory.mktemp("cached")
    with pytest.MonkeyPatch.context() as patch:
        furnished(folder)
        patch.setenv("BRIEFING_CACHE", str(folder / "cache"))
        yield folder / "cache"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def opening(folder: Path, database: str = "") -> Start:
    """What a server of a new newsroom is started with, three seconds before its edition is due."""
    (folder / "newsroom").mkdir()
    home = furnished(folder / "newsroom")
    url = database or f"sqlite:///{folder}/briefing.db"
    return Start(home, url, JUST_BEFORE, time.time(), free_port())


def killed(server: ForkServerProcess) -> None:
    """End it as a power cut does."""
    server.kill()
    server.join()


def stopped(server: ForkServerProcess) -> None:
    """End it as a service manager does; it ends well."""
    assert server.pid is not None
    os.kill(server.pid, signal.SIGTERM)
    server.join(30)
    assert server.exitcode == 0


def answers(start: Start) -> bool:
    """Whether the server listens."""
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", start.port)) == 0


def public(start: Start) -> Path:
    """What is published."""
    return start.config.parent / "var" / "public" / "demo"


def assert_whole(start: Start) -> None:
    """What listeners find, if they find anything: a feed without fault, and each file that it names."""
    feed = public(start) / "feed.xml"
    if not feed.exists():
        return
    check_feed.refuse_feed(feed.read_bytes())
    for item in feedparser.parse(feed.read_bytes()).entries:
        audio = public(start) / item.enclosures[0].href.rsplit("/", 1)[1]
        assert audio.stat().st_size == int(item.enclosures[0].length)


def edit(store: Store) -> None:
    """An editor changes the last sentence, if there is a script and nobody has yet."""
    newest = store.scripts.newest_script(KEY)
    if newest is None or EDITED in newest.text or store.editions.find_standing(KEY).stage is Stage.PUBLISHED:
        return
    text = newest.text.rstrip() + f"\n{EDITED}\n"
    script.parse(text)
    try:
        store.scripts.save_script(KEY, text, base=newest.revision, author="编辑", saved=JUST_BEFORE)
    except StaleRevision:
        return


def on_air(store: Store) -> bool:
    """Whether the edition is published."""
    return store.editions.find_standing(KEY).stage is Stage.PUBLISHED


def assert_published_once(start: Start, store: Store) -> None:
    """One edition, one item, no lock; every file that the feed names."""
    assert [one.guid for one in store.episodes.list_episodes("demo")] == [
        store.episodes.list_episodes("demo")[0].guid
    ]
    assert len(feedparser.parse((public(start) / "feed.xml").read_bytes()).entries) == 1
    done = [
        one for one in store.acts.list_acts(KEY) if one.act is Act.PUBLISH and one.outcome is Outcome.DONE
    ]
    assert len(done) <= 1
    assert store.leases.list_leases() == {}
    assert_whole(start)


@pytest.mark.parametrize("number", range(MORNINGS))
def test_a_morning_on_which_the_server_is_killed_again_and_again(number: int, tmp_path: Path) -> None:
    """Ten kills at any moment: published once, whole at every moment, the editor's sentence on the air, no lock left."""
    chance = random.Random(number)  # noqa: S311 - the same moments every time, as far as a machine is the same
    start = opening(tmp_path)
    with opened(start.database, start.config.parent / "var") as store:
        for kill in range(KILLS):
            server = served.started(start)
            if kill == HALF:
                wait_for(lambda: store.editions.find_standing(KEY).stage in {Stage.VOICED, Stage.PUBLISHED})
            else:
                server.join(chance.uniform(0, LONGEST))
                edit(store)
            killed(server)
            assert_whole(start)
        edit(store)
        server = served.started(start)
        wait_for(lambda: on_air(store) and answers(start) and not store.leases.list_leases())
        stopped(server)
        newest = store.scripts.newest_script(KEY)
        assert newest is not None
        edited = [draft for draft in store.scripts.list_scripts(KEY) if draft.author == "编辑"]
        assert all(EDITED in newest.text for _ in edited)
        assert_published_once(start, store)


def test_two_servers_on_one_database_make_one_edition(database: str, tmp_path: Path) -> None:
    """Never two renders, never two items: on SQLite and on PostgreSQL."""
    start = opening(tmp_path, database)
    with opened(database, start.config.parent / "var") as store:
        starts = [start._replace(port=free_port()) for _ in range(2)]
        servers = [served.started(one) for one in starts]
        wait_for(lambda: on_air(store) and all(map(answers, starts)))
        servers[0].join(1)  # Time for the other one to do something wrong: five turns.
        for server in servers:
            stopped(server)
        done = [one.act for one in store.acts.list_acts(KEY) if one.outcome is Outcome.DONE]
        assert sorted(done) == [Act.DRAFT, Act.GATHER, Act.PUBLISH, Act.RENDER]
        assert [one for one in store.acts.list_acts(KEY) if one.outcome is Outcome.FAILED] == []
        assert_published_once(start, store)

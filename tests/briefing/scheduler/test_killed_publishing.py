"""`briefing serve` killed while it publishes, on a folder and on a bucket: the feed is whole, nothing lost or doubled.

Each try begins with an edition that is recorded and due and one that is on the air. The server kills itself (SIGKILL) in
front of an operation on a file, a socket or the database, chosen at random from all those of the publishing; what
listeners can fetch then is proved whole, and another server goes on.
"""

from __future__ import annotations

import random
import shutil
import time
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

import feedparser
import pytest

from briefing.editions import edition_decisions, gathering, stages
from briefing.model import EditionKey, Stage
from briefing.storage.store import opened
from feed.checker import check_feed
from tests import served
from tests.briefing.desk.conftest import Silence
from tests.briefing.scheduler.test_killed import free_port
from tests.feed.publishers import bucket
from tests.newsroom import furnished
from tests.served import Start, wait_for

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.storage.store import Store

OLD = EditionKey("demo", date(2023, 6, 9), "morning")
DUE = EditionKey("demo", date(2024, 11, 15), "morning")
MOMENT = datetime(2024, 11, 15, 7, 0, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
KILLED = -9
"""Exit status of a process that SIGKILL ended."""
KILLS, ALL_KILLS = 4, 100
"""Kills of each place in a test run, and in `make soak`."""


class Place(Protocol):
    """Place where a show is published."""

    settings: str
    """What the configuration says of it."""

    def read_all(self) -> dict[str, bytes]:
        """Return every file that can be fetched."""
        ...

    def replace_all(self, files: dict[str, bytes]) -> None:
        """Put these files there, and nothing else."""
        ...


@dataclass
class Folder:
    """Published folder of the show."""

    path: Path
    settings: str = ""

    def read_all(self) -> dict[str, bytes]:
        """Return every file of it; temporary ones are not served."""
        return {path.name: path.read_bytes() for path in self.path.iterdir() if path.name[0] != "."}

    def replace_all(self, files: dict[str, bytes]) -> None:
        """Make it anew."""
        shutil.rmtree(self.path)
        self.path.mkdir()
        for name, content in files.items():
            (self.path / name).write_bytes(content)


@dataclass
class Bucket:
    """Bucket of a made-up S3 server."""

    endpoint: str
    settings: str = field(init=False)

    def __post_init__(self) -> None:
        """Name it in the configuration."""
        self._client = bucket.client(self.endpoint)
        self.settings = (
            f'kind = "s3"\nbucket = "{bucket.BUCKET}"\nendpoint = "{self.endpoint}"\nregion = "us-east-1"\n'
            'key = "BUCKET_KEY"\nsecret = "BUCKET_SECRET"\n'
        )

    def read_all(self) -> dict[str, bytes]:
        """Return every object below the show's prefix."""
        return {
            name.removeprefix("demo/"): self._client.get_object(Bucket=bucket.BUCKET, Key=name)["Body"].read()
            for name in self._names()
        }

    def replace_all(self, files: dict[str, bytes]) -> None:
        """Remove every object and put these."""
        for name in self._names():
            self._client.delete_object(Bucket=bucket.BUCKET, Key=name)
        for name, content in files.items():
            self._client.put_object(Bucket=bucket.BUCKET, Key=f"demo/{name}", Body=content)

    def _names(self) -> list[str]:
        listed = self._client.list_objects_v2(Bucket=bucket.BUCKET).get("Contents", [])
        return [str(item["Key"]) for item in listed]


class Trial:
    """A newsroom with an edition on the air and one that is due, and what becomes of it when it is killed."""

    def __init__(self, folder: Path, place: Place) -> None:
        self._home = folder / "briefing.toml"
        self._place = place
        self._environment = {
            "BRIEFING_CACHE": str(folder / "cache"),
            "BUCKET_KEY": bucket.KEY,
            "BUCKET_SECRET": bucket.SECRET,
            "no_proxy": "127.0.0.1",
        }
        self._work = folder / "var"
        self._copy = folder / "copy"
        self._report = folder / "operations"
        text = self._home.read_text(encoding="utf-8")
        if place.settings:
            head, table, tail = text.partition("[newsroom.publish]\n")
            assert table
            tail = tail[tail.index("\n\n") :]
            text = f"{head}{table}{place.settings}{tail}"
            self._home.write_text(text, encoding="utf-8")

    def prepare(self) -> None:
        """Publish one edition, record the other, and keep a copy of all that."""
        start = self._start()
        with opened(start.database, self._work) as store:
            context = served.newsroom(start, store).show_context("demo")
            stages.run(context, OLD, Silence())
            gathering.gather(context, DUE, Silence())
            stages.draft(context, DUE, Silence())
            edition_decisions.approve(context, DUE)
            stages.render(context, DUE, Silence())
        shutil.copytree(self._work, self._copy)
        self._files = self._place.read_all()

    def count_operations(self) -> int:
        """Publish without a kill; return how many operations that takes."""
        assert self._publish(0) is None
        self.prove(is_complete=True)
        return int(self._report.read_text(encoding="utf-8"))

    def is_killed(self, number: int) -> bool:
        """Let a server publish until its `number`-th operation; return whether it came so far."""
        return self._publish(number) == KILLED

    def restore(self) -> None:
        """Go back to before it was due."""
        shutil.rmtree(self._work)
        shutil.copytree(self._copy, self._work)
        self._place.replace_all(self._files)

    def _publish(self, number: int) -> int | None:
        """Let a server publish what is due until it is killed or done; return how it ended by itself, if it did."""
        start = self._start()
        server = served.start_counting(start, self._environment, number, self._report)
        try:
            with opened(start.database, self._work) as store:
                wait_for(lambda: server.exitcode is not None or _is_done(store))
            return server.exitcode
        finally:
            server.kill()
            server.join()
            self.prove()

    def is_between(self, before: dict[str, bytes]) -> bool:
        """Return whether something was put since then, and the feed was not."""
        after = self.read_all()
        return after != before and after["feed.xml"] == before["feed.xml"]

    def read_all(self) -> dict[str, bytes]:
        """Return every file that listeners can fetch."""
        return self._place.read_all()

    def prove(self, *, is_complete: bool = False) -> None:
        """Prove that the feed is sound, and names what is there: the old episode always, the new one once at most."""
        files = self.read_all()
        check_feed.refuse_feed(files["feed.xml"])
        items = feedparser.parse(files["feed.xml"]).entries
        guids = [item.id for item in items]
        assert len(set(guids)) == len(guids)
        assert feedparser.parse(self._files["feed.xml"]).entries[0].id in guids
        assert len(guids) == 2 or not is_complete
        for item in items:
            sound = files[item.enclosures[0].href.rsplit("/", 1)[1]]
            assert len(sound) == int(item.enclosures[0].length)

    def _start(self) -> Start:
        return Start(self._home, f"sqlite:///{self._work}/briefing.db", MOMENT, time.time(), free_port())


def _is_done(store: Store) -> bool:
    """Return whether the edition is on the air and nobody is at work any more."""
    return store.editions.find_standing(DUE).stage is Stage.PUBLISHED and not store.leases.list_leases()


def kill_often(trial: Trial, kills: int, seed: int) -> int:
    """Kill so often, one server after the other; return how many kills fell between the first put and the feed."""
    trial.prepare()
    chance = random.Random(seed)  # noqa: S311 - the same moments every time
    total, killed, between = trial.count_operations(), 0, 0
    trial.restore()
    while killed < kills:
        before = trial.read_all()
        if trial.is_killed(chance.randint(1, total)):
            killed += 1
            between += trial.is_between(before)
        else:
            trial.prove(is_complete=True)
            trial.restore()
    return between


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folder of a newsroom, whose cache and keys this process has as well."""
    furnished(tmp_path)
    monkeypatch.setenv("BRIEFING_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("BUCKET_KEY", bucket.KEY)
    monkeypatch.setenv("BUCKET_SECRET", bucket.SECRET)
    return tmp_path


def test_a_server_killed_while_it_publishes_into_a_folder_leaves_the_feed_whole(folder: Path) -> None:
    """And the next one publishes the edition, once."""
    kill_often(Trial(folder, Folder(folder / "var" / "public" / "demo")), KILLS, 3)


def test_a_server_killed_while_it_publishes_into_a_bucket_leaves_the_feed_whole(folder: Path) -> None:
    """The same over HTTP."""
    with bucket.serving() as endpoint:
        kill_often(Trial(folder, Bucket(endpoint)), KILLS // 2, 3)


@pytest.mark.soak
def test_a_server_killed_very_often_while_it_publishes_into_a_folder(folder: Path) -> None:
    """Some of the kills meet the moment between the first put and the feed: most operations are the database's."""
    between = kill_often(Trial(folder, Folder(folder / "var" / "public" / "demo")), ALL_KILLS, 11)
    assert between >= ALL_KILLS // 20


@pytest.mark.soak
def test_a_server_killed_very_often_while_it_publishes_into_a_bucket(folder: Path) -> None:
    """The same over HTTP."""
    with bucket.serving() as endpoint:
        assert kill_often(Trial(folder, Bucket(endpoint)), ALL_KILLS, 11) >= ALL_KILLS // 20

"""Publishing that is killed again and again at a random moment, looked at from outside after each time.

    python -m tests.feed.publishers.killing PLACE SEED TIMES

PLACE is a folder, or http://… of a server with S3's bucket. Each try is a process of its own that kills itself (SIGKILL)
in front of its n-th operation on a file or a socket, whatever that is: a new episode, a correction, a withdrawal, an
episode that has been there long enough. What listeners could fetch then is proved whole; then the same is tried again to
the end, or something else is done. Prints how many tries
were killed, and how many of them between the first put and the rename of the feed.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import sys
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

from feed import file_names
from feed.checker import check_feed
from feed.model import Audio, Chapter, Correction, Cue, Episode
from feed.publishers.local_folder import FolderPublisher
from feed.publishers.publish import FeedPolicy, Publication, publish_show
from feed.publishers.published_feed import read_published_feed
from tests.feed.airing import COVER, SHOW
from tests.feed.publishers import bucket

if TYPE_CHECKING:
    from collections.abc import Callable

    from feed.publishers.publisher import Publisher

FILES = ("open", "write", "fsync", "replace", "rename", "unlink", "mkdir", "scandir", "stat")
SOCKETS = ("connect", "send", "sendall", "recv_into")
OPERATIONS = frozenset({*FILES, *SOCKETS})
KEPT = 5
"""Episodes that stay; with two to a page there are several feeds."""


@dataclass
class House:
    """What is on the air as far as the newsroom knows, where the sounds lie, and what was ever published."""

    folder: Path
    episodes: list[Episode] = field(default_factory=list)
    withdrawn: list[Episode] = field(default_factory=list)
    sounds: dict[str, Path] = field(default_factory=dict)
    number: int = 0
    version: int = 0

    def recorded(self, stem: str) -> tuple[str, int]:
        """Other sound than ever before: its name and its bytes."""
        self.version += 1
        path = self.folder / f"{self.version}.mp3"
        path.write_bytes(random.Random(self.version).randbytes(150_000))  # noqa: S311 - noise
        name = file_names.audio_name(stem, path)
        self.sounds[name] = path
        return name, 150_000

    def fresh(self) -> Publication:
        """One more episode."""
        day = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(days=self.number)
        audio, size = self.recorded(f"{day:%Y-%m-%d}-morning")
        short, short_size = self.recorded(f"{day:%Y-%m-%d}-morning-short")
        made = Episode(
            guid=f"guid-{self.number + 1}",
            title=f"{day.month}月{day.day}日",
            summary="新桥通车。",
            published=day,
            audio=audio,
            size=size,
            duration=timedelta(seconds=60),
            number=self.number + 1,
            chapters=tuple(
                Chapter(one, timedelta(seconds=at)) for at, one in ((0, "开场"), (9, "桥"), (50, "尾声"))
            ),
            cues=(Cue("晓伊", "本节目由人工智能合成播报。", timedelta(0), timedelta(seconds=59)),),
            short=Audio(short, short_size, timedelta(seconds=60)),
        )
        episodes = [made, *self.episodes]
        return replace(self.airing(episodes[:KEPT], made), retired=tuple(episodes[KEPT:]))

    def corrected(self) -> Publication:
        """The newest episode with other sound."""
        before = self.episodes[0]
        audio, size = self.recorded(f"{before.published:%Y-%m-%d}-morning")
        told = Correction(before.published + timedelta(hours=self.version), "更正。")
        made = replace(before, audio=audio, size=size, corrections=(*before.corrections, told))
        return self.airing([made, *self.episodes[1:]], made)

    def taken_back(self) -> Publication:
        """The show without its newest episode."""
        off = (*self.withdrawn, self.episodes[0])
        return replace(self.airing(self.episodes[1:]), withdrawn=off[-3:])

    def now(self) -> datetime:
        """So late that every superseded recording may go."""
        return datetime.now(UTC) + timedelta(days=3)

    def airing(self, episodes: list[Episode], fresh: Episode | None = None) -> Publication:
        """What is to be on the air."""
        return Publication(
            SHOW,
            COVER,
            tuple(episodes),
            lambda _one: self.sounds,
            self.now(),
            fresh=fresh,
            withdrawn=tuple(self.withdrawn[-3:]),
            policy=FeedPolicy(page_size=2, latest=True),
        )

    def aired(self, airing: Publication) -> None:
        """It is on the air now."""
        self.episodes, self.withdrawn = list(airing.episodes), list(airing.withdrawn)
        self.number = max([self.number, *(one.number for one in self.episodes)])


def attempt(publisher: Publisher, airing: Publication, at: int) -> int | None:
    """Publish in a process of its own that is killed at its `at`-th operation; how many there were, if it was not."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        counted = 0

        def count(_frame: object, event: str, what: Any) -> None:  # noqa: ANN401 - Python's profile hook
            nonlocal counted
            if event == "c_call" and what.__name__ in OPERATIONS:
                counted += 1
                if counted == at:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(count)
        publish_show(publisher, airing)
        sys.setprofile(None)
        os.write(writer, str(counted).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as told:
        said = told.read()
    _, status = os.waitpid(child, 0)
    assert (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL) or status == 0, status
    return int(said) if said else None


def prove(there: dict[str, str], read: Callable[[str], bytes], sounds: dict[str, Path]) -> None:
    """Every feed is whole and names only what is there: `there` has the MD5 of each file that can be fetched."""
    page = "feed.xml" if "feed.xml" in there else ""
    while page:
        data = read(page)
        assert [one for one in check_feed.check_podcast(data) if one.severity == "error"] == []
        channel = etree.fromstring(data).find("channel")
        for item in channel.iterfind("item"):
            said = [item.findtext("link"), *(one.get("url") for one in item.iter() if one.get("url"))]
            assert {url.removeprefix(SHOW.address) for url in said} <= there.keys(), page
            audio = item.find("enclosure").get("url").removeprefix(SHOW.address)
            sound = sounds[audio].read_bytes()
            assert there[audio] == hashlib.md5(sound).hexdigest()  # noqa: S324 - an ETag
            assert int(item.find("enclosure").get("length")) == len(sound)
        links = channel.findall("{http://www.w3.org/2005/Atom}link[@rel='next']")
        page = links[0].get("href").removeprefix(SHOW.address) if links else ""
    for name in ("alexa.json", "latest.json", "xiaomusic.json"):
        told = json.dumps(json.loads(read(name))) if name in there else ""
        for audio in (part.split('"')[0] for part in told.split(SHOW.address)[1:]):
            assert not audio.endswith(".mp3") or audio in there, (name, audio)


looking = cache(bucket.client)
"""Made once: it takes longer than all that is looked at."""


def seen(place: str) -> tuple[dict[str, str], Callable[[str], bytes]]:
    """What can be fetched from a place, and how."""
    if not place.startswith("http"):
        root = Path(place)
        files = [path for path in root.iterdir() if not path.name.startswith(".")] if root.exists() else []
        return {
            path.name: hashlib.md5(path.read_bytes()).hexdigest()  # noqa: S324 - an ETag
            for path in files
        }, lambda name: (root / name).read_bytes()
    client = looking(place)
    listed = client.list_objects_v2(Bucket=bucket.BUCKET, Prefix="demo/").get("Contents", [])
    return {
        item["Key"].removeprefix("demo/"): item["ETag"].strip('"') for item in listed
    }, lambda name: client.get_object(Bucket=bucket.BUCKET, Key=f"demo/{name}")["Body"].read()


def named(place: str) -> set[str]:
    """The guids that the feeds at a place name."""
    publisher = FolderPublisher(Path(place), SHOW.address) if place[:4] != "http" else bucket.publisher(place)
    feed = read_published_feed(publisher)
    return {item.guid for item in feed.items} if feed else set()


def main(place: str, seed: int, times: int, scratch: Path) -> tuple[int, int]:
    """So many tries; how many were killed, and how many of these between the first put and the rename of the feed."""
    chance = random.Random(seed)  # noqa: S311 - the same moments every time
    house, killed, between = House(scratch), 0, 0
    totals: dict[str, int] = {}
    steps = {"fresh": house.fresh, "corrected": house.corrected, "taken back": house.taken_back}
    # No connection is open while it is not used: every process opens its own.
    publisher = FolderPublisher(Path(place), SHOW.address) if place[:4] != "http" else bucket.publisher(place)
    while killed < times:
        step = chance.choice(["fresh", "fresh", "corrected", "taken back"])
        if not house.episodes:
            step = "fresh"
        airing = steps[step]()
        before = seen(place)[0]
        done = attempt(publisher, airing, chance.randint(1, totals.get(step, 300)))
        killed += done is None
        after = seen(place)[0]
        between += done is None and before != after and before.get("feed.xml") == after.get("feed.xml")
        prove(*seen(place), house.sounds)
        if done is None and chance.random() < 1 / 3:
            # Somebody does something else now; what the feed names already is known by then (`adopt_published`).
            if named(place) == {one.guid for one in airing.episodes}:
                house.aired(airing)
            continue
        done = done or attempt(publisher, airing, 0)
        assert done is not None
        totals[step] = done
        house.aired(airing)
        prove(*seen(place), house.sounds)
    return killed, between


if __name__ == "__main__":
    where, seed, times, scratch = sys.argv[1:]
    killed, between = main(where, int(seed), int(times), Path(scratch))
    sys.stdout.write(f"{killed} killed, {between} between the first put and the feed\n")

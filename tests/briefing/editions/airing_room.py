"""A newsroom that publishes made-up recordings into memory."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import feedparser

from briefing import config
from briefing.editions import stages
from briefing.editorial import script
from briefing.model import EditionKey, Kind, Script, Segment, Sentence, Stage
from briefing.storage.store import AuditEntry, opened
from briefing.wiring.show_contexts import build_show_context
from tests.feed.airing import COVER
from tests.feed.publishers.memory import Memory
from voices.model import Chapter, Cue, Millis, Recording

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from briefing.editions.show_context import ShowContext
    from briefing.model import Rundown
    from feed.model import Episode

ZONE = ZoneInfo("Asia/Shanghai")
KEY = EditionKey("demo", date(2026, 3, 2), "morning")
NEXT_DAY = EditionKey("demo", date(2026, 3, 3), "morning")
SEVEN = datetime(2026, 3, 2, 7, tzinfo=ZONE)
HOUR = timedelta(hours=1)


@dataclass
class Told:
    """What a person is told."""

    steps: list[str] = field(default_factory=list)

    def chose(self, chosen: Rundown) -> None:
        """Nothing is chosen here."""

    def spoke(self, done: int, total: int) -> None:
        """Nothing is spoken here."""

    def step(self, what: str) -> None:
        """Note it."""
        self.steps.append(what)


class Room:
    """A newsroom whose clock stands where a test puts it, and whose recordings are made of a word."""

    def __init__(self, context: ShowContext) -> None:
        self.world = Memory(context.show.address)
        self.now = SEVEN
        self.told = Told()
        self.context = replace(
            context, now=lambda: self.now, cover=lambda: COVER, publisher=lambda: self.world
        )

    def voiced(self, key: EditionKey, words: str, sound: str = "", *others: str) -> None:
        """A script that says these words, and its recording; `others` are the endings of further masters."""
        store = self.context.store
        segments = tuple(
            Segment(kind.value, kind, title, "晓伊", (Sentence(said),))
            for kind, title, said in (
                (Kind.OPENING, "开场", "本节目由人工智能合成播报。"),
                (Kind.HEADLINES, "内容提要", words),
                (Kind.CLOSING, "尾声", "再见。"),
            )
        )
        text = script.dump(Script(key, f"每日简报 {key.day}", segments))
        base = store.editions.find_standing(key).revision
        if not base:
            store.articles.save_gathered(key, [])
        revision = store.scripts.save_script(key, text, base=base, author="编辑", saved=self.now)
        if store.editions.find_standing(key).stage is Stage.WITHDRAWN:
            store.episodes.reinstate_edition(
                key, revision, AuditEntry(self.now, "李主编", "reinstate", f"{key}: 核实无误", "here")
            )
        else:
            store.editions.move_edition(key, Stage.APPROVED)
        store.recordings.save_recording(
            key, revision, self._recording(f"{key.day}-r{revision}", words, sound or words, others)
        )

    def _recording(self, name: str, words: str, sound: str, others: tuple[str, ...] = ()) -> Recording:
        path = self.context.folder / "recordings" / f"{name}.mp3"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(sound.encode() * 5000)
        made = Recording(
            path=path,
            size=path.stat().st_size,
            duration=Millis(60_000),
            loudness=-16.0,
            true_peak=-1.5,
            chapters=tuple(
                Chapter(title, Millis(at))
                for title, at in (("开场", 0), ("内容提要", 8000), ("尾声", 50_000))
            ),
            cues=(
                Cue("晓伊", "本节目由人工智能合成播报。", Millis(0), Millis(7000)),
                Cue("晓伊", words, Millis(8000), Millis(49_000)),
            ),
        )
        further = []
        for ending in others:
            other = path.with_name(f"{path.stem}{ending}")
            other.write_bytes(f"{sound}{ending}".encode() * 5000)
            further.append(replace(made, path=other, size=other.stat().st_size))
        return replace(made, others=tuple(further))

    def publish(self, key: EditionKey = KEY) -> Episode:
        """Put it on the air."""
        return stages.publish(self.context, key, self.told)

    def heard(self) -> list[str]:
        """The guids of the feed, newest first."""
        return [item.id for item in feedparser.parse(self.world.files["feed.xml"]).entries]


@contextmanager
def opened_room(path: Path) -> Iterator[Room]:
    """The sample show's room."""
    described = config.load(path)
    with opened(described.database, described.folder) as store:
        yield Room(build_show_context(described, "demo", store, described.folder))

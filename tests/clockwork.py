"""A newsroom for tests of the clock: real store, lease, timetable and clock; stages that take their time and may fail."""

from __future__ import annotations

import errno
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from briefing.editions import lease
from briefing.editions.newsroom import Newsroom
from briefing.editions.show_context import ShowContext
from briefing.errors import NothingToSay, SourceError
from briefing.model import Act, Article, EditionKey, Stage
from briefing.scheduler.acts import STAGES
from feed.model import Episode, Show
from voices.errors import SpeechFailed
from voices.model import Millis, Recording

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from briefing.editions.air_times import Hours
    from briefing.editions.show_context import Progress
    from briefing.model import AlarmKind
    from briefing.monitoring.alarms.events import Event
    from briefing.scheduler.clock import Clock
    from briefing.storage.store import Store
    from tests import databases

SECONDS = {Act.GATHER: 20, Act.DRAFT: 30, Act.REFRESH: 20, Act.RENDER: 120, Act.PUBLISH: 5}
"""How long each stage takes here."""


class Heard:
    """An alarm that remembers what it was told."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def notify(self, event: Event) -> None:
        """Remember it."""
        self.events.append(event)

    def told(self, kind: AlarmKind) -> list[str]:
        """The sentences of a kind of trouble, without those that say it is over."""
        return [one.sentence for one in self.events if one.kind is kind and not one.over]


@dataclass
class World:
    """What happens around the newsroom: `wrong` says what is wrong with an act at a moment, empty for nothing.

    "empty": there is no news; "sources", "voice", "disk", "publisher": that fails. `meanwhile` is called in the middle of
    an act. `aired` is what listeners got, and when.
    """

    now: databases.Clock
    wrong: Callable[[Act, EditionKey, datetime], str] = lambda _act, _key, _now: ""
    meanwhile: Callable[[Act, EditionKey], None] = lambda _act, _key: None
    articles: list[str] = field(default_factory=lambda: ["a1"])
    note: str = ""
    """What the programme's own drafts say of how they were made."""
    aired: list[tuple[EditionKey, datetime]] = field(default_factory=list)
    acts: list[tuple[EditionKey, Act]] = field(default_factory=list)

    def stages(self) -> Mapping[Act, Callable[[ShowContext, EditionKey, Progress], str]]:
        """Stages for a clock: what the pipeline does to the store, without news, voices and sound."""
        return {
            Act.GATHER: self._gather,
            Act.DRAFT: self._draft,
            Act.REFRESH: self._refresh,
            Act.RENDER: self._render,
            Act.PUBLISH: self._publish,
            Act.HOLD: STAGES[Act.HOLD],
        }

    def _work(self, act: Act, key: EditionKey, progress: Progress) -> None:
        progress.step(act)
        self.acts.append((key, act))
        self.now.move(seconds=SECONDS[act])
        self.meanwhile(act, key)
        wrong = self.wrong(act, key, self.now())
        if wrong == "disk":
            raise OSError(errno.ENOSPC, "No space left on device")
        if wrong == "voice" and act is Act.RENDER:
            raise SpeechFailed("the voice is silent")
        if wrong == "publisher" and act is Act.PUBLISH:
            raise OSError(errno.EIO, "Input/output error")
        if wrong == "sources" and act is Act.GATHER:
            raise SourceError("no source can be read")
        if wrong == "empty" and act in {Act.GATHER, Act.DRAFT}:
            raise NothingToSay(f"no news on {key.day}")

    def _pool(self, key: EditionKey) -> list[Article]:
        return [Article(f"{key} {name}", "paper", name, ("段落。",), self.now()) for name in self.articles]

    def _gather(self, context: ShowContext, key: EditionKey, progress: Progress) -> str:
        self._work(Act.GATHER, key, progress)
        context.store.articles.save_gathered(key, self._pool(key))
        return ""

    def _draft(self, context: ShowContext, key: EditionKey, progress: Progress) -> str:
        self._work(Act.DRAFT, key, progress)
        context.store.articles.add_gathered(key, self._pool(key))
        self._write(context, key)
        return ""

    def _refresh(self, context: ShowContext, key: EditionKey, progress: Progress) -> str:
        self._work(Act.REFRESH, key, progress)
        before = len(context.store.articles.list_articles(key))
        context.store.articles.add_gathered(key, self._pool(key))
        if len(context.store.articles.list_articles(key)) > before:
            self._write(context, key)
        return ""

    def _write(self, context: ShowContext, key: EditionKey) -> None:
        text = "、".join(article.title for article in context.store.articles.list_articles(key))
        base = context.store.editions.find_standing(key).revision
        context.store.scripts.save_script(
            key, text, base=base, author=context.show.title, saved=context.now(), note=self.note
        )

    def _render(self, context: ShowContext, key: EditionKey, progress: Progress) -> str:
        if context.store.editions.find_standing(key).stage is Stage.DRAFTED:
            context.store.editions.move_edition(key, Stage.APPROVED)
        revision = context.store.editions.find_standing(key).revision
        self._work(Act.RENDER, key, progress)
        path = context.folder / "recordings" / f"{key.day}-r{revision}.mp3"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"sound")
        context.store.recordings.save_recording(
            key, revision, Recording(path, 5, Millis(1000), -16.0, -1.0, (), ())
        )
        return ""

    def _publish(self, context: ShowContext, key: EditionKey, progress: Progress) -> str:
        self._work(Act.PUBLISH, key, progress)
        with lease.held(context.store, f"publish-{key.show}", context.now) as store:
            number = store.episodes.assign_place(key.show, str(key), context.air_time(key)).number
            episode = Episode(
                str(key),
                "标题",
                "摘要",
                context.air_time(key),
                "a.mp3",
                5,
                timedelta(seconds=1),
                number,
                (),
                (),
            )
            store.episodes.save_episode(key, episode)
            self.aired.append((key, self.now()))
        return ""


def newsroom(
    store: Store, folder: Path, now: databases.Clock, shows: Mapping[str, Mapping[str, Hours]]
) -> Newsroom:
    """A newsroom with these shows, whose parts that only real stages need are missing."""
    nothing = cast("Any", None)
    contexts = {
        slug: ShowContext(
            store=store,
            folder=folder,
            show=Show(slug, f"节目{slug}", "介绍", f"http://x/{slug}/", "作者", "a@b", "guid", "©", "c.jpg"),
            load_wording=lambda: nothing,
            load_policy=lambda: nothing,
            sound=nothing,
            hours=hours,
            load_settings=lambda: nothing,
            sources={},
            writer=nothing,
            guards=nothing,
            anchors=(),
            voices={},
            load_lexicon=lambda: nothing,
            publisher=nothing,
            cover=nothing,
            now=now_in(now, next(iter(hours.values())).zone),
        )
        for slug, hours in shows.items()
    }
    zones = {slug: SimpleNamespace(zone=next(iter(hours.values())).zone) for slug, hours in shows.items()}
    described = cast("Any", SimpleNamespace(shows=zones))
    return Newsroom(
        described,
        store,
        contexts,
        folder,
        now,
    )


def now_in(now: databases.Clock, zone: ZoneInfo) -> Callable[[], datetime]:
    """The same clock in a zone."""
    return lambda: now().astimezone(zone)


def edited(store: Store, key: EditionKey, text: str, now: datetime) -> None:
    """An editor saves a script."""
    store.scripts.save_script(
        key, text, base=store.editions.find_standing(key).revision, author="编辑", saved=now
    )


def run_until(clock: Clock, now: databases.Clock, end: datetime, stops: Sequence[datetime] = ()) -> None:
    """Let time pass until `end`: the clock is woken when it asked for it and at `stops`, and looks each time."""
    while True:
        moments = [moment for slot in clock.slots if (moment := clock.turn(slot)) is not None]
        clock.watch()
        later = [moment for moment in (*moments, *stops) if moment > now()]
        if now() >= end:
            return
        now.set(min([*later, end]))

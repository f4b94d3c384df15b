"""Everything that one show needs to make its editions, and what of an edition every stage asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from briefing.editorial import composition, script
from briefing.errors import StageError
from briefing.model import Stage
from feed.publishers.publish import FeedPolicy
from voices.audio import mastering, rendering

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from briefing.editions.air_times import Hours
    from briefing.editorial import rundown
    from briefing.editorial.guard.papers import PaperGuard
    from briefing.editorial.writer.base import Condenser
    from briefing.mandarin import Lexicon
    from briefing.model import Article, EditionKey, Rundown, Script
    from briefing.sources.protocol import Source
    from briefing.storage.store import Draft, Store
    from feed.model import Show
    from feed.publishers.publisher import Publisher
    from voices.voice_protocol import Voice

SPEAKERS = "-speakers"
"""What the name of the master for smart speakers ends with."""

MEMORY = timedelta(days=7)
"""How long a show remembers what it has told."""


class Progress(Protocol):
    """Told how far the long stages are; an implementation MAY do nothing."""

    def chose(self, chosen: Rundown) -> None:
        """The rundown was chosen."""
        ...

    def spoke(self, done: int, total: int) -> None:
        """So many of so many sentences are spoken."""
        ...

    def step(self, what: str) -> None:
        """Something that takes a while begins."""
        ...


@dataclass(frozen=True, slots=True)
class Sounding:
    """How a show sounds around its sentences, what its file measures, and which masters are made besides.

    `m4a` is AAC with chapters; `speakers` is loud and short enough for Alexa.
    """

    programme: rendering.Programme = rendering.Programme()
    aim: mastering.Aim = mastering.Aim()
    m4a: bool = False
    speakers: bool = False

    def also(self, target: Path) -> list[rendering.Also]:
        """The further masters, beside the recording."""
        made = []
        if self.m4a:
            made.append(rendering.Also(target.with_suffix(".m4a"), self.aim))
        if self.speakers:
            path = target.with_name(f"{target.stem}{SPEAKERS}.mp3")
            made.append(rendering.Also(path, mastering.SPEAKERS, mastering.SPEAKERS_LENGTH))
        return made


@dataclass(frozen=True, slots=True)
class Production:
    """Everything that one show needs to make its editions; `wiring` builds it.

    `sources` are by name, `voices` by anchor name; `condenser` and `guards` are made for a day, since 昨天 means another
    date each day; `hours` say when there is an edition of a name, and when it is made; `publisher` is where it goes out;
    `cover` draws the show's cover, a JPEG; `now` is the clock; `sound` loads the show's music; `producer` is who stands in
    the file's label of synthesised sound; `policy` is how the feed is cut, `keep` how long an episode stays on the air
    (None: for ever).
    """

    store: Store
    folder: Path
    show: Show
    wording: composition.Wording
    hours: Mapping[str, Hours]
    settings: rundown.Settings
    sources: Mapping[str, Source]
    condenser: Callable[[EditionKey], Condenser]
    guards: Callable[[EditionKey], PaperGuard]
    anchors: tuple[str, ...]
    voices: Mapping[str, Voice]
    lexicon: Lexicon
    publisher: Callable[[], Publisher]
    cover: Callable[[], bytes]
    now: Callable[[], datetime]
    workers: int = 8
    sound: Callable[[], Sounding] = Sounding
    producer: str = ""
    policy: FeedPolicy = FeedPolicy()
    keep: timedelta | None = None

    @property
    def scripts(self) -> Path:
        """Where the scripts lie as text files."""
        return self.folder / "scripts" / self.show.slug

    def air_time(self, key: EditionKey) -> datetime:
        """When the edition is to be published: the show's minute of that day, in its time zone."""
        return self.hours[key.edition].air(key.day)

    def script_file(self, key: EditionKey, revision: int) -> Path:
        """The text file of one revision: an editor may change the newest one in place."""
        return self.scripts / f"{key.day.isoformat()}-{key.edition}-r{revision}.md"


def gathered(production: Production, key: EditionKey) -> tuple[Article, ...]:
    """The day's articles; raises `StageError` while there are none."""
    articles = production.store.articles(key)
    if not articles:
        raise StageError(f"{key} has no articles yet; run `briefing gather` first")
    return articles


def broadcast(production: Production, key: EditionKey) -> tuple[Article, ...]:
    """The articles that the show has told in the days before this edition."""
    earlier: list[Article] = []
    for standing in production.store.standings(production.show.slug):
        if (
            standing.key != key
            and key.day - MEMORY <= standing.key.day <= key.day
            and standing.stage is Stage.PUBLISHED
            # Episodes that were adopted from the published feed have no script.
            and standing.revision
        ):
            told = {
                name for segment in script_of(production, standing.key).segments for name in segment.articles
            }
            earlier += [article for article in production.store.articles(standing.key) if article.id in told]
    return tuple(earlier)


def script_of(production: Production, key: EditionKey) -> Script:
    """The newest script, parsed; raises `StageError` while there is none."""
    return script.parse(newest_draft(production, key).text)


def newest_draft(production: Production, key: EditionKey) -> Draft:
    """The newest revision of the script; raises `StageError` while there is none."""
    newest = production.store.script(key)
    if newest is None:
        raise StageError(f"{key} has no script yet; run `briefing draft` first")
    return newest


def is_recorded(production: Production, key: EditionKey) -> bool:
    """Return whether the recording of the newest script is still the file that was rendered."""
    recording = production.store.recording(key)
    return (
        recording is not None and recording.path.is_file() and recording.path.stat().st_size == recording.size
    )

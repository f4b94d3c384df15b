"""Everything that one show needs to make its editions, and what of an edition every stage asks for."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Protocol

from briefing.editorial import script
from briefing.errors import StageError
from briefing.model import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from briefing.editions.air_times import Hours
    from briefing.editions.sound import Sounding
    from briefing.editorial.guard.papers import PaperGuard
    from briefing.editorial.rundown.settings import Settings
    from briefing.editorial.show_wording import Wording
    from briefing.editorial.writer.writer_protocol import Writer
    from briefing.mandarin import Lexicon
    from briefing.model import Article, EditionKey, Rundown, Script
    from briefing.sources.protocol import Source
    from briefing.storage.store import Draft, Store
    from feed.model import Show
    from feed.publishers.publish import FeedPolicy
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
class ShowContext:
    """Context of one show: all that its editions need; built by `wiring`.

    The parts that take long to import (`load_…`, `sources`, `voices`) are made at their first use, so that a command
    that only asks the store starts at once.
    """

    store: Store
    folder: Path
    """Working folder of the installation."""
    show: Show
    hours: Mapping[str, Hours]
    """Hours of each edition, by its name."""
    anchors: tuple[str, ...]
    """Names of the anchors, in the order in which they speak."""
    now: Callable[[], datetime]
    """Clock (aware)."""
    sources: Mapping[str, Source]
    """Sources by name."""
    voices: Mapping[str, Voice]
    """Voices by the name of the anchor."""
    load_wording: Callable[[], Wording]
    load_settings: Callable[[], Settings]
    load_lexicon: Callable[[], Lexicon]
    load_policy: Callable[[], FeedPolicy]
    writer: Callable[[EditionKey], Writer]
    """Writer for a day: 昨天 means another date each day."""
    guards: Callable[[EditionKey], PaperGuard]
    publisher: Callable[[], Publisher]
    cover: Callable[[], bytes]
    """Draw the show's cover, a JPEG."""
    sound: Callable[[], Sounding]
    """Load the show's music and pauses."""
    workers: int = 8
    """Sentences that are spoken at the same time."""
    model: str = ""
    """Name of the language model that writes; empty if the show has none."""
    producer: str = ""
    """Producer named in the file's label of synthesised sound."""
    keep: timedelta | None = None
    """How long an episode stays on the air; None is for ever."""

    def with_fixed_inputs(self) -> ShowContext:
        """Return a copy that loads wording, settings and lexicon once: they stay the same during its work."""
        return replace(
            self,
            load_wording=cache(self.load_wording),
            load_settings=cache(self.load_settings),
            load_lexicon=cache(self.load_lexicon),
        )

    @contextmanager
    def at_one_moment(self) -> Iterator[ShowContext]:
        """Yield a copy whose reads of the store are one transaction; nothing is to be written in the block."""
        with self.store.read_together() as store:
            yield replace(self, store=store)

    @property
    def wording(self) -> Wording:
        """Words around the stories."""
        return self.load_wording()

    @property
    def settings(self) -> Settings:
        """Settings of the rundown, at the pace that was measured until now."""
        return self.load_settings()

    @property
    def lexicon(self) -> Lexicon:
        """Words of the show, with those that editors have added until now."""
        return self.load_lexicon()

    @property
    def policy(self) -> FeedPolicy:
        """Return how the feed is cut."""
        return self.load_policy()

    @property
    def scripts(self) -> Path:
        """Return where the scripts lie as text files."""
        return self.folder / "scripts" / self.show.slug

    def air_time(self, key: EditionKey) -> datetime:
        """Return when the edition is to be published: the show's minute of that day, in its time zone."""
        return self.hours[key.edition].air(key.day)

    def script_file(self, key: EditionKey, revision: int) -> Path:
        """The text file of one revision: an editor may change the newest one in place."""
        return self.scripts / f"{key.day.isoformat()}-{key.edition}-r{revision}.md"


def gathered(context: ShowContext, key: EditionKey) -> tuple[Article, ...]:
    """The day's articles; raises `StageError` while there are none."""
    articles = context.store.articles.list_articles(key)
    if not articles:
        raise StageError(f"{key} has no articles yet; run `briefing gather` first")
    return articles


def broadcast(context: ShowContext, key: EditionKey) -> tuple[Article, ...]:
    """The articles that the show has told in the days before this edition."""
    earlier: list[Article] = []
    for standing in context.store.editions.list_standings(context.show.slug):
        if (
            standing.key != key
            and key.day - MEMORY <= standing.key.day <= key.day
            and standing.stage is Stage.PUBLISHED
            # Episodes that were adopted from the published feed have no script.
            and standing.revision
        ):
            names = {
                name for segment in script_of(context, standing.key).segments for name in segment.articles
            }
            earlier += [
                article
                for article in context.store.articles.list_articles(standing.key)
                if article.id in names
            ]
    return tuple(earlier)


@lru_cache(maxsize=16)
def parse_revision(text: str) -> Script:
    """Parse the text of a script, each revision once: a `Script` never changes, and a stage asks for it several times."""
    return script.parse(text)


def script_of(context: ShowContext, key: EditionKey) -> Script:
    """The newest script, parsed; raises `StageError` while there is none."""
    return parse_revision(newest_draft(context, key).text)


def script_note(context: ShowContext, key: EditionKey) -> str:
    """Return what an editor must know of how the programme wrote the newest script of its own, in Chinese; mostly ''."""
    own = context.store.scripts.newest_script_by(key, context.show.title)
    return own.note if own else ""


def newest_draft(context: ShowContext, key: EditionKey) -> Draft:
    """The newest revision of the script; raises `StageError` while there is none."""
    newest = context.store.scripts.newest_script(key)
    if newest is None:
        raise StageError(f"{key} has no script yet; run `briefing draft` first")
    return newest


def is_recorded(context: ShowContext, key: EditionKey) -> bool:
    """Return whether the recording of the newest script is still the file that was rendered."""
    recording = context.store.recordings.find_recording(key)
    return (
        recording is not None and recording.path.is_file() and recording.path.stat().st_size == recording.size
    )


def chapter_links(context: ShowContext, key: EditionKey, spoken: Script) -> Sequence[str]:
    """Return for each segment the address of its first article that has one."""
    urls = {article.id: article.url for article in context.store.articles.list_articles(key)}
    return [
        next((urls[name] for name in segment.articles if urls.get(name)), "") for segment in spoken.segments
    ]

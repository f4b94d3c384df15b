"""Config → ready objects: the only room that chooses implementations.

A new source, voice or publisher is one file behind its protocol and one line in a dict: here, in `studio` or in `reading`.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from briefing import mandarin
from briefing.config import WEEKDAYS
from briefing.editions.air_times import Hours
from briefing.editions.context import Production
from briefing.editions.newsroom import House
from briefing.editorial import composition, rundown
from briefing.editorial.guard.papers import PaperGuard
from briefing.editorial.writer import llm
from briefing.editorial.writer.extractive import Extractive
from briefing.editorial.writer.faithful import Guarded, Merged
from briefing.editorial.writer.local import Local
from briefing.errors import ConfigError
from briefing.mandarin import lexicon as words
from briefing.model import Story
from briefing.storage import downloads
from briefing.wiring.alarms import alarm, secret, secret_names, secrets, ways
from briefing.wiring.articles import SOURCES, fetched, sources
from briefing.wiring.studio import (
    CLIPS,
    NEEDS,
    SPEAKERS,
    SPEAKERS_FILE,
    VOICES,
    needs,
    remembered,
    sounding,
    voice,
)
from feed.file_names import content_type
from feed.model import Person, Show
from feed.publishers.local_folder import FolderPublisher
from feed.publishers.publish import FeedPolicy
from feed.rss import cover, recurrence
from feed.rss.feed_xml import podcast_guid
from feed.rss.paging import FEED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from briefing.config import Config, Publish
    from briefing.config import Llm as DescribedLlm
    from briefing.config import Show as Described
    from briefing.editorial.writer.base import Condenser
    from briefing.model import Article, EditionKey, Sentence
    from briefing.storage.store import Store
    from feed.publishers.publisher import Publisher

__all__ = [
    "ADDED_WORDS",
    "CLIPS",
    "NEEDS",
    "PUBLIC",
    "PUBLISHERS",
    "SOURCES",
    "SPEAKERS",
    "SPEAKERS_FILE",
    "VOICES",
    "address_of",
    "alarm",
    "condensed",
    "fetched",
    "hours",
    "house",
    "lexicon",
    "lexicon_files",
    "needed",
    "needs",
    "probe",
    "production",
    "productions",
    "publisher",
    "remembered",
    "secret",
    "secret_names",
    "secrets",
    "sounding",
    "voice",
    "ways",
]

PUBLIC = "public"
"""The published folder below the working folder; each show has its own below that."""

ADDED_WORDS = "lexicon.toml"
"""The words that editors have added, below the working folder."""


def needed(config: Config, slug: str) -> tuple[downloads.Asset, ...]:
    """The files that a show cannot be made without."""
    return needs(*(config.anchors[name] for name in config.shows[slug].anchors)) + downloads.FONTS


def productions(config: Config, store: Store, folder: Path) -> dict[str, Production]:
    """Every show's production, by the name of the show."""
    return {slug: production(config, slug, store, folder) for slug in config.shows}


def house(config: Config, store: Store, folder: Path) -> House:
    """The whole house on a working folder, for what runs for weeks."""
    return House(
        config=config,
        store=store,
        productions=productions(config, store, folder),
        folder=folder,
        now=lambda: datetime.now(UTC),
        lexicon=_Words(config, folder),
        settings=lambda slug: _settings(config.shows[slug], store.speaking_rate(slug)),
    )


class _Words:
    """The lexicons of the shows; one whose files have changed is read again."""

    def __init__(self, config: Config, folder: Path) -> None:
        self._config = config
        self._folder = folder
        self._read: dict[str, tuple[object, mandarin.Lexicon]] = {}

    def __call__(self, slug: str) -> mandarin.Lexicon:
        seen = [
            (path, path.stat().st_mtime_ns, path.stat().st_size)
            for path in lexicon_files(self._config, slug, self._folder)
            if path.is_file()
        ]
        if slug not in self._read or self._read[slug][0] != seen:
            self._read[slug] = seen, lexicon(self._config, slug, self._folder)
        return self._read[slug][1]


def production(config: Config, slug: str, store: Store, folder: Path) -> Production:
    """Everything that a show needs to make its editions, on a working folder."""
    described = config.shows[slug]
    places = {name: config.sources[name].place for name in described.sources}
    address, public = address_of(config, slug), described.publish or config.house.publish
    times = hours(described)
    anchors = tuple(config.anchors[name].name for name in described.anchors)
    show = Show(
        slug=slug,
        title=described.title,
        description=described.description,
        address=address,
        author=described.author,
        email=described.email,
        guid=store.show_guid(slug, podcast_guid(urljoin(address, FEED))),
        copyright=f"© {described.author}",
        cover="cover.jpg",
        persons=tuple(map(Person, anchors)),
        rhythm=recurrence.update_rhythm([(one.publish, one.weekdays) for one in times.values()]),
        hub=public.hub,
    )

    credited = {name: config.sources[name].name for name in described.sources}

    def guards(key: EditionKey) -> PaperGuard:
        return PaperGuard(key.day, places, credited)

    def condenser(key: EditionKey) -> Condenser:
        extracted = Merged(Local(key.day, places), credited)
        return Guarded(_model(described.llm, key, places) or extracted, extracted, guards(key))

    return Production(
        store=store,
        folder=folder,
        show=show,
        wording=composition.Wording(
            title=described.title,
            greetings={name: edition.greeting for name, edition in described.editions.items()},
            places=places,
            credits=credited,
            label_first=described.label.words if described.label.says("spoken", "start") else "",
            label_last=described.label.words if described.label.says("spoken", "end") else "",
            **{name: text for name, text in described.templates if text},
        ),
        hours=times,
        settings=_settings(described, store.speaking_rate(slug)),
        sources=sources(config, described, store),
        condenser=condenser,
        guards=guards,
        anchors=anchors,
        voices={
            config.anchors[name].name: voice(config.anchors[name], config.house.clips)
            for name in described.anchors
        },
        lexicon=lexicon(config, slug, folder),
        publisher=lambda: publisher(config, slug, folder),
        cover=lambda: _cover(described, folder),
        now=lambda: datetime.now(described.zone),
        sound=lambda: sounding(described, config.base),
        producer=described.label.producer or address,
        policy=FeedPolicy(public.page_size, public.cap, public.latest),
        keep=timedelta(days=public.keep_days) if public.keep_days else None,
    )


def hours(described: Described) -> dict[str, Hours]:
    """When each edition of a show is made."""
    return {
        name: Hours(
            zone=described.zone,
            publish=edition.publish,
            weekdays=frozenset(map(WEEKDAYS.index, edition.weekdays)),
            holidays=frozenset(described.holidays),
            special={date.fromisoformat(day): at for day, at in edition.special.items()},
            gather=timedelta(minutes=edition.gather),
            draft=timedelta(minutes=edition.draft),
            render=timedelta(minutes=edition.render),
            catch_up=timedelta(minutes=edition.catch_up),
            holds=edition.unapproved == "hold",
        )
        for name, edition in described.editions.items()
    }


def address_of(config: Config, slug: str) -> str:
    """The public address of a show's folder."""
    return urljoin(config.house.address, f"{slug}/")


def publisher(config: Config, slug: str, folder: Path) -> Publisher:
    """Where a show goes out; raises `ConfigError` for a bucket whose keys or whose library are missing."""
    public = config.shows[slug].publish or config.house.publish
    return PUBLISHERS[public.kind](public, slug, folder, address_of(config, slug))


def probe(config: Config, slug: str) -> None:
    """Put a small file where a show goes out, and take it away again; raises as `publisher`, and `PublishFailed`."""
    there = publisher(config, slug, config.folder)
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        there.put("briefing-check.json", Path(file.name), content_type(file.name))
    there.remove("briefing-check.json")


def _bucket(public: Publish, slug: str, _folder: Path, address: str) -> Publisher:
    try:
        from feed.publishers.s3_bucket import BucketPublisher  # noqa: PLC0415 - its library is not everybody's, and slow to load
    except ModuleNotFoundError as error:
        raise ConfigError(
            f"a bucket needs {error.name}, which is not installed; run `pip install 'briefing[s3]'`"
        ) from error
    return BucketPublisher(
        public.bucket,
        f"{public.prefix}{slug}/",
        address,
        endpoint=public.endpoint,
        region=public.region,
        key=secret(public.key),
        secret=secret(public.secret),
    )


PUBLISHERS: dict[str, Callable[[Publish, str, Path, str], Publisher]] = {
    "folder": lambda _public, slug, folder, address: FolderPublisher(folder / PUBLIC / slug, address),
    "s3": _bucket,
}
"""Where shows go out, by the name that the configuration gives it."""


def _settings(described: Described, rate: float | None) -> rundown.Settings:
    """What the rundown is fitted to, at the pace that was measured in the show's last episodes, if there are any."""
    settings = rundown.Settings.lasting(described.minutes, described.stories, rate or rundown.SPEAKING_RATE)
    return replace(
        settings,
        favoured=described.favoured,
        pinned=frozenset(described.pinned),
        banned=frozenset(described.banned),
    )


def _model(described: DescribedLlm | None, key: EditionKey, places: Mapping[str, str]) -> Condenser | None:
    """The language model that condenses, if the show has one."""
    if described is None:
        return None
    secret = os.environ.get(described.key, "") if described.key else ""
    endpoint = llm.Endpoint(described.url, described.model, secret)
    return llm.Llm(endpoint, llm.Purse(described.tokens), key.day, places)


def lexicon(config: Config, slug: str | None, folder: Path) -> mandarin.Lexicon:
    """The house's lexicon; the show's, if one is named, wins over it; what editors added in the folder wins over both.

    Raises `LexiconError` for a show's file that is missing and for any that is wrong.
    """
    more = lexicon_files(config, slug, folder)
    return words.load([words.HOUSE, *more]) if more else mandarin.house()


def lexicon_files(config: Config, slug: str | None, folder: Path) -> list[Path]:
    """The files of words besides the house's own, the winning one last."""
    own = config.shows[slug].lexicon if slug else ""
    added = folder / ADDED_WORDS
    return ([config.base / own] if own else []) + ([added] if added.is_file() else [])


def condensed(
    articles: Sequence[Article], budget: int, day: date, place: str
) -> list[tuple[Article, tuple[Sentence, ...]]]:
    """Each article by itself within a budget, as the default condenser makes it."""
    condenser = Extractive(day, place)
    return [(article, condenser.condense(Story(article, (), 0.0, (), budget))) for article in articles]


def _cover(described: Described, folder: Path) -> bytes:
    """The show's cover, drawn once for its words."""
    words = hashlib.sha256(f"{described.title}\n{described.author}".encode()).hexdigest()[:12]
    path = folder / "covers" / f"{words}.jpg"
    if not path.is_file():
        fonts = [downloads.folder() / asset.path for asset in downloads.FONTS]
        drawn = cover.draw_cover(described.title, described.author, *fonts)
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".new")
        temporary.write_bytes(drawn)
        temporary.replace(path)
    return path.read_bytes()

"""Config → ready objects: the only room that chooses implementations.

A new source, voice or publisher is one file behind its protocol and one line in a dict here.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from briefing import assets, compose, mandarin, rundown
from briefing.condense import llm
from briefing.condense.extractive import Extractive
from briefing.condense.faithful import Guarded, Guards, Merged
from briefing.condense.local import Local
from briefing.config import PLUGINS, WEEKDAYS
from briefing.errors import ConfigError
from briefing.house import House
from briefing.mandarin import lexicon as words
from briefing.model import Story
from briefing.production import Production, Sounding
from briefing.sources import epaper, folder, formats, kit, rss, web
from briefing.sources.base import Ready, Setup, foreign
from briefing.sources.fetching import Fetcher, Manners
from briefing.sources.newspaper import Newspaper
from briefing.timetable import Hours
from briefing.wiring.telling import alarm, secret, secret_names, secrets, ways
from feed import cover, rhythm
from feed.folder import Folder
from feed.model import Person, Show
from feed.names import content_type
from feed.paging import FEED
from feed.publish import Policy
from feed.rss import podcast_guid
from voices import audio, mastering, music, stitch, whole
from voices.cache import Remembering
from voices.chain import Chain
from voices.edge import Edge
from voices.espeak import Espeak
from voices.kokoro import Kokoro
from voices.model import Millis
from voices.openai import OpenAI
from voices.remote import Patience
from voices.silent import Silent
from voices.whole import Checked, Pace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from briefing.condense.base import Condenser
    from briefing.config import Anchor, Config, Engine, Publish
    from briefing.config import Llm as DescribedLlm
    from briefing.config import Show as Described
    from briefing.model import Article, EditionKey, Sentence
    from briefing.sources.base import Reader, Source
    from briefing.sources.formats import Contents
    from briefing.store import Store
    from feed.publish import Publisher
    from voices.base import Voice
    from voices.model import Clip

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

SOURCES: dict[str, Reader] = {
    "newspaper": lambda setup, since, until: Newspaper(setup.name, setup.path, setup.zone).fetch(
        since, until
    ),
    "folder": folder.articles,
    "rss": rss.articles,
    "web": web.articles,
    "epaper": epaper.articles,
}
"""Kinds of source by the name that the configuration gives them; other packages add theirs by entry points."""

SPEAKERS = {"edge": "zh-CN-XiaoxiaoNeural", "kokoro": "zf_xiaoyi", "openai": "alloy"}
"""Who speaks when the configuration names no speaker; the other engines have only one."""

VOICES: dict[str, Callable[[Engine, Path, Patience], Voice]] = {
    "edge": lambda engine, _cache, patience: Edge(
        engine.speaker or SPEAKERS["edge"],
        speed=engine.speed,
        pitch=engine.pitch,
        volume=engine.volume,
        proxy=engine.proxy,
        patience=patience,
    ),
    "espeak": lambda engine, _cache, _patience: Espeak(engine.speed),
    "kokoro": lambda engine, cache, _patience: Kokoro(
        cache / "kokoro", engine.speaker or SPEAKERS["kokoro"], engine.speed
    ),
    "openai": lambda engine, _cache, patience: OpenAI(
        engine.address,
        engine.speaker or SPEAKERS["openai"],
        model=engine.model,
        speed=engine.speed,
        key=engine.key,
        proxy=engine.proxy,
        patience=patience,
    ),
    "silent": lambda _engine, _cache, _patience: Silent(),
}
"""Engines by the name that the configuration gives them."""

NEEDS: dict[str, tuple[assets.Asset, ...]] = {"kokoro": assets.KOKORO}
"""What an engine needs in the cache before it can speak."""

SPEAKERS_FILE = "edge-speakers.json"
"""The list of edge's speakers below the cache."""

CLIPS = "clips"
"""The spoken sentences below the cache, shared by all shows."""


def needed(config: Config, slug: str) -> tuple[assets.Asset, ...]:
    """The files that a show cannot be made without."""
    return needs(*(config.anchors[name] for name in config.shows[slug].anchors)) + assets.FONTS


def needs(*anchors: Anchor) -> tuple[assets.Asset, ...]:
    """The files that these anchors cannot speak without."""
    engines = sorted({engine.voice for anchor in anchors for engine in anchor.chain})
    return tuple(asset for engine in engines for asset in NEEDS.get(engine, ()))


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
        rhythm=rhythm.of([(one.publish, one.weekdays) for one in times.values()]),
        hub=public.hub,
    )

    credited = {name: config.sources[name].name for name in described.sources}

    def guards(key: EditionKey) -> Guards:
        return Guards(key.day, places, credited)

    def condenser(key: EditionKey) -> Condenser:
        extracted = Merged(Local(key.day, places), credited)
        return Guarded(_model(described.llm, key, places) or extracted, extracted, guards(key))

    return Production(
        store=store,
        folder=folder,
        show=show,
        wording=compose.Wording(
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
        sources=_sources(config, described, store),
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
        policy=Policy(public.page_size, public.cap, public.latest),
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
        from feed.s3 import S3  # noqa: PLC0415 - its library is not everybody's, and slow to load
    except ModuleNotFoundError as error:
        raise ConfigError(
            f"a bucket needs {error.name}, which is not installed; run `pip install 'briefing[s3]'`"
        ) from error
    return S3(
        public.bucket,
        f"{public.prefix}{slug}/",
        address,
        endpoint=public.endpoint,
        region=public.region,
        key=secret(public.key),
        secret=secret(public.secret),
    )


PUBLISHERS: dict[str, Callable[[Publish, str, Path, str], Publisher]] = {
    "folder": lambda _public, slug, folder, address: Folder(folder / PUBLIC / slug, address),
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


def fetched(url: str, zone: ZoneInfo, *, private: bool) -> Contents:
    """The articles at an address that a person names; one that runs over several pages, whole."""
    fetcher = Fetcher()
    manners = Manners(private=private)
    first = fetcher.get(url, manners)
    contents = formats.read(first.content, zone, url=first.url, charset=first.charset, now=datetime.now(zone))
    if len(contents.articles) != 1 or contents.articles[0].complete:
        return contents
    setup = Setup(
        name="page",
        zone=zone,
        path=Path(),
        get=lambda other: first if other == first.url else fetcher.get(other, manners),
        now=lambda: datetime.now(zone),
    )
    return replace(contents, articles=(kit.fetch_article(setup, first.url),))


def condensed(
    articles: Sequence[Article], budget: int, day: date, place: str
) -> list[tuple[Article, tuple[Sentence, ...]]]:
    """Each article by itself within a budget, as the default condenser makes it."""
    condenser = Extractive(day, place)
    return [(article, condenser.condense(Story(article, (), 0.0, (), budget))) for article in articles]


def sounding(described: Described, base: Path) -> Sounding:
    """A show's pauses, its music and its masters; raises `AudioFailed` for a file that is no music."""
    sound, label = described.sound, described.label
    programme = audio.Programme(
        pauses=stitch.Pauses(**{name: Millis(length) for name, length in sound.pauses}),
        imaging=music.Imaging(
            signature=_tune(sound.signature, base, music.signature, music.own_signature),
            bed=_tune(sound.bed, base, music.bed, music.own_bed),
            sting=_tune(sound.sting, base, music.sting, music.own_sting),
            headlines=sound.headlines == "sting",
            stories=sound.stories == "sting",
            label_first=label.says("tone", "start"),
            label_last=label.says("tone", "end"),
        ),
    )
    return Sounding(programme, mastering.Aim(bitrate=sound.bitrate), m4a=sound.m4a, speakers=sound.speakers)


def _tune(said: str, base: Path, house: Callable[[], Clip], own: Callable[[Path], Clip]) -> Clip | None:
    """A piece of music as the configuration names it."""
    if said in {"", music.OWN}:
        return house() if said else None
    return own(base / said)


def _sources(config: Config, described: Described, store: Store) -> dict[str, Source]:
    """The show's sources; they share one fetcher, so that no host is asked by two at once."""
    fetcher = Fetcher(store)
    return {name: _source(config, name, described, fetcher, store) for name in described.sources}


def _source(config: Config, name: str, described: Described, fetcher: Fetcher, store: Store) -> Source:
    source = config.sources[name]
    manners = Manners(pause=source.pause, robots=source.robots, private=source.allow_private)
    zone = ZoneInfo(source.timezone) if source.timezone else described.zone
    setup = Setup(
        name=name,
        zone=zone,
        path=config.base / source.path,
        get=lambda url: fetcher.get(url, manners),
        now=lambda: datetime.now(described.zone),
        url=source.url,
        match=source.match,
        limit=source.limit,
        full_text=source.full_text,
        headlines=source.headlines_only,
        licence=source.licence,
        first_met=lambda names: store.first_met(name, names, datetime.now(described.zone)),
    )
    return Ready(setup, SOURCES.get(source.kind) or _added(source.kind))


def _added(kind: str) -> Reader:
    """A kind of source that another package adds; whatever fails in it is told as a trouble of the source."""
    entry = next(iter(entry_points(group=PLUGINS, name=kind)))
    try:
        reader: Reader = entry.load()
    except Exception as error:
        # The package is somebody else's.
        raise ConfigError(
            f"the package that adds the source kind {kind!r} cannot be loaded: {error}"
        ) from error
    return foreign(kind, reader)


def voice(anchor: Anchor, megabytes: int = 2048) -> Voice:
    """An anchor's engines, of which the first that can speaks the whole edition."""
    return Chain([remembered(engine, megabytes) for engine in anchor.chain])


def remembered(engine: Engine, megabytes: int = 2048) -> Voice:
    """An engine whose clips are proved whole, and then remembered for every show."""
    cache = assets.folder()
    pace = None if engine.voice == "silent" else Pace(whole.NEWSREADER / engine.speed)
    made = VOICES[engine.voice](engine, cache, Patience())
    return Remembering(Checked(made, pace), cache / CLIPS, megabytes * 1024 * 1024)


def _cover(described: Described, folder: Path) -> bytes:
    """The show's cover, drawn once for its words."""
    words = hashlib.sha256(f"{described.title}\n{described.author}".encode()).hexdigest()[:12]
    path = folder / "covers" / f"{words}.jpg"
    if not path.is_file():
        fonts = [assets.folder() / asset.path for asset in assets.FONTS]
        drawn = cover.draw(described.title, described.author, *fonts)
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".new")
        temporary.write_bytes(drawn)
        temporary.replace(path)
    return path.read_bytes()

"""Config → ready objects: the only file that chooses implementations.

A new source, voice or publisher is one file behind its protocol and one line in a dict here.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from briefing import assets, compose, mandarin, rundown
from briefing.condense.extractive import Extractive
from briefing.condense.local import Local
from briefing.mandarin import lexicon as words
from briefing.model import Story
from briefing.pipeline import Desk
from briefing.sources.newspaper import Newspaper
from feed import cover
from feed.model import Show
from feed.publish import Folder
from feed.rss import FEED, podcast_guid
from voices import whole
from voices.cache import Remembering
from voices.chain import Chain
from voices.edge import Edge
from voices.espeak import Espeak
from voices.kokoro import Kokoro
from voices.openai import OpenAI
from voices.remote import Patience
from voices.silent import Silent
from voices.whole import Checked, Pace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from briefing.condense.base import Condenser
    from briefing.config import Anchor, Config, Engine
    from briefing.config import Show as Described
    from briefing.model import Article, EditionKey, Sentence
    from briefing.sources.base import Source
    from briefing.store import Store
    from voices.base import Voice

PUBLIC = "public"
"""The published folder below the working folder; each show has its own below that."""

ADDED_WORDS = "lexicon.toml"
"""The words that editors have added, below the working folder."""

SOURCES: dict[str, Callable[[str, Path, Described], Source]] = {
    "newspaper": lambda slug, path, show: Newspaper(slug, path, show.zone),
}
"""Kinds of source by the name that the configuration gives them."""

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


def desk(config: Config, slug: str, store: Store, folder: Path) -> Desk:
    """Everything that a show needs to make its editions, on a working folder."""
    described = config.shows[slug]
    places = {name: config.sources[name].place for name in described.sources}
    address = urljoin(config.house.address, f"{slug}/")
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
    )

    def condenser(key: EditionKey) -> Condenser:
        return Local(key.day, places)

    return Desk(
        store=store,
        folder=folder,
        show=show,
        wording=compose.Wording(
            title=described.title,
            greetings={name: edition.greeting for name, edition in described.editions.items()},
            places=places,
            credits={name: config.sources[name].name for name in described.sources},
        ),
        editions={name: edition.publish for name, edition in described.editions.items()},
        settings=rundown.Settings.lasting(described.minutes, described.stories),
        sources=tuple(_source(config, name, described) for name in described.sources),
        condenser=condenser,
        anchors=tuple(config.anchors[name].name for name in described.anchors),
        voices={
            config.anchors[name].name: voice(config.anchors[name], config.house.clips)
            for name in described.anchors
        },
        lexicon=lexicon(config, slug, folder),
        publisher=Folder(folder / PUBLIC / slug, address),
        cover=lambda: _cover(described, folder),
        now=lambda: datetime.now(described.zone),
    )


def lexicon(config: Config, slug: str | None, folder: Path) -> mandarin.Lexicon:
    """The house's lexicon; the show's, if one is named, wins over it; what editors added in the folder wins over both.

    Raises `LexiconError` for a show's file that is missing and for any that is wrong.
    """
    own = config.shows[slug].lexicon if slug else ""
    added = folder / ADDED_WORDS
    more = ([config.base / own] if own else []) + ([added] if added.is_file() else [])
    return words.load([words.HOUSE, *more]) if more else mandarin.house()


def condensed(
    articles: Sequence[Article], budget: int, day: date, place: str
) -> list[tuple[Article, tuple[Sentence, ...]]]:
    """Each article by itself within a budget, as the default condenser makes it."""
    condenser = Extractive(day, place)
    return [(article, condenser.condense(Story(article, (), 0.0, (), budget))) for article in articles]


def _source(config: Config, name: str, described: Described) -> Source:
    source = config.sources[name]
    return SOURCES[source.kind](name, config.base / source.path, described)


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

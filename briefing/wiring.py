"""Config → ready objects: the only file that chooses implementations.

A new source, voice or publisher is one file behind its protocol and one line in a dict here.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from briefing import assets, compose, mandarin, rundown
from briefing.condense.extractive import Extractive
from briefing.condense.faithful import Guarded, Guards, Merged
from briefing.condense.local import Local
from briefing.mandarin import lexicon as words
from briefing.model import Story
from briefing.pipeline import Desk
from briefing.sources.newspaper import Newspaper
from feed import cover
from feed.model import Show
from feed.publish import Folder
from feed.rss import FEED, podcast_guid
from voices.cache import Remembering
from voices.kokoro import Kokoro
from voices.silent import Silent
from voices.whole import Checked

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from briefing.condense.base import Condenser
    from briefing.config import Anchor, Config
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

VOICES: dict[str, Callable[[Anchor, Path], Voice]] = {
    "kokoro": lambda anchor, cache: Kokoro(cache / "kokoro", anchor.speaker, anchor.speed),
    "silent": lambda _anchor, _cache: Silent(),
}
"""Engines by the name that the configuration gives them."""

NEEDS: dict[str, tuple[assets.Asset, ...]] = {"kokoro": assets.KOKORO, "silent": ()}
"""What each engine needs in the cache before it can speak."""


def needed(config: Config, slug: str) -> tuple[assets.Asset, ...]:
    """The files that a show cannot be made without."""
    engines = sorted({config.anchors[name].voice for name in config.shows[slug].anchors})
    return tuple(asset for engine in engines for asset in NEEDS[engine]) + assets.FONTS


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

    credited = {name: config.sources[name].name for name in described.sources}

    def guards(key: EditionKey) -> Guards:
        return Guards(key.day, places, credited)

    def condenser(key: EditionKey) -> Condenser:
        extracted = Merged(Local(key.day, places), credited)
        return Guarded(extracted, extracted, guards(key))

    return Desk(
        store=store,
        folder=folder,
        show=show,
        wording=compose.Wording(
            title=described.title,
            greetings={name: edition.greeting for name, edition in described.editions.items()},
            places=places,
            credits=credited,
            **{name: text for name, text in described.templates if text},
        ),
        editions={name: edition.publish for name, edition in described.editions.items()},
        settings=_settings(described, store.speaking_rate(slug)),
        sources=tuple(_source(config, name, described) for name in described.sources),
        condenser=condenser,
        guards=guards,
        anchors=tuple(config.anchors[name].name for name in described.anchors),
        voices={config.anchors[name].name: voice(config.anchors[name]) for name in described.anchors},
        lexicon=lexicon(config, slug, folder),
        publisher=Folder(folder / PUBLIC / slug, address),
        cover=lambda: _cover(described, folder),
        now=lambda: datetime.now(described.zone),
    )


def _settings(described: Described, rate: float | None) -> rundown.Settings:
    """What the rundown is fitted to, at the pace that was measured in the show's last episodes, if there are any."""
    settings = rundown.Settings.lasting(described.minutes, described.stories, rate or rundown.SPEAKING_RATE)
    return replace(
        settings,
        favoured=described.favoured,
        pinned=frozenset(described.pinned),
        banned=frozenset(described.banned),
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


def voice(anchor: Anchor) -> Voice:
    """An engine whose clips are proved whole, and then remembered for every show."""
    cache = assets.folder()
    return Remembering(Checked(VOICES[anchor.voice](anchor, cache)), cache / "clips")


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

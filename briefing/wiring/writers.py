"""Config → what writes the script: condenser, guards, settings of the rundown, and the words around the stories."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.editorial import composition, rundown
from briefing.editorial.guard.papers import PaperGuard
from briefing.editorial.writer import llm
from briefing.editorial.writer.extractive import Extractive
from briefing.editorial.writer.faithful import Guarded, Merged
from briefing.editorial.writer.local import Local
from briefing.model import Story

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from briefing.config import Config
    from briefing.config import Llm as DescribedLlm
    from briefing.config import Show as Described
    from briefing.editorial.writer.base import Condenser
    from briefing.model import Article, EditionKey, Sentence


def build_guards(config: Config, slug: str, key: EditionKey) -> PaperGuard:
    """Return the guards of an edition's day."""
    return PaperGuard(key.day, _places(config, slug), _credits(config, slug))


def build_condenser(config: Config, slug: str, key: EditionKey) -> Condenser:
    """Return what condenses a story: the show's language model if it has one, else the built-in writer."""
    places = _places(config, slug)
    extracted = Merged(Local(key.day, places), _credits(config, slug))
    model = _model(config.shows[slug].llm, key, places)
    return Guarded(model or extracted, extracted, build_guards(config, slug, key))


def build_wording(config: Config, slug: str) -> composition.Wording:
    """Return the words around a show's stories."""
    described = config.shows[slug]
    return composition.Wording(
        title=described.title,
        greetings={name: edition.greeting for name, edition in described.editions.items()},
        places=_places(config, slug),
        credits=_credits(config, slug),
        label_first=described.label.words if described.label.says("spoken", "start") else "",
        label_last=described.label.words if described.label.says("spoken", "end") else "",
        **{name: text for name, text in described.templates if text},
    )


def build_settings(described: Described, rate: float | None) -> rundown.Settings:
    """Return the rundown's settings at the rate of the show's last episodes (Han characters a second), if known."""
    settings = rundown.Settings.lasting(described.minutes, described.stories, rate or rundown.SPEAKING_RATE)
    return replace(
        settings,
        favoured=described.favoured,
        pinned=frozenset(described.pinned),
        banned=frozenset(described.banned),
    )


def condense_articles(
    articles: Sequence[Article], budget: int, day: date, place: str
) -> list[tuple[Article, tuple[Sentence, ...]]]:
    """Condense each article by itself with the built-in writer; `budget` is in Han characters."""
    condenser = Extractive(day, place)
    return [(article, condenser.condense(Story(article, (), 0.0, (), budget))) for article in articles]


def _places(config: Config, slug: str) -> dict[str, str]:
    return {name: config.sources[name].place for name in config.shows[slug].sources}


def _credits(config: Config, slug: str) -> dict[str, str]:
    return {name: config.sources[name].name for name in config.shows[slug].sources}


def _model(described: DescribedLlm | None, key: EditionKey, places: Mapping[str, str]) -> Condenser | None:
    """Return the language model that condenses, if the show has one."""
    if described is None:
        return None
    secret = os.environ.get(described.key, "") if described.key else ""
    endpoint = llm.Endpoint(described.url, described.model, secret)
    return llm.Llm(endpoint, llm.Purse(described.tokens), key.day, places)

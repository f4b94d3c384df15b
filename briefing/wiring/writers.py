"""Config → what writes the script: writer, guards, settings of the rundown, and the words around the stories."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.editorial import rundown, show_wording
from briefing.editorial.guard.papers import PaperGuard
from briefing.editorial.llm.manner import BRIEF, TALK, Manner
from briefing.editorial.llm.model_wishes import ModelWishes
from briefing.editorial.llm.model_writer import ModelWriter
from briefing.editorial.llm.programme_pass import ProgrammePass
from briefing.editorial.writer.built_in import BuiltInWriter
from briefing.editorial.writer.faithful import Merged, RoundedFigures
from briefing.model import Story
from briefing.wiring.models import build_model_chain, load_rules

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from briefing.config import Config
    from briefing.config import Llm as DescribedLlm
    from briefing.config import Show as Described
    from briefing.editorial.writer.writer_protocol import Writer
    from briefing.model import Article, EditionKey, ModelCost, Sentence


def build_guards(config: Config, slug: str, key: EditionKey) -> PaperGuard:
    """Return the guards of an edition's day."""
    return PaperGuard(key.day, _places(config, slug), _credits(config, slug))


def build_writer(config: Config, slug: str, key: EditionKey, earlier: ModelCost | None = None) -> Writer:
    """Return what writes a story: the show's language model if it has one, else the built-in writer.

    `earlier` is what the model has cost for this edition before.
    """
    places = _places(config, slug)
    credited = _credits(config, slug)
    guards = build_guards(config, slug, key)
    built_in: Writer = Merged(BuiltInWriter(key.day, places, credited, guards), credited)
    if config.shows[slug].round_figures:
        built_in = RoundedFigures(built_in)
    return build_model_writer(config, slug, built_in, guards, earlier) or built_in


def build_wording(config: Config, slug: str) -> show_wording.Wording:
    """Return the words around a show's stories."""
    described = config.shows[slug]
    return show_wording.Wording(
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
    places = {article.source: place for article in articles}
    writer = BuiltInWriter(day, places, guard=PaperGuard(day, places, {}))
    return [(article, writer.write(Story(article, (), 0.0, (), budget))) for article in articles]


def _places(config: Config, slug: str) -> dict[str, str]:
    return {name: config.sources[name].place for name in config.shows[slug].sources}


def _credits(config: Config, slug: str) -> dict[str, str]:
    return {name: config.sources[name].name for name in config.shows[slug].sources}


def build_model_writer(
    config: Config, slug: str, built_in: Writer, guard: PaperGuard, earlier: ModelCost | None = None
) -> ModelWriter | None:
    """Return the language models of a show as its writer, if it has any; `earlier` is what the edition cost before."""
    described = config.shows[slug].llm
    if described is None:
        return None
    chain, manner = build_model_chain(config, described, earlier), _build_manner(config, slug, described)
    rules = load_rules(config, described.programme_prompt, "programme")
    return ModelWriter(
        chain=chain,
        day=guard.aired,
        places=guard.places,
        manner=manner,
        guard=guard,
        built_in=built_in,
        programme=ProgrammePass(chain, guard, manner, rules),
        wishes=ModelWishes(chain, guard, manner, load_rules(config, described.change_prompt, "change")),
    )


def _build_manner(config: Config, slug: str, described: DescribedLlm) -> Manner:
    """Return a show's style with its own rules, if it has any, and its forbidden words."""
    style, show = described.style, config.shows[slug]
    rules = load_rules(config, described.prompt, style)
    hosts = tuple(config.anchors[name].name for name in show.anchors[:2]) if style == TALK else ()
    return Manner(rules, described.forbidden, 1 if style == BRIEF else 0, hosts)

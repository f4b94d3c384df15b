"""What is said today, in which order, at what length, and why: a pure function of the day's articles.

    articles ─► what is no news is dropped ─► one event, one story ─► weighed, with reasons ─► fitted into the time

The same articles and settings give the same rundown, whatever order they come in. Every article given is either in a
story or among the dropped, with its reason in words for an editor.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from briefing.editorial.rundown import budgets, news, ranking, same_events
from briefing.editorial.rundown.settings import SPEAKING_RATE, Settings
from briefing.model import Dropped, Rundown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from briefing.model import Article, Story

__all__ = ["SPEAKING_RATE", "Ranking", "Settings", "choose", "fit_stories", "rank_articles"]

NONE_UNTOLD: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Ranking:
    """The day's stories by weight without lengths, and what is out for good: the part that costs time, made once."""

    stories: tuple[Story, ...]
    dropped: tuple[Dropped, ...]


def choose(articles: Iterable[Article], settings: Settings, earlier: Sequence[Article] = ()) -> Rundown:
    """The rundown of the articles; `earlier` is what the show broadcast in the last days, which is not said again."""
    return fit_stories(rank_articles(articles, settings, earlier), settings)


def rank_articles(
    articles: Iterable[Article], settings: Settings, earlier: Sequence[Article] = ()
) -> Ranking:
    """Return the stories of the articles by weight, and the articles that are no news of today."""
    dropped: list[Dropped] = []
    fit: list[Article] = []
    for article in sorted(articles, key=_place):
        why = news.objection(article, settings)
        if why:
            dropped.append(Dropped(article, why))
        else:
            fit.append(article)
    fresh, stale, followed = same_events.unheard(fit, earlier)
    candidates, copies = same_events.merged(fresh)
    stories, lesser = ranking.without_lesser(ranking.ranked(candidates, settings, followed))
    return Ranking(stories, (*dropped, *stale, *copies, *lesser))


def fit_stories(ranked: Ranking, settings: Settings, untold: Mapping[str, str] = NONE_UNTOLD) -> Rundown:
    """Return the stories that fit, with their lengths; `untold` gives by id why a story cannot be told after all."""
    able = [story for story in ranked.stories if story.article.id not in untold]
    unable = (
        Dropped(article, untold[story.article.id])
        for story in ranked.stories
        if story.article.id in untold
        for article in (story.article, *story.others)
    )
    stories, unfitted = budgets.fitted(able, settings)
    return Rundown(ranking.arranged(stories), (*ranked.dropped, *unable, *unfitted))


def _place(article: Article) -> tuple[str, str, int, str]:
    """The order of the papers and their pages, so that the order of arrival does not matter."""
    return article.source, article.page, article.position, article.id

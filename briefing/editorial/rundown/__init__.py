"""What is said today, in which order, at what length, and why: a pure function of the day's articles.

    articles ─► what is no news is dropped ─► one event, one story ─► weighed, with reasons ─► fitted into the time

The same articles and settings give the same rundown, whatever order they come in. Every article given is either in a
story or among the dropped, with its reason in words for an editor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.editorial.rundown import budgets, news, ranking, same_events
from briefing.editorial.rundown.settings import SPEAKING_RATE, Settings
from briefing.model import Dropped, Rundown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing.model import Article

__all__ = ["SPEAKING_RATE", "Settings", "choose"]


def choose(articles: Iterable[Article], settings: Settings, earlier: Sequence[Article] = ()) -> Rundown:
    """The rundown of the articles; `earlier` is what the show broadcast in the last days, which is not said again."""
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
    stories, unfitted = budgets.fitted(ranking.ranked(candidates, settings, followed), settings)
    return Rundown(ranking.arranged(stories), (*dropped, *stale, *copies, *unfitted))


def _place(article: Article) -> tuple[str, str, int, str]:
    """The order of the papers and their pages, so that the order of arrival does not matter."""
    return article.source, article.page, article.position, article.id

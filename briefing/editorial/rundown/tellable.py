"""Rundown without the stories that its writer knows it cannot tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.editorial import rundown
from briefing.editorial.writer.writer_protocol import SilenceExplainer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.editorial.rundown import Settings
    from briefing.editorial.writer.writer_protocol import Writer
    from briefing.model import Article, Rundown

MOST_REPLACED = 3
"""Times that stories which cannot be told make room for the next ones."""


def choose_tellable(
    articles: Sequence[Article], earlier: Sequence[Article], settings: Settings, writer: Writer
) -> Rundown:
    """Return the rundown of the articles without the stories that the writer knows it cannot tell."""
    ranked = rundown.rank_articles(articles, settings, earlier)
    if not isinstance(writer, SilenceExplainer):
        return rundown.fit_stories(ranked, settings)
    untold: dict[str, str] = {}
    for _ in range(MOST_REPLACED):
        chosen = rundown.fit_stories(ranked, settings, untold)
        silent = {
            story.article.id: why
            for story in chosen.stories
            if story.article.complete and (why := writer.explain_silence(story))
        }
        if not silent:
            break
        untold |= silent
    return rundown.fit_stories(ranked, settings, untold)

"""An article of the day that an editor takes into the script: written as the first draft would have done it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.desk.problems import ProblemDetails
from briefing.editions.writing.counted_writer import counted_writer
from briefing.editorial import composition
from briefing.editorial.rundown import budgets
from briefing.errors import NothingToSay
from briefing.model import Kind, Segment, Story

if TYPE_CHECKING:
    from briefing.editions.show_context import ShowContext
    from briefing.model import EditionKey


def write_segment(context: ShowContext, key: EditionKey, name: str) -> Segment:
    """A segment that tells the article of this id, by the show's first anchor.

    Raises `Problem` (404) for one that is not the edition's, `NothingToSay` for one that cannot be told.
    """
    article = next(
        (article for article in context.store.articles.list_articles(key) if article.id == name), None
    )
    if article is None:
        raise ProblemDetails(404, f"{key} has no article {name}; look at its articles again")
    story = Story(article, (), 0.0, (), budgets.ceiling(Story(article, (), 0.0, (), 0), context.settings))
    with counted_writer(context, key) as writer:
        sentences = writer.write(story)
    if not sentences:
        raise NothingToSay(f"“{article.title}” cannot be told in a few sentences; write it by hand")
    title = composition.headline(story, context.wording, key.day).rstrip("。")
    return Segment(f"story-{article.id[:8]}", Kind.STORY, title, context.anchors[0], sentences, (article.id,))

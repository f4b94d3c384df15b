"""What a script announces, kept true: headlines, transitions and credits follow the stories of an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.editorial import follow_rundown, script

if TYPE_CHECKING:
    from briefing.editions.show_context import ShowContext
    from briefing.model import EditionKey, Script


def follow_changes(context: ShowContext, key: EditionKey, before: Script, after: Script) -> Script:
    """Return a script whose stories somebody changed, with what the programme itself wrote around them following.

    Sentences of the programme are those of its own newest revision.
    """
    store, show = context.store, context.show.title
    own = store.scripts.newest_script_by(key, show)
    written = (
        {sentence.text for part in script.parse(own.text).segments for sentence in part.sentences}
        if own
        else set()
    )
    credited = {
        article.id: context.wording.credits.get(article.source) or article.source
        for article in store.articles.list_articles(key)
    }
    return follow_rundown.follow_rundown(before, after, written, credited)

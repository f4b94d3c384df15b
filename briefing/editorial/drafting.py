"""The day's articles → a script of the right length: choose, condense, compose, and once more when that did not fit.

Pure: the same articles, settings and wording give the same script.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing.editorial import composition, fragments, rundown
from briefing.editorial import script as script_file
from briefing.editorial.rundown import budgets
from briefing.editorial.rundown.tellable import MOST_REPLACED
from briefing.editorial.script_length import spoken_chars
from briefing.editorial.writer.faithful import UNTOLD
from briefing.editorial.writer.writer_protocol import BatchWriter, ProgrammeEditor, SilenceExplainer
from briefing.model import Dropped, han_count

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from briefing.editorial.rundown import Ranking, Settings
    from briefing.editorial.show_wording import Wording
    from briefing.editorial.writer.writer_protocol import Writer
    from briefing.model import Article, EditionKey, Rundown, Script, Sentence, Story

    Told = list[tuple[Story, tuple[Sentence, ...]]]

ROUNDS = 3
"""How often time that stories did not use is given to others."""

USED = 0.75
"""Share of its budget that a story must have used to be given more: the others have nothing left to say."""

THIN = 0.2
"""Share of the programme's length that its stories take on a thin day, which listeners are told of."""

NEAR = 0.02
"""Share of its length by which a programme may be off before it is fitted again."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A script and the rundown that it tells."""

    script: Script
    rundown: Rundown

    def dump_script(self) -> str:
        """Return the script as the text of its file."""
        return script_file.dump(self.script)


def draft(
    key: EditionKey,
    articles: Sequence[Article],
    earlier: Sequence[Article],
    settings: Settings,
    wording: Wording,
    writer: Writer,
    anchors: Sequence[str],
) -> Drafted:
    """The first draft of an edition; `earlier` is what the show told in the last days. Raises as `compose` does."""
    ranked = rundown.rank_articles(articles, settings, earlier)

    def once(settings: Settings) -> Drafted:
        chosen, tellings = _tell_stories(ranked, writer, settings, wording, key.day)
        lengths = {story.article.id: _han(sentences) for story, sentences in tellings}
        stories = tuple(replace(story, budget=lengths[story.article.id]) for story in chosen.stories)
        thin = sum(lengths.values()) < THIN * settings.total
        script = composition.compose(key, wording, tellings, anchors, thin=thin)
        return Drafted(script, replace(chosen, stories=stories))

    first = once(settings)
    fitted = settings.framed(_frame(first))
    if not settings.total or abs(fitted.target - settings.target) <= NEAR * settings.total:
        return _edit_programme(first, writer)
    return _edit_programme(once(fitted), writer)


def _edit_programme(drafted: Drafted, writer: Writer) -> Drafted:
    """Have the whole programme read once more by a writer that does so."""
    if not isinstance(writer, ProgrammeEditor):
        return drafted
    return replace(drafted, script=writer.edit_programme(drafted.script, drafted.rundown.stories))


def _tell_stories(
    ranked: Ranking, writer: Writer, settings: Settings, wording: Wording, day: date
) -> tuple[Rundown, Told]:
    """Return the rundown and its stories as told; one that cannot be told gives its time to the next."""
    untold: dict[str, str] = {}
    for _ in range(MOST_REPLACED):
        chosen = rundown.fit_stories(ranked, settings, untold)
        tellings = _told(chosen.stories, writer, settings, wording, day)
        silent = [story for story, sentences in tellings if not sentences]
        if not silent or len(silent) == len(tellings):
            break
        untold |= {story.article.id: _explain_silence(writer, story) for story in silent}
    kept = [(story, sentences) for story, sentences in tellings if sentences]
    left_out = tuple(Dropped(story.article, untold.get(story.article.id, UNTOLD)) for story in silent)
    stories = tuple(story for story, _ in kept)
    return replace(chosen, stories=stories, dropped=(*chosen.dropped, *left_out)), kept


def _explain_silence(writer: Writer, story: Story) -> str:
    known = writer.explain_silence(story) if isinstance(writer, SilenceExplainer) else ""
    return known or UNTOLD


def _told(stories: Sequence[Story], writer: Writer, settings: Settings, wording: Wording, day: date) -> Told:
    """Each story condensed; time that some cannot use goes to those that can."""
    first = zip(stories, _write_all(stories, writer), strict=True)
    written: Told = [(story, _complete(story, sentences, wording, day)) for story, sentences in first]
    for _ in range(ROUNDS):
        spare = settings.target - sum(_han(sentences) for _, sentences in written)
        hungry = [
            index for index, (story, lines) in enumerate(written) if _wants_more(story, lines, settings)
        ]
        if spare <= NEAR * settings.target or not hungry:
            break
        for index in hungry:
            story, lines = written[index]
            budget = min(budgets.ceiling(story, settings), story.budget + max(1, spare // len(hungry)))
            more = replace(story, budget=budget)
            written[index] = (more, max(lines, writer.write(more), key=_han))
    return written


def _complete(
    story: Story, sentences: tuple[Sentence, ...], wording: Wording, day: date
) -> tuple[Sentence, ...]:
    """Return a story's sentences; of a broken article its title, and what stands alone."""
    if story.article.complete:
        return sentences
    return fragments.tell_fragment(story, sentences, wording.page(story.article, day))


def _write_all(stories: Sequence[Story], writer: Writer) -> list[tuple[Sentence, ...]]:
    """Every story written, at the same time where the writer can."""
    if isinstance(writer, BatchWriter):
        return writer.write_all(stories)
    return [writer.write(story) for story in stories]


def _wants_more(story: Story, said: Sequence[Sentence], settings: Settings) -> bool:
    return (
        story.article.complete
        and story.budget < budgets.ceiling(story, settings)
        and _han(said) >= USED * story.budget
    )


def _han(sentences: Sequence[Sentence]) -> int:
    return sum(han_count(sentence.text) for sentence in sentences)


def _frame(drafted: Drafted) -> int:
    """Return what all around the stories takes."""
    return spoken_chars(drafted.script) - sum(story.budget for story in drafted.rundown.stories)

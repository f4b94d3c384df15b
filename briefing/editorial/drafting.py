"""The day's articles → a script of the right length: choose, condense, compose, and once more when that did not fit.

Pure: the same articles, settings and wording give the same script.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing import mandarin
from briefing.editorial import composition, rundown
from briefing.editorial.rundown import budgets
from briefing.editorial.writer.writer_protocol import BatchWriter
from briefing.model import Kind, han_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.editorial.rundown import Settings
    from briefing.editorial.writer.writer_protocol import Writer
    from briefing.model import Article, EditionKey, Rundown, Script, Sentence, Story

    Told = list[tuple[Story, tuple[Sentence, ...]]]

ROUNDS = 3
"""How often time that stories did not use is given to others."""

USED = 0.75
"""Share of its budget that a story must have used to be given more: the others have nothing left to say."""

NEAR, FAR = 0.02, 0.08
"""How far from its length a programme may be before it is fitted again, and before somebody is told why."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A script and the rundown that it tells."""

    script: Script
    rundown: Rundown


@dataclass(frozen=True, slots=True)
class Length:
    """Length of a script and its target, in seconds at the voice's rate; `why` says in Chinese if it is far off."""

    seconds: float
    target: float
    why: str = ""


def draft(
    key: EditionKey,
    articles: Sequence[Article],
    earlier: Sequence[Article],
    settings: Settings,
    wording: composition.Wording,
    writer: Writer,
    anchors: Sequence[str],
) -> Drafted:
    """The first draft of an edition; `earlier` is what the show told in the last days. Raises as `compose` does."""

    def once(settings: Settings) -> Drafted:
        chosen = rundown.choose(articles, settings, earlier)
        tellings = _told(chosen.stories, writer, settings)
        lengths = {story.article.id: _han(sentences) for story, sentences in tellings}
        stories = tuple(replace(story, budget=lengths[story.article.id]) for story in chosen.stories)
        return Drafted(composition.compose(key, wording, tellings, anchors), replace(chosen, stories=stories))

    first = once(settings)
    fitted = settings.framed(_frame(first))
    if not settings.total or abs(fitted.target - settings.target) <= NEAR * settings.total:
        return first
    return once(fitted)


def _told(stories: Sequence[Story], writer: Writer, settings: Settings) -> Told:
    """Each story condensed; time that some cannot use goes to those that can."""
    written: Told = list(zip(stories, _write_all(stories, writer), strict=True))
    for _ in range(ROUNDS):
        spare = settings.target - sum(_han(sentences) for _, sentences in written)
        hungry = [
            index for index, (story, lines) in enumerate(written) if _wants_more(story, lines, settings)
        ]
        if spare <= NEAR * settings.target or not hungry:
            break
        for at in hungry:
            story, lines = written[at]
            budget = min(budgets.ceiling(story, settings), story.budget + max(1, spare // len(hungry)))
            more = replace(story, budget=budget)
            written[at] = (more, max(lines, writer.write(more), key=_han))
    return written


def _write_all(stories: Sequence[Story], writer: Writer) -> list[tuple[Sentence, ...]]:
    """Every story written, at the same time where the writer can."""
    if isinstance(writer, BatchWriter):
        return writer.write_all(stories)
    return [writer.write(story) for story in stories]


def _wants_more(story: Story, said: Sequence[Sentence], settings: Settings) -> bool:
    return story.budget < budgets.ceiling(story, settings) and _han(said) >= USED * story.budget


def _han(sentences: Sequence[Sentence]) -> int:
    return sum(han_count(sentence.text) for sentence in sentences)


def _frame(drafted: Drafted) -> int:
    """Return what all around the stories takes."""
    return _spoken(drafted.script) - sum(story.budget for story in drafted.rundown.stories)


def _spoken(script: Script) -> int:
    texts = (sentence.text for segment in script.segments for sentence in segment.sentences)
    return sum(han_count(mandarin.strip(text)) for text in texts)


def length(script: Script, settings: Settings, measured: float | None = None) -> Length:
    """Return how long a script takes, `measured` or at the settings' rate, and why if it is far off."""
    seconds, target = measured or _spoken(script) / settings.rate, settings.total / settings.rate
    if not target or abs(seconds - target) <= FAR * target:
        return Length(seconds, target)
    if seconds > target:
        return Length(seconds, target, "稿子比节目时间长，请删减")
    count = sum(segment.kind is Kind.STORY for segment in script.segments)
    return Length(seconds, target, f"今天可播的新闻只有{count}条，节目会比平时短，不凑时间")

"""Add what other papers know of a story, with their names, and where they contradict it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing.editorial.contradictions import find_contradictions
from briefing.editorial.facts.rounding import hedge_figures
from briefing.editorial.writer.writer_protocol import SilenceExplainer
from briefing.model import Sentence, han_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefing.editorial.writer.writer_protocol import Writer
    from briefing.model import Article, Story

ADDED = 0.25
"""Share of a story's budget that other papers may add."""

UNTOLD = "正文里没有一句话能说清标题的事"
"""Reason for leaving a story out of which nothing can be said, in Chinese."""

MOST_DIFFERING = 2
"""Figures of other papers that are told as different from the first one's."""

LEAST = 20
"""Han characters that are worth naming another paper for."""

_FIGURE = re.compile(r"\d[\d.,]*[\u4e00-\u9fff%％℃]?")


def printed(sentence: Sentence, articles: Sequence[Article]) -> Sentence:
    """The sentence with those of its sources only that an article holds: search and replace changes the others too."""
    sources = (
        source
        for source in sentence.rests_on
        if any(source in {article.title, article.kicker} or source in article.text for article in articles)
    )
    return replace(sentence, rests_on=tuple(sources))


@dataclass(frozen=True, slots=True)
class Merged:
    """Lets the other articles of a story add what they know beyond the first: a sentence each, with their paper's name."""

    writer: Writer
    credits: Mapping[str, str]

    def write(self, story: Story) -> tuple[Sentence, ...]:
        """The story within its budget, the other papers' figures last."""
        room = round(story.budget * ADDED) if story.others else 0
        differing = tuple(self._differing(story))[:MOST_DIFFERING]
        room -= sum(han_count(sentence.text) for _, sentence in differing)
        added = tuple(self._added(story, room))
        taken = sum(han_count(sentence.text) for sentence in (*added, *(line for _, line in differing)))
        told = self.writer.write(replace(story, budget=story.budget - taken))
        spoken = "".join(sentence.text for sentence in told)
        return (*told, *added, *(sentence for number, sentence in differing if number in spoken))

    def explain_silence(self, story: Story) -> str:
        """Return in Chinese why nothing is said of a story; "" where something is."""
        if self.writer.write(story):
            return ""
        known = self.writer.explain_silence(story) if isinstance(self.writer, SilenceExplainer) else ""
        return known or UNTOLD

    def _differing(self, story: Story) -> Iterator[tuple[str, Sentence]]:
        """Yield the first paper's number and what another prints instead, as its own: neither is taken for true."""
        for other in story.others:
            paper = self.credits.get(other.source) or other.source
            for contradiction in find_contradictions(story.article, other):
                text = f"《{paper}》报道的数字不同：{contradiction.other.naming}{contradiction.other.words}。"
                number = re.sub(r"[^\d.]", "", contradiction.first.words) or contradiction.first.words
                yield number, Sentence(text, (contradiction.other.sentence, contradiction.first.sentence))

    def _added(self, story: Story, room: int) -> Iterator[Sentence]:
        figures = set(_FIGURE.findall(story.article.text))
        for other in story.others:
            opening = f"另据《{self.credits.get(other.source) or other.source}》报道，"
            alone = replace(story, article=other, others=())
            for sentence in self.writer.write(alone)[1:] if room >= LEAST else ():
                added = Sentence(opening + sentence.text, sentence.rests_on)
                new = set(_FIGURE.findall(sentence.text)) - figures
                if new and han_count(added.text) <= room:
                    figures |= new
                    room -= han_count(added.text)
                    yield added
                    break


@dataclass(frozen=True, slots=True)
class RoundedFigures:
    """Says exact figures of another writer's stories as round ones, where the exact does not matter to a listener."""

    writer: Writer

    def write(self, story: Story) -> tuple[Sentence, ...]:
        """Return the story with round figures, or as it is where they would not fit its budget."""
        told = self.writer.write(story)
        rounded = tuple(replace(sentence, text=hedge_figures(sentence.text)) for sentence in told)
        fits = sum(han_count(sentence.text) for sentence in rounded) <= story.budget
        return rounded if fits else told

    def explain_silence(self, story: Story) -> str:
        """Return what the other writer says of its silence."""
        return self.writer.explain_silence(story) if isinstance(self.writer, SilenceExplainer) else ""

"""Make a story or a sentence shorter or longer without a language model; what the guard doubts is not proposed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing.editorial.wishes import Proposal, Wish, Wished
from briefing.editorial.writer import judging, passage
from briefing.editorial.writer.source_page import Page
from briefing.editorial.writer.style.days import Calendar
from briefing.editorial.writer.style.say_aloud import say_aloud
from briefing.model import Sentence, han_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.editorial.guard.papers import PaperGuard
    from briefing.editorial.writer.writer_protocol import Writer

SHORTER = 0.8
"""Share of its length that a shortened story has at most."""
LONGER = 2
"""How many times its length a story is written at to find what else can be said."""
NOTHING_LESS = "没有可以再省的：再短就缺了要紧的话"
NOTHING_MORE = "原文里没有更多可以补的话"


@dataclass(frozen=True, slots=True)
class Resizer:
    """Shortens and lengthens what stands in a script."""

    writer: Writer
    """The built-in writer."""
    guard: PaperGuard

    def propose_change(self, wished: Wished) -> Proposal:
        """Return the sentences that a wish for more or less asks for; none when there is nothing to take or to add."""
        if wished.wish is Wish.SHORTER:
            shorter = self._shorten(wished)
            return Proposal(shorter) if shorter else Proposal((), NOTHING_LESS)
        longer = self._lengthen_sentence(wished) if wished.place is not None else self._lengthen_story(wished)
        return Proposal(longer) if longer else Proposal((), NOTHING_MORE)

    def _shorten(self, wished: Wished) -> tuple[Sentence, ...]:
        """Drop a story's last sentences, which are its background, or the clauses of a sentence that it can spare."""
        if len(wished.meant) > 1:
            return _drop_last(wished.meant)
        candidates = (
            sentence for sentence in _without_clauses(wished.meant[0]) if self._is_sayable(wished, sentence)
        )
        best = max(candidates, key=lambda sentence: han_count(sentence.text), default=None)
        return (best,) if best else ()

    def _lengthen_story(self, wished: Wished) -> tuple[Sentence, ...]:
        """Add the next sentence that the built-in writer would say, behind what it follows in the article."""
        used = {source for sentence in wished.sentences for source in sentence.rests_on}
        order = [source.text for source in passage.sources(wished.story.article)]
        for sentence in self._write_longer(wished):
            if not used & set(sentence.rests_on):
                index = _place_of(sentence, wished.sentences, order)
                return (*wished.sentences[:index], sentence, *wished.sentences[index:])
        return ()

    def _lengthen_sentence(self, wished: Wished) -> tuple[Sentence, ...]:
        """Say more of the same printed sentence: as the built-in writer does, or all of it."""
        (sentence,) = wished.meant
        article = wished.story.article
        page = Page(
            Calendar(article.printed_day, self.guard.aired), self.guard.places.get(article.source, ""), ""
        )
        whole = tuple(replace(sentence, text=say_aloud(text, page)) for text in sentence.rests_on)
        written = self._write_longer(wished)
        for longer in (*written, *whole):
            more = han_count(longer.text) > han_count(sentence.text)
            if more and set(longer.rests_on) <= set(sentence.rests_on) and self._is_sayable(wished, longer):
                return (replace(longer, anchor=sentence.anchor),)
        return ()

    def _write_longer(self, wished: Wished) -> tuple[Sentence, ...]:
        length = sum(han_count(sentence.text) for sentence in wished.sentences)
        return self.writer.write(replace(wished.story, budget=LONGER * max(length, 100)))

    def _is_sayable(self, wished: Wished, sentence: Sentence) -> bool:
        """Return whether a sentence is whole and says nothing that its sources do not."""
        if judging.find_objection(sentence.text):
            return False
        return not self.guard.doubts(sentence, (wished.story.article, *wished.story.others))


def _drop_last(sentences: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """Return a story without its last sentences, so many that it is shorter by a fifth; one stays."""
    most = SHORTER * sum(han_count(sentence.text) for sentence in sentences)
    rest = sentences[:-1]
    while len(rest) > 1 and sum(han_count(sentence.text) for sentence in rest) > most:
        rest = rest[:-1]
    return rest


def _without_clauses(sentence: Sentence) -> Iterator[Sentence]:
    """Yield a sentence without one of its clauses, or without all from one on; the first stays."""
    parts = passage.clauses(sentence.text)
    for index in range(1, len(parts)):
        for rest in ((*parts[:index], *parts[index + 1 :]), parts[:index]):
            yield replace(sentence, text="".join(rest).rstrip("，；：。") + "。")


def _place_of(sentence: Sentence, sentences: Sequence[Sentence], order: Sequence[str]) -> int:
    """Return where a sentence belongs among others, by where their sources stand in the article."""

    def source_index(other: Sentence) -> int:
        return max((order.index(source) for source in other.rests_on if source in order), default=-1)

    before = [index for index, other in enumerate(sentences) if source_index(other) < source_index(sentence)]
    return before[-1] + 1 if before else len(sentences)

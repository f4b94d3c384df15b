"""What the news sentences of a script claim without a basis, sentence by sentence, and what somebody verified."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.editions.show_context import broadcast, parse_revision
from briefing.editorial.unspeakable import is_unspeakable
from briefing.editorial.writer import faithful
from briefing.model import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from briefing.editions.show_context import ShowContext
    from briefing.model import Article, EditionKey, Segment, Sentence

NEWS = frozenset({Kind.HEADLINES, Kind.STORY})
"""Segments that claim something; the others greet and credit in the show's own words."""

NOT_FOR_AIR = "不能播：对机器发指令、要钱或推销的话"
NO_BASIS = "没有依据：没有注明出自哪篇稿件"


@dataclass(frozen=True, slots=True)
class SentenceCheck:
    """A news sentence that its sources do not bear out."""

    segment: str
    """Id of its segment."""
    text: str
    """The sentence, marks and all."""
    doubts: tuple[str, ...]
    """What is doubted, a Chinese sentence each."""
    verified_by: str
    """Name of the person who answered 已核实; '' while nobody has."""
    grave: bool
    """Whether it may not go on the air unread: nobody verified it, and it is more than another sound of the words."""


def check_segments(
    context: ShowContext, key: EditionKey, segments: Sequence[Segment]
) -> tuple[SentenceCheck, ...]:
    """Return the news sentences of these segments that claim more than their sources, in order, verified ones too."""
    checker = _Checker(context, key)
    return tuple(check for segment in segments for check in checker.check_segment(segment))


def own_sentences(context: ShowContext, key: EditionKey) -> frozenset[str]:
    """Return the sentences that the programme itself wrote without a source, such as transitions."""
    own = context.store.scripts.newest_script_by(key, context.show.title)
    segments = parse_revision(own.text).segments if own else ()
    return frozenset(
        sentence.text for part in segments for sentence in part.sentences if not sentence.rests_on
    )


class _Checker:
    """Checks segments of one edition; what they are checked against is loaded once."""

    def __init__(self, context: ShowContext, key: EditionKey) -> None:
        self._articles = context.store.articles.list_articles(key)
        self._known = (*self._articles, *broadcast(context, key))
        self._guards = context.guards(key)
        self._own: Collection[str] = own_sentences(context, key)
        self._verified = context.store.desk.verified_sentences(key)

    def check_segment(self, segment: Segment) -> Iterator[SentenceCheck]:
        if segment.kind not in NEWS:
            return
        for sentence in segment.sentences:
            if doubts := dict(self._doubts(segment, sentence)):
                name = self._verified.get(sentence.text, "")
                grave = not name and any(doubts.values())
                yield SentenceCheck(segment.id, sentence.text, tuple(doubts), name, grave)

    def _doubts(self, segment: Segment, sentence: Sentence) -> Iterator[tuple[str, bool]]:
        """Return what is doubted and whether that is grave; a sentence without a basis is doubted whole."""
        if is_unspeakable(sentence.text):
            yield NOT_FOR_AIR, True
        if not sentence.rests_on:
            if sentence.text not in self._own:
                yield NO_BASIS, True
            return
        named = faithful.printed(sentence, self._known)
        for doubt in self._guards.doubts(named, self._meant(segment, sentence)):
            yield str(doubt), doubt.grave

    def _meant(self, segment: Segment, sentence: Sentence) -> Sequence[Article]:
        """Return the articles that a sentence is of: its segment's, those whose title it names, or any."""
        named = [
            article
            for article in self._articles
            if article.id in segment.articles or article.title in sentence.rests_on
        ]
        return named or self._articles[:1]

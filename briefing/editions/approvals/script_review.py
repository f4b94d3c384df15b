"""What a person should look at in the newest script: its length, what no source bears out, what it lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.editions import utterances
from briefing.editions.show_context import broadcast, script_of
from briefing.editorial import drafting
from briefing.editorial.writer import faithful
from briefing.model import Kind, says_synthesised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.editions.show_context import ShowContext
    from briefing.editorial.guard.unsupported_claim import UnsupportedClaim
    from briefing.model import Article, EditionKey, Segment, Sentence

NEWS = frozenset({Kind.HEADLINES, Kind.STORY})
"""The segments that claim something; the others greet and credit in the show's own words."""


UNLABELLED = "稿中没有一句话说明节目由人工智能合成，GB 45438-2025 第5.3条要求听得到这样的标识"
"""Warning that the script of a show that labels itself by a sentence has lost it."""


def length(context: ShowContext, key: EditionKey) -> drafting.Length:
    """Return how long the newest script takes, spoken or estimated, and why, if that is far off."""
    recording = context.store.recording(key)
    measured = recording.duration / 1000 if recording else None
    return drafting.length(script_of(context, key), context.settings, measured)


@dataclass(frozen=True, slots=True)
class DoubtedSentence:
    """A sentence of a script with something that no source bears out."""

    sentence: Sentence
    claim: UnsupportedClaim

    def __str__(self) -> str:
        return f"{self.claim}：{self.sentence.text}"


def doubts(context: ShowContext, key: EditionKey) -> tuple[DoubtedSentence, ...]:
    """Return what the newest script says beyond its sources, whoever wrote it, for a person to judge."""
    articles, guards = context.store.articles(key), context.guards(key)
    known_articles = (*articles, *broadcast(context, key))

    def meant(segment: Segment, sentence: Sentence) -> Sequence[Article]:
        """The articles that the sentence is of: its segment's, those whose title it says, or any."""
        own = [
            article
            for article in articles
            if article.id in segment.articles or article.title in sentence.rests_on
        ]
        return own or articles[:1]

    return tuple(
        DoubtedSentence(sentence, claim)
        for segment in script_of(context, key).segments
        if segment.kind in NEWS
        for sentence in segment.sentences
        for claim in guards.doubts(faithful.printed(sentence, known_articles), meant(segment, sentence))
    )


def unlabelled(context: ShowContext, key: EditionKey) -> bool:
    """Return whether the newest script lacks the sentence by which the show says that it is synthesised."""
    labels = context.wording.label_first or context.wording.label_last
    sentences = (
        sentence.text for segment in script_of(context, key).segments for sentence in segment.sentences
    )
    return bool(labels) and not any(map(says_synthesised, sentences))


def list_warnings(context: ShowContext, key: EditionKey) -> list[str]:
    """Return what a person should look at in the newest script, a Chinese sentence each."""
    off = length(context, key).why
    unsupported = map(str, doubts(context, key))
    misread = (
        f"{doubt.char} 应读 {doubt.chosen}，但这个声音做不到：{printed}"
        for printed, doubt in utterances.misread(context, key)
    )
    silent = [UNLABELLED] if unlabelled(context, key) else []
    return [*([off] if off else []), *silent, *unsupported, *misread]

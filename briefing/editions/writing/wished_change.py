"""Answer an editor's wish about a story or a sentence: by the show's language model, or for length without one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.editions.writing.counted_writer import counted_writer
from briefing.editorial.resizing import Resizer
from briefing.editorial.wishes import Proposal, Wish, Wished
from briefing.editorial.writer.faithful import printed
from briefing.editorial.writer.writer_protocol import ChangeProposer, CostReporter
from briefing.errors import ScriptError
from briefing.model import ModelCost, Story

if TYPE_CHECKING:
    from briefing.editions.show_context import ShowContext
    from briefing.model import EditionKey, Segment

RESIZING = frozenset({Wish.SHORTER, Wish.LONGER})
"""Wishes that need no model."""
NO_MODEL = "这档节目没有接大模型；“短些”“长些”不用大模型也行"
NO_ANSWER = "大模型现在没有给出能用的回答"


@dataclass(frozen=True, slots=True)
class WishedChange:
    """A proposal with what it cost."""

    proposal: Proposal
    cost: ModelCost


def propose_change(
    context: ShowContext, key: EditionKey, segment: Segment, place: int | None, wish: Wish, instruction: str
) -> WishedChange:
    """Return what could stand in the place of a story (`place` is None) or one of its sentences; nothing is saved.

    Raises `ScriptError` for a segment that is no story of this edition.
    """
    wished = _describe_wish(context, key, segment, place, wish, instruction)
    with counted_writer(context, key) as writer:
        proposal = writer.propose_change(wished) if isinstance(writer, ChangeProposer) else None
        cost = writer.report_cost() if isinstance(writer, CostReporter) else ModelCost()
        if proposal is None and wish in RESIZING:
            built_in = writer.built_in if isinstance(writer, ChangeProposer) else writer
            proposal = Resizer(built_in, context.guards(key)).propose_change(wished)
    if proposal is None:
        proposal = Proposal((), (cost.trouble or NO_ANSWER) if context.model else NO_MODEL)
    return WishedChange(proposal, cost)


def _describe_wish(
    context: ShowContext, key: EditionKey, segment: Segment, place: int | None, wish: Wish, instruction: str
) -> Wished:
    """Return the wish with the story's articles; sources that no article prints are left out."""
    articles = [
        article for article in context.store.articles.list_articles(key) if article.id in segment.articles
    ]
    if not articles or not segment.sentences or (place is not None and place >= len(segment.sentences)):
        raise ScriptError(
            f"“{segment.title}” is no story of {key} with that sentence; look at the script again"
        )
    if wish is Wish.FREE and not instruction.strip():
        raise ScriptError("say what is to be changed, in a sentence")
    sentences = tuple(printed(sentence, articles) for sentence in segment.sentences)
    story = Story(articles[0], tuple(articles[1:]), 0.0, (), 0)
    return Wished(wish, instruction.strip(), story, sentences, place)

"""The API's part on proposals: a story or a sentence changed as an editor wishes, to be taken or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request

from briefing.desk.api.addresses import OfEdition  # noqa: TC001 - FastAPI reads the annotations when the module runs
from briefing.desk.api.requests import SentenceBody, WishIn
from briefing.desk.api.responses import ProposalOut
from briefing.desk.api.route_parts import AT, REFUSED, Writer
from briefing.desk.auth import access
from briefing.desk.auth.rates import limit_reading, limit_wishes
from briefing.editions.writing.wished_change import propose_change

if TYPE_CHECKING:
    from briefing.model import Sentence

router = APIRouter(prefix=AT, responses=REFUSED)


@router.post("/proposals")
def propose_sentences(request: Request, who: Writer, at: OfEdition, body: WishIn) -> ProposalOut:
    """Return what could stand in the place of a story or a sentence; nothing is saved.

    `shorter` and `longer` need no language model; the others ask the show's, within the ceilings of the edition.
    """
    limit_reading(request, who, sum(len(sentence.text) for sentence in body.segment.sentences))
    limit_wishes(request, who)
    changed = propose_change(
        at.context, at.key, body.segment.segment(), body.sentence, body.wish, body.instruction
    )
    access.log_deed(request, who.name, "propose", f"{at.key} {body.wish} {body.segment.id}")
    proposal, cost = changed.proposal, changed.cost
    return ProposalOut(
        sentences=[_sentence_out(sentence) for sentence in proposal.sentences],
        note=proposal.note,
        by_model=proposal.by_model,
        tokens=cost.tokens,
        yuan=cost.yuan,
        seconds=cost.seconds,
    )


def _sentence_out(sentence: Sentence) -> SentenceBody:
    return SentenceBody(text=sentence.text, rests_on=list(sentence.rests_on), anchor=sentence.anchor)

"""What the API takes and gives where an editor wishes a change."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from briefing.desk.api.requests import Body, SegmentBody, SentenceBody
from briefing.editorial.wishes import Wish  # noqa: TC001 - pydantic reads the annotations when the module runs


class WishIn(Body):
    """A wish about a story, or about one of its sentences (by its index, from 0)."""

    segment: SegmentBody
    sentence: Annotated[int, Field(ge=0, le=200)] | None = None
    wish: Annotated[Wish, Field(strict=False)]
    instruction: Annotated[str, StringConstraints(max_length=300)] = ""


class ProposalOut(BaseModel):
    """Sentences to be taken or not; none when there is nothing to propose, and then `note` says why, in Chinese."""

    sentences: list[SentenceBody]
    note: str
    by_model: bool
    tokens: int
    yuan: float
    seconds: float

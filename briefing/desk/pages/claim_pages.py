"""What the script page asks about sentences: claims without a basis, advice for the ear, who answers for one."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request

from briefing.desk.api.requests import CheckIn, ReviewIn, VerifiedIn
from briefing.desk.auth import access
from briefing.desk.auth.rates import limit_reading
from briefing.desk.pages.edition_context import Edition, Editor, Viewer
from briefing.editions.approvals.claims import check_segments
from briefing.editorial.sentence_review import review_sentence

router = APIRouter(prefix="/editions/{show}/{day}/{edition}")

MOST_LOGGED = 300
"""Characters of a verified sentence that the log keeps."""


@router.post("/checks")
def check_sentences(request: Request, who: Viewer, edition: Edition, body: CheckIn) -> dict[str, Any]:
    """Return what the sentences of these segments claim without a basis; nothing is saved."""
    limit_reading(request, who, sum(len(line.text) for part in body.segments for line in part.sentences))
    segments = [part.segment() for part in body.segments]
    return {"checks": [asdict(check) for check in check_segments(edition.context, edition.key, segments)]}


@router.post("/advice")
def review_sentences(request: Request, who: Viewer, edition: Edition, body: ReviewIn) -> dict[str, Any]:
    """Return advice on each sentence for the ear, in their order; nothing is saved or refused."""
    limit_reading(request, who, sum(len(line.text) for line in body.sentences))
    advice = (review_sentence(line.text, edition.key.day, line.before) for line in body.sentences)
    return {"advice": [[asdict(mark) for mark in marks] for marks in advice]}


@router.post("/verified", status_code=204)
def verify_sentence(request: Request, who: Editor, edition: Edition, body: VerifiedIn) -> None:
    """Keep that this person answers for a sentence, or no longer does; the log has the sentence and the name."""
    store, about = edition.context.store, f"{edition.key}: {body.text}"[:MOST_LOGGED]
    if body.verified:
        store.desk.verify_sentence(edition.key, body.text, who.name, edition.now)
    else:
        store.desk.unverify_sentence(edition.key, body.text)
    access.log_deed(request, who.name, "verify" if body.verified else "unverify", about)

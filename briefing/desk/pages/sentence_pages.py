"""What the script page asks about single sentences: how they are read, and how they sound."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from briefing.desk.api.addresses import OfShow
from briefing.desk.api.requests import SaidIn, TextsIn
from briefing.desk.auth.rates import limit_reading
from briefing.desk.editing import preview, readings
from briefing.desk.pages.edition_context import Viewer

router = APIRouter(prefix="/shows/{show}")


@router.post("/choices")
def list_choices(request: Request, who: Viewer, context: OfShow, body: TextsIn) -> dict[str, Any]:
    """Return how sentences are read, and at which of their characters something can be chosen."""
    limit_reading(request, who, sum(map(len, body.texts)))
    return {"readings": [asdict(readings.read_sentence(text, context.lexicon)) for text in body.texts]}


@router.post("/speech")
def speak_sentence(request: Request, who: Viewer, context: OfShow, body: SaidIn) -> Response:
    """Return a sentence as it will be heard, as its sound comes."""
    limit_reading(request, who, len(body.text))
    sounds = preview.stream_wav(context, body.anchor, body.text)
    return StreamingResponse(sounds, media_type="audio/wav")

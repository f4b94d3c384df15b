"""The API's part on reading: how sentences are read, and the words that editors add."""

from __future__ import annotations

from dataclasses import asdict
from threading import Lock
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request

from briefing.desk.api import reading_responses
from briefing.desk.api import requests as given
from briefing.desk.api.addresses import API_ROOT, OfShow
from briefing.desk.api.route_parts import REFUSED, Reader, Writer
from briefing.desk.auth import access
from briefing.desk.auth.access import newsroom_of
from briefing.desk.auth.rates import limit_reading
from briefing.desk.editing.readings import MOST_SENTENCE_CHARS
from briefing.errors import BriefingError, ScriptError
from briefing.mandarin import lexicon, reading
from briefing.model import han_count
from briefing.wiring.lexicons import ADDED_WORDS

if TYPE_CHECKING:
    from briefing.editions.show_context import ShowContext

router = APIRouter(prefix=API_ROOT, responses=REFUSED)

_WORDS = Lock()
"""One word is added after the other: each is written into the file that the one before has left."""


@router.post("/shows/{show}/readings")
def read_sentences(
    request: Request, who: Reader, context: OfShow, body: given.TextsIn
) -> list[reading_responses.ReadingOut]:
    """Return how sentences are read: spoken form, pinyin, doubt, and how long each takes."""
    limit_reading(request, who, sum(map(len, body.texts)))
    return [_read_sentence(context, text) for text in body.texts]


def _read_sentence(context: ShowContext, text: str) -> reading_responses.ReadingOut:
    try:
        if len(text) > MOST_SENTENCE_CHARS:
            raise ScriptError(
                f"the sentence has {len(text)} characters; split it below {MOST_SENTENCE_CHARS}"
            )
        read = reading.read(text, context.lexicon)
    except BriefingError as error:
        return reading_responses.ReadingOut(
            printed=text, spoken="", pinyin=[], doubtful=[], seconds=0.0, trouble=str(error)
        )
    return reading_responses.ReadingOut(
        printed=read.printed,
        spoken=read.spoken,
        pinyin=list(read.pinyin),
        doubtful=[reading_responses.DoubtOut(**asdict(doubt)) for doubt in read.doubtful],
        seconds=han_count(read.spoken) / context.settings.rate + read.pause_after / 1000,
        trouble="",
    )


@router.get("/lexicon")
def list_words(request: Request, _who: Reader) -> list[reading_responses.EntryOut]:
    """The words that were added in this newsroom."""
    path = newsroom_of(request).folder / ADDED_WORDS
    return [reading_responses.EntryOut.of(entry) for entry in (lexicon.read(path) if path.exists() else ())]


@router.post("/lexicon", status_code=201)
def add_word(request: Request, who: Writer, body: given.EntryIn) -> reading_responses.EntryOut:
    """Add a word, or read one otherwise, from now on and in every show."""
    entry = lexicon.entry(**body.model_dump())
    with _WORDS:
        lexicon.add(newsroom_of(request).folder / ADDED_WORDS, entry)
    access.log_deed(request, who.name, "add word", f"{entry.word} {' '.join(entry.pinyin) or entry.say}")
    return reading_responses.EntryOut.of(entry)

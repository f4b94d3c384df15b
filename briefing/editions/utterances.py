"""The script as the studio wants it, and what a voice cannot be told of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.editions.edition_decisions import check_anchors
from briefing.editions.show_context import chapter_links, parse_revision, script_of
from briefing.mandarin import marks
from briefing.mandarin import reading as readings
from voices.model import HEADLINE, PLAIN, STORY_END, Line, Millis, Part, PinyinSupport, Role, Utterance

if TYPE_CHECKING:
    from briefing.editions.show_context import ShowContext
    from briefing.mandarin import Doubt, Lexicon, Reading
    from briefing.model import EditionKey, Segment
    from briefing.storage.store import Draft
    from voices.model import Delivery
    from voices.voice_protocol import Voice


def parts(context: ShowContext, draft: Draft) -> tuple[Part, ...]:
    """The script as the studio wants it: each segment a chapter, each sentence a line with its reading.

    A sentence with a pause inside is two lines.
    """
    spoken = parse_revision(draft.text)
    check_anchors(context, spoken)
    return tuple(
        Part(
            segment.title,
            _lines(context, segment),
            Role(segment.kind),
            link,
        )
        for segment, link in zip(spoken.segments, chapter_links(context, spoken.key, spoken), strict=True)
    )


def _texts(segment: Segment) -> tuple[tuple[str, str], ...]:
    """Return the pieces of a segment, each with the name of who says it."""
    return tuple(
        (piece, sentence.anchor or segment.anchor)
        for sentence in segment.sentences
        for piece in _pieces(sentence.text)
    )


def _pieces(text: str) -> tuple[str, ...]:
    """Return a sentence cut at its pauses; a mark of its pace holds for all pieces, so each is given it."""
    mark = "".join(f"{{{pace}}}" for pace in marks.PACES if f"{{{pace}}}" in text)
    return tuple(mark + piece for piece in marks.pieces(text))


def _lines(context: ShowContext, segment: Segment) -> tuple[Line, ...]:
    """Return the lines of a segment: headlines stand out, and the last line of a story falls."""
    *before, last = _texts(segment) or (("", ""),)
    usual = HEADLINE if Role(segment.kind) is Role.HEADLINES else PLAIN
    final = STORY_END if Role(segment.kind) is Role.STORY else usual
    lines = [_line(context, piece, usual) for piece in before]
    return (*lines, _line(context, last, final)) if last[0] else ()


def _line(context: ShowContext, piece: tuple[str, str], delivery: Delivery) -> Line:
    text, anchor = piece
    reading = readings.read(text, context.lexicon)
    spoken = utterance(reading, context.voices[anchor], context.lexicon)
    paced = replace(delivery, speed=round(delivery.speed * reading.pace, 3))
    return Line(anchor, anchor, replace(spoken, delivery=paced), reading.printed)


def utterance(reading: Reading, voice: Voice, lexicon: Lexicon) -> Utterance:
    """A reading as a voice is to get it: respelled where the voice takes no pinyin."""
    respelled = readings.respell(reading, lexicon) if voice.obeys is PinyinSupport.SPELLING else ""
    delivery = replace(PLAIN, speed=reading.pace)
    return Utterance(reading.words, reading.pinyin, Millis(reading.pause_after), respelled, delivery)


def misread(context: ShowContext, key: EditionKey) -> tuple[tuple[str, Doubt], ...]:
    """Sentences of the newest script, each with a reading that its anchor's voice cannot be told."""
    doubtful = []
    spoken = script_of(context, key)
    check_anchors(context, spoken)
    for segment in spoken.segments:
        for text, anchor in _texts(segment):
            obeys = context.voices[anchor].obeys
            if obeys is PinyinSupport.PINYIN:
                continue
            reading = readings.read(text, context.lexicon)
            doubts = readings.misread(reading, context.lexicon, respelled=obeys is PinyinSupport.SPELLING)
            doubtful += [(reading.printed, doubt) for doubt in doubts]
    return tuple(doubtful)

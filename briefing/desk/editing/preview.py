"""Hearing a sentence before it goes out: with the voice in use, breath by breath, so that the first sound comes soon.

A sentence that was spoken before comes from the clips in one piece, as it will be on the air. A new one is spoken in
breaths of one clause each: while the first is heard the next is made, and an edit makes only its own clause again.
"""

from __future__ import annotations

import logging
import struct
import threading
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from briefing.desk.editing.readings import MOST_SENTENCE_CHARS
from briefing.editions import utterances
from briefing.errors import ScriptError, SoundError
from briefing.mandarin import marks
from briefing.mandarin.reading import read
from briefing.model import han_count, is_han
from voices import voice_protocol
from voices.errors import VoicesError
from voices.model import HEADLINE, PLAIN, SAMPLE_BYTES, STORY_END, Clip, Millis, Utterance
from voices.synthesis.clip_cache import CachedVoice
from voices.synthesis.fallback import voices_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefing.editions.show_context import ShowContext
    from voices.voice_protocol import Voice

FIRST, BREATH = 3, 6
"""Han characters of the shortest first breath and of every later one: the first is there soon, and a second and a half
of sound is long enough for the next one to be well on its way."""

BREATH_PAUSE = Millis(120)
"""Silence between two breaths, besides what the clips have at their ends."""

UNKNOWN_SIZE = 0xFFFFFFFF
"""The size of a WAV file whose end is not known yet."""

_ENDS = frozenset("，、；：。！？,;:!?—…")
LOG = logging.getLogger(__name__)


def stream_wav(context: ShowContext, anchor: str, text: str) -> Iterator[bytes]:
    """A printed sentence as it will be heard: a WAV file in pieces, the first one spoken already.

    Raises `ScriptError` for an anchor that the show has not, a text with nothing to say or a wrong mark, and what the
    voice raises; later pieces raise `VoicesError` or `SoundError` while they are taken.
    """
    if anchor not in context.voices:
        raise ScriptError(f"{anchor} reads nothing in this show; choose {'、'.join(context.anchors)}")
    if len(text) > MOST_SENTENCE_CHARS:
        raise ScriptError(f"the sentence has {len(text)} characters; split it below {MOST_SENTENCE_CHARS}")
    if not any(map(str.isalnum, marks.strip(text))):
        raise ScriptError("the sentence has nothing to say; write some words")
    sounds = _speak_pieces(context, context.voices[anchor], text)
    first = next(sounds)
    rate = first.clip.rate
    return chain([_wav_header(rate)], (_piece_samples(rate, sound) for sound in chain([first], sounds)))


class SpokenPiece(NamedTuple):
    """A clip and the silence after it."""

    clip: Clip
    rest: Millis


def _speak_pieces(context: ShowContext, voice: Voice, text: str) -> Iterator[SpokenPiece]:
    """The sentence and its pauses, clip by clip."""
    for piece in marks.pieces(text):
        reading = read(piece, context.lexicon)
        utterance = utterances.utterance(reading, voice, context.lexicon)
        *before, last = _split_if_new(voice, utterance)
        yield from (SpokenPiece(voice.speak(breath), BREATH_PAUSE) for breath in before)
        yield SpokenPiece(voice.speak(last), utterance.pause_after)


def _split_if_new(voice: Voice, said: Utterance) -> tuple[Utterance, ...]:
    """Return what the voice is asked for: the whole where that is kept, else one breath after the other."""
    pace = said.delivery.speed
    ways = [
        replace(said, delivery=replace(delivery, speed=round(delivery.speed * pace, 3)))
        for delivery in (PLAIN, HEADLINE, STORY_END)
    ]
    cached = (
        way
        for way in ways
        for link in voices_of(voice)
        if isinstance(link, CachedVoice) and link.find_clip(way)
    )
    whole = next(cached, None)
    return (whole,) if whole else split_breaths(said)


def split_breaths(said: Utterance) -> tuple[Utterance, ...]:
    """The utterance cut behind commas and the like, no piece shorter than it may be; joined again they are the whole."""
    cuts, since = [0], 0
    remaining = han_count(said.text)
    for index, word in enumerate(said.words, 1):
        count = han_count(word)
        since, remaining = since + count, remaining - count
        if word[-1:] in _ENDS and since >= (BREATH if len(cuts) > 1 else FIRST) and remaining >= BREATH:
            cuts.append(index)
            since = 0
    ends = [*cuts[1:], len(said.words)]
    return tuple(_cut_utterance(said, start, end) for start, end in zip(cuts, ends, strict=True))


def _cut_utterance(said: Utterance, start: int, end: int) -> Utterance:
    """The words from `start` to `end`, with their pinyin and their spelling."""
    before, words = "".join(said.words[:start]), said.words[start:end]
    first, last = len(before), len(before) + len("".join(words))
    han = sum(map(is_han, before))
    pinyin = said.pinyin[han : han + sum(map(is_han, "".join(words)))]
    return Utterance(words, pinyin, respelled=said.respelled[first:last], delivery=said.delivery)


def _wav_header(rate: int) -> bytes:
    """The first 44 bytes of mono 16-bit PCM of unknown length."""
    shape = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate, rate * SAMPLE_BYTES, SAMPLE_BYTES, 16)
    return (
        struct.pack("<4sI4s", b"RIFF", UNKNOWN_SIZE, b"WAVE")
        + shape
        + struct.pack("<4sI", b"data", UNKNOWN_SIZE)
    )


def _piece_samples(rate: int, sound: SpokenPiece) -> bytes:
    """The bytes of a sound and its silence; raises `SoundError` when they would play at another speed."""
    if sound.clip.rate != rate:
        raise SoundError("another voice had to take over in the middle of the sentence; listen again")
    return sound.clip.pcm + bytes(SAMPLE_BYTES * (sound.rest * rate // 1000))


def warm_voices(contexts: Iterable[ShowContext]) -> threading.Thread:
    """Load words and voices behind the scenes, so that the first ▶ of the morning waits for nothing."""

    def load() -> None:
        for context in contexts:
            read("早上好。", context.lexicon)
            for name, voice in context.voices.items():
                try:
                    voice_protocol.warm_voice(voice)
                except VoicesError as error:
                    LOG.warning("%s cannot speak yet: %s", name, error)

    thread = threading.Thread(target=load, name="warming", daemon=True)
    thread.start()
    return thread

"""The voices of Microsoft Edge's read-aloud service, through the package edge-tts, whose home this is.

The service is good and free, and promises nothing. Seen by its users and in the client's source (edge-tts 7.3.1):
tokens and versions that are refused in waves (403), floods that are refused (429, 503), voices that are withdrawn
(an answer without audio), and sockets that end in the middle, after which the client returns as if all had been
said. So every answer is decoded and proved whole here, before it counts as one. A long text is cut by us: the
client leaves Chinese, which has no spaces, in one piece however long, and the service stops after ten minutes.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.sax.saxutils import escape

import edge_tts
from edge_tts import exceptions as theirs

from voices.audio import decode, dsp
from voices.engines import remote, remote_errors
from voices.engines.remote import Patience, PendingCalls, RemoteService, RequestLimiter
from voices.engines.remote_errors import TransientError
from voices.errors import SpeechFailed, SpeechNotWhole, VoicesError, VoiceUnavailable
from voices.model import Clip, Millis, PinyinSupport, WordTime
from voices.synthesis import verify

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from voices.model import Delivery, Utterance

NAME = "edge-tts"

LONGEST = 3000
"""Bytes of a request's text as XML: below the client's own limit of 4096, at which it would cut anywhere."""

REST = Millis(200)
"""Silence between two pieces of a sentence that was too long for one request."""

USUAL_PITCH = 170
"""Hz between men's and women's voices: the service takes a pitch in Hz, a delivery has a factor."""

TICKS = 10_000
"""The service's units of time in a millisecond."""

KEPT = 24 * 3600
"""Seconds that the list of voices is good for: it changes a few times a year."""

REFUSAL = 4
"""Weight of a 403: it comes in waves of hours, seldom alone, and the client has already set its clock and asked again."""

ANSWERS = 20
"""Seconds in which the list of voices has to be there."""

UPDATE = "update it with `pip install -U edge-tts`, and check the clock"

_UNSPEAKABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""Controls, invisible marks and halves of characters: the service answers some of them with an error."""

_ODD = (theirs.EdgeTTSException, ValueError, LookupError, TypeError, AssertionError)
"""What the client raises for answers that it does not understand; it does not wrap all of them."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Voice that the service lists: zh-CN-XiaoxiaoNeural, Female, zh-CN."""

    name: str
    gender: str
    locale: str


class _Answer(NamedTuple):
    """MP3 of one request, and when each word is heard in it."""

    sound: bytes
    words: tuple[WordTime, ...]


class Edge:
    """One speaker of the service.

    `speed` 1 is the speaker's own pace; `pitch` is in Hz and `volume` in percent, both added to the speaker's own;
    `proxy` is a URL such as http://127.0.0.1:7890. All speakers with the same proxy share one view of the service.
    """

    obeys = PinyinSupport.SPELLING

    def __init__(
        self,
        speaker: str,
        *,
        speed: float = 1.0,
        pitch: int = 0,
        volume: int = 0,
        proxy: str = "",
        patience: Patience = Patience(),
    ) -> None:
        self._speaker = speaker
        self._speed = speed
        self._pitch = pitch
        self._volume = f"{volume:+d}%"
        self._proxy = proxy
        self._service = shared_service(proxy, speaker, patience)
        self._pace = verify.Pace(verify.NEWSREADER / speed)
        self._calls = PendingCalls()

    @property
    def identity(self) -> str:
        """Speaker and settings, and how the sound is trimmed; which model the service runs it does not say."""
        settings = f"rate={_speed_percent(self._speed)} pitch={self._pitch:+d}Hz volume={self._volume}"
        return f"edge {self._speaker} {settings} {dsp.TRIMMED}"

    def speak(self, utterance: Utterance) -> Clip:
        """Speak one utterance, a long one in several requests; raises as `Voice` says."""
        text = _UNSPEAKABLE.sub(" ", utterance.spelling)
        if not any(map(str.isalnum, text)):
            raise SpeechFailed("there is nothing to say; remove the sentence")
        return self._calls.run_call(self._speak_whole(utterance, split_text(text)))

    def stop(self) -> None:
        """Let go of every request of this speaker."""
        self._calls.stop_calls()

    def learn_clip(self, utterance: Utterance, clip: Clip) -> None:
        """Count in a sentence that was spoken and verified another day."""
        self._pace.learn_pace(utterance, clip)

    async def _speak_whole(self, utterance: Utterance, texts: Sequence[str]) -> Clip:
        async def once() -> list[_Answer]:
            return [await self._ask_once(text, utterance.delivery) for text in texts]

        def made(answers: list[_Answer]) -> Clip:
            clip = _join_pieces([_decode_answer(answer) for answer in answers])
            verify.verify_clip(utterance, clip, self._pace)
            return _restore_words(clip, utterance)

        return await self._service.ask_service(once, made, verify.count_syllables(utterance))

    async def _ask_once(self, text: str, delivery: Delivery) -> _Answer:
        """Make one request; raises each error as what it means."""
        try:
            return await self._stream_answer(text, delivery)
        except theirs.NoAudioReceived as error:
            raise await self._no_audio() from error
        except theirs.WebSocketError as error:
            raise TransientError(f"{NAME} broke the connection") from error
        except VoicesError:
            raise
        except (*_ODD, *remote.NETWORK) as error:
            raise _translate_error(error) from error

    async def _stream_answer(self, text: str, delivery: Delivery) -> _Answer:
        client = edge_tts.Communicate(
            text,
            self._speaker,
            rate=_speed_percent(self._speed * delivery.speed),
            pitch=f"{self._pitch + round((delivery.pitch - 1) * USUAL_PITCH):+d}Hz",
            volume=self._volume,
            boundary="WordBoundary",
            proxy=self._proxy or None,
            connect_timeout=round(self._service.patience.connect) or 1,
        )
        sound, words = bytearray(), []
        async with aclosing(client.stream()) as chunks:
            async for chunk in chunks:
                if chunk["type"] == "audio":
                    sound += chunk["data"]
                else:
                    words.append(_word_time(chunk["text"], chunk["offset"], chunk["duration"]))
                if max(len(sound), len(words)) > remote.LARGEST:
                    raise TransientError(f"{NAME} answers without end")
        return _Answer(bytes(sound), tuple(words))

    async def _no_audio(self) -> VoicesError:
        """Return the reason for no audio to a text with words: the voice was withdrawn, or it is a whim."""
        try:
            names = {speaker.name for speaker in await _fetch_speakers(self._proxy)}
        except VoicesError:
            names = set()
        if not names or self._speaker in names:
            return TransientError(f"{NAME} sent no audio")
        near = ", ".join(sorted(name for name in names if name.startswith("zh-CN")))
        return VoiceUnavailable(
            f"{NAME} has no voice {self._speaker} any more; name one of {near or 'its others'}"
        )


def _speed_percent(speed: float) -> str:
    """Return a speed as the service takes it: what is added to the speaker's own."""
    return f"{round((speed - 1) * 100):+d}%"


def _translate_error(error: Exception) -> VoicesError:
    """Return the meaning of an error of the client or of the network."""
    cause = error.__cause__ if isinstance(error, theirs.SkewAdjustmentError) else error
    translated = remote_errors.translate_error(cause, NAME) if isinstance(cause, Exception) else None
    status = remote_errors.status_of(cause)
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return TransientError(f"{NAME} is refused by the service (status {status}); {UPDATE}", REFUSAL)
    return translated or TransientError(f"{NAME} does not understand the service ({error}); {UPDATE}")


@cache
def shared_service(proxy: str, speaker: str, patience: Patience) -> RemoteService:
    """Return the service as one speaker sees it: since April 2026 one may get no audio while another does.

    Its faults are counted by themselves, so that a second speaker can stand in for the first. How many requests may
    be in flight is the business of all speakers.
    """
    del speaker
    return RemoteService(NAME, patience, _shared_limiter(proxy, patience))


@cache
def _shared_limiter(proxy: str, patience: Patience) -> RequestLimiter:
    del proxy
    return RequestLimiter(patience.most)


def forget_services() -> None:
    """Begin anew with every service, as a new process does."""
    shared_service.cache_clear()
    _shared_limiter.cache_clear()


def split_text(text: str) -> list[str]:
    """Cut a text at the end of sentences, else of clauses, else anywhere, into what one request may hold."""
    if _request_bytes(text) <= LONGEST:
        return [text]
    for marks in ("。！？；!?;", "，、：,:", " "):
        cut = _middle_mark(text, marks)
        if cut:
            break
    else:
        cut = len(text) // 2
    halves = text[:cut], text[cut:]
    return [piece for half in halves if any(map(str.isalnum, half)) for piece in split_text(half)]


def _middle_mark(text: str, marks: str) -> int | None:
    """Return the place after the mark that is nearest to the middle, unless it is at an end."""
    ends = (match.end() for match in re.finditer(f"[{marks}]", text) if match.end() < len(text))
    return min(ends, key=lambda end: abs(end - len(text) // 2), default=None)


def _request_bytes(text: str) -> int:
    return len(escape(text).encode())


def _decode_answer(answer: _Answer) -> Clip:
    return dsp.trim_silence(replace(decode.decode_clip(answer.sound, NAME), words=answer.words))


def _word_time(text: str, offset: float, length: float) -> WordTime:
    return WordTime(text, Millis(round(offset / TICKS)), Millis(round((offset + length) / TICKS)))


def _join_pieces(spoken: Sequence[Clip]) -> Clip:
    """Join the pieces of a sentence with a rest between them, the words at their places."""
    rate = spoken[0].rate
    if any(clip.rate != rate for clip in spoken):
        raise SpeechNotWhole(f"{NAME} changed the sample rate within a sentence")
    pcm, words, rest = b"", [], bytes(2 * (REST * rate // 1000))
    for clip in spoken:
        before = Clip(pcm, rate).duration
        words += [WordTime(w.text, Millis(w.start + before), Millis(w.end + before)) for w in clip.words]
        pcm += clip.pcm + rest
    return Clip(pcm[: len(pcm) - len(rest)], rate, tuple(words))


def _restore_words(clip: Clip, utterance: Utterance) -> Clip:
    """Write the words as printed, not as respelled, none of them beyond the sound or the next."""
    words, position, before = [], 0, Millis(0)
    same = len(utterance.spelling) == len(utterance.text)
    for word in clip.words:
        index = utterance.spelling.find(word.text, position)
        text = utterance.text[index : index + len(word.text)] if same and index >= 0 else word.text
        position = index + len(word.text) if index >= 0 else position
        start = Millis(min(max(word.start, before), clip.duration))
        before = Millis(min(max(word.end, start), clip.duration))
        words.append(WordTime(text, start, before))
    return replace(clip, words=tuple(words))


def list_speakers(cache_file: Path, proxy: str = "") -> tuple[Speaker, ...]:
    """Return the voices that the service has; asked once a day. An older list will do while it does not answer.

    Raises `VoiceUnavailable` or `SpeechFailed` when there is neither.
    """
    cached, age = _load_speakers(cache_file)
    if cached and age < KEPT:
        return cached
    try:
        speakers = PendingCalls().run_call(_fetch_speakers(proxy))
    except VoicesError:
        if cached:
            return cached
        raise
    # Where it cannot be kept it is asked again.
    with suppress(OSError):
        _save_speakers(cache_file, speakers)
    return speakers


async def _fetch_speakers(proxy: str) -> tuple[Speaker, ...]:
    try:
        async with asyncio.timeout(ANSWERS):
            rows = await edge_tts.list_voices(proxy=proxy or None)
        return tuple(Speaker(row["ShortName"], row["Gender"], row["Locale"]) for row in rows)
    except (*_ODD, *remote.NETWORK) as error:
        raise _translate_error(error) from error


def _load_speakers(path: Path) -> tuple[tuple[Speaker, ...], float]:
    """Return the list in a file and its age in seconds; nothing for a file that is no list."""
    try:
        rows: list[Any] = json.loads(path.read_text(encoding="utf-8"))
        return tuple(Speaker(*map(str, row)) for row in rows), time.time() - path.stat().st_mtime
    except (OSError, ValueError, TypeError):
        return (), 0.0


def _save_speakers(path: Path, found: Sequence[Speaker]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}")
    temporary.write_text(
        json.dumps([[speaker.name, speaker.gender, speaker.locale] for speaker in found]), encoding="utf-8"
    )
    temporary.replace(path)

"""Synthesis of many lines in parallel, in order, with one voice an anchor to the end.

When a voice fails, its anchor's whole edition is spoken by the next voice of the anchor's chain: what was spoken
before stays in the cache for another day, and nobody hears one anchor with two voices.
"""

from __future__ import annotations

import logging
from collections import Counter
from concurrent.futures import Future, wait
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TYPE_CHECKING, NamedTuple

from voices import voice_protocol
from voices.clip_store import Clips, ClipStore
from voices.errors import SpeechFailed, SpeechNotWhole, Stopped, VoicesError, VoiceUnavailable
from voices.synthesis.fallback import GIVEN_UP, voices_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from concurrent.futures import Executor

    from voices.model import Clip, Delivery, Line
    from voices.voice_protocol import Voice

SHOWN = 60
"""Characters of a sentence that an error shows: enough to find it."""

ENDING = 0.1
"""Seconds after which a voice that still speaks is told again to stop."""

LOG = logging.getLogger(__name__)


class LineKey(NamedTuple):
    """Everything that decides how a line sounds; the pause after it does not."""

    voice: str
    words: tuple[str, ...]
    pinyin: tuple[str, ...]
    respelled: str
    delivery: Delivery


@dataclass(frozen=True, slots=True)
class ReplacedVoice:
    """Anchor whose edition is spoken by another voice than the first: by which, and why."""

    speaker: str
    gave_up: str
    instead: str
    why: VoicesError

    def __str__(self) -> str:
        """The one line that a person is told."""
        return f"{self.speaker} is spoken by {self.instead}, because {self.gave_up} failed: {self.why}"


def speak_lines(
    lines: Sequence[Line],
    voices: Mapping[str, Voice],
    executor: Executor,
    on_clip: Callable[[int, int], None] = lambda _done, _total: None,
    on_replaced: Callable[[ReplacedVoice], None] = lambda _replaced: None,
) -> Sequence[Clip]:
    """Return one clip a line, in the lines' order; lines that sound the same are spoken once.

    `on_clip` hears, in the caller's thread, how many of how many are done, and `on_replaced` of each anchor whose
    voice was given up. When an anchor's last voice fails, that is raised at once, with the sentence: what has not
    begun is cancelled, what has is stopped where it can be; so it is at Ctrl-C. What was spoken before stays in the
    voices' caches. Raises `VoiceUnavailable` before anything is spoken when a line names no voice at hand.
    """
    if unknown := sorted({line.voice for line in lines} - set(voices)):
        raise VoiceUnavailable(f"there is no voice for {', '.join(unknown)}; name one in the settings")
    edition = _Synthesis(lines, voices, executor)
    try:
        for sound in list(edition.wanted):
            edition.submit_line(sound)
        while edition.waiting:
            edition.collect_next(on_clip, on_replaced)
    finally:  # after Ctrl-C nothing new may begin, and what a replaced voice still says is of no use
        edition.stop_all()
    return Clips(edition.reel, [edition.laid[_line_key(line)] for line in lines])


class _Synthesis:
    """Pending lines, running futures, finished clips."""

    def __init__(self, lines: Sequence[Line], voices: Mapping[str, Voice], executor: Executor) -> None:
        # The longest first, so that no worker is left alone with a long sentence at the end.
        longest = sorted(lines, key=lambda line: len(line.utterance.text), reverse=True)
        self.wanted = {_line_key(line): line for line in longest}
        self.reel = ClipStore()
        self.laid: dict[LineKey, int] = {}
        self.waiting: dict[Future[Clip], LineKey] = {}
        self._left: set[Future[Clip]] = set()
        self._chains = {name: voices_of(voices[name]) for name in {line.voice for line in lines}}
        self._place: Counter[str] = Counter()
        self._executor = executor
        self._done: SimpleQueue[Future[Clip]] = SimpleQueue()

    def submit_line(self, sound: LineKey) -> None:
        """Have a sentence spoken by the voice that its anchor has now."""
        future = self._executor.submit(_speak_line, self._current_voice(sound.voice), self.wanted[sound])
        self.waiting[future] = sound
        future.add_done_callback(self._done.put)

    def collect_next(
        self, on_clip: Callable[[int, int], None], on_replaced: Callable[[ReplacedVoice], None]
    ) -> None:
        """Store the next clip that is done, or give up the voice that failed."""
        future = self._done.get()
        self._left.discard(future)
        sound = self.waiting.pop(future, None)
        if sound is None:
            return
        try:
            clip = future.result()
        except Stopped:  # by another edition that has the same voice
            self.submit_line(sound)
        except GIVEN_UP as error:
            on_replaced(self._replace_voice(sound, error))
        else:
            self.laid[sound] = self.reel.add_clip(clip)
            on_clip(len(self.laid), len(self.wanted))

    def stop_all(self) -> None:
        """Cancel what has not begun, stop what has, and wait for it."""
        running = {*self.waiting, *self._left}
        for future in running:
            future.cancel()
        while running:
            self._stop_voices(voice for chain in self._chains.values() for voice in chain)
            running = wait(running, timeout=ENDING).not_done

    def _current_voice(self, anchor: str) -> Voice:
        return self._chains[anchor][self._place[anchor]]

    def _replace_voice(self, sound: LineKey, error: VoicesError) -> ReplacedVoice:
        """Begin the anchor's whole edition again with the next voice; raises the error when there is none."""
        anchor, failed = sound.voice, self._current_voice(sound.voice)
        if self._place[anchor] + 1 == len(self._chains[anchor]):
            raise error
        self._place[anchor] += 1
        self._drop_clips(anchor)
        self._stop_voices([failed])
        for again in [other for other in self.wanted if other.voice == anchor]:
            self.submit_line(again)
        replaced = ReplacedVoice(
            self.wanted[sound].speaker, failed.identity, self._current_voice(anchor).identity, error
        )
        LOG.info("%s", replaced)
        return replaced

    def _drop_clips(self, anchor: str) -> None:
        """Forget what the anchor's last voice said and is saying."""
        for future in [future for future, sound in self.waiting.items() if sound.voice == anchor]:
            del self.waiting[future]
            if not future.cancel():
                self._left.add(future)
        self.laid = {sound: number for sound, number in self.laid.items() if sound.voice != anchor}

    def _stop_voices(self, voices: Iterable[Voice]) -> None:
        for voice in voices:
            voice_protocol.stop_voice(voice)


def _line_key(line: Line) -> LineKey:
    utterance = line.utterance
    return LineKey(line.voice, utterance.words, utterance.pinyin, utterance.respelled, utterance.delivery)


def _speak_line(voice: Voice, line: Line) -> Clip:
    try:
        return voice.speak(line.utterance)
    except (SpeechFailed, SpeechNotWhole) as error:
        raise type(error)(f"{line.speaker} could not say “{line.printed[:SHOWN]}”: {error}") from error

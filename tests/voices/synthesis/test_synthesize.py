"""Many lines at once."""

from __future__ import annotations

import dataclasses
import threading
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from tests.voices.fakes import Scripted, line, utterance
from voices.engines.silent import Silent
from voices.errors import SpeechFailed, SpeechNotWhole, Stopped, VoiceUnavailable
from voices.model import Line, Millis, PinyinSupport
from voices.synthesis import synthesize
from voices.synthesis.clip_cache import CachedVoice
from voices.synthesis.fallback import FallbackVoice

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from voices.model import Clip, Utterance
    from voices.synthesis.synthesize import ReplacedVoice


class Later(Executor):
    """Keeps five tasks, then runs them, beginning with the one at `first`."""

    def __init__(self, first: int) -> None:
        self.tasks: list[tuple[Future[Any], Callable[[], object]]] = []
        self.first = first

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401 - Executor's
        """Keep a task; the fifth one sets all of them going."""
        future: Future[Any] = Future()
        self.tasks.append((future, lambda: fn(*args, **kwargs)))
        if len(self.tasks) == 5:
            for done, task in self.tasks[self.first :] + self.tasks[: self.first]:
                done.set_result(task())
            self.tasks = []
        return future


class Watched(ThreadPoolExecutor):
    """One worker; `cancelled` is set as soon as a task that waited will never begin."""

    def __init__(self) -> None:
        super().__init__(1)
        self.cancelled = threading.Event()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401 - Executor's
        """Submit, and watch."""
        future = super().submit(fn, *args, **kwargs)
        future.add_done_callback(lambda done: self.cancelled.set() if done.cancelled() else None)
        return future


@dataclasses.dataclass
class Gate:
    """A voice that does not end a sentence before `may_end`."""

    may_end: threading.Event
    identity: str = "gate"
    obeys: PinyinSupport = PinyinSupport.PINYIN

    def speak(self, utterance: Utterance) -> Clip:
        """Wait at the gate."""
        assert self.may_end.wait(10)
        return Silent(rate=1000).speak(utterance)


@dataclasses.dataclass
class Lingering:
    """A voice that fails at one sentence, and speaks the other until it is told to stop for the second time."""

    begun: threading.Event = dataclasses.field(default_factory=threading.Event)
    ended: threading.Event = dataclasses.field(default_factory=threading.Event)
    stops: int = 0
    identity: str = "lingering"
    obeys: PinyinSupport = PinyinSupport.PINYIN

    def speak(self, utterance: Utterance) -> Clip:
        """Fail, or wait to be stopped."""
        if utterance.text == "字字":
            assert self.begun.wait(10)
            raise VoiceUnavailable("withdrawn")
        self.begun.set()
        assert self.ended.wait(10)
        raise Stopped

    def stop(self) -> None:
        """The first time is too early."""
        self.stops += 1
        if self.stops > 1:
            self.ended.set()


def lines(count: int) -> list[Line]:
    """Sentences of 1, 2, 3 … characters: their clips tell them apart."""
    return [line("字" * number) for number in range(1, count + 1)]


@pytest.mark.parametrize("first", range(5))
def test_the_clips_come_in_the_order_of_the_lines(first: int) -> None:
    """Whichever sentence is done first, each clip stands at its line's place."""
    clips = synthesize.speak_lines(lines(20), {"a": Scripted()}, Later(first))
    assert [clip.duration for clip in clips] == [200 * number for number in range(1, 21)]


def test_two_anchors_speak_with_their_own_voices() -> None:
    """A line is said by the voice that it names, also when another line has the same words."""
    voices = {"a": Silent(rate=1000, millis=100), "b": Silent(rate=1000, millis=300)}
    with ThreadPoolExecutor(2) as executor:
        clips = synthesize.speak_lines([line("你好", "a"), line("你好", "b")], voices, executor)
    assert [clip.duration for clip in clips] == [200, 600]


def test_the_same_sentence_is_spoken_once() -> None:
    """A sentence that stands three times, with other pauses and printed forms, costs one call."""
    voice = Scripted()
    again = dataclasses.replace(
        line("你好"),
        printed="你好！",
        utterance=dataclasses.replace(utterance("你好"), pause_after=Millis(900)),
    )
    with ThreadPoolExecutor(2) as executor:
        clips = synthesize.speak_lines([line("你好"), again, line("你好")], {"a": voice}, executor)
    assert (len(clips), voice.asked) == (3, ["你好"])


def test_the_longest_sentence_begins_first() -> None:
    """No worker is left alone with a long sentence at the end."""
    voice = Scripted()
    with ThreadPoolExecutor(1) as executor:
        synthesize.speak_lines(lines(4), {"a": voice}, executor)
    assert [len(text) for text in voice.asked] == [4, 3, 2, 1]


def test_no_lines_give_no_clips() -> None:
    """An empty part is no error of the chorus."""
    with ThreadPoolExecutor(1) as executor:
        assert synthesize.speak_lines([], {}, executor) == ()


def test_progress_is_heard_in_the_callers_thread() -> None:
    """Each clip is announced once, with the number of clips that will be made."""
    heard = []

    def on_clip(done: int, total: int) -> None:
        heard.append((done, total, threading.current_thread()))

    with ThreadPoolExecutor(3) as executor:
        synthesize.speak_lines([*lines(3), line("字")], {"a": Scripted()}, executor, on_clip)
    assert heard == [(done, 3, threading.current_thread()) for done in (1, 2, 3)]


def test_a_voice_that_is_not_at_hand_is_refused_before_anything_is_spoken() -> None:
    """A wrong name in the settings does not cost a render."""
    voice = Scripted()
    with (
        ThreadPoolExecutor(1) as executor,
        pytest.raises(VoiceUnavailable, match="there is no voice for b, c; name one in the settings"),
    ):
        synthesize.speak_lines([line("甲"), line("乙", "c"), line("丙", "b")], {"a": voice}, executor)
    assert voice.asked == []


@pytest.mark.parametrize("kind", [SpeechFailed, SpeechNotWhole])
def test_an_error_names_the_anchor_and_the_sentence(kind: type[Exception]) -> None:
    """Among sixty sentences a person must find the one."""
    voice = Scripted({"坏": [kind("why")]})
    with (
        ThreadPoolExecutor(1) as executor,
        pytest.raises(kind, match=r"^anchor a could not say “坏”: why$"),
    ):
        synthesize.speak_lines([line("坏")], {"a": voice}, executor)


def test_an_error_shows_the_beginning_of_a_very_long_sentence() -> None:
    """A page of text in place of a sentence does not fill the screen."""
    text = "长" * 5000
    with ThreadPoolExecutor(1) as executor, pytest.raises(SpeechFailed) as raised:
        synthesize.speak_lines([line(text)], {"a": Scripted({text: [SpeechFailed("why")]})}, executor)
    assert str(raised.value) == f"anchor a could not say “{text[:60]}”: why"


def test_the_first_failure_cancels_what_has_not_begun() -> None:
    """One worker: the first sentence fails, the second has begun and ends, the third never begins."""
    voice = Scripted({"字字字": [VoiceUnavailable("no model")]})
    with Watched() as executor, pytest.raises(VoiceUnavailable, match="no model"):
        synthesize.speak_lines(
            [line("字字字"), line("字字", "gate"), line("字")],
            {"a": voice, "gate": Gate(executor.cancelled)},
            executor,
        )
    assert voice.asked == ["字字字"]


def test_ctrl_c_cancels_what_has_not_begun() -> None:
    """Interrupted at the first clip: what has begun ends by itself, what waits never begins."""
    voice = Scripted()

    def interrupt(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with Watched() as executor, pytest.raises(KeyboardInterrupt):
        synthesize.speak_lines(
            [line("字字字"), line("字字", "gate"), line("字")],
            {"a": voice, "gate": Gate(executor.cancelled)},
            executor,
            interrupt,
        )
    assert voice.asked == ["字字字"]


def test_after_a_failure_what_was_spoken_is_remembered(tmp_path: Path) -> None:
    """The second attempt speaks only what is missing."""
    broken = CachedVoice(Scripted({"字": [SpeechFailed("busy")] * 2}), tmp_path)
    with ThreadPoolExecutor(1) as executor, pytest.raises(SpeechFailed):
        synthesize.speak_lines(lines(3), {"a": broken}, executor)
    mended = Scripted()
    with ThreadPoolExecutor(1) as executor:
        clips = synthesize.speak_lines(lines(3), {"a": CachedVoice(mended, tmp_path)}, executor)
    assert (mended.asked, [clip.duration for clip in clips]) == (["字"], [200, 400, 600])


def test_a_voice_that_another_edition_stopped_is_asked_again() -> None:
    """Two editions share an anchor: one is ended, and the other is neither ended nor spoken by the fallback."""
    first = Scripted({"字字": [Stopped(), Stopped()]}, identity="first")
    told: list[ReplacedVoice] = []
    with ThreadPoolExecutor(2) as executor:
        clips = synthesize.speak_lines(
            lines(3), {"a": FallbackVoice([first, Silent()])}, executor, on_replaced=told.append
        )
    assert ([clip.duration for clip in clips], told) == ([200, 400, 600], [])


def test_what_a_replaced_voice_still_says_is_stopped_before_the_end() -> None:
    """A sentence that began in the moment in which its voice was given up keeps nobody waiting."""
    stopping = Lingering()
    with ThreadPoolExecutor(2) as executor:
        clips = synthesize.speak_lines(
            [line("字字"), line("字")], {"a": FallbackVoice([stopping, Silent()])}, executor
        )
    assert ([clip.duration for clip in clips], stopping.stops >= 2) == ([400, 200], True)

"""Many lines at once, in order: spoken side by side by the executor, handed over one after the other."""

from __future__ import annotations

from concurrent.futures import as_completed
from typing import TYPE_CHECKING

from voices.errors import SpeechFailed, SpeechNotWhole, VoiceUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from concurrent.futures import Executor, Future

    from voices.base import Voice
    from voices.model import Clip, Line

SHOWN = 60
"""Characters of a sentence that an error shows: enough to find it."""


def speak(
    lines: Sequence[Line],
    voices: Mapping[str, Voice],
    executor: Executor,
    on_clip: Callable[[int, int], None] = lambda _done, _total: None,
) -> tuple[Clip, ...]:
    """One clip a line, in the lines' order; lines that sound the same are spoken once.

    `on_clip` hears, in the caller's thread, how many of how many are done. The first failure is raised at once,
    with the sentence, and what has not begun is cancelled; so it is at Ctrl-C. What was spoken before stays in
    the voices' caches. Raises `VoiceUnavailable` before anything is spoken when a line names no voice at hand.
    """
    if unknown := sorted({line.voice for line in lines} - set(voices)):
        raise VoiceUnavailable(f"there is no voice for {', '.join(unknown)}; name one in the settings")
    wanted = {_sound(line): line for line in lines}
    # The longest first, so that no worker is left alone with a long sentence at the end.
    order = sorted(wanted, key=lambda sound: len(wanted[sound].utterance.text), reverse=True)
    asked = {sound: executor.submit(_spoken, voices[wanted[sound].voice], wanted[sound]) for sound in order}
    _await(list(asked.values()), on_clip)
    return tuple(asked[_sound(line)].result() for line in lines)


def _sound(line: Line) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """What decides how a line sounds; the pause after it does not."""
    return line.voice, line.utterance.words, line.utterance.pinyin


def _spoken(voice: Voice, line: Line) -> Clip:
    try:
        return voice.speak(line.utterance)
    except (SpeechFailed, SpeechNotWhole) as error:
        raise type(error)(f"{line.speaker} could not say “{line.printed[:SHOWN]}”: {error}") from error


def _await(asked: Sequence[Future[Clip]], on_clip: Callable[[int, int], None]) -> None:
    try:
        for done, future in enumerate(as_completed(asked), 1):
            future.result()
            on_clip(done, len(asked))
    except BaseException:  # Ctrl-C too: nothing new may begin
        for future in asked:
            future.cancel()
        raise

"""Many lines at once, in order: spoken side by side by the executor, handed over one after the other."""

from __future__ import annotations

from concurrent.futures import FIRST_EXCEPTION, Future, as_completed, wait
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from concurrent.futures import Executor

    from voices.base import Voice
    from voices.model import Clip, Line


def speak(
    lines: Sequence[Line],
    voices: Mapping[str, Voice],
    executor: Executor,
    on_clip: Callable[[int, int], None] = lambda _done, _total: None,
) -> tuple[Clip, ...]:
    """One clip a line, in the lines' order; a line that stands twice is spoken once.

    `on_clip` hears how many of how many are done. The first failure is raised at once and what has not begun
    is cancelled; so it is at Ctrl-C. What was spoken before stays in the voices' caches.
    """
    wanted = {(line.voice, line.utterance): line for line in lines}
    asked: dict[object, Future[Clip]] = {
        what: executor.submit(voices[line.voice].speak, line.utterance) for what, line in wanted.items()
    }
    try:
        for done, future in enumerate(as_completed(asked.values()), 1):
            future.result()
            on_clip(done, len(asked))
    except BaseException:
        for future in asked.values():
            future.cancel()
        wait(asked.values(), return_when=FIRST_EXCEPTION)
        raise
    return tuple(asked[line.voice, line.utterance].result() for line in lines)

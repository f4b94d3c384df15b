"""Store of many clips in little memory: their samples lie in an unlinked temporary file."""

from __future__ import annotations

import os
import tempfile
import weakref
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, overload

from voices.errors import VoiceUnavailable
from voices.model import Clip

if TYPE_CHECKING:
    from voices.model import WordTime


class _Place(NamedTuple):
    """Place of a clip's samples in the file, and the rest of the clip."""

    start: int
    size: int
    rate: int
    words: tuple[WordTime, ...]


class ClipStore:
    """Store that takes clips, and gives each of them back by the number under which it was taken."""

    def __init__(self) -> None:
        self._places: list[_Place] = []
        self._end = 0
        with tempfile.TemporaryFile() as file:
            self._file = os.dup(file.fileno())
        weakref.finalize(self, os.close, self._file)

    def add_clip(self, clip: Clip) -> int:
        """Keep a clip; returns its number. Raises `VoiceUnavailable` when the disk is full."""
        try:
            written = os.pwrite(self._file, clip.pcm, self._end)
        except OSError as error:
            raise _disk_full(error.strerror) from error
        if written < len(clip.pcm):
            raise _disk_full("no space left")
        self._places.append(_Place(self._end, written, clip.rate, clip.words))
        self._end += written
        return len(self._places) - 1

    def read_clip(self, number: int) -> Clip:
        """Return the clip of that number."""
        start = self._places[number]
        return Clip(os.pread(self._file, start.size, start.start), start.rate, start.words)


def _disk_full(reason: str | None) -> VoiceUnavailable:
    where = tempfile.gettempdir()
    return VoiceUnavailable(f"speech cannot be laid down in {where}: {reason}; free it, or set TMPDIR")


class Clips(Sequence[Clip]):
    """Clips of a store in the order of an edition's lines, each read when it is asked for."""

    def __init__(self, reel: ClipStore, numbers: Sequence[int]) -> None:
        self._reel = reel
        self._numbers = tuple(numbers)

    @overload
    def __getitem__(self, place: int) -> Clip: ...
    @overload
    def __getitem__(self, place: slice) -> Clips: ...
    def __getitem__(self, place: int | slice) -> Clip | Clips:
        """One clip, or some of them."""
        if isinstance(place, slice):
            return Clips(self._reel, self._numbers[place])
        return self._reel.read_clip(self._numbers[place])

    def __len__(self) -> int:
        return len(self._numbers)

    def __eq__(self, other: object) -> bool:
        """Equal to any sequence of the same clips."""
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(Clip.__eq__, self, other))

    def __hash__(self) -> int:
        return hash((id(self._reel), self._numbers))

"""Cache of clips: the same words, reading, voice and settings give the same clip, at once.

One file a clip, named by what it says: a line of JSON, then the samples. Safe to delete, safe to share
between shows and processes: a file appears whole or not at all, only speech that was proved whole is kept,
and a file that is damaged is spoken again.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from voices.model import PLAIN, Clip, Millis, PinyinSupport, WordTime
from voices.synthesis.verify import VerifiedVoice

if TYPE_CHECKING:
    from voices.model import Utterance
    from voices.voice_protocol import Voice

LOG = logging.getLogger(__name__)

LIMIT = 2 * 1024**3
"""Bytes that a cache may hold: twelve hours of speech, months of editions."""

SWEEP = 50
"""A voice looks whether the cache is full when it has spoken a new clip, and again after so many."""

STALE = 24 * 3600
"""Seconds after which nobody is still writing a temporary file."""

VERSION = 2
"""Of the files' format: another one never reads this one's files."""

UNREADABLE = (OSError, ValueError, LookupError, TypeError, AttributeError)
"""What reading a damaged file can raise."""


class CachedVoice:
    """Voice whose clips are kept in `folder`; it counts the `hits` that were there and the `misses` it spoke."""

    def __init__(self, voice: Voice, folder: Path, limit: int = LIMIT) -> None:
        # Nothing that was not proved is ever kept.
        self._voice = voice if isinstance(voice, VerifiedVoice) else VerifiedVoice(voice)
        self._folder = folder
        self._limit = limit
        self._counting = threading.Lock()
        self.hits = 0
        self.misses = 0

    @property
    def identity(self) -> str:
        """The remembered voice's own."""
        return self._voice.identity

    @property
    def obeys(self) -> PinyinSupport:
        """As the remembered voice does."""
        return self._voice.obeys

    def __reduce__(self) -> tuple[type[CachedVoice], tuple[Voice, Path, int]]:
        """Another process counts by itself."""
        return CachedVoice, (self._voice, self._folder, self._limit)

    def speak(self, utterance: Utterance) -> Clip:
        """Return the clip in the cache, else a new one that is put there; raises what the voice raises."""
        path = self._folder / clip_path(self.identity, self._relevant_part(utterance))
        clip = load_clip(path)
        misses = self._count_request(hit=clip is not None)
        LOG.debug("a sentence was wanted", extra={"remembered": clip is not None})
        if clip is not None:
            self._voice.learn_clip(utterance, clip)
            return clip
        clip = self._voice.speak(utterance)
        self._save_clip(path, clip)
        # With the first one too: the clock's process may speak fewer than that a day, every day.
        if misses % SWEEP == 1:
            prune_cache(self._folder, self._limit)
        return clip

    def find_clip(self, utterance: Utterance) -> Clip | None:
        """Return the clip in the cache, or None; nothing is spoken, and nothing counted."""
        return load_clip(self._folder / clip_path(self.identity, self._relevant_part(utterance)))

    def stop(self) -> None:
        """End what the remembered voice is speaking."""
        self._voice.stop()

    def warm(self) -> None:
        """Let the remembered voice load what it needs."""
        self._voice.warm()

    def _relevant_part(self, utterance: Utterance) -> Utterance:
        """Return the utterance without what this voice does not look at: that changes no sound."""
        return utterance if self.obeys is PinyinSupport.SPELLING else replace(utterance, respelled="")

    def _save_clip(self, path: Path, clip: Clip) -> None:
        try:
            save_clip(path, clip)
        except OSError as error:
            # The sentence is spoken and whole: a full disk costs time another day, and not today's programme.
            LOG.warning(
                "the clips cannot be kept in %s: %s; make room there, or let it be written",
                self._folder,
                error,
            )

    def _count_request(self, *, hit: bool) -> int:
        """Count a question; returns the number of misses."""
        with self._counting:
            self.hits += hit
            self.misses += not hit
            return self.misses


def clip_path(identity: str, utterance: Utterance) -> str:
    """Return the clip's file below the cache: everything that decides the sound, hashed."""
    respelled = [utterance.respelled] if utterance.respelled else []
    # Only what is not plain: an engine's clips of before keep their names.
    delivery = [] if utterance.delivery == PLAIN else [asdict(utterance.delivery)]
    what = json.dumps([VERSION, identity, utterance.words, utterance.pinyin, *respelled, *delivery])
    digest = hashlib.sha256(what.encode()).hexdigest()
    return f"{digest[:2]}/{digest}.clip"


def load_clip(path: Path) -> Clip | None:
    """Return the clip in a file, or None when it is missing or damaged; it counts as used now."""
    try:
        digest, _, body = path.read_bytes().partition(b"\n")
        if digest != _hex_digest(body):
            return None
        clip = _parse_clip(body)
    except UNREADABLE:
        return None
    # In a cache that may be read and not written, a clip is one all the same.
    with suppress(OSError):
        os.utime(path)
    return clip


def save_clip(path: Path, clip: Clip) -> None:
    """Write a clip whole or not at all, also when the machine stops."""
    words = [(word.text, word.start, word.end) for word in clip.words]
    body = json.dumps({"rate": clip.rate, "words": words}).encode() + b"\n" + clip.pcm
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        temporary = Path(file.name)
        try:
            file.write(_hex_digest(body) + b"\n" + body)
            file.flush()
            os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class CacheContents:
    """Clips of a cache, their bytes, and when the one that rested longest was last used (aware)."""

    clips: int
    size: int
    oldest: datetime | None


def cache_contents(folder: Path) -> CacheContents:
    """Count what is in a cache."""
    files = _list_files(folder)
    oldest = datetime.fromtimestamp(min(file.used for file in files), UTC) if files else None
    return CacheContents(len(files), sum(file.size for file in files), oldest)


def prune_cache(folder: Path, limit: int = LIMIT) -> CacheContents:
    """Remove the clips that rested longest until at most `limit` bytes are left; returns what was removed.

    What another process removes or writes at the same time does no harm. What a killed process left half written
    goes too, once it is `STALE`.
    """
    now = time.time()
    for path in folder.glob("*/.*"):
        with suppress(OSError):
            if now - path.stat().st_mtime > STALE:
                path.unlink()
    files = sorted(_list_files(folder), key=lambda file: file.used)
    over = sum(file.size for file in files) - limit
    gone: list[_File] = []
    while files and over > 0:
        file = files.pop(0)
        # One that may not be removed stays, and the next one goes in its place.
        with suppress(OSError):
            file.path.unlink(missing_ok=True)
            over -= file.size
            gone.append(file)
    oldest = datetime.fromtimestamp(gone[0].used, UTC) if gone else None
    return CacheContents(len(gone), sum(file.size for file in gone), oldest)


class _File(NamedTuple):
    path: Path
    size: int
    used: float


def _list_files(folder: Path) -> list[_File]:
    """Return the clips that are there; one that goes while we look is not."""
    files = []
    for path in folder.glob("*/*.clip"):
        with suppress(OSError):
            status = path.stat()
            files.append(_File(path, status.st_size, status.st_mtime))
    return files


def _hex_digest(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()


def _parse_clip(body: bytes) -> Clip:
    head, _, pcm = body.partition(b"\n")
    facts: dict[str, Any] = json.loads(head)
    words = tuple(WordTime(text, Millis(start), Millis(end)) for text, start, end in facts["words"])
    return Clip(pcm, facts["rate"], words)

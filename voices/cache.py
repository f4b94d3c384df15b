"""A voice that remembers: the same words, reading, voice and settings give the same clip, at once.

One file a clip, named by what it says: a line of JSON, then the samples. Safe to delete, safe to share
between shows and processes: a file appears whole or not at all, only speech that was proved whole is kept,
and a file that is damaged is spoken again.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voices.errors import VoiceUnavailable
from voices.model import Clip, Millis, WordTime
from voices.whole import Checked

if TYPE_CHECKING:
    from voices.base import Voice
    from voices.model import Obeys, Utterance

VERSION = 2
"""Of the files' format: another one never reads this one's files."""

UNREADABLE = (OSError, ValueError, LookupError, TypeError, AttributeError)
"""What reading a damaged file can raise."""


class Remembering:
    """A voice whose clips are kept in `folder`; it counts the `hits` it remembered and the `misses` it spoke."""

    def __init__(self, voice: Voice, folder: Path) -> None:
        self._voice = Checked(voice)
        self._folder = folder
        self._counting = threading.Lock()
        self.hits = 0
        self.misses = 0

    @property
    def identity(self) -> str:
        """The remembered voice's own."""
        return self._voice.identity

    @property
    def obeys(self) -> Obeys:
        """As the remembered voice does."""
        return self._voice.obeys

    def speak(self, utterance: Utterance) -> Clip:
        """The clip that is kept, else a new one that is kept from now on; raises what the voice raises."""
        path = self._folder / name(self.identity, utterance)
        clip = load(path)
        self._count(hit=clip is not None)
        if clip is None:
            clip = self._voice.speak(utterance)
            self._keep(path, clip)
        return clip

    def _keep(self, path: Path, clip: Clip) -> None:
        try:
            keep(path, clip)
        except OSError as error:
            raise VoiceUnavailable(f"the clips cannot be kept in {self._folder}: {error}; free it") from error

    def _count(self, *, hit: bool) -> None:
        with self._counting:
            self.hits += hit
            self.misses += not hit


def name(identity: str, utterance: Utterance) -> str:
    """The clip's file below the cache: everything that decides the sound, hashed."""
    respelled = [utterance.respelled] if utterance.respelled else []
    what = json.dumps([VERSION, identity, utterance.words, utterance.pinyin, *respelled])
    digest = hashlib.sha256(what.encode()).hexdigest()
    return f"{digest[:2]}/{digest}.clip"


def load(path: Path) -> Clip | None:
    """The clip in a file, or None when there is none or it is not what was written."""
    try:
        digest, _, body = path.read_bytes().partition(b"\n")
        return _parsed(body) if digest == _digest(body) else None
    except UNREADABLE:
        return None


def keep(path: Path, clip: Clip) -> None:
    """Write a clip whole or not at all, also when the machine stops."""
    words = [(word.text, word.start, word.end) for word in clip.words]
    body = json.dumps({"rate": clip.rate, "words": words}).encode() + b"\n" + clip.pcm
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        temporary = Path(file.name)
        try:
            file.write(_digest(body) + b"\n" + body)
            file.flush()
            os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)


def _digest(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()


def _parsed(body: bytes) -> Clip:
    head, _, pcm = body.partition(b"\n")
    facts: dict[str, Any] = json.loads(head)
    words = tuple(WordTime(text, Millis(start), Millis(end)) for text, start, end in facts["words"])
    return Clip(pcm, facts["rate"], words)

"""A voice that remembers: the same words, reading, voice and settings give the same clip, at once.

One file a clip, named by what it says: a line of JSON, then the samples. Safe to delete, safe to share
between shows and processes: a file appears whole or not at all, and one that is damaged is spoken again.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voices.model import Clip, Millis, WordTime

if TYPE_CHECKING:
    from voices.base import Voice
    from voices.model import Utterance

VERSION = 1
"""Of the files' format."""


class Remembering:
    """A voice whose clips are kept in `folder`."""

    def __init__(self, voice: Voice, folder: Path) -> None:
        self._voice = voice
        self._folder = folder

    @property
    def identity(self) -> str:
        """The remembered voice's own."""
        return self._voice.identity

    def speak(self, utterance: Utterance) -> Clip:
        """The clip that is kept, else a new one that is kept from now on."""
        path = self._folder / key(self._voice.identity, utterance)
        clip = _load(path)
        if clip is None:
            clip = self._voice.speak(utterance)
            _keep(path, clip)
        return clip


def key(identity: str, utterance: Utterance) -> str:
    """The file's name below the cache: everything that decides the sound, hashed."""
    what = json.dumps([VERSION, identity, utterance.words, utterance.pinyin], ensure_ascii=False)
    digest = hashlib.sha256(what.encode()).hexdigest()
    return f"{digest[:2]}/{digest}.clip"


def _load(path: Path) -> Clip | None:
    try:
        head, _, pcm = path.read_bytes().partition(b"\n")
        facts: dict[str, Any] = json.loads(head)
    except (FileNotFoundError, ValueError):
        return None
    if facts.get("sha256") != hashlib.sha256(pcm).hexdigest():
        return None
    words = tuple(WordTime(text, Millis(start), Millis(end)) for text, start, end in facts["words"])
    return Clip(pcm, facts["rate"], words)


def _keep(path: Path, clip: Clip) -> None:
    facts = {
        "rate": clip.rate,
        "words": [(word.text, word.start, word.end) for word in clip.words],
        "sha256": hashlib.sha256(clip.pcm).hexdigest(),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        try:
            file.write(json.dumps(facts, ensure_ascii=False).encode() + b"\n" + clip.pcm)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise

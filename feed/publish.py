"""Where listeners fetch it: the publisher's seam, a folder, and the order in which an episode goes out.

    audio → transcripts, chapters → cover, pages → feed

The feed names only what is there already. Every file appears whole, by a rename; a file that is the same is not
touched; the name of a recording holds a hash of it, so that no address is ever used for other sound.
"""

from __future__ import annotations

import filecmp
import hashlib
import os
import re
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from feed import chapters, check, cover, pages, rss, transcript
from feed.errors import InvalidShow, PublishFailed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feed.model import Episode, Show

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".xml": "application/rss+xml; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".vtt": "text/vtt; charset=utf-8",
    ".srt": "application/x-subrip; charset=utf-8",
    ".chapters.json": "application/json+chapters; charset=utf-8",
    ".json": "application/json; charset=utf-8",
}
"""Content types by ending, the longest ending first where two fit."""


class Publisher(Protocol):
    """Where files are put for the world.

    An implementation MUST make a file appear whole or not at all, MUST take only plain ASCII names, MUST be safe
    to repeat, and MUST raise `PublishFailed` when it could not; what was there before is then still there. It MAY
    skip a file that is the same.
    """

    def put(self, name: str, path: Path, content_type: str) -> str:
        """Publish the file at `path` under `name`; returns its URL."""
        ...


class Folder:
    """A folder that a web server serves, or that is copied to one; `address` is its URL with a final slash."""

    def __init__(self, root: Path, address: str) -> None:
        self._root = root
        self._address = address

    def put(self, name: str, path: Path, content_type: str) -> str:
        """Copy, fsync, rename; the content type is the web server's matter."""
        del content_type
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name):
            raise PublishFailed(
                f"{name!r} cannot be a published name; use ASCII letters, digits, dots and hyphens"
            )
        target = self._root / name
        try:
            if not (target.is_file() and filecmp.cmp(path, target, shallow=False)):
                self._replace(target, path)
        except OSError as error:
            raise PublishFailed(
                f"{target} cannot be written: {error.strerror}; what was on air still is"
            ) from error
        return self._address + name

    def _replace(self, target: Path, path: Path) -> None:
        self._root.mkdir(parents=True, exist_ok=True)
        # One name for every try: what a killed run has left is written over, never served, and soon renamed.
        temporary = target.with_name(f".{target.name}")
        with path.open("rb") as source, temporary.open("wb") as file:
            shutil.copyfileobj(source, file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
        self._settle()

    def _settle(self) -> None:
        """Let the new name survive a power cut, so that no feed is found later without its audio."""
        folder = os.open(self._root, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def content_type(name: str) -> str:
    """The content type of a published name."""
    return next((kind for ending, kind in TYPES.items() if name.endswith(ending)), "application/octet-stream")


def audio_name(stem: str, path: Path) -> str:
    """The published name of a recording: `stem` and a hash of the sound."""
    with path.open("rb") as file:
        return f"{stem}-{hashlib.file_digest(file, 'sha256').hexdigest()[:12]}.mp3"


def publish(publisher: Publisher, show: Show, episodes: Sequence[Episode], audio: Path, art: bytes) -> None:
    """Put the first of `episodes`, whose sound is at `audio`, on the air, with the show's feed and pages.

    Raises `InvalidShow` or `PublishFailed`; the feed that was on air then still is.
    """
    newest = episodes[0]
    _same_sound(newest, audio)
    shown = replace(show, cover=cover.name(art))
    feed = rss.render(shown, episodes)
    check.refuse(feed)
    publisher.put(newest.audio, audio, content_type(newest.audio))
    with tempfile.TemporaryDirectory() as scratch:
        for name, data in (*_beside(shown, newest), *_pages(shown, episodes, art), (rss.FEED, feed)):
            path = Path(scratch) / name
            path.write_bytes(data)
            publisher.put(name, path, content_type(name))


def _same_sound(episode: Episode, audio: Path) -> None:
    """Refuse sound that is not the episode's: its name would then stand for two recordings, and apps mix them."""
    try:
        size, named = audio.stat().st_size, audio_name("", audio)
    except OSError as error:
        raise PublishFailed(
            f"the recording {audio} cannot be read: {error.strerror}; render it again"
        ) from error
    if size != episode.size or not f"-{episode.audio}".endswith(named):
        raise InvalidShow(
            f"{audio} is not the sound of {episode.audio}; name it by `audio_name`, give its size"
        )


def _beside(show: Show, episode: Episode) -> list[tuple[str, bytes]]:
    """What belongs to one episode besides its sound."""
    stem = rss.stem(episode)
    return [
        (f"{stem}.vtt", transcript.vtt(episode.cues).encode()),
        (f"{stem}.srt", transcript.srt(episode.cues).encode()),
        (f"{stem}.json", transcript.as_json(episode.cues).encode()),
        (f"{stem}{rss.CHAPTERS}", chapters.as_json(episode.chapters).encode()),
        (rss.page_name(episode), pages.episode(show, episode)),
    ]


def _pages(show: Show, episodes: Sequence[Episode], art: bytes) -> list[tuple[str, bytes]]:
    """What belongs to the show."""
    assets = [(name, (pages.TEMPLATES / name).read_bytes()) for name in pages.ASSETS]
    return [(show.cover, art), *assets, ("index.html", pages.index(show, episodes))]

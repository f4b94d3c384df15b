"""Names of the files of an episode that corrections do not change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feed.model import Episode

HASH_ENDING = r"-[0-9a-f]{12}$"
"""Pattern of the hash in a recording's name: the beginning of the file's SHA-256."""


def audio_stem(episode: Episode) -> str:
    """Return the audio's name without its ending; transcripts and chapters share it."""
    return episode.audio.removesuffix(".mp3")


def page_name(episode: Episode) -> str:
    """Return the name of the episode's web page, which corrections do not change."""
    return page_of_audio(episode.audio)


def page_of_audio(audio: str) -> str:
    """Return the name of the web page for a recording of this name."""
    return f"{re.sub(HASH_ENDING, '', audio.removesuffix('.mp3'))}.html"

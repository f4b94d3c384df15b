"""Names of published files: their content types, their time in caches, which may be removed."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from feed.errors import PublishFailed

if TYPE_CHECKING:
    from pathlib import Path

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".xml": "application/rss+xml; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/x-m4a",
    ".m3u": "audio/x-mpegurl; charset=utf-8",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".vtt": "text/vtt; charset=utf-8",
    ".srt": "application/x-subrip; charset=utf-8",
    ".chapters.json": "application/json+chapters; charset=utf-8",
    ".json": "application/json; charset=utf-8",
}
"""Content types by ending, the longest ending first where two fit."""


IMMUTABLE = "public, max-age=31536000, immutable"
FIVE_MINUTES = "public, max-age=300"
REVALIDATED = "no-cache"
"""Cached, but asked for again at every request."""

LATEST = "latest.mp3"
"""The newest episode's sound under a name that stays, where a copy of it is wanted."""

NEWEST_JSON = "latest.json"
"""Document of a show that names its newest recording."""

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_UNCHANGING = re.compile(r".+-[0-9a-f]{12}\.(?:mp3|m4a|jpg)")
_REMOVABLE = re.compile(
    r"\d{4}-\d\d-\d\d-[a-z0-9-]+\.(?:mp3|m4a|vtt|srt|json|chapters\.json|html)"
    rf"|cover-[0-9a-f]{{12}}\.jpg|feed-\d+\.xml|{re.escape(LATEST)}"
)
"""Files of editions and covers, removed once nothing names them; others are not ours to remove."""

COMPRESSED_ENDINGS = (".mp3", ".m4a", ".jpg", ".png")
"""Endings of compressed formats, never packed again, so that a Range counts the file's bytes."""

PACKED_ENDING = ".gz"
MIN_PACKED_BYTES = 500
"""Smallest file that is worth packing."""

_RECORDING = re.compile(
    r"(?P<stem>(?P<day>\d{4}-\d\d-\d\d)-(?P<edition>.+?))(?:-short)?-[0-9a-f]{12}\.(?P<ending>.+)"
)
_PAGE = re.compile(r"(?P<stem>\d{4}-\d\d-\d\d-.+)\.html")


def edition_stem(name: str) -> str:
    """Return day and edition of a file of an edition, such as 2026-03-01-morning; "" for any other file."""
    match = _RECORDING.fullmatch(name) or _PAGE.fullmatch(name)
    return match["stem"] if match else ""


def parse_audio_name(name: str) -> tuple[str, str] | None:
    """Return day (ISO 8601) and edition of a recording's name, or None for any other name."""
    match = _RECORDING.fullmatch(name)
    return (match["day"], match["edition"]) if match and match["ending"] == "mp3" else None


def packed_name(name: str) -> str:
    """Return the name of the packed copy, which stands beside the file."""
    return name + PACKED_ENDING


def is_worth_packing(name: str, size: int) -> bool:
    """Return True for texts of some length."""
    return size >= MIN_PACKED_BYTES and not name.endswith(COMPRESSED_ENDINGS)


def content_type(name: str) -> str:
    """Return the content type of a published name."""
    return next((kind for ending, kind in TYPES.items() if name.endswith(ending)), "application/octet-stream")


def cache_control(name: str) -> str:
    """Return the Cache-Control value; names with a hash (recordings, covers) never change."""
    if name in {LATEST, NEWEST_JSON}:
        return REVALIDATED
    return IMMUTABLE if _UNCHANGING.fullmatch(name) else FIVE_MINUTES


def audio_name(stem: str, path: Path) -> str:
    """Return the published name of a recording: `stem`, a hash of its bytes, its ending."""
    with path.open("rb") as file:
        return f"{stem}-{hashlib.file_digest(file, 'sha256').hexdigest()[:12]}{path.suffix}"


def is_removable(name: str) -> bool:
    """Return True for names of our own files that may be removed when unused."""
    return _REMOVABLE.fullmatch(name) is not None


def refuse_name(name: str) -> None:
    """Raise `PublishFailed` for a name that is not plain ASCII."""
    if not _PLAIN.fullmatch(name):
        raise PublishFailed(
            f"{name!r} cannot be a published name; use ASCII letters, digits, dots and hyphens"
        )

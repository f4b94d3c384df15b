"""Detection of a file's kind, by its name or by its content."""

from __future__ import annotations

import json
import re
from contextlib import suppress

KINDS = (
    "podcast",
    "alexa",
    "dingdang",
    "iflyos",
    "xiaomusic",
    "latest",
    "m3u",
    "vtt",
    "srt",
    "transcript",
    "chapters",
)
"""Kinds that the checker knows; alexa, dingdang and iflyos come as JSON or as RSS."""

_SPEAKERS = ("alexa", "dingdang", "iflyos", "xiaomusic", "latest")
_ENDINGS = {
    ".chapters.json": "chapters",
    ".m3u8": "m3u",
    ".m3u": "m3u",
    ".vtt": "vtt",
    ".srt": "srt",
}
_FIELDS = (
    ("chapters", {"chapters"}),
    ("transcript", {"segments"}),
    ("alexa", {"uid", "updateDate", "titleText", "mainText"}),
    ("xiaomusic", {"musics"}),
    ("latest", {"episode"}),
    ("iflyos", {"id", "invalidDate", "sourceName", "sourceImage"}),
    ("dingdang", {"guid", "category"}),
)
"""Kinds of JSON with the names of fields of which one is enough."""


def detect_kind(data: bytes, name: str = "") -> str:
    """Return the kind of a file; "" for kinds that the checker does not know."""
    last = re.split(r"[?#]", name)[0].rpartition("/")[2].lower()
    for kind in _SPEAKERS:
        if re.search(rf"\b{kind}\b", last) and last.endswith((".json", ".xml", ".rss")):
            return kind
    named = next((kind for ending, kind in _ENDINGS.items() if last.endswith(ending)), "")
    return named or _kind_of_content(data)


def _kind_of_content(data: bytes) -> str:
    text = data[:4096].decode("utf-8", "replace").removeprefix("\ufeff").lstrip()
    if text.startswith("<"):
        return "podcast"
    if text.startswith("WEBVTT"):
        return "vtt"
    if text.startswith("#EXTM3U"):
        return "m3u"
    if re.match(r"\d+\s*\r?\n[\d:,. ]+-->", text):
        return "srt"
    return _kind_of_json(data) if text.startswith(("[", "{")) else ""


def _kind_of_json(data: bytes) -> str:
    value: object = None
    with suppress(ValueError, RecursionError):
        value = json.loads(data)
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, dict) and isinstance(first.get("data"), list):
        return "iflyos"
    fields = set(first) if isinstance(first, dict) else set()
    return next((kind for kind, names in _FIELDS if fields & names), "")

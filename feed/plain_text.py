"""Plain text for the world: what XML and players cannot hold is taken out, what is too long is cut at a sentence.

Titles and summaries come from articles, and articles are hostile: control characters break XML, and marks
that turn the direction of writing make a title read as something else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit, urlunsplit

if TYPE_CHECKING:
    from datetime import timedelta

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\uffff]"
)
"""Controls, marks of direction, zero-width spaces, halves of surrogate pairs, what is no character (XML 1.0 §2.2)."""

_BLANKS = re.compile(r"\s+")
_ODD = re.compile(rf"[\s{_UNSEEN.pattern[1:-1]}]")
"""What `single_line` changes; most titles have none of it."""

_ENDS = re.compile(r"[。！？；\n]")
_KEPT = "%/:?#[]@!$&'()*+,;=~"
"""What RFC 3986 lets stand in an address besides letters and digits."""


_SIMPLE = re.compile(
    r"https?://[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*(?:/[\w%/:@!$&'()*+,;=.~-]*)(?:\?[\w%/:@!$&'()*+,;=.~-]+)?",
    re.ASCII,
)
"""Addresses that `safe_link` leaves as they are; nearly all that articles have."""


def strip_controls(text: str) -> str:
    """A text without what cannot be seen or cannot stand in XML; lines stay lines."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))


def single_line(text: str) -> str:
    """A text on one line, without blanks at its ends: a title, a name."""
    return _BLANKS.sub(" ", strip_controls(text)).strip() if _ODD.search(text) else text


def fit_bytes(text: str, limit: int) -> str:
    """Text within `limit` bytes of UTF-8, cut behind a sentence where one ends in time, else marked by ….

    Directories count bytes, and a Han character has three.
    """
    data = text.encode()
    if len(data) <= limit:
        return text
    short = data[:limit].decode(errors="ignore")
    ends = [match.end() for match in _ENDS.finditer(short)]
    if ends and (sentences := short[: ends[-1]].rstrip()):
        return sentences
    return data[: limit - len("…".encode())].decode(errors="ignore") + "…"


def format_hms(position: timedelta) -> str:
    """HH:MM:SS, as chapters stand in the notes: Apple reads them there as chapters."""
    seconds = int(position.total_seconds())
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def format_millis(position: timedelta, point: str = ".") -> str:
    """HH:MM:SS.mmm, as chapters and transcripts count; `point` stands before the milliseconds."""
    millis = round(position.total_seconds() * 1000)
    seconds = millis // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{millis % 1000:03}"


def safe_link(url: str) -> str:
    """An address as ASCII that may become a link; "" for what is no http(s) address, so that none can run."""
    if _SIMPLE.fullmatch(url):
        return url
    try:
        parts = urlsplit(single_line(url))
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not re.fullmatch(r"[\w.-]+|[0-9a-f:]+", host, re.ASCII):
        return ""
    authority = f"[{host}]{port}" if ":" in host else f"{host}{port}"
    path, query, fragment = (quote(part, safe=_KEPT) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, authority, path, query, fragment))

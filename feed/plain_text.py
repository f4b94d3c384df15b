"""Plain text for feeds and players: safe characters, safe links, lengths within limits.

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
"""Controls, direction marks, zero-width spaces, surrogates, noncharacters (XML 1.0 §2.2)."""

_BLANKS = re.compile(r"\s+")
_ODD = re.compile(rf"[\s{_UNSEEN.pattern[1:-1]}]")
"""Characters that `single_line` changes; most titles have none."""

_ENDS = re.compile(r"[。！？；\n]")
_KEPT = "%/:?#[]@!$&'()*+,;=~"
"""Characters that RFC 3986 allows in an address besides letters and digits."""


_SIMPLE = re.compile(
    r"https?://[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*(?:/[\w%/:@!$&'()*+,;=.~-]*)(?:\?[\w%/:@!$&'()*+,;=.~-]+)?",
    re.ASCII,
)
"""Addresses that `safe_link` leaves as they are; nearly all that articles have."""


def strip_controls(text: str) -> str:
    """Return a text without invisible characters and those that XML forbids; keep its lines."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))


def single_line(text: str) -> str:
    """Return a text on one line without blanks at its ends, for titles and names."""
    return _BLANKS.sub(" ", strip_controls(text)).strip() if _ODD.search(text) else text


def fit_bytes(text: str, limit: int) -> str:
    """Return a text within `limit` bytes of UTF-8, cut behind a sentence or marked by ….

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
    """Return HH:MM:SS, the form that Apple reads as chapters in show notes."""
    seconds = int(position.total_seconds())
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def format_millis(position: timedelta, point: str = ".") -> str:
    """Return HH:MM:SS.mmm for chapters and transcripts; `point` precedes the milliseconds."""
    millis = round(position.total_seconds() * 1000)
    seconds = millis // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{millis % 1000:03}"


def safe_link(url: str) -> str:
    """Return an http(s) address as ASCII; "" for any other, so that no script becomes a link."""
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

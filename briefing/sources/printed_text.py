"""Text of a newspaper page file in the encodings that papers and editors use."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Final

from briefing.errors import SourceError
from briefing.sources import text_normalizer
from briefing.sources.html import decoding
from briefing.sources.newspaper.lines import cleaning
from briefing.sources.regular_file import read_regular_file

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES: Final = 4 * 1024 * 1024
"""Largest file that is read: a broadsheet page is some 20 kB of text, a whole day's paper under 1 MB."""
LEAST_HAN: Final = 0.3
"""The share of Han characters below which a text is not a Chinese paper's."""
_FORMATS: Final = {
    b"%PDF": "a PDF file; extract its text first",
    b"PK\x03\x04": "a ZIP, DOCX or EPUB file; extract its text first",
    b"\xd0\xcf\x11\xe0": "an old Office file; extract its text first",
    b"\x89PNG": "a picture; run character recognition on it first",
    b"\xff\xd8\xff": "a picture; run character recognition on it first",
    b"GIF8": "a picture; run character recognition on it first",
    b"\x1f\x8b": "a gzip file; unpack it first",
}
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_page_file(path: Path) -> str:
    """Return the text of a page file: UTF-8, UTF-16 with a mark, or GB 18030.

    Raises `SourceError` for a file that is missing, empty, no text, or larger than `MAX_BYTES` (before it
    is read).
    """
    try:
        content = read_regular_file(path, MAX_BYTES)
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror or error}") from error
    try:
        return decode_page(content)
    except SourceError as error:
        raise SourceError(f"{path}: {error}") from error


def decode_page(content: bytes) -> str:
    """Return the text of a file's bytes; raises `SourceError` for none, binary data, unknown encodings."""
    for magic, message in _FORMATS.items():
        if content.startswith(magic):
            raise SourceError(f"the file is {message}")
    if not content.strip():
        raise SourceError("the file is empty; extract the page's text again")
    if b"\x00" in content and not content.startswith(_UTF16):
        raise SourceError("the file is binary, not text; extract the page's text first")
    return _decoded(content)


def _decoded(content: bytes) -> str:
    encodings = ("utf-16",) if content.startswith(_UTF16) else ("utf-8-sig", "gb18030", "big5hkscs")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        if encoding == "big5hkscs" and not decoding.is_plausible(text, encoding):
            continue
        if encoding != "gb18030" or _is_common(text):
            return text_normalizer.repair_mojibake(text)
    raise SourceError("the file is neither UTF-8, GB 18030 nor Big5 text; save it as UTF-8")


def _is_common(text: str) -> bool:
    """Return whether most Han characters are of GB 2312: other bytes read as GB 18030 give rare ones."""
    han = [char for char in text if cleaning.han_count(char)]
    common = "".join(han).encode("gb2312", "ignore").decode("gb2312")
    return len(common) >= 0.9 * len(han) and cleaning.han_share(text) >= LEAST_HAN

"""Bytes of a page → its text, whatever the page says of its encoding.

Chinese pages declare gb2312 and hold GBK or GB 18030, declare GBK and hold UTF-8 after a move of the site, or
declare nothing. The bytes decide first: GBK text is practically never valid UTF-8 (WHATWG Encoding Standard for the
labels). Bytes that are broken here and there are read with the replacement character, not refused.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from charset_normalizer import from_bytes

_DECLARED: Final = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE
)
_HEAD: Final = 4096
"""Bytes at the start in which a declaration is looked for; browsers look in the first 1,024."""
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FAMILIES: Final = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030"}
_TOLERATED: Final = 0.02
"""The share of broken characters below which the text is still the one that was meant."""


def text(content: bytes, declared: str = "") -> str:
    """The text of a page; `declared` is the encoding that the server names, '' when it names none."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(content, declared)


def _guessed(content: bytes, declared: str) -> str:
    """The candidate with the fewest broken characters; of equals, the one named first."""
    found = _DECLARED.search(content[:_HEAD])
    named = (declared, found.group(1).decode("ascii") if found else "", "utf-8", "gb18030", "big5")
    best = min((content.decode(name, "replace") for name in _known(named)), key=_broken)
    if _broken(best) <= _TOLERATED:
        return best
    match = from_bytes(content).best()
    return best if match is None else str(match)


def _known(named: tuple[str, ...]) -> list[str]:
    """The names that Python has a text encoding for, each once."""
    found = dict.fromkeys(_FAMILIES.get(name.lower(), name.lower()) for name in named)
    return [name for name in found if _is_text_encoding(name)]


def _is_text_encoding(name: str) -> bool:
    try:
        "文".encode(name, "replace").decode(name, "replace")
    except (LookupError, UnicodeError):
        return False
    return True


def _broken(decoded: str) -> float:
    """The share of what is not ASCII that no page would hold: broken, private-use, or C1 characters, rare Han."""
    foreign = [char for char in decoded if char > "\x7f"]
    if not foreign:
        return 0.0
    bad = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or char <= "\x9f" for char in foreign)
    han = [char for char in foreign if "\u3400" <= char <= "\u9fff"]
    rare = sum(not _common(char) for char in han)
    latin = sum("\xa0" <= char <= "\u024f" for char in foreign)
    return (bad + rare * 0.5 + max(0, latin - len(han)) * 0.5) / len(foreign)


def _common(char: str) -> bool:
    """Whether a Han character is of GB 2312 or of Big5: other bytes read as either give rare ones."""
    for name in ("gb2312", "big5"):
        try:
            char.encode(name)
        except UnicodeEncodeError:
            continue
        return True
    return False

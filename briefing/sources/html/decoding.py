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

from briefing.sources.text_normalizer import repair_mojibake

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
_FAMILIES: Final = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
} | dict.fromkeys(("big5", "big5-hkscs", "big5_hkscs", "x-x-big5", "cp950"), "big5hkscs")
_TOLERATED: Final = 0.02
"""The share of broken characters below which the text is still the one that was meant."""
_SAMPLE: Final = 200_000
"""Characters by which an encoding is judged."""
_RARE: Final = 0.1
"""The share of Han outside the first level that true texts have: names of people and places."""
_LEVELS: Final = {"gb18030": ("gb2312", 0xB0, 0xD7), "big5hkscs": ("big5hkscs", 0xA4, 0xC6)}
"""By encoding, the table and the lead bytes of its frequent characters."""


def text(content: bytes, declared: str = "") -> str:
    """Return the text of a page; `declared` is the encoding that the server names, '' when it names none."""
    return repair_mojibake(_decoded(content, declared))


def _decoded(content: bytes, declared: str) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(content, declared)


def _guessed(content: bytes, declared: str) -> str:
    """The candidate that reads most like a text; of equals, the one named first."""
    found = _DECLARED.search(content[:_HEAD])
    named = (declared, found.group(1).decode("ascii") if found else "", "utf-8", "gb18030", "big5hkscs")
    read = [(name, content.decode(name, "replace")) for name in _known(named)]
    name, best = min(read, key=lambda pair: _broken(pair[1], pair[0]))
    if _broken(best, name) <= _TOLERATED:
        return best
    match = from_bytes(content[:_SAMPLE]).best()
    other = content.decode(match.encoding, "replace") if match else ""
    return other if match and _broken(other, match.encoding) < _broken(best, name) else best


def _known(named: tuple[str, ...]) -> list[str]:
    """The names that Python has a text encoding for, each once."""
    names = dict.fromkeys(_FAMILIES.get(name.lower(), name.lower()) for name in named)
    return [name for name in names if _is_text_encoding(name)]


def is_plausible(decoded: str, encoding: str) -> bool:
    """Return whether bytes that decode to `decoded` were meant in this encoding, by how common its characters are."""
    return _broken(decoded, encoding) <= _TOLERATED


def _is_text_encoding(name: str) -> bool:
    try:
        b"a".decode(name, "replace").encode(name, "replace")
    except (LookupError, UnicodeError):
        return False
    return True


def _broken(decoded: str, name: str) -> float:
    """The share of what is not ASCII that no text would hold: broken characters, letters of Europe, rare Han.

    Other bytes read as GB 18030 or Big5 give Han that hardly anybody writes; both put the frequent ones first.
    """
    foreign = [char for char in decoded[:_SAMPLE] if char > "\x7f"]
    if not foreign:
        return 0.0
    bad = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or char <= "\x9f" for char in foreign)
    han = [char for char in foreign if "\u3400" <= char <= "\u9fff"]
    rare = sum(not _frequent(char, name) for char in han)
    latin = sum("\xa0" <= char <= "\u024f" for char in foreign)
    return (bad + max(0.0, rare - _RARE * len(han)) + max(0, latin - len(han)) * 0.5) / len(foreign)


def _frequent(char: str, name: str) -> bool:
    """Return whether a Han character is of the first level of its encoding: 3,755 in GB 2312, 5,401 in Big5."""
    encoding, first, last = _LEVELS.get(name, _LEVELS["gb18030"])
    try:
        return first <= char.encode(encoding)[0] <= last
    except UnicodeEncodeError:
        return False

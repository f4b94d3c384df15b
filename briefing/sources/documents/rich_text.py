"""RTF → its plain text: control words and destinations of the specification 1.9.1 that carry no text are passed over."""

from __future__ import annotations

import re
from typing import Final

from briefing.errors import SourceError

MAX_GROUPS: Final = 1_000
"""Groups inside one another."""
_TOKEN: Final = re.compile(
    rb"\\(?:'([0-9a-fA-F]{2})|([a-zA-Z]{1,32})(-?\d{1,10})? ?|(.))|([{}])|([^\\{}\r\n]+)|[\r\n]+", re.DOTALL
)
_SILENT: Final = frozenset(
    "fonttbl colortbl stylesheet info pict object header footer headerl headerr footerl footerr footnote listtable "
    "listoverridetable generator themedata colorschememapping datastore latentstyles rsidtbl xmlnstbl fldinst "
    "bkmkstart bkmkend filetbl revtbl deleted nonshppict".split()
)
_BREAKS: Final = {"par": "\n", "line": "\n", "sect": "\n", "page": "\n", "row": "\n", "tab": " ", "cell": " ",
                  "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
                  "bullet": "·"}  # fmt: skip
_SURROGATES: Final = range(0xD800, 0xE000)
_CODE_PAGES: Final = {"936": "gb18030", "950": "big5hkscs", "65001": "utf-8", "54936": "gb18030"}


def read_text(content: bytes) -> str:
    """Return the text of an RTF file, a paragraph a line; raises `SourceError` for one that is nested too deep."""
    reader = _Reader()
    for token in _TOKEN.finditer(content):
        reader.take(token)
    reader.flush()
    return "".join(reader.parts)


class _Reader:
    """Collects the text that is shown; a group remembers whether it is shown and how many bytes a character replaces."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._bytes = bytearray()
        self._encoding = "gb18030"
        self._groups: list[tuple[bool, int]] = []
        self._silent = False
        self._replaced = 1
        self._skip = 0

    def take(self, token: re.Match[bytes]) -> None:
        hexed, word, number, sign, brace, text = token.groups()
        if brace:
            self._brace(brace)
        elif word:
            self._word(word.decode("ascii"), number.decode("ascii") if number else "")
        elif sign:
            self._sign(sign)
        elif not self._silent:
            self._add(bytes([int(hexed, 16)]) if hexed else text or b"", byte=bool(hexed))

    def flush(self) -> None:
        self.parts.append(self._bytes.decode(self._encoding, "replace"))
        self._bytes.clear()

    def _add(self, raw: bytes, *, byte: bool) -> None:
        if self._skip:
            passed = min(self._skip, 1 if byte else len(raw))
            self._skip -= passed
            raw = raw[passed:]
        self._bytes += raw

    def _brace(self, brace: bytes) -> None:
        self._skip = 0
        if brace == b"{":
            self._groups.append((self._silent, self._replaced))
            if len(self._groups) > MAX_GROUPS:
                raise SourceError("the RTF file is nested deeper than any text is; save it again")
        elif self._groups:
            self._silent, self._replaced = self._groups.pop()

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._silent = True
        elif not self._silent and sign in b"\\{}~-_":
            self._add({b"~": b" ", b"-": b"", b"_": b"-"}.get(sign, sign), byte=True)

    def _word(self, word: str, number: str) -> None:
        if word in _SILENT:
            self._silent = True
        elif word == "ansicpg":
            self._encoding = _CODE_PAGES.get(number, self._encoding)
        elif word == "uc":
            self._replaced = int(number or 1)
        elif self._silent:
            return
        elif word == "u" and number:
            self.flush()
            self.parts.append(_character(int(number)))
            self._skip = self._replaced
        elif word in _BREAKS:
            self.flush()
            self.parts.append(_BREAKS[word])


def _character(code: int) -> str:
    # Numbers above 32,767 are written as negative ones.
    code %= 1 << 16
    return "" if code in _SURROGATES else chr(code)

"""Values that scripts hold in JavaScript's own notation, not as JSON. Nothing is executed; names are only looked up.

Nuxt 2 writes its state as `window.__NUXT__=(function(a,b){return {title:a,body:b}}("…","…"))`, WeChat a picture post
as `desc: JsDecode('…')`.
"""

from __future__ import annotations

import re
import sys
from typing import Any, Final

MAX_SCRIPT_CHARS: Final = 2_000_000
MAX_DEPTH: Final = 60
_FUNCTION: Final = re.compile(
    r"__NUXT__\s*=\s*\(?\s*(?:function\s*\(|\()([\w$,\s]{0,20000})\)\s*(?:=>)?\s*\{"
)
_RETURN: Final = re.compile(r"return\s*(?=[{\[])")
_CALL: Final = re.compile(r"\}\s*\)?\s*\(")
_NAME: Final = re.compile(r"[A-Za-z_$][\w$]*")
_NUMBER: Final = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_SPACE: Final = re.compile(r"(?:\s|/\*.{0,2000}?\*/)*", re.DOTALL)
_STRING: Final = re.compile(r'"((?:[^"\\]|\\.)*)"|\'((?:[^\'\\]|\\.)*)\'|`((?:[^`\\]|\\.)*)`', re.DOTALL)
_ESCAPE: Final = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL
)
_SURROGATES: Final = range(0xD800, 0xE000)
_PLAIN_ESCAPES: Final = {"n": "\n", "r": "\n", "t": " ", "b": "", "f": "", "v": "", "0": "", "\n": ""}
_CONSTANTS: Final = {
    "true": True,
    "false": False,
    "null": None,
    "undefined": None,
    "NaN": None,
    "Infinity": None,
}
_DECODED: Final = re.compile(r"(\w{1,40})\s*:\s*JsDecode\(\s*(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')\s*\)")


class _Unreadable(Exception):  # noqa: N818 - the state of the script
    """A script that is no literal; it never leaves this module."""


def read_nuxt(script: str) -> Any:  # noqa: ANN401 - whatever the script holds
    """Return the state of a Nuxt 2 page as dictionaries and lists; None for any other script."""
    called = _FUNCTION.search(script) if len(script) <= MAX_SCRIPT_CHARS else None
    returned = _RETURN.search(script, called.end()) if called else None
    if called is None or returned is None:
        return None
    try:
        # The values stand behind the object, which has to be passed over first to find them.
        _, end = _Reader(script, {}).value(returned.end(), 0)
        call = _CALL.search(script, end)
        values, _ = _Reader(script, {}).items(call.end(), ")", 0) if call else ([], 0)
        names = [name.strip() for name in called[1].split(",") if name.strip()]
        return _Reader(script, dict(zip(names, values, strict=False))).value(returned.end(), 0)[0]
    except _Unreadable:
        return None


def read_decoded(script: str) -> dict[str, str]:
    """Return the strings that a WeChat page decodes as it is shown, by their names."""
    if len(script) > MAX_SCRIPT_CHARS or "JsDecode(" not in script:
        return {}
    return {name: unescape(text[1:-1]) for name, text in _DECODED.findall(script)}


def unescape(text: str) -> str:
    """Return the text of a JavaScript string's inside."""
    return _ESCAPE.sub(_unescaped, text)


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code:
        number = int(code, 16)
        return chr(number) if number <= sys.maxunicode and number not in _SURROGATES else ""
    return _PLAIN_ESCAPES.get(found[4], found[4])


class _Reader:
    """Reads literals from a script; each method takes and gives the position in it."""

    def __init__(self, script: str, names: dict[str, Any]) -> None:
        self._script = script
        self._names = names

    def value(self, at: int, depth: int) -> tuple[Any, int]:
        at = self._skip(at)
        if depth > MAX_DEPTH or at >= len(self._script):
            raise _Unreadable
        sign = self._script[at]
        if sign == "{":
            return self._object(at + 1, depth + 1)
        if sign == "[":
            return self.items(at + 1, "]", depth + 1)
        return self._string(at) if sign in "\"'`" else self._word(at, depth)

    def items(self, at: int, end: str, depth: int) -> tuple[list[Any], int]:
        values: list[Any] = []
        while (at := self._skip(at)) < len(self._script) and self._script[at] != end:
            value, at = self.value(at, depth)
            values.append(value)
            at = self._comma(at, end)
        return values, at + 1

    def _object(self, at: int, depth: int) -> tuple[dict[str, Any], int]:
        values: dict[str, Any] = {}
        while (at := self._skip(at)) < len(self._script) and self._script[at] != "}":
            key, at = self._key(at)
            at = self._skip(at)
            if self._script[at : at + 1] != ":":
                raise _Unreadable
            values[key], at = self.value(at + 1, depth)
            at = self._comma(at, "}")
        return values, at + 1

    def _key(self, at: int) -> tuple[str, int]:
        if self._script[at] in "\"'":
            return self._string(at)
        match = _NAME.match(self._script, at) or _NUMBER.match(self._script, at)
        if not match:
            raise _Unreadable
        return match.group(), match.end()

    def _string(self, at: int) -> tuple[str, int]:
        match = _STRING.match(self._script, at)
        if not match:
            raise _Unreadable
        return unescape(next(text for text in match.groups() if text is not None)), match.end()

    def _word(self, at: int, depth: int) -> tuple[Any, int]:
        number = _NUMBER.match(self._script, at)
        if number:
            return number.group(), number.end()
        name = _NAME.match(self._script, at)
        if name and name.group() == "void":
            return None, self.value(name.end(), depth + 1)[1]
        if name and name.group() in _CONSTANTS:
            return _CONSTANTS[name.group()], name.end()
        if name:
            return self._names.get(name.group(), ""), name.end()
        if self._script[at] in "!-+":
            return None, self.value(at + 1, depth + 1)[1]
        raise _Unreadable

    def _skip(self, at: int) -> int:
        match = _SPACE.match(self._script, at)
        return match.end() if match else at

    def _comma(self, at: int, end: str) -> int:
        at = self._skip(at)
        sign = self._script[at : at + 1]
        if sign not in {",", end} or not sign:
            raise _Unreadable
        return at + 1 if sign == "," else at

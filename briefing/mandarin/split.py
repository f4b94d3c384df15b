"""Sentences and breaths: where a reader stops. Joined again, the pieces are the text.

A text is read as atoms that are never cut (a number with its sign, an address, a word of letters, a title in 《》), and
one pass looks at each of them once, so that a megabyte without a full stop takes no longer than one with many.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.mandarin import segmenter
from briefing.model import han_count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

BREATH = 40
"""Han characters that are said in one breath: about nine seconds."""

QUOTATION = 400
"""Characters of the longest quotation that is kept in one piece; a mark that opens more is a misprint."""

_WIDEST = 4
"""Bytes of the widest character in UTF-8."""

_PAIRS = {
    "“": "”",
    "‘": "’",
    "（": "）",
    "(": ")",
    "《": "》",
    "〈": "〉",
    "「": "」",
    "『": "』",
    "【": "】",
    "[": "]",
}
_CLOSING = frozenset(_PAIRS.values())
_FULL = frozenset("。！？!?；;…\n")
_COMMA = frozenset("，,、：:")
_CLINGING = frozenset("的了着过地得们吗呢吧啊们") | _CLOSING | _FULL | _COMMA
"""What is never the first of a breath."""

_DIGIT = "0-9０-９"
_ATOM = re.compile(
    rf"(?:https?://|www\.)[!-~]+|[{_DIGIT}]+(?:[.,:，：．/~～—–-][{_DIGIT}]+)*(?:[%％‰℃°]+|[十百千万亿兆]*)|[A-Za-z]+(?:['’.@-][A-Za-z0-9]+)*|"
    r"《[^《》\n]{1,40}》|.",
    re.DOTALL,
)


def sentences(text: str) -> list[str]:
    """Cut behind 。！？；… and line ends, never inside quotation marks, brackets, numbers or addresses."""
    return list(_cut(_ATOM.findall(text), _FULL, _inner(text)))


def clauses(text: str) -> list[str]:
    """Cut behind commas and the like too, in quotations as well."""
    return list(_cut(_ATOM.findall(text), _FULL | _COMMA, frozenset()))


def breaths(sentence: str, limit: int = BREATH) -> list[str]:
    """Cut a sentence into pieces of at most `limit` Han characters: behind commas, else between words.

    Only a single word or title that is longer stays longer.
    """
    if han_count(sentence) <= limit:
        return [sentence] if sentence else []
    pieces = (part for clause in clauses(sentence) for part in _between_words(clause, limit))
    return _together(pieces, lambda piece: han_count(piece) <= limit)


def fitting(text: str, limit: int) -> list[str]:
    """Cut a text into pieces of at most `limit` bytes of UTF-8, at the best place there is; for engines with limits.

    Raises `ValueError` for a limit that does not hold every character.
    """
    if limit < _WIDEST:
        raise ValueError(f"{limit} bytes do not hold every character; give at least {_WIDEST}")
    return _fitting([text], limit, (sentences, clauses, segmenter.cut, list))


def _fitting(pieces: Iterable[str], limit: int, finer: tuple[Callable[[str], list[str]], ...]) -> list[str]:
    def fits(piece: str) -> bool:
        return len(piece.encode()) <= limit

    small: list[str] = []
    for piece in pieces:
        small += [piece] if fits(piece) else _fitting(finer[0](piece), limit, finer[1:])
    return _together(small, fits)


def _inner(text: str) -> frozenset[int]:
    """The marks, by index, that open or close a quotation or bracket of which both ends are there."""
    open_marks: list[tuple[int, str]] = []
    cuts: set[int] = set()
    for index, char in enumerate(text):
        if char in _PAIRS:
            open_marks.append((index, _PAIRS[char]))
        elif char == "\n":
            open_marks.clear()
        elif open_marks and char == open_marks[-1][1]:
            start, _ = open_marks.pop()
            if index - start <= QUOTATION:
                cuts |= {start, index}
    return frozenset(cuts)


def _cut(atoms: Iterable[str], ends: frozenset[str], inner: frozenset[int]) -> Iterator[str]:
    """Cut behind runs of `ends` and the closing marks that follow them, outside of the pairs at `inner`."""
    piece: list[str] = []
    ended, depth, position = False, 0, 0
    for atom in atoms:
        if ended and atom not in ends and atom not in _CLOSING:
            yield "".join(piece)
            piece, ended = [], False
        piece.append(atom)
        if position in inner and len(atom) == 1:
            depth += 1 if atom in _PAIRS else -1
        closed = atom in _CLOSING and (ended or _at_end(piece))
        ended = not depth and (atom in ends or closed)
        position += len(atom)
    if piece:
        yield "".join(piece)


def _at_end(piece: list[str]) -> bool:
    """Return whether a full stop stands before the closing mark that the piece ends with."""
    return len(piece) > 1 and piece[-2] in _FULL


def _between_words(clause: str, limit: int) -> Iterator[str]:
    """A clause that is longer than a breath in parts of about the same length."""
    whole = han_count(clause)
    if whole <= limit:
        yield clause
        return
    parts = -(-whole // limit)
    piece, spoken = "", 0
    for word in _words(clause):
        length = han_count(word)
        full = spoken + length > limit or spoken >= whole / parts
        if piece and full and word[0] not in _CLINGING and piece[-1] not in _PAIRS:
            yield piece
            piece, spoken = "", 0
        piece += word
        spoken += length
    yield piece


def _words(clause: str) -> Iterator[str]:
    """The words of a clause; atoms stay whole."""
    han = ""
    for atom in _ATOM.findall(clause):
        if len(atom) == 1:
            han += atom
            continue
        yield from segmenter.cut(han)
        yield atom
        han = ""
    yield from segmenter.cut(han)


def _together(pieces: Iterable[str], fits: Callable[[str], bool]) -> list[str]:
    """Neighbours that fit into one piece are put into one."""
    parts: list[str] = []
    for piece in pieces:
        if parts and fits(parts[-1] + piece):
            parts[-1] += piece
        else:
            parts.append(piece)
    return parts

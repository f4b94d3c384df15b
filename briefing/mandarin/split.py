"""Sentences and breaths: where a reader stops. Joined again, the pieces are the text."""

from __future__ import annotations

import re

from briefing.model import han_count

BREATH = 40
"""Han characters that are said in one breath: about nine seconds."""

_OPENING, _CLOSING = "“‘（(《〈「『【[", "”’）)》〉」』】]"
_FULL = "。！？!?；;…"
_COMMA = "，,、：:"
_LOCKED = re.compile(r"https?://\S+|www\.\S+|\d+(?:[.,:：，]\d+)+")


def sentences(text: str) -> list[str]:
    """Cut behind 。！？；… and line ends, never inside quotation marks, brackets, numbers or addresses."""
    return _cut(text, _FULL, whole_quotes=True)


def breaths(sentence: str, limit: int = BREATH) -> list[str]:
    """Cut a sentence into pieces of at most `limit` Han characters: behind commas, else where it must be."""
    if han_count(sentence) <= limit:
        return [sentence]
    pieces = [
        part
        for clause in _cut(sentence, _FULL + _COMMA, whole_quotes=False)
        for part in _forced(clause, limit)
    ]
    return _together(pieces, limit)


def fitting(text: str, limit: int) -> list[str]:
    """Cut a text into pieces of at most `limit` bytes of UTF-8, at the best place there is; for engines with limits."""
    size = max(1, limit // 4)
    return [piece for sentence in sentences(text) for piece in _by_bytes(sentence, limit, size)]


def _by_bytes(sentence: str, limit: int, size: int) -> list[str]:
    if len(sentence.encode()) <= limit:
        return [sentence]
    found: list[str] = []
    for piece in _cut(sentence, _FULL + _COMMA, whole_quotes=False):
        if found and len((found[-1] + piece).encode()) <= limit:
            found[-1] += piece
        elif len(piece.encode()) <= limit:
            found.append(piece)
        else:
            found += [piece[start : start + size] for start in range(0, len(piece), size)]
    return found


def _cut(text: str, ends: str, *, whole_quotes: bool) -> list[str]:
    """Cut behind runs of `ends` and the closing marks that follow them."""
    locked = {place for found in _LOCKED.finditer(text) for place in range(found.start(), found.end() - 1)}
    pieces, start, depth = [], 0, 0
    for place, char in enumerate(text):
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
        following = text[place + 1 : place + 2]
        if following and (following in _CLOSING or following in ends):
            continue
        behind = text[start : place + 1].rstrip(_CLOSING)[-1:]
        ended = char == "\n" or (
            behind in ends and behind and (char in ends or char in _CLOSING) and place not in locked
        )
        if ended and (not depth or not whole_quotes or char == "\n"):
            pieces.append(text[start : place + 1])
            start = place + 1
            depth = 0 if char == "\n" else depth
    return [*pieces, text[start:]] if text[start:] else pieces


def _forced(clause: str, limit: int) -> list[str]:
    """A clause without a comma that is longer than a breath: near its middle, not inside a word of letters or digits."""
    if han_count(clause) <= limit:
        return [clause]
    half = len(clause) // 2
    for offset in range(half):
        for place in (half - offset, half + offset):
            if re.fullmatch(r"[\u3400-\u9fff]{4}", clause[place - 2 : place + 2]):
                return [*_forced(clause[:place], limit), *_forced(clause[place:], limit)]
    return [clause]


def _together(pieces: list[str], limit: int) -> list[str]:
    """Neighbours that fit into one breath are said in one."""
    found = [pieces[0]]
    for piece in pieces[1:]:
        if han_count(found[-1] + piece) <= limit:
            found[-1] += piece
        else:
            found.append(piece)
    return found

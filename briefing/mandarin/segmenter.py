"""Chinese text cut into words. The home of jieba, whose dictionary takes a second to load: once, when first needed."""

from __future__ import annotations

import logging
import threading
import warnings
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Container

_loading = threading.Lock()
_loaded: dict[str, Any] = {}


class Token(NamedTuple):
    """A word, its part of speech as `tag` has it, and the index of its first character."""

    word: str
    flag: str
    start: int


def _segmenter() -> Any:  # noqa: ANN401 - jieba ships no types
    """Jieba's part-of-speech tagger, loaded."""
    with _loading:
        if not _loaded:
            with warnings.catch_warnings():
                # jieba 0.42.1 imports pkg_resources and has escapes that newer Pythons warn of.
                warnings.simplefilter("ignore")
                import jieba  # noqa: PLC0415 - its dictionary takes 0.7 s: only when a text is cut
                import jieba.posseg  # noqa: PLC0415 - as above

                jieba.setLogLevel(logging.WARNING)
                jieba.initialize()
                jieba.posseg.initialize()
            _loaded["jieba"] = jieba
    return _loaded["jieba"]


def cut(text: str) -> list[str]:
    """The words and punctuation of a text; joined they are the text."""
    return list(_segmenter().cut(text))


def tag(text: str, *, guess: bool = True) -> list[tuple[str, str]]:
    """Words with jieba's part of speech: n noun, nr person, ns place, v verb, a adjective, m number, x other.

    Without `guess` only words of the dictionary are joined: 拟以 stays two words, and an unknown name its characters.
    """
    return [(pair.word, pair.flag) for pair in _segmenter().posseg.cut(text, HMM=guess)]


def tokens(text: str) -> list[Token]:
    """The same with the place of each word; joined they are the text."""
    words, start = [], 0
    for word, flag in tag(text):
        words.append(Token(word, flag, start))
        start += len(word)
    return words


def frequency(word: str) -> int:
    """Return how often jieba's dictionary counted a word in its texts; 0 for one that it does not know."""
    count: int = _segmenter().dt.FREQ.get(word) or 0
    return count


def lies_across(edges: Container[int], start: int, end: int) -> bool:
    """Return whether a stretch holds the edge of a word, and begins or ends inside another."""
    inner = any(index in edges for index in range(start + 1, end))
    return inner and (start not in edges or end not in edges)

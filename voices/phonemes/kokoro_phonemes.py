"""Words and pinyin → the phonemes that Kokoro 1.0 was trained on: words apart, punctuation as it was shown."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from voices.errors import SpeechFailed
from voices.phonemes import ipa, latin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voices.model import Utterance

VERSION = 4
"""Changes with every change of what is said for the same words: it is part of the clips' key."""

_PUNCTUATION = {
    **dict.fromkeys("，、,", ", "),
    **dict.fromkeys("。．.", ". "),
    **dict.fromkeys("！!", "! "),
    **dict.fromkeys("？?", "? "),
    **dict.fromkeys("：:", ": "),
    **dict.fromkeys("；;", "; "),
    **dict.fromkeys("“”‘’《》〈〉「」『』【】（）()[]\"'·", ""),
    "…": "… ",
    "—": "— ",
}
"""How the model was shown punctuation; quotes and brackets are silent, and made it stumble."""

_MARKS = ",.!?:;…—"
_PIECE = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?|.", re.DOTALL)
HAN = re.compile(r"[〇\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
"""A character that has a syllable of its own."""

ERHUA = "儿"
"""The one character that may have an empty syllable: its r is in the syllable before it (wanr2 at 玩)."""

_CALLED = re.compile(r"\b(?:LETTER|SYLLABLE|DIGIT)\b.* ([A-Z]+)$")
"""What the Unicode name of a character says that it is called: alpha, ka, three."""


def of_utterance(utterance: Utterance) -> str:
    """Phonemes of a sentence, closed by a mark, so that the voice comes to rest.

    Raises `SpeechFailed` when the readings do not match the words, or when there is nothing to say.
    """
    syllables = iter(utterance.pinyin)
    phonemes = "".join(_of_word(word, syllables) for word in utterance.words)
    if next(syllables, None) is not None:
        raise SpeechFailed("there are more syllables than Han characters; correct the reading")
    if not re.search(r"\w", phonemes):
        raise SpeechFailed("there is nothing to say; remove the sentence")
    phonemes = re.sub(rf"\s*([{_MARKS}])[\s{_MARKS}]*", r"\1 ", phonemes)
    phonemes = re.sub(r"\s+", " ", phonemes).strip().lstrip(f"{_MARKS} ")
    return phonemes if phonemes[-1] in _MARKS else f"{phonemes}."


def _of_word(word: str, syllables: Iterator[str]) -> str:
    phonemes = "".join(_of_piece(piece, syllables, word) for piece in _PIECE.findall(_plain_text(word)))
    return phonemes if phonemes.endswith(" ") else f"{phonemes} "


def _plain_text(word: str) -> str:
    """Take accents off, full width to half width; what stands for Han characters and marks stays."""
    return "".join(char if char in _PUNCTUATION or HAN.match(char) else _strip_accents(char) for char in word)


def _strip_accents(char: str) -> str:
    parts = unicodedata.normalize("NFKD", char)
    # A sign that is made of Han characters (㈱) has no readings for them.
    return "".join(part for part in parts if not unicodedata.combining(part) and not HAN.match(part))


def _of_piece(piece: str, syllables: Iterator[str], word: str) -> str:
    if piece in _PUNCTUATION:
        return _PUNCTUATION[piece]
    if HAN.match(piece):
        return _of_han(piece, syllables, word)
    if piece[0].isascii() and piece[0].isalpha():
        return f" {latin.of_word(piece)} "
    called = _CALLED.search(unicodedata.name(piece, ""))
    return f" {latin.of_word(called[1].lower())} " if called else " "


def _of_han(char: str, syllables: Iterator[str], word: str) -> str:
    syllable = next(syllables, None)
    if syllable == "" and char == ERHUA:
        return ""
    if not syllable:
        raise SpeechFailed(f"no reading for a character of {word!r}; add it to the lexicon")
    return ipa.of_syllable(syllable)

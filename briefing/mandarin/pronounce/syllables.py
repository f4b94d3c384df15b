"""Pinyin syllables: one spelling with a tone digit, the ones that exist, and what characters can be read as.

Home of pypinyin: its dictionaries of characters and phrases (MIT) are the base of the readings.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
from pypinyin.contrib.tone_convert import to_tone, to_tone3
from pypinyin.seg.mmseg import seg

from briefing.mandarin.pronounce import erhua, g2pm_model

_TONE_MARKS = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}


def normal(written: str) -> str:
    """chóng, chong2 or lü4 → chong2, lv4; neutral tone is 5. What is no syllable comes back as it is."""
    tone, plain = "", ""
    for char in unicodedata.normalize("NFD", written.strip().lower()):
        if char in _TONE_MARKS:
            tone = _TONE_MARKS[char]
        else:
            plain += char
    plain = unicodedata.normalize("NFC", plain).replace("ü", "v").replace("u:", "v")
    match = re.fullmatch(r"([a-zê]+)([0-5]?)", plain)
    if not match:
        return written
    return match[1] + (tone or match[2].replace("0", "5") or "5")


LIGHT = frozenset(
    [
        "a",
        "ba",
        "bian",
        "de",
        "ge",
        "guo",
        "la",
        "le",
        "li",
        "lou",
        "ma",
        "me",
        "men",
        "ne",
        "shang",
        "shi",
        "tou",
        "xia",
        "ya",
        "zhe",
        "zi",
    ]
)
"""Syllables that a person writes without a tone and means it so."""


def typed(written: str) -> str:
    """The syllable that a person wrote, '' for what is none; without a tone only what is said lightly."""
    syllable = normal(written)
    toneless = re.fullmatch(r"[a-zv]+", written.strip().lower()) and syllable[:-1] not in LIGHT
    return syllable if erhua.remove_rhotic(syllable) in known() and not toneless else ""


def shown(syllable: str) -> str:
    """chong2 → chóng, as people read it and `typed` understands it; a light tone that must be told keeps its digit."""
    if not syllable:
        return ""
    return syllable if syllable[-1] == "5" and syllable[:-1] not in LIGHT else str(to_tone(syllable))


@cache
def known() -> frozenset[str]:
    """Every syllable that a character of the dictionary has, in every tone."""
    bases = {syllable[:-1] for code in PINYIN_DICT for syllable in _of_dictionary(chr(code))}
    return frozenset(f"{base}{tone}" for base in bases for tone in "12345")


@cache
def of_char(char: str) -> tuple[str, ...]:
    """The readings that a character has in today's language, the commonest first."""
    modern = _MODERN.get(char) or g2pm_model.known(char)
    return modern or _of_dictionary(char)


_MODERN = {"壳": ("ke2", "qiao4")}
"""Where CC-CEDICT, as g2pM has it, lacks a common reading."""


@cache
def _of_dictionary(char: str) -> tuple[str, ...]:
    """All readings that the large dictionary of characters has, old ones among them."""
    written = PINYIN_DICT.get(ord(char), "")
    return tuple(dict.fromkeys(_tone3(syllable) for syllable in written.split(",") if syllable))


def is_plain(char: str) -> bool:
    """Return whether today's and the large dictionary agree on a character's one reading."""
    return of_char(char) == _of_dictionary(char)[:1]


def phrases(text: str) -> list[str]:
    """The text cut at the phrases that the dictionary knows, the longest first."""
    return list(seg.cut(text))


def of_phrase(phrase: str) -> tuple[str, ...] | None:
    """The reading of a phrase of two or more characters, if the dictionary has it."""
    readings = PHRASES_DICT.get(phrase)
    return tuple(_tone3(syllable[0]) for syllable in readings) if readings and len(phrase) > 1 else None


def is_phrase(word: str) -> bool:
    """Return whether the dictionary has a word of two or more characters."""
    return len(word) > 1 and bool(PHRASES_DICT.get(word))


@cache
def _tone3(syllable: str) -> str:
    """With a tone digit, ü as v."""
    return normal(to_tone3(syllable, neutral_tone_with_five=True))

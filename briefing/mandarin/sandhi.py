"""Tones as they are spoken: 一, 不 and third tones in a row (《现代汉语》 黄伯荣、廖序东, 语音章 §六)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from briefing.model import is_han

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两点年月号第周届初期")
_KEEP_ONE = (
    "统一",
    "第一",
    "唯一",
    "万一",
    "同一",
    "之一",
    "一一",
    "一二",
    "二一",
    "十一",
    "星期一",
    "周一",
    "专一",
    "划一",
    "单一",
)
_YI_MEASURED = frozenset("百千万亿")


def spoken_tones(words: Sequence[str], syllables: Sequence[str]) -> tuple[str, ...]:
    """One syllable a Han character, with the tones that are heard; `syllables` are the dictionary's."""
    said = list(syllables)
    _one_and_not("".join(words), said)
    _thirds(words, said)
    return tuple(said)


def _one_and_not(text: str, said: list[str]) -> None:
    """一 is second tone before a fourth, fourth before others, first in numbers; 不 is second before a fourth."""
    han = [place for place, char in enumerate(text) if is_han(char)]
    for number, place in enumerate(han):
        following = said[number + 1] if number + 1 < len(han) and han[number + 1] == place + 1 else ""
        if text[place] == "不" and said[number] == "bu4" and following.endswith("4"):
            said[number] = "bu2"
        elif text[place] == "一" and said[number] in {"yi1", "yi2", "yi4"}:
            said[number] = _one(text, place, following)


def _one(text: str, place: int, following: str) -> str:
    before, after = text[place - 1 : place] if place else "", text[place + 1 : place + 2]
    if not following or _is_numeral(text, place, before, after):
        return "yi1"
    return "yi2" if following[-1] in "45" else "yi4"


def _is_numeral(text: str, place: int, before: str, after: str) -> bool:
    """Whether 一 is a digit or an ordinal, not a word."""
    if any(
        text.startswith(word, place - word.index("一")) for word in _KEEP_ONE if place >= word.index("一")
    ):
        return True
    if after in _YI_MEASURED:
        return before in _NUMERALS and before not in _YI_MEASURED
    return before in _NUMERALS or (after in _NUMERALS and after not in "年点")


def _thirds(words: Sequence[str], said: list[str]) -> None:
    """A third tone before a third one becomes a second, within a word and between a one-syllable word and the next."""
    start = 0
    for word in words:
        count = sum(map(is_han, word))
        if count > 1:
            _thirds_in(said, start, start + count)
        start += count


def _thirds_in(said: list[str], start: int, end: int) -> None:
    """Every third tone that another one followed in the dictionary's reading: 展览馆 zhan2 lan2 guan3."""
    cited = [syllable[-1:] for syllable in said[start:end]]
    for place, (tone, following) in enumerate(pairwise(cited)):
        if tone == following == "3":
            said[start + place] = said[start + place][:-1] + "2"

"""Tones as they are heard: 一, 不, and third tones in a row.

Source: 黄伯荣、廖序东 《现代汉语》, 语音章 (变调); for third tones, feet of two syllables inside a word, and between
words only with a word of one syllable (端木三 2000, The Phonology of Standard Chinese, ch. 11).
"""

from __future__ import annotations

import re
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from briefing.mandarin import segmenter
from briefing.model import is_han

if TYPE_CHECKING:
    from collections.abc import Sequence

_DIGITS = frozenset("〇零一二三四五六七八九幺")
_COUNTED_BEFORE = _DIGITS | frozenset("十第初周期拜点之")
_COUNTED_AFTER = _DIGITS | frozenset("月号楼班")
_ORDINAL = re.compile(
    "审|等[奖功座舱品]|级|季度|季报|中全会|流|线|年级|把手|类|期|环|院|单元|版|战(?!胜)|大(?=代表|召开|会址|纪念)|模(?!一样)|"
    "产业|号|阶段|标段|组(?=[，。的])|中(?=全会|学|校|的学生)|点[零一二三四五六七八九]|股东|年期|日游|二三"
)
"""What follows an 一 that says which one, not how many: 一审, 一等奖, 一流."""

_SAME_WORD = ("统一", "唯一", "惟一", "单一", "专一", "划一")
"""Words that keep 一 at its own tone in longer words too: 统一战线."""

_FIRST_TONE = frozenset(
    {
        "统一",
        "唯一",
        "惟一",
        "万一",
        "同一",
        "之一",
        "专一",
        "划一",
        "单一",
        "如一",
        "归一",
        "逐一",
        "合一",
        "整齐划一",
        "始终如一",
        "三合一",
        "二合一",
        "六一",
        "五一",
        "十一",
        "八一",
        "七一",
    }
)
"""Words that end in an 一 which is never changed."""

_LOW, _RISING, _FALLING = "3", "2", "4"
_FOOT = 2


def sandhi(text: str, syllables: Sequence[str]) -> list[str]:
    """The tones that are heard, one item a character as `pinyin` gives them, '' where there is none."""
    han = [syllable for char, syllable in zip(text, syllables, strict=True) if is_han(char)]
    tones = iter(spoken_tones(segmenter.cut(text), han))
    return [next(tones) if is_han(char) else "" for char in text]


def spoken_tones(words: Sequence[str], syllables: Sequence[str]) -> tuple[str, ...]:
    """One syllable a Han character, with the tones that are heard; `syllables` are the dictionary's."""
    heard_tones = list(syllables)
    _one_and_not(words, heard_tones)
    _thirds(words, heard_tones)
    return tuple(heard_tones)


def _one_and_not(words: Sequence[str], said: list[str]) -> None:
    """一 is second tone before a fourth, fourth before others, first in numbers; 不 is second before a fourth."""
    text = "".join(words)
    first_tones = _kept(words)
    han = [index for index, char in enumerate(text) if is_han(char)]
    for number, at_char in enumerate(han):
        following = said[number + 1] if number + 1 < len(han) and han[number + 1] == at_char + 1 else ""
        if text[at_char] == "不" and said[number] == "bu4" and following.endswith(_FALLING):
            said[number] = "bu2"
        elif text[at_char] == "一" and said[number] == "yi1" and at_char not in first_tones:
            said[number] = _one(text[:at_char], text[at_char + 1 : at_char + 7], following)


def _kept(words: Sequence[str]) -> set[int]:
    """Return where 一 keeps its tone: at the end of a word that never changes it, or of a longer one."""
    ends = list(accumulate(map(len, words)))
    word_ends = {end - 1 for word, end in zip(words, ends, strict=True) if word in _FIRST_TONE}
    longer = ((word, end) for word, end in zip(words, ends, strict=True) if word.startswith(_SAME_WORD))
    return word_ends | {end - len(word) + 1 for word, end in longer}


def _one(text_before: str, text_after: str, following: str) -> str:
    before, after = text_before[-1:], text_after[:1]
    if before == after and before and before not in _DIGITS:
        return "yi5"  # 看一看
    if not following or before in _COUNTED_BEFORE or after in _COUNTED_AFTER:
        return "yi1"
    if _ORDINAL.match(text_after) or (before == "月" and after == "日"):
        return "yi1"
    return "yi2" if following[-1] in "45" else "yi4"


def _thirds(words: Sequence[str], said: list[str]) -> None:
    """A third tone before a third one becomes a second."""
    spans, start = [], 0
    for word in words:
        count = sum(map(is_han, word))
        if count:
            _within(word, said, start, count)
        spans.append((start, count))
        start += count
    for (first, count), (following, length) in reversed(list(pairwise(spans))):
        # Punctuation between words is a word without syllables, and ends the run.
        if 1 in (count, length) and length and count:
            _pair(said, first + count - 1, following)


def _within(word: str, said: list[str], start: int, count: int) -> None:
    """Feet of two from the left, the last of an odd number of three; a modifier of one (小老虎) stands before them."""
    if count <= _FOOT or len(word) != count:
        feet = [(start, start + count)]
    elif count == _FOOT + 1:
        feet = [(start + 1, start + 3), (start, start + 1)] if _one_and_two(word) else [(start, start + 3)]
    else:
        cuts = [*range(start, start + count - 1 - count % _FOOT, _FOOT), start + count]
        feet = list(pairwise(cuts))[::-1]
    for first, end in feet:
        cited = [syllable[-1:] for syllable in said[first:end]]
        for index, (tone, following) in enumerate(pairwise(cited)):
            if tone == following == _LOW:
                said[first + index] = said[first + index][:-1] + _RISING
    if count == _FOOT + 1 and len(feet) > 1:
        _pair(said, start, start + 1)


def _one_and_two(word: str) -> bool:
    """Return whether a word of three is one and two (小|老虎), not two and one (展览|馆)."""
    return segmenter.frequency(word[1:]) > segmenter.frequency(word[:2])


def _pair(said: list[str], place: int, following: int) -> None:
    if said[place][-1:] == said[following][-1:] == _LOW:
        said[place] = said[place][:-1] + _RISING

"""Tones as they are heard: 一, 不, third tones in a row, 儿 as an ending.

Source: 黄伯荣、廖序东 《现代汉语》, 语音章 (变调, 儿化); for third tones, feet of two syllables inside a word, and between
words only with a word of one syllable (端木三 2000, The Phonology of Standard Chinese, ch. 11).
"""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from briefing.mandarin import segmenter
from briefing.model import is_han

if TYPE_CHECKING:
    from collections.abc import Sequence

_DIGITS = frozenset("〇零一二三四五六七八九幺")
_COUNTED_BEFORE = _DIGITS | frozenset("十第初周期点")
_COUNTED_AFTER = _DIGITS | frozenset("月号楼班")
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

_WHOLE = frozenset(
    {
        "女儿",
        "婴儿",
        "幼儿",
        "少儿",
        "孤儿",
        "胎儿",
        "健儿",
        "宠儿",
        "混血儿",
        "新生儿",
        "早产儿",
        "弃儿",
        "患儿",
        "小儿",
        "生儿",
        "育儿",
        "托儿",
        "孩儿",
        "男儿",
        "婴幼儿",
        "低能儿",
        "弄潮儿",
        "侄儿",
        "孙儿",
        "妻儿",
        "产儿",
        "乞儿",
        "吉普赛儿",
        "优生儿",
        "试管婴儿",
    }
)
"""Words in which 儿 is a child and a syllable of its own."""

_LOW, _RISING, _FALLING = "3", "2", "4"
_ENDING = "er5"
_FOOT = 2


def sandhi(text: str, syllables: Sequence[str]) -> list[str]:
    """The tones that are heard, one item a character as `pinyin` gives them, '' where there is none."""
    said = iter(spoken_tones(segmenter.cut(text), [one for one in syllables if one]))
    return [next(said) if one else "" for one in syllables]


def spoken_tones(words: Sequence[str], syllables: Sequence[str]) -> tuple[str, ...]:
    """One syllable a Han character, with the tones that are heard; `syllables` are the dictionary's."""
    said = list(syllables)
    _one_and_not(words, said)
    _endings(words, said)
    _thirds(words, said)
    return tuple(said)


def _one_and_not(words: Sequence[str], said: list[str]) -> None:
    """一 is second tone before a fourth, fourth before others, first in numbers; 不 is second before a fourth."""
    text = "".join(words)
    kept = _kept(words)
    han = [place for place, char in enumerate(text) if is_han(char)]
    for number, place in enumerate(han):
        following = said[number + 1] if number + 1 < len(han) and han[number + 1] == place + 1 else ""
        if text[place] == "不" and said[number] == "bu4" and following.endswith(_FALLING):
            said[number] = "bu2"
        elif text[place] == "一" and said[number] == "yi1" and place not in kept:
            said[number] = _one(
                text[place - 1 : place] if place else "", text[place + 1 : place + 2], following
            )


def _kept(words: Sequence[str]) -> set[int]:
    """Where 一 ends a word in which it is never changed."""
    ends = accumulate(map(len, words))
    return {end - 1 for word, end in zip(words, ends, strict=True) if word in _FIRST_TONE}


def _one(before: str, after: str, following: str) -> str:
    if before == after and before:
        return "yi5"  # 看一看
    if not following or before in _COUNTED_BEFORE or after in _COUNTED_AFTER:
        return "yi1"
    return "yi2" if following[-1] in "45" else "yi4"


def _endings(words: Sequence[str], said: list[str]) -> None:
    """儿 at the end of a word is no syllable of its own: the voice says it lightly."""
    end = 0
    for word in words:
        end += sum(map(is_han, word))
        if len(word) > 1 and word.endswith("儿") and word not in _WHOLE:
            said[end - 1] = _ENDING


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
        for place, (tone, following) in enumerate(pairwise(cited)):
            if tone == following == _LOW:
                said[first + place] = said[first + place][:-1] + _RISING
    if count == _FOOT + 1 and len(feet) > 1:
        _pair(said, start, start + 1)


def _one_and_two(word: str) -> bool:
    """Whether a word of three is one and two (小|老虎), not two and one (展览|馆)."""
    return segmenter.frequency(word[1:]) > segmenter.frequency(word[:2])


def _pair(said: list[str], place: int, following: int) -> None:
    if said[place][-1:] == said[following][-1:] == _LOW:
        said[place] = said[place][:-1] + _RISING

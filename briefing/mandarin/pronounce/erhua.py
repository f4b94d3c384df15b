"""Erhua: 玩儿 is one syllable, wanr2, which stands at 玩, and 儿 has none of its own.

Source: 黄伯荣、廖序东 《现代汉语》, 儿化; 《现代汉语词典》, 第7版, for the words
in which 儿 is a child and a syllable (女儿).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.model import is_han

if TYPE_CHECKING:
    from collections.abc import Iterator

ER = "儿"

_CHILDREN = frozenset(
    "女婴幼少孤胎健宠血生产弃患小育托孩男侄孙妻乞能潮我吾爱运浪形月大父母长带抱龄瘫喂养聋哑童痴盲养亲弱卡"
)
"""What stands before 儿 where it is a child or a sound of a foreign name: 女儿, 健儿, 幸运儿, 笛卡儿."""

_CHILD_WORDS = frozenset("童科子女歌孙媳戏时郎皇化园保少")
"""What stands behind it there: 儿童, 儿科."""


def find_erhua(text: str) -> Iterator[int]:
    """Yield the places of each 儿 that is said as an r at the end of the syllable before it."""
    index = text.find(ER, 1)
    while index > 0:
        before, after = text[index - 1], text[index + 1 : index + 2]
        if (
            is_han(before)
            and before != ER
            and before not in _CHILDREN
            and not (after and after in _CHILD_WORDS)
        ):
            yield index
        index = text.find(ER, index + 1)


def add_rhotic(syllable: str) -> str:
    """Return a syllable with the r of erhua before its tone digit: wan2 → wanr2."""
    return f"{syllable[:-1]}r{syllable[-1]}" if syllable else syllable


def remove_rhotic(syllable: str) -> str:
    """Return the syllable without the r of erhua: wanr2 → wan2; er2 stays."""
    return f"{syllable[:-2]}{syllable[-1]}" if syllable[-2:-1] == "r" and syllable[:-1] != "er" else syllable

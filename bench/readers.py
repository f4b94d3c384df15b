"""How each library that reads Mandarin is loaded: one function a library, which gives the function from text.

A file of its own that imports nothing of the program, so that a cold start in a fresh process is the library's own.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    Reader = Callable[[str], Any]


def briefing() -> Reader:
    """Our spoken form."""
    read: Reader = import_module("briefing.mandarin.normalize").spoken
    return read


def wetext() -> Reader:
    """WeText's normalizer, which keeps 儿 and the width of what it does not read."""
    made = import_module("wetext").Normalizer(
        lang="zh", operator="tn", remove_erhua=False, full_to_half=False
    )
    read: Reader = made.normalize
    return read


def cn2an() -> Reader:
    """The numbers of a text only."""
    transform = import_module("cn2an").transform
    return lambda text: transform(text, "an2cn")


def misaki() -> Reader:
    """The normalizer before Kokoro's own phonemes."""
    one = import_module("misaki.zh_normalization").TextNormalizer()
    return lambda text: "".join(one.normalize(text))


def briefing_pinyin() -> Reader:
    """Our pinyin."""
    read: Reader = import_module("briefing.mandarin").pinyin
    return read


def pypinyin() -> Reader:
    """By words and phrases."""
    library = import_module("pypinyin")
    return lambda text: library.lazy_pinyin(
        text, library.Style.TONE3, errors=list, neutral_tone_with_five=True
    )


def g2p_m() -> Reader:
    """By its network; its u: is our v."""
    one = import_module("g2pM").G2pM()
    return lambda text: [said.replace("u:", "v") for said in one(text, tone=True, char_split=True)]

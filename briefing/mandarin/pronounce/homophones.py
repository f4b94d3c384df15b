"""Plain characters by sound: for an engine that takes text only, 重庆 is written 虫庆 and cannot be misread."""

from __future__ import annotations

from functools import cache

from briefing.mandarin import segmenter
from briefing.mandarin.pronounce import g2pm_model, syllables

LEVEL_1 = (0xB0, 0xD7)
"""First bytes in GB 2312 of its first level: the 3,755 characters in common use, which every engine knows."""


def plain(syllable: str) -> str | None:
    """The commonest character that has this reading, tone and all, and no other; None where there is none."""
    return _table().get(syllable)


@cache
def _table() -> dict[str, str]:
    chars = sorted(g2pm_model.all_known().items(), key=lambda one: -segmenter.frequency(one[0]))
    shared: dict[str, str] = {}
    for char, readings in chars:
        if len(readings) == 1 and _is_common(char) and syllables.is_plain(char):
            shared.setdefault(readings[0], char)
    return shared


def _is_common(char: str) -> bool:
    try:
        code = char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return LEVEL_1[0] <= code[0] <= LEVEL_1[1]

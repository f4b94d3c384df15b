"""Page numbers as pages print them, and as they are compared."""

from __future__ import annotations

import re
from typing import Final

PAGE: Final = re.compile(
    r"(?<![A-Za-z\d.接转见今日共])第?\s*(?:(?P<letter>[A-Z]\s?\d{1,2})\s*版?|(?P<digits>\d{1,3})\s*版|(?P<han>第?[一二三四五六七八九十]{1,3})版)(?![本权图面式])"
)
"""A page number as pages print it: 第2版, A03, 03版, 第二版."""
_DIGITS: Final = {char: value for value, char in enumerate("〇一二三四五六七八九")}


def page_number(printed: str) -> str:
    """第二版, 02 and 2版 → '2'; A03 stays, since its letter names a part of the paper."""
    text = re.sub(r"[第版\s]", "", fold_digits(printed))
    return text.upper() if text[:1].isalpha() else text.lstrip("0")


def fold_digits(printed: str) -> str:
    """A page number in Han numerals (一 to 九十九) as digits; other text as it is."""
    if not re.fullmatch(r"第?\s*[一二三四五六七八九十]{1,3}\s*版?", printed):
        return printed
    tens, ten, units = re.sub(r"[第版\s]", "", printed).rpartition("十")
    return str((_DIGITS.get(tens, 1) if ten else 0) * 10 + _DIGITS.get(units, 0))

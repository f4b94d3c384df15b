"""Read Arabic and Chinese numerals, with 万 and 亿, as one number.

Source: GB/T 15835-2011 《出版物上数字用法》.
"""

from __future__ import annotations

import re

DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10_000, "亿": 100_000_000}
_ARABIC = re.compile(r"(?P<digits>[-−]?\d[\d,]*(?:\.\d+)?)(?P<scale>[十百千万亿]*)")
_POINT = re.compile(r"(?P<whole>[^点]+)点(?P<rest>[零〇一二三四五六七八九]+)(?P<scale>[万亿]*)")

LONGEST = 20
"""Characters of a numeral; a longer run of digits is no quantity."""

NUMERAL = (
    r"(?:\d[\d,]*(?:\.\d+)?[百千]?[万亿]*"
    r"|[零〇一二两三四五六七八九十百千]+(?:点[零〇一二三四五六七八九]+)?[万亿]*(?:[零〇一二两三四五六七八九十百千]+[万亿]?)*)"
)
"""Pattern of a numeral: 1,250, 3.4万, 二十五, 一点五亿."""


def read_numeral(text: str) -> float | None:
    """Return the number that a numeral stands for; None if it is none, or longer than any of the news."""
    if len(text) > LONGEST:
        return None
    if collected := _ARABIC.fullmatch(text):
        return float(collected["digits"].replace(",", "").replace("−", "-")) * _scale(collected["scale"])
    if collected := _POINT.fullmatch(text):
        whole = read_chinese(collected["whole"])
        rest = "".join(str(DIGITS[char]) for char in collected["rest"])
        return None if whole is None else float(f"{int(whole)}.{rest}") * _scale(collected["scale"])
    return read_chinese(text)


def read_chinese(text: str) -> float | None:
    """Return the number of a whole Chinese numeral, by places (二十五) or digit by digit (二〇二五)."""
    if (
        not text
        or len(text) > LONGEST
        or any(char not in DIGITS and char not in _PLACES and char not in _SCALES for char in text)
    ):
        return None
    if len(text) > 1 and all(char in DIGITS for char in text):
        return float("".join(str(DIGITS[char]) for char in text))
    total, section, digit = 0, 0, 0
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in _PLACES:
            section += (digit or 1) * _PLACES[char]
            digit = 0
        else:
            # 七十一亿三千万: the 万 behind 亿 counts only what stands between them.
            far = char == "万" and total >= _SCALES["亿"]
            total = (
                total + (section + digit) * _SCALES[char]
                if far
                else (total + section + digit) * _SCALES[char]
            )
            section, digit = 0, 0
    return float(total + section + digit)


def _scale(marks: str) -> float:
    product = 1.0
    for mark in marks:
        product *= _PLACES.get(mark) or _SCALES[mark]
    return product

"""Numbers as they are said: digit by digit, as cardinals, with 两 where a newsreader says it.

Reading of cardinals after GB/T 15835-2011 (numerals in publications) and, for 两 and 二, 《现代汉语八百词》 (吕叔湘):
两 before measure words, 千, 万, 亿 at the head of a number; 二 in 二十, 二百, ordinals, decimals and digit strings.
"""

from __future__ import annotations

DIGITS = "零一二三四五六七八九"
SCALES = ("", "万", "亿", "万亿", "亿亿")
PLACES = ("", "十", "百", "千")
LONGEST = 20
"""Digits; a longer run is no quantity any more and is said digit by digit."""


def by_digit(text: str, *, one: str = "一") -> str:
    """Each digit by itself, other characters left out; telephone numbers say 幺 for 1."""
    return "".join(DIGITS[int(char)] for char in text if char.isdigit()).replace("一", one)


def cardinal(text: str) -> str:
    """A whole number: 102 一百零二, 20008 两万零八, 12000 一万二千; leading zeros and too long runs digit by digit."""
    if len(text) > LONGEST or (len(text) > 1 and text[0] == "0"):
        return by_digit(text)
    if int(text) == 0:
        return "零"
    said = ""
    groups = [text[max(0, end - 4) : end] for end in range(len(text), 0, -4)][::-1]
    for place, group in enumerate(groups):
        scale = SCALES[len(groups) - 1 - place]
        value = int(group)
        if not value:
            said += "" if said.endswith("零") else "零" * (place < len(groups) - 1)
            continue
        if said and group[0] == "0" and not said.endswith("零"):
            said += "零"
        said += _group(value) + scale
    return _with_liang(said.rstrip("零"))


def _group(value: int) -> str:
    """A number below 10,000."""
    said = ""
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if digit:
            said += DIGITS[digit] + PLACES[place]
        elif said and value % 10**place and not said.endswith("零"):
            said += "零"
    return said


def _with_liang(said: str) -> str:
    """两千, 两万, 两亿 at the head; 十 for 一十 at the head."""
    if said.startswith("二") and said[1:2] in {"千", "万", "亿"}:
        said = "两" + said[1:]
    return said[1:] if said.startswith("一十") else said


def number(text: str) -> str:
    """A number as printed: thousands separators, a sign, decimals (12.50 十二点五零)."""
    text = text.replace(",", "")
    if text[:1] in "+-":
        return {"-": "负", "+": "正"}[text[0]] + number(text[1:])
    whole, point, rest = text.partition(".")
    said = cardinal(whole or "0")
    return f"{_plain_two(said)}点{by_digit(rest)}" if point else said


def _plain_two(said: str) -> str:
    """二 before a decimal point: 二点五, but 两千零二点五."""
    return "二" if said == "两" else said

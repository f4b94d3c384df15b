"""Numbers as they are said: digit by digit, as cardinals, with 两 where a newsreader says it.

Sources: GB/T 15835-2011 for what is printed; 《现代汉语八百词》 (吕叔湘) for 两 and 二: 两 before measure words and before
千, 万, 亿 at the head of a number, 二 in 二十, 二百, after 万 and 亿, in ordinals, decimals and digit strings.
"""

from __future__ import annotations

DIGITS = "零一二三四五六七八九"
PLACES = ("", "十", "百", "千")
SCALES = ("", "万", "亿", "万亿", "亿亿")
LONGEST = 20
"""Digits; a longer run is no quantity any more and is said digit by digit."""


COUNTED = 2
"""Digits; up to 99 the number of a type or a model is still counted, beyond it is said digit by digit."""


def by_digit(text: str, *, one: str = "一") -> str:
    """Each digit by itself, other characters left out; what is dialled says 幺 for 1."""
    return "".join(DIGITS[int(char)] for char in text if char.isdecimal()).replace("一", one)


def cardinal(text: str) -> str:
    """A whole number: 102 一百零二, 20008 两万零八; with a leading zero, or too long, digit by digit."""
    if len(text) > LONGEST or (len(text) > 1 and text[0] == "0"):
        return by_digit(text)
    groups = [text[max(0, end - 4) : end] for end in range(len(text), 0, -4)][::-1]
    return _with_liang(_joined(groups).strip("零")) or "零"


def _joined(groups: list[str]) -> str:
    """Groups of four digits with their scales, one 零 for any gap between them."""
    spoken = ""
    for scale, group in zip(SCALES[len(groups) - 1 :: -1], groups, strict=True):
        gap = "零" if group[0] == "0" and not spoken.endswith("零") else ""
        spoken += gap + (_group(int(group)) + scale if int(group) else "")
    return spoken


def _group(value: int) -> str:
    """A number below 10,000."""
    spoken = ""
    for position in (3, 2, 1, 0):
        digit = value // 10**position % 10
        if digit:
            spoken += DIGITS[digit] + PLACES[position]
        elif spoken and value % 10**position and not spoken.endswith("零"):
            spoken += "零"
    return spoken


def _with_liang(said: str) -> str:
    """两千, 两万, 两亿 at the head; 十 for 一十 at the head."""
    if said.startswith("二") and said[1:2] in {"千", "万", "亿"}:
        return "两" + said[1:]
    return said.removeprefix("一") if said.startswith("一十") else said


def number(text: str) -> str:
    """A number as printed, with thousands separators, a sign and decimals: -12.50 负十二点五零."""
    if text[:1] in {"-", "+"}:
        return {"-": "负", "+": "正"}[text[0]] + number(text[1:])
    whole, point, rest = text.replace(",", "").partition(".")
    return cardinal(whole or "0") + ("点" + by_digit(rest) if point else "")


def small(text: str) -> str:
    """A month, day, minute or ordinal, without its leading zero: 08 八, 2 二."""
    return cardinal(text.lstrip("0") or "0").replace("两", "二")


def short_code(text: str) -> str:
    """The number of a type or a model: 24 二十四, 919 九一九, 07 零七, 3.1 三点一."""
    if text.count(".") == 1:
        return number(text)
    if "." in text:
        return "点".join(
            cardinal(part) if len(part) <= COUNTED else by_digit(part) for part in text.split(".")
        )
    return by_digit(text) if len(text) > COUNTED or text[0] == "0" else cardinal(text)

"""Figures, units and currencies as they are said; and how many figures a sentence holds."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from briefing.editorial.facts.measure_units import SIGNS, UNIT_SIGNS

if TYPE_CHECKING:
    from collections.abc import Callable

_NUM = r"\d[\d,.]*"
_JOIN = r"\s*(?:[～~〜—–-]|至|到)+\s*"
_UNIT = "|".join(map(re.escape, sorted(UNIT_SIGNS, key=len, reverse=True)))


_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4, "Ⅴ": 5}
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0}


def _number(han: str) -> str:
    """Return a number up to a hundred in Chinese numerals as figures; empty for what is none."""
    whole, point, decimals = han.partition("点")
    tens, ten, ones = whole.partition("十")
    if any(char not in _DIGITS for char in decimals + tens + ones) or max(len(tens), len(ones)) > 1:
        return ""
    if not whole or (point and not decimals):
        return ""
    value = (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0) if ten else _DIGITS[whole]
    return f"{value}.{''.join(str(_DIGITS[char]) for char in decimals)}" if point else str(value)


_UNITS_HAN = {"十": 10, "百": 100, "千": 1000}
_COUNTED = re.compile(
    r"(?<![\u4e00-\u9fff第]第)(?P<number>[零一二三四五六七八九十百千万亿两]{3,})(?P<more>多|余)?(?=[元人亩吨户名个件辆次公平立斤美])"
)


def _parse_han(text: str) -> int | None:
    """Return the number that Chinese numerals with units say; None for what is none (一二三)."""
    total = section = digit = 0
    for char in text:
        if char in _DIGITS or char == "两":
            digit = _DIGITS.get(char, 2)
        elif char in _UNITS_HAN:
            section += (digit or 1) * _UNITS_HAN[char]
            digit = 0
        else:
            total = (
                (total + section + digit) * (10**4 if char == "万" else 10**8)
                if char == "亿" or not total
                else total + (section + digit) * 10**4
            )
            section = digit = 0
    return total + section + digit or None


def _count(found: re.Match[str]) -> str:
    """Return a count in numerals as figures: 七十一亿三千万 is 71.3亿."""
    value = _parse_han(found["number"]) if re.search("[百千万亿]", found["number"]) else None
    if value is None:
        return found[0]
    for size, name in ((10**8, "亿"), (10**4, "万")):
        if value >= size and (value * 100) % size == 0:
            return f"{value / size:.2f}".rstrip("0").rstrip(".") + name + (found["more"] or "")
    return f"{value}{found['more'] or ''}"


def _range(unit: str) -> re.Pattern[str]:
    return re.compile(rf"(?P<low>-?{_NUM})\s*(?:{unit})?{_JOIN}(?P<high>-?{_NUM})\s*(?:{unit})")


_RULES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?<=\d),(?=\d{3}(?!\d))"), ""),
    (
        re.compile(rf"(?P<sign>HK\$|US\$|[¥￥$＄£€])\s*(?P<low>{_NUM})(?P<big>[万亿]*)(?:{_JOIN}(?:HK\$|US\$|[¥￥$＄£€])?\s*(?P<high>{_NUM})(?P<more>[万亿]*))?"),
        lambda found: found["low"]
        + (found["big"] or "")
        + (f"到{found['high']}{found['more'] or ''}" if found["high"] else "")
        + SIGNS[found["sign"]],
    ),
    (
        re.compile(rf"(?:最高)?(?:运行|设计|行驶)?(?P<max>最高)?(?:运行|设计|行驶)?(?:车速|速度|时速)(?:可)?(?P<bound>为|达到?|是|不超过|不低于|超过)?(?P<n>{_NUM})\s*(?:km/h|公里/小时|公里每小时)"),
        lambda found: f"{'最高' if '最高' in found[0] else ''}时速{_bound(found['bound'])}{found['n']}公里",
    ),
    (re.compile(rf"(?P<n>{_NUM})\s*km/h"), r"时速\g<n>公里"),
    (re.compile(rf"(?P<n>{_NUM})\s*m/s"), r"每秒\g<n>米"),
    (re.compile(rf"(?P<n>{_NUM})元\s*/\s*(?P<per>㎡|m²|平方米|吨|公斤|千克|kg|斤|人|次|天|月|年|张|度|小时|台|户|亩|套|份|只|箱)"), lambda found: f"每{UNIT_SIGNS.get(found['per'], found['per'])}{found['n']}元"),
    (_range("℃|°C|摄氏度"), lambda found: f"{_below(found['low'])}到{_below(found['high'], found['low'])}摄氏度"),
    (re.compile(rf"(?<![\d\u4e00-\u9fff～—])(?P<n>-{_NUM})\s*(?:℃|°C|摄氏度)|(?<=[温为达至到约])(?P<m>-{_NUM})\s*(?:℃|°C|摄氏度)"), lambda found: f"{_below(found['n'] or found['m'])}摄氏度"),
    (re.compile(r"\s*(?:℃|°C)"), "摄氏度"),
    (_range("[%％]"), r"\g<low>%到\g<high>%"),
    (re.compile(rf"(?P<n>{_NUM})\s*(?P<unit>{_UNIT})(?![A-Za-z\d])"), lambda found: found["n"] + UNIT_SIGNS[found["unit"]]),
    (re.compile(rf"(?P<kind>同比|环比)\s*(?P<sign>[+＋-])\s*(?P<n>{_NUM}%)"), lambda found: f"{found['kind']}{'下降' if found['sign'] == '-' else '增长'}{found['n']}"),
    (re.compile(r"(?<=\d)\s*[×xX]\s*(?=\d)"), "乘"),
    (re.compile(r"(?P<low>(?P<age>\d\d)\d\d)/(?P<high>\d{2})年度"), r"\g<low>到\g<age>\g<high>年度"),
    (re.compile(r"(?<![\dA-Za-z:：./-])(?P<low>\d[\d.]*[万亿]?[\u4e00-\u9fff]{0,3}?)\s*[～~〜—–-]+\s*(?P<high>\d[\d.]*)(?=[\u4e00-\u9fff])"), r"\g<low>到\g<high>"),
    (re.compile(r"(?<=\d)(?P<unit>[^\d，。；、]{0,3})至(?=\d)"), r"\g<unit>到"),
    (re.compile(r"(?<=[一二三四五六七八九十])至(?=[一二三四五六七八九十][成楼年月日个层级人])"), "到"),
    (re.compile(r"(?<=[\d一二三四五六七八九十百千万亿成])余(?=[万亿个名人家条座辆台只件项户处次根吨公平立米元亩所栋间套种场册门位株艘起份篇部对里年岁斤款头])"), "多"),
    (re.compile(r"(?<![A-Za-z])(III|II|IV|VI|V|I|Ⅰ|Ⅱ|Ⅲ|Ⅳ|Ⅴ)(?=[类级期型标段号])"), lambda found: str(_ROMAN[found[1]])),
    (re.compile(r"百分之([一二三四五六七八九十百点零〇]+)"), lambda found: f"{_number(found[1])}%" if _number(found[1]) else found[0]),
    (re.compile(r"(?<![\dA-Za-z.])(?P<n>\d+(?:\.\d)?)B(?=参数|的?(?:大)?(?:语言)?模型)"), lambda found: f"{float(found['n']) * 10:g}亿"),
    (_COUNTED, _count),
    (re.compile(r"1/(?P<n>[48]|16)(?=决赛)"), lambda found: {"4": "四", "8": "八", "16": "十六"}[found["n"]] + "分之一"),
    (re.compile(r"(?:往?[东南西北]{1,2}方向)?(?:至[东南西北]方向)?K\d+\+\d+米?处"), ""),
    (re.compile(r"(?P<n>\d+(?:\.\d+)?)个基点"), lambda found: f"{float(found['n']) / 100:g}个百分点"),
    (re.compile(r"(?<=[万亿])余(?=[\u4e00-\u9fff])"), "多"),
)  # fmt: skip

_DATES = re.compile(
    r"\d{1,4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}(?:[到至]\d{1,2})?月(?:\d{1,2}日)?|\d{1,2}(?:[到至]\d{1,2})?日|第\d+|\d{1,2}[到至](?=\d{1,2}[月日])|\d{1,2}点(?:\d{1,2}分|半)?"
)
_RACE = re.compile(r"\d+分\d+秒\d*")
"""The time of a race: one figure to the ear."""
_SETS = re.compile(r"以\d{1,2}[∶:：比]\d{1,2}(?:[、，和]\d{1,2}[∶:：比]\d{1,2}){1,6}(?:的比分)?")
_FIGURE = re.compile(r"\d[\d.,:]*")


def say_figures(text: str) -> str:
    """Return the text with full-width digits folded, and signs, units, currencies and ranges as words."""
    spoken = "".join(
        unicodedata.normalize("NFKC", char) if "！" < char < "～" and char not in "，。：；？！（）" else char
        for char in text
    )
    for pattern, to in _RULES:
        spoken = pattern.sub(to, spoken)
    return spoken


def drop_set_scores(text: str) -> str:
    """Return the text without the points of several sets, which nobody keeps in mind: 以25∶23、20∶25、15∶12."""
    return _SETS.sub("", text)


def _bound(word: str | None) -> str:
    """Return a word before a figure where it bounds it."""
    return word if word and (word == "不低于" or "过" in word) else ""


def _below(number: str, before: str = "") -> str:
    """Say degrees below zero; a range says 零下 once."""
    if not number.startswith("-"):
        return number
    return number[1:] if before.startswith("-") else f"零下{number[1:]}"


def count_figures(text: str) -> int:
    """Return how many figures a listener must hold; dates and ordinals are apart."""
    return len(_FIGURE.findall(_DATES.sub("", _RACE.sub("1", text))))

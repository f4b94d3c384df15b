"""Units of news: what they measure, and their size beside the first unit of their dimension.

Sizes from 《中华人民共和国法定计量单位》 and GB 3100-93; 亩 is 2000/3 square metres.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from briefing.editorial.facts.tables import read_words


class Unit(NamedTuple):
    """Dimension of a unit and its factor to the dimension's base unit."""

    dimension: str
    factor: float


_MEASURES: dict[str, dict[str, float]] = {
    "length": {
        "毫米": 0.001, "厘米": 0.01, "公分": 0.01, "分米": 0.1, "米": 1, "公里": 1000, "千米": 1000, "海里": 1852,
        "km": 1000, "mm": 0.001, "cm": 0.01, "m": 1, "光年": 9.4607e15, "微米": 1e-6, "纳米": 1e-9,
    },
    "area": {
        "平方米": 1, "平方公里": 1e6, "平方千米": 1e6, "平米": 1, "㎡": 1, "m²": 1, "平": 1, "亩": 2000 / 3,
        "公顷": 10_000,
        "平方厘米": 0.0001, "km²": 1e6,
    },
    "mass": {"吨": 1000, "公斤": 1, "千克": 1, "克": 0.001, "斤": 0.5, "kg": 1, "毫克": 1e-6, "担": 50, "两": 0.05,
    "微克": 1e-9, "t": 1000, "g": 0.001},
    "volume": {"立方米": 1, "升": 0.001, "毫升": 1e-6, "立方": 1, "方": 1, "m³": 1, "立方公里": 1e9},
    "hours": {
        "秒": 1 / 3600, "秒钟": 1 / 3600, "分钟": 1 / 60, "小时": 1, "个小时": 1, "钟头": 1, "个钟头": 1, "天": 24,
        "日": 24, "个工作日": 24, "工作日": 24, "周": 168, "两周": 336, "个星期": 168, "星期": 168, "昼夜": 24,
        "毫秒": 1 / 3_600_000, "ms": 1 / 3_600_000, "刻钟": 0.25,
    },
    "months": {"个月": 1, "年": 12, "周年": 12, "个季度": 3, "载": 12, "年间": 12},
    "percent": {"%": 1, "％": 1, "成": 10, "‰": 0.1, "个百分": 1},
    "points": {"个百分点": 1, "百分点": 1, "个基点": 0.01, "基点": 0.01},
    "times": {"倍": 1},
    "temperature": {"℃": 1, "摄氏度": 1, "°C": 1, "°": 1, "度": 1},
    "speed": {"km/h": 1000, "公里/小时": 1000, "千米/小时": 1000, "公里每小时": 1000, "米/秒": 3600, "m/s": 3600,
    "米每秒": 3600, "马赫": 1_225_080},
    "energy": {"千瓦时": 1, "kWh": 1, "度电": 1, "万千瓦时": 10_000},
    "power": {"千瓦": 1, "兆瓦": 1000, "瓦": 0.001, "毫瓦": 1e-6, "mW": 1e-6, "W": 0.001, "kW": 1, "MW": 1000, "吉瓦": 1e6},
    "noise": {"分贝": 1},
    "data": {"G": 1, "GB": 1, "M": 0.001, "MB": 0.001, "TB": 1000, "兆": 0.001},
    "pressure": {"百帕": 1, "帕": 0.01},
    "元": {"元": 1, "块钱": 1, "块": 1, "角": 0.1, "元人民币": 1, "元钱": 1},
    "age": {"岁": 1, "周岁": 1},
    "score": {"分": 1},
    "people": {"人": 1, "名": 1, "位": 1, "口人": 1, "个人": 1, "口": 1},
    "visits": {"人次": 1, "人次数": 1},
    "households": {"户": 1, "户家庭": 1, "家庭": 1, "住户": 1},
    "occasions": {"次": 1, "趟": 1, "回": 1, "班次": 1, "架次": 1},
    "kinds": {"种": 1, "类": 1},
    "magnitude": {"级": 1},
}  # fmt: skip

_CURRENCIES = read_words("currencies")

_COUNTERS = read_words("counters")
"""Words that count; which of them is used seldom changes a fact."""

_LABELS = read_words("labels")
"""Words behind the number of a name: 3号线 is no quantity."""

SIGNS = {
    "¥": "元", "￥": "元", "$": "美元", "＄": "美元", "US$": "美元", "£": "英镑", "€": "欧元", "HK$": "港元",
}  # fmt: skip
"""Currency signs that stand before their amount, as the writer says them."""

UNIT_SIGNS = {
    "ms": "毫秒", "km/h": "公里每小时", "m/s": "米每秒", "km²": "平方公里", "km2": "平方公里", "㎡": "平方米",
    "m²": "平方米",
    "m³": "立方米", "m2": "平方米", "m3": "立方米", "km": "公里", "kg": "公斤", "cm": "厘米", "mm": "毫米",
    "ml": "毫升",
    "mL": "毫升",
    "kWh": "千瓦时",
    "mW": "毫瓦", "W": "瓦", "kW": "千瓦", "MW": "兆瓦", "GW": "吉瓦", "m": "米", "t": "吨", "g": "克", "L": "升",
    "h": "小时", "min": "分钟",
}  # fmt: skip
"""Signs of units behind a figure, as the writer says them."""

GENERAL = "count"


def _table() -> dict[str, Unit]:
    table = {word: Unit(GENERAL, 1) for word in _COUNTERS}
    for dimension, words in _MEASURES.items():
        table |= {word: Unit(dimension, factor) for word, factor in words.items()}
    table |= {word: Unit(word, 1) for word in _CURRENCIES} | {
        "港币": Unit("港元", 1),
        "台币": Unit("新台币", 1),
    }
    table |= {sign: table[said] for sign, said in UNIT_SIGNS.items()}
    return table | {word: Unit(f"label {word}", 1) for word in _LABELS} | {"楼": Unit("label 楼", 1)}


UNITS = _table()
"""Every unit by its word."""

UNIT = "(?:" + "|".join(map(re.escape, sorted(UNITS, key=len, reverse=True))) + ")"
"""Pattern of a unit, the longest first."""

COUNTS = frozenset({GENERAL, "people", "occasions", "kinds", "households"})
"""Dimensions that count things."""


def are_comparable(left: str, right: str) -> bool:
    """Return whether values of two dimensions can be the same fact: 5处 and 5个, but not 3人 and 3人次."""
    if left == right:
        return True
    if {left, right} == {"length", "speed"}:
        return True
    if "" in {left, right}:
        other = left or right
        return not other.startswith("label") and other not in {"points", "percent", "times"}
    return GENERAL in {left, right} and {left, right} <= COUNTS | {"age"} - {"age"}

"""Dates, years, spans of them, seasons, generations and days that have become names (3·15).

Sources: GB/T 7408 and GB/T 15835-2011 for the forms; years digit by digit, months and days as numbers, spans with
到, as read in the broadcasts of 中央人民广播电台.
"""

from __future__ import annotations

import re

from briefing.mandarin.normalize.grammar import ALONE, DASH, DASHES, HAN, Rule, initials, rule, words
from briefing.mandarin.normalize.measure_words import COUNTED
from briefing.mandarin.normalize.numerals import by_digit, cardinal, small

MONTH = r"(?:1[0-2]|0?[1-9])"
DAY = r"(?:3[01]|[12]\d|0?[1-9])"
YEAR = r"(?:1[5-9]|2[01])\d\d"
NOW = r"(?:19[3-9]\d|20[0-4]\d)"
"""Years that the news speaks of; others are numbers unless 年 follows."""


def _full(match: re.Match[str]) -> str:
    """2023-06-09, 2023.6.9."""
    return f"{by_digit(match['y'])}年{small(match['m'])}月{small(match['d'])}日"


def _full_span(match: re.Match[str]) -> str:
    """2025.9.28—10.8."""
    return f"{_full(match)}到{small(match['m2'])}月{small(match['d2'])}日"


def _year_month(match: re.Match[str]) -> str:
    """2023-06, 06/2023."""
    return f"{by_digit(match['y'])}年{small(match['m'])}月"


def _month_day(match: re.Match[str]) -> str:
    """08-08."""
    return f"{small(match['m'])}月{small(match['d'])}日"


def _digits(match: re.Match[str]) -> str:
    return by_digit(match[0])


def _year_span(match: re.Match[str]) -> str:
    """2021—2025年, and 2021年—2025年 too."""
    return f"{by_digit(match[1])}{match[2]}到{by_digit(match[3])}"


def _season(match: re.Match[str]) -> str:
    """2024/25赛季, 24/25赛季 and 07-08赛季 are said in one go."""
    return by_digit(match[1]) + by_digit(match[2])


def _lifetime(match: re.Match[str]) -> str:
    """（1427—1509）, the years of a life or a dynasty."""
    first, last = re.findall(r"\d+", match[0])
    return f"{by_digit(first)}到{by_digit(last)}" if int(first) < int(last) else match[0]


def _listed_years(match: re.Match[str]) -> str:
    """2026至2028年, 2023、2024年: the years before the one that 年 follows."""
    return re.sub(r"\d+", lambda digits: by_digit(digits[0]), match[0])


def _count_of_years(match: re.Match[str]) -> str:
    return cardinal(match[0])


def _month_days(match: re.Match[str]) -> str:
    """6月7日-9日, 9月28日—10月8日."""
    end = f"{small(match['m2'])}月" if match["m2"] else ""
    return f"{small(match['m'])}月{small(match['d'])}{match['day'] or '日'}到{end}{small(match['d2'])}"


def _pair(match: re.Match[str]) -> str:
    """1-8月, 7月-9月, 7-9日."""
    return f"{small(match[1])}{match[2]}到{small(match[3])}"


def _part(match: re.Match[str]) -> str:
    return small(match[0])


def _named_day(match: re.Match[str]) -> str:
    """3·15, “7·20”, 3.15晚会."""
    return "十一" if match[1] == "10" and match[2] in {"1", "01"} else by_digit(match[1]) + by_digit(match[2])


def _years(match: re.Match[str]) -> str:
    """2012-2022, with no 年 behind it."""
    return f"{by_digit(match[1])}到{by_digit(match[2])}" if match[1] < match[2] else match[0]


_NAMES_A_DAY = words(
    "晚会 阅兵 假期 黄金周 长假 年中 大促 电商 购物狂欢 国际消费者 消费者权益 曝光 打假 特大 洪水 暴雨 地震 事故 事件 案件 专案 行动 惨案 革命"
)
_OF_A_CENTURY = r"(?=年(?:\d{1,2}月|初|底|末|春|夏|秋|冬|上半年|下半年|第?[一二三四1-4]季))"
_NO_SPAN_OF_TIME = r"(?=年(?!来|前|后|间|内|以|代|多|左右|如一日|的?(?:历史|时间|努力|光阴|历程|老)))"
_OPENS = r"(?:^|(?<=[，。；：、（“”在于从自是到至与和早]))"
_BEFORE_YEAR = r"(?<![\d第近约超过达共.,:/-])"

RULES: tuple[Rule, ...] = (
    rule(
        rf"(?<![\d./-])(?P<y>{YEAR})([-/.])(?P<m>{MONTH})\2(?P<d>{DAY})(?:{DASH}|至|到)(?P<m2>{MONTH})\2(?P<d2>{DAY})(?![\d./-])",
        _full_span,
        needs=DASHES + "至到",
    ),
    rule(rf"(?<![\d./-])(?P<y>{YEAR})([-/.·])(?P<m>{MONTH})\2(?P<d>{DAY})(?![\d.])日?", _full, needs="-/.·"),
    rule(rf"(?<![\d./-])(?P<m>{MONTH})([-/.])(?P<d>{DAY})\2(?P<y>{YEAR})(?![\d.])", _full, needs="-/."),
    rule(
        rf"(?<![\d./-])(?P<y>{YEAR})[-/.](?P<m>0[1-9]|1[0-2])(?![\d%./-]|\s?{COUNTED})",
        _year_month,
        needs="-/.",
    ),
    rule(rf"(?<![\d./-])(?P<m>0[1-9]|1[0-2])[-/.](?P<y>{YEAR})(?![\d./-])", _year_month, needs="-/."),
    rule(rf"(?<!\d)({YEAR})[/-](\d\d)(?=(?:赛季|学年|年度|雪季|财年|年))", _season, needs="-/"),
    rule(r"(?<![\d./-])(\d\d)\s?[/–—-]\s?(\d\d)(?=(?:赛季|雪季|财年|学年))", _season, needs="/–—-"),
    rule(
        rf"(?<!\d)({YEAR})(年?)(?:{DASH}|/)({YEAR})(?=年|学年|赛季|财年|雪季)", _year_span, needs=DASHES + "/"
    ),
    rule(
        rf"(?<![\d.])(?:{YEAR}年?[至到和与及或、，])+(?={YEAR}(?:年|学年|赛季|财年|届))",
        _listed_years,
        needs="至到和与及或、，",
    ),
    rule(r"(?:^|(?<=[，。；：、（—到至自从于在]))前\d{2,4}(?=年)", _listed_years, needs="前"),
    rule(r"(?<!\d)\d{4}(?=余?年(?:的?历史|的?文明|以上|前的))", _count_of_years, needs="年"),
    rule(
        r"(?<=公元)\d{1,4}(?=年)|(?<=公元前)\d{1,4}(?=年)|(?<!\d)(?:1\d|2[01])\d\d(?=年(?!级))",
        _digits,
        needs="年",
    ),
    rule(
        rf"(?<![\d.,/-])({NOW})(?:[-–~～]|—{{1,2}})({NOW})(?![\d.,/-])(?!\s?{COUNTED})", _years, needs=DASHES
    ),
    rule(rf"(?<![\d第.]){NOW}(?=级|届|[版款](?!的?要)|赛季|财年|学年)", _digits, needs="级届版款赛财学"),
    rule(r"(?<=[（(])\d{3,4}\s?(?:[-–~]|—{1,2})\s?\d{3,4}(?=[）)])", _lifetime, needs="（("),
    rule(r"(?<=[（(])\d{4}(?=年?\s?(?:[-–~]|—{1,2})\s?[）)])", _digits, needs="（("),
    rule(
        r"20[0-4]\d(?<=(?:瞄准|面向|展望|迈向|奔向|走向|决胜|锚定|着眼|放眼|相约|再见|你好|告别|回望|回眸|跨越|聚焦|迎战|开启|前瞻|致敬)\d{4})(?=[，。、！；”》]|$)",
        _digits,
    ),
    rule(rf"{_BEFORE_YEAR}(?!2000){NOW}(?=[{HAN}])(?!{COUNTED}|[以左上下和与或至到之间年])", _digits),
    rule(
        rf"(?<=[《“]){NOW}(?=[》”])|(?<=\d年[和与或、至到]){NOW}(?![\d.])(?!{COUNTED})",
        _digits,
        needs="《“年",
    ),
    rule(rf"(?<![\d.])\d\d{_OF_A_CENTURY}", _digits, needs="年"),
    rule(rf"{_OPENS}(?:[5-9][1-9]|0\d){_NO_SPAN_OF_TIME}", _digits, needs="年"),
    rule(
        r"(?<![\d.])[5-9]\d(?=级(?:学生|校友|本科|毕业|新生|学员)|版(?:电视|《|的|本)|届(?:毕业|学生))",
        _digits,
        needs="级版届",
    ),
    rule(
        r"(?<![\d.])(?:0\d|[5-9]\d)(?=后(?!卫))",
        _digits,
        needs="后",
    ),
    rule(
        rf"(?<![\d.])(?P<m>{MONTH})月(?P<d>{DAY})(?P<day>[日号])?{DASH}(?:(?P<m2>{MONTH})月)?(?P<d2>{DAY})(?=[日号])",
        _month_days,
        needs="月",
        also=DASHES,
    ),
    rule(rf"(?<![\d.])({MONTH})(月?){DASH}({MONTH})(?=月)", _pair, needs="月", also=DASHES),
    rule(
        rf"(?<![\d.:-])({DAY})([日号]?){DASH}({DAY})(?=[日号](?![楼线店馆院门]))",
        _pair,
        needs="日号",
        also=DASHES,
    ),
    rule(
        rf"(?<![\d./-])(?P<m>0[1-9])[-/.](?P<d>0[1-9]|[12]\d|3[01])(?![\d./%-]|\s?{COUNTED})",
        _month_day,
        needs="-/.",
    ),
    rule(r"^(?P<m>1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])$", _month_day, needs="-"),
    rule(r"(?<![\d.])(\d{1,2})·(\d{1,2})(?!\d)", _named_day, needs="·"),
    rule(rf"(?<=[“\"])(\d{{1,2}})\.(\d{{1,2}})(?=[”\"](?:{_NAMES_A_DAY}))", _named_day, needs="."),
    rule(
        rf"{ALONE}({MONTH})\.({DAY})(?={_NAMES_A_DAY}|(?!{COUNTED})[{HAN}]{{2,8}}[节日](?![常期]))",
        _named_day,
        needs=".",
        also=initials(_NAMES_A_DAY) + "节日",
    ),
    rule(rf"(?<=[每今去当]年)({MONTH})\.({DAY})(?=[，、。]|当天|前后|期间)", _named_day, needs="."),
    rule(rf"(?<![\d.])(?:{DAY}|0\d)(?=[月日号](?![间期代尚]))", _part, needs="月日号"),
)
"""The longer form first."""

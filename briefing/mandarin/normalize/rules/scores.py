"""Scores, ratios and formulas: what a colon, a hyphen, a plus or a cross between numbers means.

Sources: the reports of 《中国体育报》 and 新华社 for scores (2:0 and 21-19 are said 比); government work reports for
formulas such as 3+13+79 and 1+2+N, whose signs are said 加.
"""

from __future__ import annotations

import re

from briefing.mandarin.normalize.grammar import ALONE, HAN, Rule, after, before, rule, table, words
from briefing.mandarin.normalize.measure_words import COUNTED
from briefing.mandarin.normalize.numerals import number

_SCORE = re.compile(
    words(
        """
            比分 战胜 击败 不敌 负于 力克 横扫 逆转 大胜 险胜 完胜 惜败 告负 取胜 获胜 战平 打平
            战成 打成 领先 落后 扳成 扳平 扳回 追平 改写 总分 夺冠 淘汰 爆冷 破门 进球 首开纪录
            建功 半场 首局 次局 决胜局 首盘 次盘 胜局 国足 男足 女足 男篮 女篮 女排 男排 主场
            客场 对阵 轻取 胜出 零封 绝杀 问鼎 拿下 赢 输
        """,
    )
)
_RATIO = re.compile(
    words(
        """
            比例 之比 比为 比约为 比约 比达 比仅为 比是 比由 比从
            录比 配比 师生比 生师比 性别比 赔率 汇率 抽签率 比值 医患比 医护比 床护比
            产出比 比率 缩放 稀释 勾兑 兑水 混合
        """
    )
)
_IS_SCORE = re.compile(
    r"(?:比分|以|[局节盘场]|半场|点球|战成|打成|扳成|追成|成)(?:为|是|以|了|战平)?[：“（]?$|\d[:∶]\d{1,3}（[^）]*$"
)
_IS_CLOCK = re.compile(r"(?:[晚早晨午夜日天于]|时间|凌晨|周[一二三四五六])[：]?\s?$")
_GOES_ON = re.compile(
    r"\s?(?:开[始赛球幕启播放打枪机会]|起|前|后|至|许|左右|在|将|举行|打响|准时|出发|集合|进行|直播|播出|主场|客场|迎战|对阵|到站|抵达)"
)
_ONE_DIGIT = re.compile(r"(?<![\d:])\d{1,3}[:∶]\d(?![\d:])")
"""3:1, which no clock shows; the other colons of such a sentence are points in a set."""

FAR = 80
"""Characters on either side in which the points of the sets of a match stand."""

_LEFT_OPEN = r"(?<![\d:.∶])"
_CLOCKLIKE = re.compile(r"(?:2[0-4]|[01]?\d):[0-5]\d(?:$|:[0-5]\d$)")


def _said(match: re.Match[str]) -> str:
    return "比".join(number(part) for part in re.findall(r"\d+(?:\.\d+)?", match[0]))


def _colon(match: re.Match[str]) -> str:
    """2:0 and 1:500 are ratios; 20:18 is one if the words beside it say so, otherwise it is left to `times`."""
    if not _CLOCKLIKE.match(match[0]) or _is_score(match) or _near(_RATIO, match):
        return _said(match)
    return match[0]


def _is_score(match: re.Match[str]) -> bool:
    if _IS_SCORE.search(before(match)) and _near(_SCORE, match):
        return True
    if _IS_CLOCK.search(before(match)) or _GOES_ON.match(after(match)):
        return False
    wider = before(match, FAR) + after(match, FAR)
    return _near(_SCORE, match) or bool(_ONE_DIGIT.search(wider) and _SCORE.search(wider))


def _near(pattern: re.Pattern[str], match: re.Match[str]) -> bool:
    """Whether such a word stands near the match."""
    return bool(pattern.search(before(match)) or pattern.search(after(match)))


def _hyphen(match: re.Match[str]) -> str:
    """21-19 in a sentence about a match; a span elsewhere."""
    return _said(match) if _near(_SCORE, match) or _IS_SCORE.search(before(match)) else match[0]


_SIGNS = table("+=加 ×=乘 *=乘 ÷=除以 ==等于 >=大于 <=小于 ≈=约等于 ≠=不等于")
_TERM = r"(?:\d+(?:\.\d+)?(?:[abnxyABNXY](?![A-Za-z]))?|[A-Z](?![A-Za-z]))"
_PIECE = re.compile(r"\d+(?:\.\d+)?|[A-Za-z]+|[-+×*÷=<>≈≠]")


def _formula(match: re.Match[str]) -> str:
    """3+13+79, 1+2+N, 4+X, 1+1>2: the terms as numbers, the signs by name."""
    minus, pieces = "负" * match[0].startswith("-"), _PIECE.findall(match[0].lstrip("-"))
    return minus + "".join(number(one) if one[0].isdigit() else _SIGNS.get(one, one) for one in pieces)


def _times(match: re.Match[str]) -> str:
    """4×100米, 7x24小时."""
    return f"{number(match[1])}乘"


RULES: tuple[Rule, ...] = (
    rule(rf"{_LEFT_OPEN}\d+(?:\.\d+)?(?:\s?[:∶]\s?\d+(?:\.\d+)?)+(?![\d.]\d|:)", _colon, needs=":∶"),
    rule(
        rf"(?<![\d./-])(?<![A-Za-z{HAN}]-)\d{{1,3}}\s?[-–—]\s?\d{{1,3}}(?![\d./%℃-]|\s?{COUNTED}|[年月日点时])",
        _hyphen,
        needs="-–—",
    ),
)
"""Before `times`, which takes every colon that is left."""

FORMULAS: tuple[Rule, ...] = (
    rule(
        rf"(?:(?<![\w)）.])-)?(?<![\w.]){_TERM}(?:\s?[+÷=<>≈≠×*]\s?{_TERM})+(?![A-Za-z]|\.?\d)(?![²³℃%/])",
        _formula,
        needs="+÷=<>≈≠×*",
    ),
    rule(rf"{ALONE}(\d+(?:\.\d+)?)\s?[×xX*]\s?(?=\d)", _times, needs="×xX*"),
)

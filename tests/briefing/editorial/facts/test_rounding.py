"""Exact figures said as round ones, only where nobody needs the exact. All sentences are made up."""

from __future__ import annotations

from datetime import date

import pytest

from briefing.editorial.facts.rounding import hedge_figures
from briefing.editorial.guard.check import check_sentence


@pytest.mark.parametrize(
    ("text", "hedged"),
    [
        ("南湖区更新路灯2983盏。", "南湖区更新路灯将近3000盏。"),
        ("全市进出口总值368.5亿元。", "全市进出口总值将近370亿元。"),
        ("南湖公园接待游客312600人次。", "南湖公园接待游客31万多人次。"),
        ("总投资2031.3亿元，增长4.6%。", "总投资超过2000亿元，增长4.6%。"),
        ("全省已播玉米1286万亩。", "全省已播玉米将近1300万亩。"),
    ],
)
def test_an_exact_figure_is_said_as_a_round_one(text: str, hedged: str) -> None:
    """With 将近 where the next round one is near, else with what is left over; the guard bears it out."""
    assert hedge_figures(text) == hedged
    assert check_sentence(hedged, [text], [text], "", date(2026, 3, 2)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "地震造成1234人受伤。",
        "法院判公司退还货款3685.5万元。",
        "门票每张1280元。",
        "越洲队2983张选票当选。",
        "2983年是假的年份。",
        "新增学位1620个。",
        "超过2983户居民用上了天然气。",
        "供暖面积3260万平方米。",
    ],
)
def test_a_figure_that_is_the_news_stays(text: str) -> None:
    """Deaths, money owed, prices, votes, days, what is hedged already, and figures short enough to keep in mind."""
    assert hedge_figures(text) == text


def test_a_wrong_bound_is_doubted() -> None:
    """The guard does not take any hedge for true."""
    source = "南湖区更新路灯2983盏。"
    assert check_sentence("南湖区更新路灯3000多盏。", [source], [source], "", date(2026, 3, 2)) != ()

"""Exact figures as a listener keeps them in mind: 2983户 is 2900多户, 368.5亿元 is 将近370亿元. A show may ask for it.

Never where the figure is the news: deaths, money owed, prices, scores, votes, days, shares. The guard takes the result for
what its source says, since 多, 将近 and 超过 are bounds that the exact figure keeps.
"""

from __future__ import annotations

import re
from decimal import ROUND_DOWN, Decimal

MIN_DIGITS = 4
"""Significant digits from which a figure is rounded; fewer are kept in mind as they are."""
KEPT_DIGITS = 2
NEARLY = Decimal("0.02")
"""Share of the figure by which the next round one may be above it to be said with 将近."""
TEN_THOUSAND = 10_000

_EXACT = re.compile(
    r"(?<![\d.第约近过逾达到至—比：:年月])(?P<number>\d{4,}|\d{1,4}\.\d+)(?P<scale>[万亿])?"
    r"(?P<unit>人次|辆次|平方米|平方公里|立方米|公里|人|户|辆|亩|吨|件|份|棵|株|盏|册|万元|(?<=[万亿])元)(?![/\d])"
)
_MATTERS = re.compile(
    r"死|亡|遇难|受伤|伤者|失踪|失联|被困|赔|罚|欠|退还|退款|追回|判|诉|诈骗|转走|损失|利息|本金|本息|还款|债|工资|票价|每|单价|售价|价格|收费|起拍|成交|得票|选票|比分|平均|人均|首付|密码|热线|电话|编号|第\d"
)
"""Words of a sentence in which an exact figure is the news."""


def hedge_figures(text: str) -> str:
    """Return a sentence with its exact figures as round ones and a word for the rest, where the exact does not matter."""
    return text if _MATTERS.search(text) else _EXACT.sub(_hedge, text)


def _hedge(match: re.Match[str]) -> str:
    number, scale, unit = Decimal(match["number"]), match["scale"] or "", match["unit"]
    digits = len(match["number"].replace(".", "").strip("0"))
    if digits < MIN_DIGITS or (not scale and "." in match["number"]):
        return match[0]
    below, step = _round_down(number)
    above = below + step
    if above - number <= NEARLY * number:
        return f"将近{_write(above, scale)}{unit}"
    return (
        f"{_write(below, scale)}多{unit}" if unit[:1] not in "万元" else f"超过{_write(below, scale)}{unit}"
    )


def _round_down(number: Decimal) -> tuple[Decimal, Decimal]:
    """Return the round number at or below, and the step to the next."""
    step = Decimal(1).scaleb(number.adjusted() - KEPT_DIGITS + 1)
    return (number / step).to_integral_value(ROUND_DOWN) * step, step


def _write(number: Decimal, scale: str) -> str:
    """Return a round number in the digits of a script; from ten thousand on in 万."""
    if not scale and number >= TEN_THOUSAND:
        number, scale = number / TEN_THOUSAND, "万"
    return f"{number.normalize():f}{scale}"

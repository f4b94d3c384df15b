"""Percent, per mille and fractions.

Source: as read in the bulletins of 国家统计局: 百分之 before the number and once more after 到, so that no listener hears
5 where 5 % is meant; a sign is said before it (负百分之三点二); 100 % is 百分之百.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.mandarin.normalize.grammar import ALONE, DASH, MINUS, NUMBER, Rule, joint, rule
from briefing.mandarin.normalize.numerals import number

if TYPE_CHECKING:
    import re


_NAMES = {"%": "百分之", "‰": "千分之", "‱": "万分之"}
_SIGNS = {"-": "负", "±": "正负", "+": "正", "": ""}


def _share(name: str, text: str) -> str:
    return name + ("百" if text == "100" and name == "百分之" else number(text))


def _percent(match: re.Match[str]) -> str:
    """-3.2%, 8%—8.5%, 10-15%: each end with its own 百分之."""
    name = _NAMES[match["sign"]]
    spoken = _SIGNS[match["plus"] or ""] + _share(name, match["a"] or match["b"])
    if match["a"] is None:
        return spoken
    return spoken + joint(match["to"]) + _SIGNS[match["plus2"] or ""] + _share(name, match["b"])


def _fraction(match: re.Match[str]) -> str:
    """2/3 三分之二, 3/2 二分之三; what is no part of a whole (80/20, 2/2, 4.8/5) is 比."""
    if "." in match[2] + match[3]:
        return f"{'负' if match[1] else ''}{number(match[2])}比{number(match[3])}"
    above, below = int(match[2]), int(match[3])
    part = above < below or (len(match[2]) == 1 and above > below)
    spoken = (
        f"{number(match[3])}分之{number(match[2])}" if part else f"{number(match[2])}比{number(match[3])}"
    )
    return ("负" if match[1] else "") + spoken


RULES: tuple[Rule, ...] = (
    rule(
        rf"(?P<plus>[±+]|{MINUS})?{ALONE}(?:(?P<a>{NUMBER})[%‰]?(?P<to>{DASH}|[至到])(?P<plus2>[-+](?=\d))?)?"
        rf"(?P<b>{NUMBER})\s?(?P<sign>[%‰‱])",
        _percent,
        needs="%‰‱",
    ),
)

FRACTIONS: tuple[Rule, ...] = (
    rule(
        rf"({MINUS})?(?<![\d.A-Za-z/])(\d{{1,9}}(?:\.\d{{1,4}})?)\s?/\s?(\d{{1,9}}(?:\.\d{{1,4}})?)(?![\d/]|\.\d|[A-Za-z])",
        _fraction,
        needs="/",
    ),
)
"""Late, after the units, which have a / of their own."""

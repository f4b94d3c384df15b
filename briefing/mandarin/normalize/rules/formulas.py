"""Formulas: 3+13+79, 1+2+N, 4×100米, 1+1>2; the terms as numbers and the signs by name.

Source: government work reports for formulas such as 3+13+79, whose signs are said 加.
"""

from __future__ import annotations

import re

from briefing.mandarin.normalize.grammar import ALONE, Rule, rule, table
from briefing.mandarin.normalize.numerals import number

_SIGNS = table("+=加 ×=乘 *=乘 ÷=除以 ==等于 >=大于 <=小于 ≈=约等于 ≠=不等于 ≥=大于等于 ≤=小于等于")
_TERM = r"(?:\d+(?:\.\d+)?(?:[abnxyABNXY](?![A-Za-z]))?|[A-Z](?![A-Za-z]))"
_PIECE = re.compile(r"\d+(?:\.\d+)?|[A-Za-z]+|[-+×*÷=<>≈≠≥≤]")


def _formula(match: re.Match[str]) -> str:
    """3+13+79, 1+2+N, 4+X, 1+1>2."""
    minus, pieces = "负" * match[0].startswith("-"), _PIECE.findall(match[0].lstrip("-"))
    return minus + "".join(
        number(piece) if piece[0].isdigit() else _SIGNS.get(piece, piece) for piece in pieces
    )


def _times(match: re.Match[str]) -> str:
    """4×100米, 7x24小时, 5265x1999x1800mm."""
    return f"{number(match[1])}乘"


CROSSES: tuple[Rule, ...] = (
    rule(rf"(?:{ALONE}|(?<=\d[×x*]))(\d+(?:\.\d+)?)\s?[×x*]\s?(?=\d)", _times, needs="×x*"),
)
"""Before the codes, which would take x1999 for one; the number behind the last cross keeps its unit."""

RULES: tuple[Rule, ...] = (
    rule(
        rf"(?:(?<![\w)）.])-)?(?<![\w.]){_TERM}(?:\s?[+÷=<>≈≠≥≤×*]\s?{_TERM})+(?![A-Za-z]|\.?\d)(?![²³℃%/])",
        _formula,
        needs="+÷=<>≈≠≥≤×*",
    ),
    rule(rf"{ALONE}(\d+(?:\.\d+)?)\s?[×xX*]\s?(?=\d)", _times, needs="×xX*"),
)

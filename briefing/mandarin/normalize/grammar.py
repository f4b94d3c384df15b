"""What every group of rules is written in: the shape of a rule, the parts of patterns, what stands beside a match.

Patterns see ASCII digits only (`layout` has folded the others) and one sentence at a time. A pattern that begins with a
run of digits forbids a digit before it, and what may repeat without end is never nested, so that no text, however
long or odd, takes more than time in proportion to its length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

HAN = "\u3400-\u9fff〇"
"""Han characters, for use inside a character class."""

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
"""A number as printed: 12, 1,286,400, 10.05."""

SCALE = r"(?:万亿|千万|百万|[万亿千百十])"
ALONE = r"(?<![\d.,A-Za-z])"
"""Nothing before it that would make the number a part of something longer."""

DASHES = "-–~～—"
LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
DASH = r"\s?(?:[-–~～]|—{1,2}|--)\s?"
"""What newspapers print between the ends of a span."""

NEAR = 16
"""Characters on either side in which a word decides what a number means."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A form of printing, and how it is said; what `says` returns unchanged is left to the later rules.

    Where none of the characters it `needs` is in a sentence, the sentence is not searched for it: three in four are not.
    """

    pattern: re.Pattern[str]
    says: Callable[[re.Match[str]], str]
    needs: frozenset[str]


def rule(pattern: str, says: Callable[[re.Match[str]], str], *, needs: str = "", fold: bool = False) -> Rule:
    r"""A rule whose `\d` and `\w` are ASCII; with `fold`, capitals do not matter."""
    return Rule(re.compile(pattern, re.ASCII | (re.IGNORECASE if fold else 0)), says, frozenset(needs))


def words(*listed: str) -> str:
    """A pattern for any of the words (separated by spaces), the longest first."""
    every = " ".join(listed).split()
    return "|".join(map(re.escape, sorted(every, key=len, reverse=True)))


def table(rows: str) -> dict[str, str]:
    """A table written as `printed=said`, separated by spaces."""
    return {printed: said for row in rows.split() for printed, _, said in [row.rpartition("=")]}


def apply(rules: Iterable[Rule], text: str) -> str:
    """The text after each rule in turn."""
    printed = frozenset(text)
    for candidate in rules:
        if not candidate.needs or not candidate.needs.isdisjoint(printed):
            text, changes = candidate.pattern.subn(candidate.says, text)
            if changes:
                # A rule may write what a later one needs: → becomes 到, ^8 becomes ⁸.
                printed = frozenset(text)
    return text


def joint(printed: str) -> str:
    """到 between the ends of a span; 至 where it is printed."""
    return "至" if printed.strip() == "至" else "到"


def before(match: re.Match[str], length: int = NEAR) -> str:
    """What stands in front of the match."""
    return match.string[max(0, match.start() - length) : match.start()]


def after(match: re.Match[str], length: int = NEAR) -> str:
    """What follows the match."""
    return match.string[match.end() : match.end() + length]

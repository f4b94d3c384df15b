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

MINUS = rf"(?<![\w)）.])-|(?<=[{HAN}])-|(?<=[A-Za-z])-(?=[\d.,]+\s?[%‰])"
"""A hyphen that is no joint between two numbers or letters."""

NEAR = 16
"""Characters on either side in which a word decides what a number means."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A form of printing, and how it is said; what `says` returns unchanged is left to the later rules.

    Where none of the characters it `needs`, or none of those that it needs `also`, is in a sentence, the sentence is not
    searched for it: three in four are not.
    """

    pattern: re.Pattern[str]
    says: Callable[[re.Match[str]], str]
    needs: frozenset[str]
    also: frozenset[str] = frozenset()


def rule(
    pattern: str, says: Callable[[re.Match[str]], str], *, needs: str = "", also: str = "", fold: bool = False
) -> Rule:
    r"""A rule whose `\d` and `\w` are ASCII; with `fold`, capitals do not matter."""
    return Rule(
        re.compile(pattern, re.ASCII | (re.IGNORECASE if fold else 0)),
        says,
        frozenset(needs),
        frozenset(also),
    )


def words(*listed: str) -> str:
    """A pattern for any of the words (separated by spaces), the longest first."""
    every = " ".join(listed).split()
    return "|".join(map(re.escape, sorted(every, key=len, reverse=True)))


def initials(pattern: str) -> str:
    """Return the first characters of the words of a pattern by `words`, for what a rule needs."""
    return "".join({word.lstrip("\\")[0] for word in pattern.split("|")})


def table(rows: str) -> dict[str, str]:
    """A table written as `printed=said`, separated by spaces."""
    return {printed: spoken for row in rows.split() for printed, _, spoken in [row.rpartition("=")]}


class RuleSet:
    """Rules in order, and for each character the rules that need it, so that a sentence meets few of them."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._free, self._by_char = _bits(rule.needs for rule in self.rules)
        self._also_free, self._also_by_char = _bits(rule.also for rule in self.rules)

    def apply(self, text: str) -> str:
        """Return the text after each rule in turn."""
        remaining = self._possible(text)
        while remaining:
            bit = remaining & -remaining
            remaining ^= bit
            rule = self.rules[bit.bit_length() - 1]
            text, changes = rule.pattern.subn(rule.says, text)
            if changes:
                # A rule may write what a later one needs: → becomes 到, ^8 becomes ⁸.
                remaining = self._possible(text) & -(bit << 1)
        return text

    def _possible(self, text: str) -> int:
        """Return a bit for each rule whose characters are in the text."""
        needs, also = self._free, self._also_free
        for char in set(text):
            needs |= self._by_char.get(char, 0)
            also |= self._also_by_char.get(char, 0)
        return needs & also


def _bits(needs: Iterable[frozenset[str]]) -> tuple[int, dict[str, int]]:
    """Return the bits of the rules that need nothing, and by character those of the rules that need it."""
    free, by_char = 0, dict[str, int]()
    for index, chars in enumerate(needs):
        free |= 0 if chars else 1 << index
        for char in chars:
            by_char[char] = by_char.get(char, 0) | 1 << index
    return free, by_char


def joint(printed: str) -> str:
    """到 between the ends of a span; 至 where it is printed."""
    return "至" if printed.strip() == "至" else "到"


def before(match: re.Match[str], length: int = NEAR) -> str:
    """Return what stands in front of the match."""
    return match.string[max(0, match.start() - length) : match.start()]


def after(match: re.Match[str], length: int = NEAR) -> str:
    """Return what follows the match."""
    return match.string[match.end() : match.end() + length]

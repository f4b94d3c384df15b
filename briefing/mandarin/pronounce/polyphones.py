"""Characters that are read by what they do in the sentence; the rules are data, polyphones.toml, and say there how they work."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.mandarin.segmenter import Token

FILE = Path(__file__).with_suffix(".toml")
"""The rules, in the order in which they are tried."""

AROUND = 24
"""Characters on each side that a rule can see: about a clause."""

CLASSES = {"{number}": "〇零一二两三四五六七八九十百千万亿几数半", "{person}": "我你您他她它谁咱们"}
"""What stands for a class of characters in a pattern."""


@dataclass(frozen=True, slots=True)
class Usage:
    """A rule: the reading that a character has between what `before` and `after` match and words of these sorts."""

    reading: str
    example: str
    before: re.Pattern[str]
    after: re.Pattern[str]
    prev: str
    next: str
    anywhere: bool

    @property
    def place(self) -> int:
        """Return where the character stands in the example without its brackets."""
        return self.example.index("[")

    @property
    def sentence(self) -> str:
        """The example without its brackets."""
        return self.example.replace("[", "").replace("]", "")

    def fits(self, before: str, after: str, tokens: Sequence[Token], number: int) -> bool:
        """Return whether it holds between these texts, in the token of that number."""
        sorts = _is(tokens, number - 1, self.prev) and _is(tokens, number + 1, self.next)
        return bool(sorts and self.before.search(before) and self.after.match(after))


@cache
def rules() -> dict[str, tuple[Usage, ...]]:
    """The rules by character."""
    usages: dict[str, list[Usage]] = {}
    for row in tomllib.loads(FILE.read_text(encoding="utf-8"))["rule"]:
        rule = _rule(row)
        usages.setdefault(rule.sentence[rule.place], []).append(rule)
    return {char: tuple(own) for char, own in usages.items()}


def _rule(row: dict[str, Any]) -> Usage:
    before, after, not_after = ("|".join(row.get(name, ())) for name in ("before", "after", "not_after"))
    ahead = (f"(?!{not_after})" if not_after else "") + f"(?:{after})"
    return Usage(
        reading=row["reading"],
        example=row["example"],
        before=_pattern(f"(?:{before})$" if before else ""),
        after=_pattern(ahead),
        prev=row.get("prev", ""),
        next=row.get("next", ""),
        anywhere=row.get("anywhere", False),
    )


def _pattern(written: str) -> re.Pattern[str]:
    for name, chars in CLASSES.items():
        written = written.replace(name, chars)
    return re.compile(written)


def reading(text: str, place: int, tokens: Sequence[Token], number: int, *, free: bool) -> str | None:
    """The reading of the character at `place`, which is in the token of that number; None when no rule fits.

    `free`: nothing surer than the model is known of the character, so that a longer word is no hindrance.
    """
    before, after = text[max(0, place - AROUND) : place], text[place + 1 : place + 1 + AROUND]
    alone = len(tokens[number].word) == 1
    for rule in rules().get(text[place], ()):
        applies = alone or rule.anywhere or (free and not rule.prev + rule.next)
        if applies and rule.fits(before, after, tokens, number):
            return rule.reading
    return None


def _is(tokens: Sequence[Token], number: int, flags: str) -> bool:
    return not flags or (0 <= number < len(tokens) and tokens[number].flag[:1] in flags)

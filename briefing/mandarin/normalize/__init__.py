"""Printed news → what a newsreader says: numbers and symbols in words, everything else untouched.

    layout → addresses → phones → dates → scores → times → percent → money → codes → formulas → units → spans → numbers
           → what is left

Each group is a file: a table of rules, a pattern and a function each, tried in order, the longer and surer form first;
what one has said in words no later one sees as digits. A sentence is read at a time, since its words decide what a
colon or a hyphen means. The result holds no digit and no symbol that a voice would skip or mangle.

No library stands behind the rules. wetext 0.1.8, the best one measured, was tried on what the rules leave to the plain
reading of numbers: of 1,385 sentences it set none right and 27 wrong (`bench/reading.py` compares the two).
"""

from __future__ import annotations

import re

from briefing.mandarin.normalize import layout, leftover_signs
from briefing.mandarin.normalize.grammar import HAN, RuleSet
from briefing.mandarin.normalize.rules import (
    clock_times,
    codes,
    dates,
    money,
    named_numbers,
    percent,
    phones,
    quantities,
    scores,
    signs,
    units,
)

__all__ = ["spoken", "unknown"]

RULES = (
    *phones.WEB_ADDRESSES,
    *signs.ARROWS,
    *scores.RACE_TIMES,
    *phones.RULES,
    *codes.STANDARDS,
    *named_numbers.EARLY,
    *quantities.TIME_SPANS,
    *dates.RULES,
    *scores.RULES,
    *clock_times.RULES,
    *signs.POINTS,
    *percent.RULES,
    *money.RULES,
    *signs.POWERS,
    *units.CROSSES,
    *named_numbers.RULES,
    *codes.RULES,
    *quantities.SPANS,
    *units.FORMULAS,
    *units.RULES,
    *percent.FRACTIONS,
    *quantities.RULES,
    *signs.LEFT_RAISED,
    *signs.SIGNED,
)
"""Every form that is known for what it is, in the order in which it is tried."""

LAST = (*quantities.PLAIN, *leftover_signs.KNOWN)
"""Numbers and signs that need no more than a place between words."""

_RULES, _LAST = RuleSet(RULES), RuleSet(LAST)
_SENTENCE = re.compile(r"[^。！？\n]*[。！？\n]*")
_SPEAKABLE = re.compile(rf"[{HAN}A-HJ-UWYZa-z\s，。、；：！？“”‘’（）《》—…·-]*")
"""A sentence of nothing else needs no rule; I, V and X may be Roman numerals."""


def spoken(text: str) -> str:
    """The spoken form of a printed text; the same for its own result.

    Words, names and punctuation stay as they are, Latin letters too: the voice spells GDP and says OpenAI.
    """
    return layout.punctuated("".join(map(_spoken, _sentences(text))))


def unknown(text: str) -> tuple[str, ...]:
    """The tokens of a printed text that no rule knows, each once: an editor looks at them.

    They are symbols, said by name or not at all, and numbers that are read as counts though nothing is counted.
    """
    doubts = [token for sentence in _sentences(text) for token in _doubts(_by_rules(sentence))]
    return tuple(dict.fromkeys(doubts))


def _doubts(ruled: str) -> list[str]:
    return [*quantities.guessed(ruled), *leftover_signs.doubtful(_LAST.apply(ruled))]


def _sentences(text: str) -> list[str]:
    return _SENTENCE.findall(layout.plain(text))


def _spoken(sentence: str) -> str:
    if _SPEAKABLE.fullmatch(sentence):
        return sentence
    return leftover_signs.said(_LAST.apply(_by_rules(sentence)))


def _by_rules(sentence: str) -> str:
    return sentence if _SPEAKABLE.fullmatch(sentence) else _RULES.apply(sentence)

"""Likeness of texts by the pairs of neighbouring Han characters that they share."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

from briefing.sources.newspaper.lines.cleaning import HAN

_HAN_RUN: Final = re.compile(f"{HAN}+")


@lru_cache(maxsize=1024)
def word_pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring Han characters in a text."""
    return frozenset(first + two for run in _HAN_RUN.findall(text) for first, two in pairwise(run))


def shared_part(title: str, text: frozenset[str]) -> float:
    """The part of a title's word pairs that a text has too, 0 to 1."""
    own = word_pairs(title)
    return len(own & text) / len(own) if own else 0.0

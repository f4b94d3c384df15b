"""Pauses that vary as a reader's do, around the lengths that a show has set. Pure, and the same for the same lines.

A reader breathes longer behind a long sentence, before a quotation and where the subject turns, and goes on sooner
where the next sentence holds on to the last one. Behind that every pause is a little its own.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from statistics import mean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voices.model import Line

MOST = 0.3
"""Share by which a pause may be longer or shorter than its kind's usual length."""

USUAL_CHARS = 24
"""Characters of a sentence behind which a pause is neither longer nor shorter."""

LENGTH_SHARE = 0.15
QUOTATION_SHARE = 0.14
TURN_SHARE = 0.1
HEADLINE_SHARE = 0.08
OWN_SHARE = 0.08
"""Shares of a pause that each reason is worth; the last one is chance, drawn from the sentence itself."""

_TURN = re.compile(r"另外|此外|同时|与此同时|不过|但|然而|而|再来|接下来|下面|最后")
_HOLD = re.compile(r"[他她它这那其]|因此|所以|也|并且|于是")
_QUOTATION = re.compile(r"[“「『]")


def weigh_gap(line: Line, following: Line, *, headline: bool = False) -> float:
    """Return how long the pause between two lines is to be beside the usual one, 1 being as long."""
    length = max(-1.0, min(1.0, len(line.printed) / USUAL_CHARS - 1))
    weight = 1 + LENGTH_SHARE * length + OWN_SHARE * _chance_of(line.printed)
    if _QUOTATION.match(following.printed) or line.printed.endswith(("：", ":")):
        weight += QUOTATION_SHARE
    if _TURN.match(following.printed):
        weight += TURN_SHARE
    elif _HOLD.match(following.printed):
        weight -= TURN_SHARE
    return weight + HEADLINE_SHARE * headline


def _chance_of(text: str) -> float:
    """Draw a number from −1 to 1 that is always the same for a text."""
    return zlib.crc32(text.encode("utf-8", "replace")) / 0x7FFFFFFF - 1


def vary_gaps(usual: Sequence[int], weights: Sequence[float | None]) -> list[int]:
    """Return lengths by their weights, with the usual length as the mean of each kind; None keeps a length."""
    kinds: dict[int, list[float]] = defaultdict(list)
    for length, weight in zip(usual, weights, strict=True):
        if weight is not None:
            kinds[length].append(weight)
    means = {length: mean(pauses) for length, pauses in kinds.items()}
    return [
        length if weight is None else round(length * _keep_bounds(weight / means[length]))
        for length, weight in zip(usual, weights, strict=True)
    ]


def _keep_bounds(share: float) -> float:
    return max(1 - MOST, min(1 + MOST, share))

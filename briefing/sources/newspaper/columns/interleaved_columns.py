"""Gives each of two articles whose columns were read in turns its own text.

An article breaks off above the title of the next, and goes on somewhere in the other's text. Each run of the other's
paragraphs is weighed as its rest (`joins.weigh_join`, words that piece and article share). Where several runs weigh about
the same, only what all of them agree on is moved; what they dispute is left out of both articles, which say so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from briefing.sources.newspaper.columns import joins, scrambled
from briefing.sources.newspaper.lines import cleaning
from briefing.sources.newspaper.lines.page_lines import Kind, Line, append, breaks_off
from briefing.sources.newspaper.word_pairs import word_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST_INSERT = 10
"""Lines between a sentence that breaks off and the title of the next article."""
LONGEST_REST = 8
"""Paragraphs of an article that stand in another one."""
MARGIN = 2.0
"""Weight by which another order must be better than the printed one."""
DOUBT = 0.5
"""Weight by which the best order must be better than the next, or they dispute what lies between."""
LEAST_CLAIM = 3.0
"""Weight by which a line goes on with an article above, though it stands under another one's open sentence."""
FARTHEST_CLAIM = 24
"""Lines below a broken sentence among which its rest is looked for."""
_TOPIC_WEIGHT: Final = 0.5
_MOST_BY_TOPIC: Final = 4.0
_UNFINISHED: Final = 3.0
"""Weight against an order that leaves a sentence without its end."""
_EACH_PARAGRAPH: Final = 0.6
"""Weight against each paragraph more that is moved: an extractor turns to the other column soon."""
_TOPIC_TEXT: Final = 1500
"""Characters of an article by which its words are known."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """An article on the page: the indices of its title lines and of its lines of text."""

    start: int
    text: tuple[int, ...]
    end: int


class _Order(NamedTuple):
    """Run of the other article's paragraphs, from `first` up to `end`, and what speaks for it as this one's rest."""

    gain: float
    first: int
    end: int


def untangle_columns(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with each of two articles that were read in turns given its own text."""
    ordered = list(lines)
    at = 0
    while at < len(ordered):
        opened = breaks_off(ordered[at])
        if opened or _is_stump(ordered, at):
            ordered = _untangled(ordered, at, MARGIN if opened else 2 * MARGIN) or ordered
        at += 1
    return ordered


def claimed_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return the lines that surely go on with an article which breaks off above, not with the line above them."""
    found: set[int] = set()
    for at in range(1, len(lines) - 1):
        if _is_stump(lines, at) or (breaks_off(lines[at]) and _begins_article(lines, at + 1)):
            found.update(_claimed_by(lines, at))
    return frozenset(found)


def _begins_article(lines: Sequence[Line], at: int) -> bool:
    return lines[at].kind is Kind.TITLE and (lines[at].marked or heads_article(lines, at))


def _claimed_by(lines: Sequence[Line], at: int) -> Iterator[int]:
    """Give the lines that surely go on with the one at `at`; which of them does is weighed later."""
    end = min(_end_of_article(lines, at + 1), at + FARTHEST_CLAIM)
    text = [place for place in range(at + 1, end) if _is_text(lines, place)][1:]
    yield from (place for place in text if _claim(lines, at, place) >= MARGIN)


def _claim(lines: Sequence[Line], at: int, place: int) -> float:
    """Return how much better a line goes on with the one at `at` than with the one above it; 0 if not surely."""
    back = joins.weigh_join(lines[at].folded, lines[place].folded)
    printed = joins.weigh_join(lines[place - 1].folded, lines[place].folded)
    return back - max(printed, 0.0) if back >= LEAST_CLAIM else -MARGIN


def _is_stump(lines: Sequence[Line], at: int) -> bool:
    """Return whether a few words stand under an article's text and over the next title: a sentence's beginning."""
    line = lines[at]
    words = line.kind is Kind.TITLE and not line.marked and not cleaning.ends_sentence(line.text)
    below = lines[at + 1] if at + 1 < len(lines) else None
    return (
        words
        and at > 0
        and lines[at - 1].kind is Kind.PROSE
        and below is not None
        and below.kind is Kind.TITLE
    )


def _untangled(lines: list[Line], at: int, least: float) -> list[Line] | None:
    """Return the lines with the rest of the article that breaks off at `at` brought back to it; None if it has none."""
    other = _next_article(lines, at)
    if other is None:
        return None
    own_words = _words(lines[_title_above(lines, at) : at + 1])
    orders = sorted(_orders(lines, at, other, own_words), reverse=True)
    if not orders or orders[0].gain < least:
        return None
    near = [order for order in orders if order.gain > orders[0].gain - DOUBT]
    if len({order.first for order in near}) > 1:
        return _given_up(lines, at, other, near)
    end = min(order.end for order in near)
    return _moved(lines, at, other, orders[0].first, end, max(order.end for order in near))


def _moved(lines: list[Line], at: int, other: _Stretch, first: int, end: int, disputed: int) -> list[Line]:
    """Return the lines with a run of the other article's behind the line at `at`; what is disputed is left out."""
    rest = [replace(lines[place], displaced=False) for place in other.text[first:end]]
    if disputed > end:
        rest[-1] = scrambled.broken_off(rest[-1])
    taken = set(other.text[first:disputed])
    whole = dict(enumerate(lines))
    cut = other.text[first - 1]
    goes_on = other.text[disputed] if disputed < len(other.text) else None
    if breaks_off(lines[cut]):
        if goes_on is None or (disputed > end and _weight_over(lines, cut, goes_on) < MARGIN):
            whole[cut] = scrambled.broken_off(lines[cut]) if disputed > end else lines[cut]
        else:
            taken.add(goes_on)
            whole[cut] = append(lines[cut], lines[goes_on].text)
    kept = [line for place, line in whole.items() if place > at and place not in taken]
    joined = append(lines[at], rest[0].text)
    return [*lines[:at], replace(joined, broken=rest[0].broken), *rest[1:], *kept]


def _weight_over(lines: Sequence[Line], cut: int, place: int) -> float:
    return joins.weigh_join(lines[cut].folded, lines[place].folded)


def _given_up(lines: list[Line], at: int, other: _Stretch, near: Sequence[_Order]) -> list[Line]:
    """Return the lines without what both articles may own; both say that they are not whole."""
    first, end = min(order.first for order in near), max(order.end for order in near)
    disputed = set(other.text[first:end])
    cut = other.text[first - 1]
    broken = {place: scrambled.broken_off(lines[place]) for place in (at, cut) if breaks_off(lines[place])}
    return [broken.get(index, line) for index, line in enumerate(lines) if index not in disputed]


def _orders(lines: Sequence[Line], at: int, other: _Stretch, own_words: frozenset[str]) -> Iterator[_Order]:
    """Give each run of the other article's paragraphs that may be this one's rest."""
    text = [lines[place] for place in other.text]
    for first in range(1, len(text)):
        back = joins.weigh_join(lines[at].folded, text[first].folded)
        stump = lines[at].kind is Kind.TITLE and not breaks_off(lines[at])
        if text[first].led or back <= (MARGIN if stump else -MARGIN):
            continue
        for end in range(first + 1, min(len(text), first + LONGEST_REST) + 1):
            gain = _gain(text, first, end, back)
            if gain is not None:
                topic = _topic(text, first, end, own_words, _words([lines[other.start], *text[:first]]))
                yield _Order(gain + topic, first, end)


def _gain(text: Sequence[Line], first: int, end: int, back: float) -> float | None:
    """Return what the joins of an order weigh; None where it cannot be, or nothing shows it."""
    opened = breaks_off(text[first - 1])
    if opened and end == len(text):
        return None
    printed = joins.weigh_join(text[first - 1].folded, text[first].folded) if opened else -1.0
    onward = joins.weigh_join(text[first - 1].folded, text[end].folded) if opened else 0.0
    certain = opened or text[first].displaced or back >= joins.SURE - 1
    displaced = text[first].displaced and end < len(text) and text[end].displaced
    if onward <= -MARGIN or not certain or displaced:
        return None
    whole = 1.0 if not breaks_off(text[end - 1]) else -_UNFINISHED
    foreign = 2 * MARGIN if text[first].displaced else 0.0
    against = _torn_inside(text, first, end) + _EACH_PARAGRAPH * (end - first - 1)
    return back + onward - printed + whole + foreign + _start_of(text, end) - against


def _torn_inside(text: Sequence[Line], first: int, end: int) -> float:
    """Return the weight against a run in which a paragraph that goes on with something follows a whole sentence."""
    torn = sum(
        not breaks_off(text[place - 1]) and joins.begins_inside(text[place].folded)
        for place in range(first + 1, end)
    )
    return _UNFINISHED * torn


def _start_of(text: Sequence[Line], end: int) -> float:
    """Return less where the paragraph to which an order goes back begins like one that nothing precedes."""
    return 0.0 if end < len(text) else -1.0


def _topic(text: Sequence[Line], first: int, end: int, own: frozenset[str], others: frozenset[str]) -> float:
    """Return how much more the moved paragraphs speak of this article than the kept ones do."""
    only_own, only_other = own - others, others - own
    moved, kept = _words(text[first:end]), _words(text[end:])
    score = len(moved & only_own) - len(moved & only_other) + len(kept & only_other) - len(kept & only_own)
    return _MOST_BY_TOPIC * math.tanh(_TOPIC_WEIGHT * score / _MOST_BY_TOPIC)


def _words(lines: Sequence[Line]) -> frozenset[str]:
    return word_pairs("\n".join(line.folded for line in lines)[:_TOPIC_TEXT])


def _title_above(lines: Sequence[Line], at: int) -> int:
    """Return where the title of the article stands whose text is at `at`."""
    for place in range(at, -1, -1):
        if lines[place].kind is Kind.TITLE and (lines[place].marked or heads_article(lines, place)):
            return place
    return 0


def heads_article(lines: Sequence[Line], at: int) -> bool:
    """Return whether a dateline or a byline follows a title line."""
    below = [line for line in lines[at + 1 : at + 4] if line.kind is not Kind.TITLE]
    return bool(below) and below[0].led


def _next_article(lines: Sequence[Line], at: int) -> _Stretch | None:
    """Return the article that begins under a line before its text goes on; None if there is none."""
    start = next(
        (
            place
            for place in range(at + 1, min(len(lines), at + LONGEST_INSERT))
            if lines[place].kind is not Kind.PROSE
            and lines[place].kind is Kind.TITLE
            and (lines[place].marked or heads_article(lines, place))
        ),
        None,
    )
    if start is None or any(line.kind is Kind.PROSE for line in lines[at + 1 : start]):
        return None
    end = _end_of_article(lines, start)
    text = tuple(place for place in range(start + 1, end) if _is_text(lines, place))
    return _Stretch(start, text, end) if len(text) > 1 else None


def _is_text(lines: Sequence[Line], at: int) -> bool:
    """Return whether a line is running text, or looks like a title only because its end is cut off."""
    line = lines[at]
    return line.kind is Kind.PROSE or (
        line.kind is Kind.TITLE and breaks_off(line) and not heads_article(lines, at)
    )


def _end_of_article(lines: Sequence[Line], start: int) -> int:
    begun = False
    for place in range(start + 1, len(lines)):
        line = lines[place]
        if begun and (line.led or (line.kind is Kind.TITLE and (line.marked or heads_article(lines, place)))):
            return place
        begun = begun or line.kind is Kind.PROSE
    return len(lines)

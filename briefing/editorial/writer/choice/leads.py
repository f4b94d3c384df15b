"""The lead of a story: the sentence that tells what its title tells, early in the article, and plainly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.editorial.writer.choice import coverage, merit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.editorial.writer.choice.candidates import Candidate
    from briefing.editorial.writer.statements import Statement

EARLY = (1.0, 0.76, 0.66, 0.59, 0.54, 0.5, 0.47, 0.44, 0.42, 0.4)
"""How likely the first, second … plain sentence of an article is its news."""
GOOD = 0.55
"""Quality from which a sentence counts among the first ones: scenes and slogans before the news do not."""
MIN_QUALITY = 0.5
"""A scene or a wish is no lead, even if nothing else is left."""
UNTITLED = 0.3
"""What a lead is worth beside what it shares with the title."""
BY_WORDS, BY_PAIRS = 0.65, 0.35
"""Shares of common words and of common pairs of characters in what a lead has of its title."""
TITLE = 0.42
"""What the title itself is worth as a lead: the text's own sentence is better where it tells enough of it."""
SPOKEN, WISH, UNDATED, POINTS_BACK, PLANNED = 0.75, 0.6, 0.8, 0.6, 0.7
"""What a lead is worth that is somebody's words, a wish, without day or figure, about something named before, or a plan."""
OUTCOME = 1.3
"""What a lead is worth that tells how something ended."""
HOLLOW = 0.55
"""What a lead is worth that says that something was published or held, and not what."""
LONG = 46
"""Han characters from which a lead is long."""

_DAY = re.compile(r"[前昨今明]天|[本上下]周[一二三四五六日]|最近|当地时间|[今去]年|\d月")
_PUBLISHES = re.compile(r"(?:发布|公布|通报|显示|消息|宣布|裁决|判决)[^，]{0,6}，$")
_HOLLOW = re.compile(
    r"(?:发布|公布|通报|召开|举行|举办)[^，。\d]{2,}(?:情况|数据|公报|结果|通知|消息|名单|进展|会议|发布会|活动|仪式)。$|接受[^，]{0,6}(?:专访|采访)。$|打响。$|有了结论。$"
)
"""Acts without what came of them."""
_WISH = re.compile(r"(?:要求|强调|希望|呼吁|提醒|建议)(?:[^，]{0,6}，|[^，]{2,})")
_PLAN = re.compile(r"计划|预计|将(?:在|于|从)?|打算|提出，到")
_HISTORY = re.compile(
    r"(?:成立|建成|始建|创办|建|开办|诞生)于(?:\d{4}|[去前]年)|^(?:\d{4}年|[前去]年)[^，]{0,4}，(?!全)"
)
_WEIGHTS = {coverage.Sort.NUMBER: 2.0, coverage.Sort.FIRST: 1.6, coverage.Sort.NAME: 1.2}


@dataclass(frozen=True, slots=True)
class Title:
    """A title in words of speech, with the weights of its words and its pairs of characters."""

    text: str
    words: dict[str, float]
    pairs: frozenset[str]


def read_title(text: str) -> Title:
    """Return a title as what its lead should hold."""
    words = {word: _WEIGHTS.get(coverage.sort_of(word), 1.0) for word in coverage.concepts(text)}
    bare = re.sub(r"\W", "", text)
    return Title(text, words, frozenset(bare[start : start + 2] for start in range(len(bare) - 1)))


def share_of_title(candidate: Candidate, title: Title) -> float:
    """Return how much of its title a candidate tells, from 0 to 1."""
    text = candidate.text
    shared = sum(
        weight
        for word, weight in title.words.items()
        if word in candidate.concepts or word.lstrip("@") in text
    )
    by_words = shared / max(1.0, sum(title.words.values()))
    by_pairs = sum(pair in text for pair in title.pairs) / max(1, len(title.pairs))
    return BY_WORDS * min(1.0, by_words) + BY_PAIRS * by_pairs


def rank_sentences(read: Sequence[Statement]) -> dict[int, int]:
    """Return the rank of each plain sentence of the article, before which scenes and slogans do not count."""
    good = sorted(
        {option.source.index for option in read if merit.rate(option) >= GOOD and option.source.index >= 0}
    )
    return {-1: 0} | {index: rank for rank, index in enumerate(good)}


def choose_lead(
    candidates: Sequence[Candidate], title: Title, ranks: Mapping[int, int], budget: int
) -> Candidate | None:
    """Return the lead; None where nothing can open a story within the budget."""

    def worth(option: Candidate) -> float:
        rank = min(ranks.get(option.place[0], len(EARLY)), len(EARLY) - 1)
        itself = TITLE if option.place[0] < 0 else 1.0
        return (UNTITLED + share_of_title(option, title)) * EARLY[rank] * _plainness(option, title) * itself

    fitting = [
        option
        for option in candidates
        if option.can_lead and option.cost <= budget and option.quality >= MIN_QUALITY
    ]
    return max(fitting, key=worth, default=None)


def _says(option: Candidate) -> bool:
    """Return whether somebody says a candidate, rather than a body publishing it."""
    return bool(option.first.speaker) and _PUBLISHES.search(option.first.speaker) is None


def _plainness(option: Candidate, title: Title) -> float:
    """Return the factor for what a lead should not be."""
    text = option.text
    dated = coverage.has_number(text) or _DAY.search(text)
    factors = (
        (merit.tells_outcome(text) and bool(dated), OUTCOME),
        (_says(option), SPOKEN),
        (_HOLLOW.search(text) is not None, HOLLOW),
        (_WISH.search(text) is not None, WISH),
        (not dated, UNDATED),
        (option.points_back, POINTS_BACK),
        (_PLAN.search(text) is not None and not _PLAN.search(title.text), PLANNED),
        (_HISTORY.search(text) is not None and not merit.tells_outcome(text), WISH),
    )
    quality = min(1.1, option.quality)
    for holds, factor in factors:
        quality *= factor if holds else 1.0
    # A lead of several sentences is one only where they tell more of the title.
    return float(quality * min(1.0, (LONG / max(1, option.cost)) ** 0.4))

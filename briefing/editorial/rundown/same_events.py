"""One event, one story: which articles tell the same, and which were broadcast already.

Articles are compared by the pairs of characters in their titles and first sentences, rare pairs weighing most (the
cosine of idf vectors). Only articles that share rare runs of characters are compared at all, so that a day of ten
thousand articles takes time that grows with their number, not with its square.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from briefing.mandarin import segmenter
from briefing.model import Dropped, han_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from briefing.model import Article

OPENING = 120
"""Characters of the text that are compared: the first sentences tell what happened."""
SAME_EVENT = 0.36
"""Likeness from which two articles tell the same event."""
GOES_ON = 0.05
"""Likeness from which an article may go on with what was told some days ago, if it names the same."""
SAME_WORDS = 0.8
"""Likeness from which one is a copy of the other and adds nothing."""
RUN, IN_COMMON = 4, 3
"""Only articles that share so many runs of so many characters are compared."""
CROWD = 24
"""A run that more articles share is a phrase of the trade and points to nothing."""
FEW = 20
"""Added to the number of articles, so that on a thin day a shared pair still counts as rare."""

Vector = dict[str, float]

_SLUG = re.compile(
    r"^\s*(?:本报讯|[\u4e00-\u9fff]{2,10}\d{1,2}月\d{1,2}日[电讯])?\s*(?:[（(][^）)]{0,40}[）)])?"
)
NAMED = 0.5
"""Share of a headline's words that another paper's telling of the event has at least."""
FEW_WORDS = 2
"""Words of a headline besides the last that are enough to know its event by."""
_FIGURE = re.compile(r"\d[\d.,]*")
_NOT_SAID = re.compile(r"[^\w]+")


def merged(articles: Sequence[Article]) -> tuple[tuple[tuple[Article, ...], ...], tuple[Dropped, ...]]:
    """The articles by event, the best told first in each, and the copies that add nothing."""
    alike = [(pair, likeness) for pair, likeness in _alike(articles) if _one_event(articles, pair, likeness)]
    same = {pair for pair, likeness in alike if likeness >= SAME_WORDS}
    stories, copies = [], []
    for group in _groups(len(articles), alike):
        best, *others = sorted(group, key=lambda index: (_telling(articles[index]), -index), reverse=True)
        apart = [other for other in others if (min(best, other), max(best, other)) not in same]
        copies += [
            Dropped(articles[other], f"与《{articles[best].title}》相同")
            for other in others
            if other not in apart
        ]
        stories.append((articles[best], *(articles[index] for index in apart)))
    return tuple(stories), tuple(copies)


def unheard(
    articles: Sequence[Article], earlier: Sequence[Article]
) -> tuple[tuple[Article, ...], tuple[Dropped, ...], dict[str, Article]]:
    """The articles that were not broadcast, those that were, and what each of the first follows, by its id.

    An article on an event that was told before is a follow-up when it is younger and brings a figure that is new.
    """
    if not earlier:
        return tuple(articles), (), {}
    pairs = [pair for pair in _across(articles, earlier) if _of_one_event(articles[pair[0]], *pair[1:])]
    ids = {article.id for article in earlier}
    old = {
        recent
        for recent, before, likeness in pairs
        if likeness >= SAME_WORDS or not _moved(articles[recent], before)
    }
    stale = {index for index, article in enumerate(articles) if index in old or article.id in ids}
    fresh = tuple(article for index, article in enumerate(articles) if index not in stale)
    followed = {
        articles[recent].id: before
        for recent, before, _ in sorted(pairs, key=_likeness)
        if recent not in stale
    }
    return fresh, tuple(Dropped(articles[recent], "前几天播过") for recent in sorted(stale)), followed


Pair = tuple[int, "Article", float]
"""Place of an article of today, what was broadcast on the same event, and how alike they are."""


def _across(articles: Sequence[Article], earlier: Sequence[Article]) -> list[Pair]:
    today = len(articles)
    return [
        (low, earlier[high - today], likeness)
        for (low, high), likeness in _alike((*articles, *earlier), GOES_ON)
        if low < today <= high
    ]


def _one_event(articles: Sequence[Article], pair: tuple[int, int], likeness: float) -> bool:
    """Return whether two like articles of a day tell of one thing: one holds what the other's headline names."""
    first, other = (articles[index] for index in pair)
    return likeness >= SAME_WORDS or max(_held(first, other), _held(other, first)) >= NAMED


def _held(headline: Article, text: Article) -> float:
    """The share of a headline's words that another article has."""
    named = [word for word in segmenter.cut(headline.title) if len(word) > 1]
    return sum(word in text.title or word in text.text for word in named) / len(named) if named else 1.0


def _of_one_event(article: Article, before: Article, likeness: float) -> bool:
    """Return whether an article repeats an earlier one: in the same words, or with every word of its headline.

    The opening of one school is told in the words of another's; only the names tell them apart. What happened, the
    last word, may be said otherwise.
    """
    if likeness >= SAME_WORDS:
        return True
    *named, happened = [word for word in segmenter.cut(before.title) if len(word) > 1] or [""]
    named += [happened] if len(named) < FEW_WORDS else []
    return bool(named) and all(word in article.title or word in article.text for word in named)


def _likeness(pair: Pair) -> float:
    return pair[2]


def _moved(article: Article, before: Article) -> bool:
    """Return whether a story has moved on: printed later, with a figure that was not told."""
    return article.moment.date() > before.moment.date() and bool(
        set(_FIGURE.findall(article.text)) - set(_FIGURE.findall(before.text))
    )


def _telling(article: Article) -> tuple[bool, int]:
    """Return how well an article tells its event: whole before broken, then the longer."""
    return article.complete, han_count(article.text)


def _vectors(articles: Sequence[Article]) -> list[Vector]:
    """For each article its pairs of characters, the rare ones heavy, at length 1."""
    runs = [frozenset(_runs(article, 2)) for article in articles]
    spread = Counter(pair for pairs in runs for pair in pairs)
    usual = len(articles) + FEW
    return [_unit({pair: math.log(1 + usual / spread[pair]) for pair in sorted(pairs)}) for pairs in runs]


def _runs(article: Article, length: int) -> Iterator[str]:
    """Runs of so many characters in the title and the opening, punctuation left out."""
    opening = _SLUG.sub("", article.text[: 2 * OPENING], count=1)[:OPENING]
    for text in (article.title, opening):
        clean = _NOT_SAID.sub("", text)
        yield from (clean[start : start + length] for start in range(len(clean) - length + 1))


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
    return {pair: weight / length for pair, weight in vector.items()}


def _cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    return sum(weight * right.get(pair, 0.0) for pair, weight in left.items())


def _alike(articles: Sequence[Article], least: float = SAME_EVENT) -> list[tuple[tuple[int, int], float]]:
    """The pairs of places whose articles are alike, in order, and how much."""
    vectors = _vectors(articles)
    common = Counter(
        pair for places in _shared_runs(articles) if len(places) <= CROWD for pair in combinations(places, 2)
    )
    likely = sorted(pair for pair, runs in common.items() if runs >= IN_COMMON)
    pairs = ((pair, _cosine(vectors[pair[0]], vectors[pair[1]])) for pair in likely)
    return [(pair, likeness) for pair, likeness in pairs if likeness >= least]


def _shared_runs(articles: Sequence[Article]) -> Iterable[list[int]]:
    """Return for each run of characters that several articles share their places.

    Nearly all runs stand in one article: no list is made for those, of which a great day has millions.
    """
    first: dict[str, int] = {}
    shared: dict[str, list[int]] = {}
    for index, article in enumerate(articles):
        for run in frozenset(_runs(article, RUN)):
            before = first.setdefault(run, index)
            if before != index:
                shared.setdefault(run, [before]).append(index)
    return shared.values()


def _groups(count: int, alike: Sequence[tuple[tuple[int, int], float]]) -> list[list[int]]:
    """Places joined by likeness, each group in order of its first."""
    leader = list(range(count))

    def first(index: int) -> int:
        while leader[index] != index:
            index = leader[index]
        return index

    for (low, high), _ in alike:
        lower, other = sorted((first(low), first(high)))
        leader[other] = lower
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for index in range(count):
        groups[first(index)].append(index)
    return list(groups.values())

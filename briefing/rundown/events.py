"""One event, one story: which articles tell the same, and which were broadcast already.

Articles are compared by the pairs of characters in their titles and first sentences, rare pairs weighing most (the cosine of
tf-idf vectors). Only articles that share a rare pair are compared at all, so that a day of ten thousand articles is
compared in time that grows with their number, not with its square.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from briefing.model import Dropped, han_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefing.model import Article

OPENING = 160
"""Characters of the text that are compared: the first sentences tell what happened."""
SAME_EVENT = 0.42
"""Likeness from which two articles tell the same event."""
SAME_WORDS = 0.8
"""Likeness from which one is a copy of the other and adds nothing."""
CROWD = 24
"""A pair that more articles share points to nothing; it is not used to find candidates."""

Vector = dict[str, float]

_SLUG = re.compile(r"^\s*(?:本报讯|[\u4e00-\u9fff]{2,10}\d{1,2}月\d{1,2}日[电讯])?\s*(?:[（(][^）)]{0,40}[）)])?")
_NOT_SAID = re.compile(r"[^\w]+")


def merged(articles: Sequence[Article]) -> tuple[tuple[tuple[Article, ...], ...], tuple[Dropped, ...]]:
    """The articles by event, the best told first in each, and the copies that add nothing."""
    vectors = _vectors(articles)
    groups = _groups(len(articles), _alike(vectors))
    told, copies = [], []
    for group in groups:
        best, *others = sorted(group, key=lambda at: (_telling(articles[at]), -at), reverse=True)
        kept = [at for at in others if _cosine(vectors[best], vectors[at]) < SAME_WORDS]
        copies += [Dropped(articles[at], f"与《{articles[best].title}》相同") for at in others if at not in kept]
        told.append((articles[best], *(articles[at] for at in kept)))
    return tuple(told), tuple(copies)


def unheard(articles: Sequence[Article], earlier: Sequence[Article]) -> tuple[tuple[Article, ...], tuple[Dropped, ...]]:
    """The articles that were not broadcast, and those that were."""
    known = {article.id for article in earlier}
    vectors = _vectors((*articles, *earlier))
    old = {
        min(pair)
        for pair, likeness in _alike(vectors)
        if min(pair) < len(articles) <= max(pair) and likeness >= SAME_WORDS
    }
    stale = {at for at, article in enumerate(articles) if at in old or article.id in known}
    fresh = tuple(article for at, article in enumerate(articles) if at not in stale)
    return fresh, tuple(Dropped(articles[at], "前几天播过") for at in sorted(stale))


def _telling(article: Article) -> tuple[bool, int]:
    """How well an article tells its event: whole before broken, then the longer."""
    return article.complete, han_count(article.text)


def _vectors(articles: Sequence[Article]) -> list[Vector]:
    """For each article its pairs of characters with their tf-idf weight, at length 1."""
    counts = [Counter(_pairs(article)) for article in articles]
    spread = Counter(pair for count in counts for pair in count)
    return [_unit({pair: n * math.log(1 + len(articles) / spread[pair]) for pair, n in count.items()}) for count in counts]


def _pairs(article: Article) -> Iterator[str]:
    opening = _SLUG.sub("", article.text, count=1)[:OPENING]
    for text in (article.title, article.title, opening):
        said = _NOT_SAID.sub("", text)
        yield from (said[at : at + 2] for at in range(len(said) - 1))


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
    return {pair: weight / length for pair, weight in vector.items()}


def _cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    return sum(weight * right.get(pair, 0.0) for pair, weight in left.items())


def _alike(vectors: Sequence[Vector]) -> list[tuple[tuple[int, int], float]]:
    """The pairs of places whose vectors are alike, in order."""
    shared: defaultdict[str, list[int]] = defaultdict(list)
    for at, vector in enumerate(vectors):
        for pair in vector:
            shared[pair].append(at)
    candidates = Counter(
        (low, high)
        for places in shared.values()
        if len(places) <= CROWD
        for index, low in enumerate(places)
        for high in places[index + 1 :]
    )
    likely = sorted(pair for pair, common in candidates.items() if common > 2)
    found = ((pair, _cosine(vectors[pair[0]], vectors[pair[1]])) for pair in likely)
    return [(pair, likeness) for pair, likeness in found if likeness >= SAME_EVENT]


def _groups(count: int, alike: Sequence[tuple[tuple[int, int], float]]) -> list[list[int]]:
    """Places joined by likeness, each group in order of its first."""
    leader = list(range(count))

    def first(at: int) -> int:
        while leader[at] != at:
            at = leader[at]
        return at

    for (low, high), _ in alike:
        one, other = sorted((first(low), first(high)))
        leader[other] = one
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for at in range(count):
        groups[first(at)].append(at)
    return list(groups.values())

"""What a listener hears of an article's facts, by this condenser and by the usual ones, side by side.

Every method gets the same articles and the same budget in Han characters, and fills it with whole sentences in the
article's order. LexRank and LSA are sumy's (`pip install sumy`); they are left out, with a word, when it is missing.

    python bench/condense.py
"""

from __future__ import annotations

import importlib
import importlib.util
import math
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.clause_picker.extractive import Extractive
from briefing.editorial.writer import passage
from briefing.editorial.writer.built_in import BuiltInWriter
from briefing.mandarin import segmenter
from briefing.model import Story, han_count
from tests import facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

DAMPING, ROUNDS = 0.85, 40
"""TextRank's damping and its rounds, as Mihalcea and Tarau (2004) give them; it has settled long before."""


def lead(cut: Sequence[list[str]]) -> list[int]:
    """The sentences as they come."""
    return list(range(len(cut)))


def textrank(cut: Sequence[list[str]]) -> list[int]:
    """Sentences by TextRank over jieba's words, the best first."""
    bags = [Counter(word for word in sentence if len(word) > 1) for sentence in cut]
    links = [[_overlap(one, other) if one is not other else 0.0 for other in bags] for one in bags]
    out = [sum(row) or 1.0 for row in links]
    rank = [1.0] * len(cut)
    for _ in range(ROUNDS):
        rank = [
            1 - DAMPING + DAMPING * sum(links[j][i] / out[j] * rank[j] for j in range(len(cut)))
            for i in range(len(cut))
        ]
    return sorted(range(len(cut)), key=lambda at: -rank[at])


def _overlap(one: Counter[str], other: Counter[str]) -> float:
    common: int = sum((one & other).values())
    return common / math.sqrt(1 + one.total() + other.total())


def sumy(method: str) -> Callable[[Sequence[list[str]]], list[int]]:
    """A ranking by one of sumy's summarizers, given jieba's words with spaces between them."""

    def ranked(cut: Sequence[list[str]]) -> list[int]:
        dom = importlib.import_module("sumy.models.dom")
        summarizer = getattr(importlib.import_module(f"sumy.summarizers.{method}"), METHODS[method])()
        lines = [" ".join(word for word in sentence if word.strip()) for sentence in cut]
        document = dom.ObjectDocumentModel([dom.Paragraph([dom.Sentence(line, _Words()) for line in lines])])
        order = {str(sentence): at for at, sentence in enumerate(document.sentences)}
        best = [list(map(str, summarizer(document, size))) for size in range(1, len(lines) + 1)]
        seen = dict.fromkeys(order[line] for chosen in best for line in chosen)
        return list(seen)

    return ranked


METHODS = {"lex_rank": "LexRankSummarizer", "lsa": "LsaSummarizer"}


class _Words:
    """A tokenizer for text that is already in words: a line is a sentence, a space divides words."""

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        """The lines of a paragraph."""
        return tuple(line for line in paragraph.split("\n") if line)

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """The words of a line."""
        return tuple(sentence.split(" "))


def filled(case: facts.Case, ranking: Callable[[Sequence[list[str]]], list[int]]) -> str:
    """The best sentences that fit the budget, in the article's order."""
    told = [source.text for source in passage.sources(case.story.article)]
    room, kept = case.story.budget, []
    for at in ranking([segmenter.cut(text) for text in told]):
        if han_count(told[at]) <= room:
            room -= han_count(told[at])
            kept.append(at)
    return "".join(told[at] for at in sorted(kept))


def ours(case: facts.Case) -> str:
    """Return what the built-in writer says."""
    story = Story(case.story.article, (), 0.0, (), case.story.budget)
    writer = BuiltInWriter(case.day, {story.article.source: case.place})
    return "".join(sentence.text for sentence in writer.write(story))


def clauses(case: facts.Case) -> str:
    """Return what the clause picker said, the method before."""
    story = Story(case.story.article, (), 0.0, (), case.story.budget)
    return "".join(sentence.text for sentence in Extractive(case.day, case.place).condense(story))


def main() -> None:
    """Print the table."""
    methods: dict[str, Callable[[facts.Case], str]] = {
        "ours": ours,
        "clause picker": clauses,
        "lead sentences": lambda case: filled(case, lead),
        "TextRank (jieba)": lambda case: filled(case, textrank),
    }
    if importlib.util.find_spec("sumy"):
        methods["LexRank (sumy)"] = lambda case: filled(case, sumy("lex_rank"))
        methods["LSA (sumy)"] = lambda case: filled(case, sumy("lsa"))
    else:
        print("sumy is not installed: LexRank and LSA are left out")
    segmenter.cut("热身")
    print(f"{'method':18}{'golden':>8}{'given':>8}{'must not':>10}{'s/article':>11}")
    for name, method in methods.items():
        row(name, method)


def row(name: str, method: Callable[[facts.Case], str]) -> None:
    """Print one method's line: facts heard on both sets, articles with a forbidden word, time."""
    golden = list(facts.golden())
    given = list(facts.shared()) or golden
    start = time.perf_counter()
    texts = [method(case) for case in (*golden, *given)]
    each = (time.perf_counter() - start) / len(texts)
    scored = [case.score(text) for case, text in zip((*golden, *given), texts, strict=True)]
    spoilt = sum(
        any(word in text for word in case.must_not)
        for case, text in zip((*golden, *given), texts, strict=True)
    )
    print(
        f"{name:18}{mean(scored[: len(golden)]):8.3f}{mean(scored[len(golden) :]):8.3f}{spoilt:10}{each:11.3f}"
    )


def mean(scores: Iterable[float]) -> float:
    """The average."""
    listed = list(scores)
    return sum(listed) / len(listed)


if __name__ == "__main__":
    main()

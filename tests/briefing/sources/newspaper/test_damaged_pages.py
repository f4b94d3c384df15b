"""Pages that an extractor has damaged become their articles: floors that only rise, a fault at a time and together."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from briefing.sources import newspaper_text, printed_text
from tests.briefing.sources.newspaper.damage import GoodArticle, render

ZONE = ZoneInfo("Asia/Shanghai")
SEEDS = sorted((Path(__file__).parents[4] / "seeds").glob("*.txt"))
ROUNDS = 3
RUN = 12
"""Characters of another article's text that make an article a fused one."""
LONG_ENOUGH = 150


class Outcome(NamedTuple):
    """Shares of articles that came out exact and of those that hold another one's text; titles that are none."""

    exact: float
    fused: float
    strange_titles: int


def _without_spaces(text: str) -> str:
    return "".join(text.split())


def _good_articles(path: Path) -> list[GoodArticle]:
    page = newspaper_text.parse(printed_text.read_page_file(path), source="样报", zone=ZONE, name=path.name)
    whole = [article for article in page.articles if article.complete and not article.sections]
    return [
        GoodArticle(article.title, "沈一舟", article.paragraphs[:5])
        for article in whole
        if len(article.text) > LONG_ENOUGH
    ]


def _outcome(faults: tuple[str, ...], *, marked: bool) -> Outcome:
    total = exact = fused = strange = 0
    for turn in range(ROUNDS):
        for place, path in enumerate(SEEDS):
            articles = _good_articles(path)
            random = Random(f"{turn}{place}{faults}")  # noqa: S311 - faults that are the same in each run
            page = render(articles, random, faults=faults, marked=marked)
            read = newspaper_text.parse(page.text, source="样报", zone=ZONE)
            texts = {
                article.title: (_without_spaces(article.text), article.complete) for article in read.articles
            }
            strange += len(texts.keys() - {article.title for article in articles})
            for article in articles:
                total += 1
                whole = _without_spaces("".join(article.paragraphs))
                text, complete = texts.get(article.title, ("", True))
                cut = article.title in page.dropped
                exact += (bool(text) and whole.startswith(text) and not complete) if cut else text == whole
                others = "".join(
                    _without_spaces("".join(one.paragraphs)) for one in articles if one != article
                )
                runs = {text[at : at + RUN] for at in range(max(0, len(text) - RUN))}
                fused += any(run in others and run not in whole for run in runs)
    return Outcome(exact / total, fused / total, strange)


@pytest.mark.parametrize(
    ("faults", "marked", "least_exact", "most_fused", "most_strange"),
    [
        (("cut",), True, 0.95, 0.0, 0),
        (("insert",), True, 0.78, 0.0, 0),
        (("stray",), True, 1.0, 0.0, 0),
        (("drop",), True, 0.78, 0.0, 0),
        (("interleave",), True, 1.0, 0.0, 0),
        (("interleave",), False, 1.0, 0.0, 0),
        (("cut", "interleave"), True, 0.60, 0.08, 0),
        (("cut", "insert", "stray"), True, 0.80, 0.0, 0),
        (("cut",), False, 0.78, 0.0, 0),
        (("insert",), False, 0.78, 0.0, 1),
        (("stray",), False, 1.0, 0.0, 0),
    ],
)
def test_damaged_pages_become_their_articles(
    faults: tuple[str, ...],
    marked: bool,  # noqa: FBT001 - a parameter of the table
    least_exact: float,
    most_fused: float,
    most_strange: int,
) -> None:
    """Texts are exact, an article without its end says so, and no article airs another one's sentences."""
    outcome = _outcome(faults, marked=marked)
    assert (
        outcome.exact >= least_exact,
        outcome.fused <= most_fused,
        outcome.strange_titles <= most_strange,
    ) == (
        True,
        True,
        True,
    ), outcome

"""Scoring a writer: which of the facts that a listener must hear are in what it says.

For tests and benches. A case file names articles with a budget in Han characters and facts with weights; a fact is
heard when one of its strings, or its spoken form, stands in the condensed text.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from briefing.mandarin import spoken
from briefing.model import Article, Story
from briefing.sources import newspaper_text
from tests import outside

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden" / "condense"
SHARED = outside.CASES / "condense"
PAGE = ROOT / "seeds" / "yuzhong-2023-06-09.txt"


ALIKE = (("余", "多"), ("℃", "度"), ("摄氏度", "度"), ("逾", "超过"), ("与", "和"), ("其中", ""))
"""Print and air copy that say the same."""


def alike(text: str) -> str:
    """The text in one of the two ways to print or say units, ranges and hours."""
    for printed, said in ALIKE:
        text = text.replace(printed, said)
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    text = re.sub(r"(?<=\d)([^\d，。]{0,2})[~～—–至-]+(?=\d)", r"\1到", text)
    return re.sub(r"(?<=\d)时(?!间|速)", "点", text)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a listener must (weight 2) or may (1) hear, in any of these words."""

    weight: int
    words: tuple[str, ...]

    def heard_in(self, text: str) -> bool:
        """Whether the text says it."""
        return any(word in text or spoken(word) in text or alike(word) in alike(text) for word in self.words)


@dataclass(frozen=True, slots=True)
class Case:
    """An article to condense on its day, in its place, and what must and must not be heard."""

    story: Story
    place: str
    facts: tuple[Fact, ...]
    must_not: tuple[str, ...]

    @property
    def day(self) -> date:
        """The day of broadcast: the day the article was printed."""
        return self.story.article.moment.date()

    def score(self, text: str) -> float:
        """The weight of the facts heard as a share of all; 前天 counts for its date."""
        week = ((f"周{name}", (self.day.weekday() - at) % 7) for at, name in enumerate("一二三四五六日"))
        for word, back in (("今天", 0), ("昨天", 1), ("前天", 2), *week):
            day = self.day - timedelta(back)
            text += f"{day.month}月{day.day}日" if word in text else ""
        heard = sum(fact.weight for fact in self.facts if fact.heard_in(text))
        return heard / sum(fact.weight for fact in self.facts)


def golden() -> Iterator[Case]:
    """Our own made-up articles."""
    for path in sorted(GOLDEN.glob("*.json")):
        described = json.loads(path.read_text(encoding="utf-8"))
        day = datetime.combine(date.fromisoformat(described["day"]), datetime.min.time(), UTC)
        for entry in described["articles"]:
            article = Article(path.stem, "golden", entry["title"], tuple(entry["text"].split("\n")), day)
            yield _case(article, described, entry, described["place"])


def shared() -> Iterator[Case]:
    """The given page's articles; none when the development cases are not beside the checkout."""
    path = SHARED / "yuzhong-2023-06-09.json"
    if not path.is_file():
        return
    described = json.loads(path.read_text(encoding="utf-8"))
    page = newspaper_text.parse(
        PAGE.read_text(encoding="utf-8"), source="yuzhong", zone=ZoneInfo("Asia/Shanghai")
    )
    articles = {article.title: article for article in page.articles}
    for entry in described["articles"]:
        yield _case(articles[entry["title"]], described, entry, "渝中区")


def _case(article: Article, described: dict[str, Any], entry: dict[str, Any], place: str) -> Case:
    facts = tuple(Fact(fact["w"], tuple(fact["any"])) for fact in entry["facts"])
    return Case(Story(article, (), 0.0, (), entry["budget"]), place, facts, tuple(described["must_not"]))

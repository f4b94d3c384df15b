"""Copy as language models write it (golden/model/copy.txt), and what of it reaches the script."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from briefing.editorial.writer import passage
from briefing.model import Article, Story
from briefing.sources import newspaper_text, printed_text
from tests.model_server import Answering, data_of, serving
from tests.model_writers import chain_of, writer_with

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.model_server import Reply

COPY = Path(__file__).parent / "golden" / "model" / "copy.txt"
SEEDS = Path(__file__).parents[1] / "seeds"
ROOMY_BUDGET = 2000
"""Han characters that hold every sentence of an answer."""


@dataclass(frozen=True)
class Row:
    """A sentence of a model, its sources, and whether it is true."""

    text: str
    sources: tuple[int, ...]
    is_true: bool


@dataclass(frozen=True)
class CopiedStory:
    """A story with the sentences that models write about it."""

    article: Article
    place: str
    aired: date
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Heard:
    """Sentences of a model, and which of them reached the script."""

    sent: tuple[Row, ...]
    texts: tuple[str, ...]
    """Every sentence of the script, those of the built-in writer included."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return the rows that reached the script."""
        return tuple(row for row in self.sent if row.text in self.texts)


def load_copy() -> tuple[CopiedStory, ...]:
    """Return the stories of the golden file."""
    text = re.sub(r"(?m)^#.*\n", "", COPY.read_text(encoding="utf-8"))
    return tuple(_story(block.strip()) for block in text.split("== ")[1:])


def _story(block: str) -> CopiedStory:
    head, *lines = block.splitlines()
    place, printed, aired, *rest = (field.strip() for field in head.split("|"))
    printed_lines = [line.partition(" ")[2] for line in lines if line[0].isdigit()]
    article = (
        _seed_article(rest[0], rest[1])
        if not printed_lines
        else Article(
            rest[0],
            "page",
            rest[0],
            tuple(printed_lines),
            datetime.fromisoformat(printed).replace(tzinfo=UTC),
        )
    )
    rows = tuple(_row(line) for line in lines if line[0] in "+-")
    return CopiedStory(article, place, date.fromisoformat(aired), rows)


def _row(line: str) -> Row:
    mark, sources, text = line.split(" ", 2)
    return Row(text, tuple(map(int, sources.split(","))), mark == "+")


@cache
def _seed_articles(name: str) -> tuple[Article, ...]:
    path = SEEDS / name
    page = newspaper_text.parse(
        printed_text.read_page_file(path), source="page", zone=ZoneInfo("Asia/Shanghai"), name=name
    )
    return tuple(page.articles)


def _seed_article(name: str, title: str) -> Article:
    return next(article for article in _seed_articles(name) if article.title.startswith(title))


def air_copy(story: CopiedStory, rows: tuple[Row, ...], wrap: Callable[[str], Reply]) -> Heard:
    """Return what of a model's rows reaches the script, asked over loopback; told of a doubt, it says the same again."""

    def respond(asked: dict[str, Any]) -> Reply:
        assert list(data_of(asked)["sentences"].values()) == [
            one.text for one in passage.sources(story.article)
        ]
        last = json.loads(asked["messages"][-1]["content"])
        doubted = [row["text"] for row in last.get("rewrite_only_these_in_order", ())]
        said = [row for row in rows if not doubted or row.text in doubted]
        sentences = [{"text": row.text, "sources": list(row.sources)} for row in said]
        return wrap(json.dumps({"sentences": sentences}, ensure_ascii=False))

    with serving(Answering(respond)) as url:
        writer = writer_with(chain_of(url), story.aired, story.place, source="page")
        sentences = writer.write(Story(story.article, (), 1.0, (), ROOMY_BUDGET))
    return Heard(rows, tuple(sentence.text for sentence in sentences))

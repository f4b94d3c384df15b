"""A model that writes true radio copy, and one that lies in every third sentence, over the golden stories."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from briefing.editorial.guard.papers import PaperGuard
from briefing.editorial.llm.exchange import Answer, Endpoint, Exchange
from briefing.editorial.llm.model_writer import Manner, ModelWriter, load_prompt
from briefing.editorial.llm.spending import Ceilings, Spending
from briefing.editorial.writer.built_in import BuiltInWriter
from briefing.model import Article, Story

GOLDEN = Path(__file__).parents[3] / "golden" / "guard" / "own.json"
ROOMY = 2000
"""Han characters that hold every sentence of an answer."""


class Scripted(Exchange):
    """Model that answers every question with the same rows."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        super().__init__(Endpoint("http://scripted/v1", "m"), 5.0)
        self._text = json.dumps({"sentences": rows}, ensure_ascii=False)

    def ask(self, messages: list[dict[str, str]], longest: int, schema: object) -> Answer:  # noqa: ARG002 - a fake
        """Return the rows, whatever is asked."""
        return Answer(self._text, 100, 100)


def aired(golden: dict[str, Any], rows: list[dict[str, Any]]) -> list[str]:
    """The sentences of an answer that reach the script."""
    day = date.fromisoformat(golden["day"])
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    article = Article(golden["title"], "paper", golden["title"], tuple(golden["sentences"]), moment)
    places = {"paper": golden["place"]}
    writer = ModelWriter(
        exchanges=(Scripted(rows),),
        spending=Spending(Ceilings(tokens=10_000_000)),
        day=day,
        places=places,
        manner=Manner(load_prompt("播报")),
        guard=PaperGuard(day, places, {}),
        built_in=BuiltInWriter(day, places),
        memory={},
    )
    heard = {sentence.text for sentence in writer.write(Story(article, (), 1.0, (), ROOMY))}
    return [row["text"] for row in rows if row["text"] in heard]


def test_nine_of_ten_true_sentences_reach_the_script() -> None:
    """Copy written for the ear is kept as it is."""
    stories = json.loads(GOLDEN.read_text(encoding="utf-8"))
    rows = {story["title"]: [row for row in story["rows"] if not row["bad"]] for story in stories}
    heard = sum(len(aired(story, rows[story["title"]])) for story in stories)

    assert heard >= 0.9 * sum(map(len, rows.values()))


def test_of_a_model_that_lies_in_every_third_sentence_few_lies_reach_the_script() -> None:
    """At most 15 % of the lies, and 5 % of what is aired."""
    stories = json.loads(GOLDEN.read_text(encoding="utf-8"))
    lied, lies_heard, all_heard = 0, 0, 0
    for story in stories:
        truths = [row for row in story["rows"] if not row["bad"]]
        lies = [row for row in story["rows"] if row["bad"]][: max(1, len(truths) // 2)]
        heard = aired(story, [*truths, *lies])
        lied += len(lies)
        lies_heard += sum(row["text"] in heard for row in lies)
        all_heard += len(heard)

    assert lies_heard <= 0.15 * lied
    assert lies_heard <= 0.05 * all_heard

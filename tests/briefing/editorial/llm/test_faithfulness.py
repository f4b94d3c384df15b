"""What of a model's copy reaches the script: of an honest one nearly all, of a lying one nearly no lie.

The copy is golden/model/copy.txt, served over loopback in the shapes of the families in turn; a model that is told of a
doubt says the same again, which is the worst that it can do.
"""

from __future__ import annotations

import json
from itertools import cycle
from pathlib import Path

from tests.model_copy import air_copy, load_copy
from tests.model_server import FAMILIES

FLOORS = json.loads((Path(__file__).parents[3] / "golden" / "floors.json").read_text(encoding="utf-8"))[
    "model"
]
WRAPS = dict(zip((story.article.title for story in load_copy()), cycle(FAMILIES.values()), strict=False))


def test_the_copy_is_large_enough_to_measure() -> None:
    """At least 200 sentences, a third of them lies."""
    rows = [row for story in load_copy() for row in story.rows]

    assert len(rows) >= 200
    assert 0.3 <= sum(not row.is_true for row in rows) / len(rows) <= 0.4


def test_the_sentences_of_an_honest_model_reach_the_script() -> None:
    """Word for word."""
    heard = [
        air_copy(story, tuple(row for row in story.rows if row.is_true), WRAPS[story.article.title])
        for story in load_copy()
    ]

    assert sum(len(one.rows) for one in heard) >= FLOORS["true"] * sum(len(one.sent) for one in heard)


def test_the_lies_of_a_model_that_lies_in_every_third_sentence_do_not() -> None:
    """Few of them, and hardly any of all sentences that are aired."""
    heard = [air_copy(story, story.rows, WRAPS[story.article.title]) for story in load_copy()]
    lies = sum(not row.is_true for one in heard for row in one.sent)
    aired = sum(not row.is_true for one in heard for row in one.rows)

    assert aired <= FLOORS["lies"] * lies
    assert aired <= FLOORS["aired"] * sum(len(one.texts) for one in heard)

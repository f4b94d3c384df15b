"""The guard on golden rows: lies that it must catch, honest rewrites that it must leave alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from briefing.editorial.guard.check import check_sentence
from briefing.editorial.guard.sentence_reading import read_sentence
from briefing.editorial.guard.unsupported_claim import ClaimKind

GOLDEN = Path(__file__).parents[3] / "golden"
FLOORS = json.loads((GOLDEN / "floors.json").read_text(encoding="utf-8"))["guard"]


@dataclass(frozen=True)
class Row:
    """A sentence about a made-up story, and whether it lies."""

    kind: str
    bad: bool
    text: str
    sources: tuple[str, ...]
    story: tuple[str, ...]
    place: str
    day: date
    title: str

    def is_doubted(self) -> bool:
        """Return whether the guard doubts anything of it."""
        return bool(
            check_sentence(self.text, self.sources, self.story, self.place, self.day, title=self.title)
        )


def load_rows(path: Path) -> list[Row]:
    """Read the rows of a golden file, each with the sentences that it names and the rest of its story."""
    rows = []
    for story in json.loads(path.read_text(encoding="utf-8")):
        sentences, day = story["sentences"], date.fromisoformat(story["day"])
        for row in story["rows"]:
            named = tuple(sentences[number - 1] for number in row["sources"])
            rest = tuple(text for text in sentences if text not in named)
            rows.append(
                Row(row["kind"], row["bad"], row["text"], named, rest, story["place"], day, story["title"])
            )
    return rows


def shares(rows: list[Row], *, bad: bool) -> dict[str, float]:
    """The share of doubted rows by kind, `all` over everything."""
    asked = [(row.kind, row.is_doubted()) for row in rows if row.bad is bad]
    kinds = {"all", *(kind for kind, _ in asked)}
    chosen = {kind: [doubted for name, doubted in asked if kind in {"all", name}] for kind in kinds}
    return {kind: sum(doubted) / len(doubted) for kind, doubted in chosen.items()}


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """Every golden row."""
    return [row for path in sorted((GOLDEN / "guard").glob("*.json")) for row in load_rows(path)]


def test_lies_of_every_kind_are_caught_at_least_as_often_as_before(rows: list[Row]) -> None:
    """A kind may lose nothing that it had."""
    caught = shares(rows, bad=True)
    assert {kind: share for kind, share in caught.items() if share < FLOORS["caught"].get(kind, 0.0)} == {}


def test_honest_rewrites_are_doubted_no_more_often_than_before(rows: list[Row]) -> None:
    """The truth is left alone."""
    assert shares(rows, bad=False)["all"] <= FLOORS["doubted"]


SOURCE = "滨河大桥全长1.86公里，主跨420米，设计时速60公里。"
DAY = date(2024, 11, 15)


def test_a_doubt_says_what_the_source_has_and_where_it_stands() -> None:
    """An editor sees the words and the source's words beside them."""
    (doubt,) = check_sentence("大桥全长1.68公里。", [SOURCE], (), "滨河区", DAY)
    assert (doubt.kind, doubt.start, doubt.end, doubt.grave) == (ClaimKind.FIGURE, 4, 10, True)
    assert "1.86公里" in doubt.source


def test_the_title_is_a_source_for_figures_and_names() -> None:
    """A score, a name or a place may stand only there."""
    source = "昨晚，绿水女排在主场战胜对手，取得三连胜。"
    title = "绿水女排3比1逆转云山女排"
    sentence = "绿水女排昨晚以3比1战胜云山女排。"
    assert check_sentence(sentence, [source], (), "绿水市", DAY, title=title) == ()
    assert check_sentence(sentence, [source], (), "绿水市", DAY) != ()


def test_the_title_is_no_witness_of_certainty() -> None:
    """Headlines leave out 预计; the sentence may not."""
    source = "据介绍，2月欧元区通胀率预计回落至2.6%。"
    sentence = "2月欧元区通胀率已经回落到2.6%。"
    assert check_sentence(sentence, [source], (), "", DAY, title="欧元区通胀率回落至2.6%") != ()


def test_a_story_of_many_sentences_is_read_only_where_it_is_asked() -> None:
    """A new story costs no more than the sentence and its sources need."""
    story = tuple(f"第{number}个社区的居民王小明说，路灯已经修好。" for number in range(60))
    read_sentence.cache_clear()
    check_sentence("大桥全长1.86公里。", [SOURCE], story, "滨河区", DAY)
    assert read_sentence.cache_info().misses == 2


def test_a_sentence_without_sources_is_doubted_only_if_it_claims_something() -> None:
    """A greeting needs no source, a figure does."""
    assert check_sentence("下面来看交通方面的消息。", (), (), "滨河区", DAY) == ()
    (doubt,) = check_sentence("大桥全长1.68公里。", (), (), "滨河区", DAY)
    assert doubt.kind is ClaimKind.SOURCE

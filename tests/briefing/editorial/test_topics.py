"""What sort of news a headline tells, and what a show's own weights do."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from briefing.editorial import rundown
from briefing.editorial.rundown import Settings, topics
from briefing.model import Article
from briefing.sources import newspaper_text
from tests import facts

TEXT = (
    "6月8日，这里有一条新闻，涉及居民120人，投入资金30万元，历时3个月，成效明显，群众普遍表示欢迎，"
    "下一步将继续推进这项工作，让更多的人受益，预计年底前全部完成。"
)


def article(title: str, number: int = 0) -> Article:
    """A made-up article that says little."""
    own = "".join(chr(0x4E00 + 100 * number + step) for step in range(90))
    body = f"{title}，{own}。{TEXT}"
    return Article(
        title, "paper", title, (body,), datetime(2026, 3, 2, tzinfo=UTC), page="2版", position=number
    )


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("滨河区经济工作会议召开，部署招商项目", "经济"),
        ("区人大常委会调研主题教育", "时政"),
        ("老旧小区加装电梯惠及居民", "民生"),
        ("防汛应急演练举行", "安全"),
        ("青年马拉松比赛开跑", "体育"),
        ("星河灿烂", ""),
        ("地铁司机勇救落水学生", ""),
    ],
)
def test_a_headline_tells_its_topic(title: str, topic: str) -> None:
    """By most of the words; none where sections are alike or nothing tells."""
    assert topics.topic(article(title)) == topic


ROOT = Path(__file__).parents[3]
GOLDEN = ROOT / "tests" / "golden"
SHANGHAI = ZoneInfo("Asia/Shanghai")
LEAST_RIGHT = 0.9
"""Share of the golden stories whose section is right; a wrong one is heard, none is not."""


def golden() -> list[tuple[Article, frozenset[str]]]:
    """Stories of the made-up pages with the sections that a reader would accept; "" where - stands."""
    rows = (GOLDEN / "topics.tsv").read_text(encoding="utf-8").splitlines()[1:]
    condensed = {case.story.article.title: case.story.article for case in facts.golden()}
    listed = []
    for file, title, sections in (row.split("\t") for row in rows):
        known = condensed if file == "condense" else page_articles(file)
        listed.append((known[title], frozenset(sections.replace("-", "").split(" "))))
    return listed


def page_articles(file: str) -> dict[str, Article]:
    """The articles of a page or a web page by their titles."""
    if file.endswith(".json"):
        page = json.loads((GOLDEN / file).read_text(encoding="utf-8"))
        one = Article(file, "web", page["title"], tuple(page["paragraphs"]), datetime(2026, 3, 2, tzinfo=UTC))
        return {one.title: one}
    path = ROOT / file if file.startswith("seeds") else GOLDEN / file
    page = newspaper_text.parse(
        path.read_text(encoding="utf-8"), source="paper", zone=SHANGHAI, name=path.name
    )
    return {one.title: one for one in page.articles}


def test_sections_of_the_golden_stories_are_right() -> None:
    """Nine in ten at least; of those that get one, which is what listeners hear, nineteen in twenty."""
    judged = [(topics.topic(story), sections) for story, sections in golden()]
    wrong = [f"{label}: {sorted(sections)}" for label, sections in judged if label not in sections]

    assert len(wrong) <= (1 - LEAST_RIGHT) * len(judged), wrong
    heard = [label in sections for label, sections in judged if label]
    assert sum(heard) >= 0.95 * len(heard)


def order(settings: Settings, *titles: str) -> list[str]:
    """The titles as they come on the air."""
    chosen = rundown.choose([article(title, number) for number, title in enumerate(titles)], settings)
    return [story.article.title for story in chosen.stories]


TITLES = ("山城新貌", "江湾夜色", "林海听涛", "云上梯田")


def test_an_editor_s_words_are_in_or_out() -> None:
    """By words of the title or by id, whatever else speaks for the story."""
    settings = Settings(pinned=frozenset({"云上"}), banned=frozenset({"江湾夜色"}))

    assert order(settings, *TITLES) == ["云上梯田", "山城新貌", "林海听涛"]


def test_who_is_pinned_and_banned_is_out() -> None:
    """The safer of two orders."""
    assert "山城新貌" not in order(Settings(pinned=frozenset({"山城"}), banned=frozenset({"新貌"})), *TITLES)


def test_a_favoured_word_adds_its_points() -> None:
    """And says so."""
    settings = Settings(favoured={"听涛": 5.0})
    chosen = rundown.choose([article(title, number) for number, title in enumerate(TITLES)], settings)

    assert chosen.stories[0].article.title == "林海听涛"
    assert ("提到听涛", 5.0) in [tuple(reason) for reason in chosen.stories[0].reasons]


def test_each_further_story_of_a_topic_loses_a_little() -> None:
    """So that a programme is not all of one thing."""
    titles = ("防汛演练举行", "消防隐患排查", "山城新貌")
    chosen = rundown.choose([article(title, number) for number, title in enumerate(titles)], Settings())
    reasons = {
        story.article.title: [reason for reason in story.reasons if "安全新闻" in reason.what]
        for story in chosen.stories
    }

    assert [len(reasons[title]) for title in titles] == [0, 1, 0]
    assert tuple(reasons["消防隐患排查"][0]) == ("第2条安全新闻", -0.3)


def test_the_frame_is_taken_from_the_stories() -> None:
    """Six minutes are six minutes, opening and closing included."""
    settings = Settings.lasting(6, rate=5)

    assert (settings.total, settings.framed(300).target) == (1800, 1500)
    assert replace(settings.framed(5000)).target == 900

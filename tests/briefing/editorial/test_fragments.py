"""Broken articles that concern listeners are told by their titles. All texts are made up."""

from __future__ import annotations

from datetime import UTC, date, datetime

from briefing.editorial.fragments import tell_fragment
from briefing.editorial.show_wording import Wording
from briefing.model import Article, Sentence, Story

DAY = date(2024, 5, 8)


def tell(title: str, *told: str) -> list[str]:
    """What is said of a broken article with these sentences."""
    article = Article("a1", "qinghe", title, told, datetime(2024, 5, 8, tzinfo=UTC), complete=False)
    story = Story(article, (), 1.0, (), 90)
    page = Wording("每日简报", "青禾区").page(article, DAY)
    sentences = tuple(Sentence(text, (text,)) for text in told)
    return [sentence.text for sentence in tell_fragment(story, sentences, page)]


def test_the_title_opens_and_what_stands_alone_follows() -> None:
    """A sentence that leans on a lost one is left out."""
    told = tell(
        "城西两所新学校今秋开门招生",
        "其中，西河小学设36个班。",
        "两所学校一共投资5.2亿元。",
        "操场上铺着草坪。",
    )
    assert told == ["城西两所新学校今年秋天开门招生。", "两所学校一共投资5.2亿元。"]


def test_a_title_that_is_no_sentence_tells_nothing() -> None:
    """Then the story is left out."""
    assert tell("小学生的一天", "两所学校一共投资5.2亿元。") == []

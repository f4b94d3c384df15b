"""How an expectation about a page is checked; the form of the files is that of the development cases."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from briefing.sources.newspaper_text import parse
from briefing.sources.printed_text import read_page_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from briefing.model import Article

ZONE = ZoneInfo("Asia/Shanghai")
FIELDS = ("kicker", "byline", "complete", "page")


def check(expectation: Path) -> None:
    """Assert that a page becomes the articles of its expectation, in that order, and nothing else."""
    expected = json.loads(expectation.read_text(encoding="utf-8"))
    path = expectation.parent / expected["page"]
    page = parse(read_page_file(path), source="样报", zone=ZONE, name=path.name)
    assert page.day.isoformat() == expected["date"]
    assert [article.title for article in page.articles] == [case["title"] for case in expected["articles"]]
    for article, case in zip(page.articles, expected["articles"], strict=True):
        check_article(article, case)


def check_article(article: Article, case: dict[str, Any]) -> None:
    """Assert every field that the case names, and the strings that the text must and must not hold."""
    found = {field: getattr(article, field) for field in FIELDS if field in case}
    assert found == {field: case[field] for field in FIELDS if field in case}
    if "sections" in case:
        assert list(article.sections) == case["sections"]
    assert [text for text in case.get("must", []) if text not in article.text] == []
    assert [text for text in case.get("must_not", []) if text in article.text] == []
    if "text" in case:
        assert article.text == case["text"]


@pytest.fixture
def holds() -> Callable[[Path], None]:
    """The check of one expectation file."""
    return check

"""Articles to condense: made up for these tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from briefing.model import Article, Story

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def story() -> Callable[..., Story]:
    """A story of one article printed on 9 June 2023; give its text, and its title and budget if they matter."""

    def made(text: str, title: str = "南湖公园开放", budget: int = 100) -> Story:
        article = Article(
            id="1a2b3c4d5e6f",
            source="yuzhong",
            title=title,
            paragraphs=tuple(text.split("\n")),
            published=datetime(2023, 6, 9, tzinfo=UTC),
        )
        return Story(article, (), 1.0, (), budget)

    return made

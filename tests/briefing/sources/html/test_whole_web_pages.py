"""Web pages in the layouts of Chinese news sites become their articles, and nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from briefing.sources.html import decoding, extraction

if TYPE_CHECKING:
    from briefing.sources.extracted_article import ExtractedArticle

PAGES = Path(__file__).parents[3] / "golden" / "pages"
EXPECTATIONS = sorted(PAGES.glob("*.json"))
ZONE = ZoneInfo("Asia/Shanghai")


def extracted(expected: dict[str, Any]) -> ExtractedArticle:
    """The article of an expectation's page."""
    content = (PAGES / expected["page"]).read_bytes()
    return extraction.extract(decoding.text(content), expected["url"], ZONE)


def solid(texts: list[str] | tuple[str, ...]) -> list[str]:
    """Paragraphs without spaces, which pages set as they like."""
    return [re.sub(r"\s", "", text) for text in texts]


def test_there_are_enough_layouts() -> None:
    """The set is broad enough to say something about pages that are not in it."""
    assert len(EXPECTATIONS) >= 178


@pytest.mark.parametrize("path", EXPECTATIONS, ids=lambda path: path.stem)
def test_a_page_becomes_its_article(path: Path) -> None:
    """Title, paragraphs in order, time, and where expected source, author, sub-headings and next page are exact."""
    expected = json.loads(path.read_text(encoding="utf-8"))
    found = extracted(expected)
    assert found.title == expected["title"]
    assert solid(found.paragraphs) == solid(expected["paragraphs"])
    assert found.published is not None
    assert found.published.isoformat()[: len(expected["published"])] == expected["published"]
    told = {
        "origin": found.origin,
        "byline": found.byline,
        "sections": list(found.sections),
        "next_page": found.next_page,
    }
    assert {name: told[name] for name in told if name in expected} == {
        name: expected[name] for name in told if name in expected
    }


@pytest.mark.parametrize("path", EXPECTATIONS, ids=lambda path: path.stem)
def test_a_sample_says_that_it_is_made_up(path: Path) -> None:
    """Nobody may take a sample for news."""
    expected = json.loads(path.read_text(encoding="utf-8"))
    assert "虚构" in expected["about"]
    assert re.search("虚构样张|虛構樣張", decoding.text((PAGES / expected["page"]).read_bytes()))

"""What a page holds, and what is left of it for the ear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing import report, wiring
from briefing.commands.common import print_json, zone_of
from briefing.sources import newspaper

if TYPE_CHECKING:
    import argparse


def extract(options: argparse.Namespace) -> None:
    """The articles of a page."""
    page = newspaper.parse(
        newspaper.read(options.path), source="page", zone=zone_of(options.timezone), name=options.path.name
    )
    print_json(
        {"date": page.day.isoformat(), "articles": [report.article(article) for article in page.articles]}
    )


def condense(options: argparse.Namespace) -> None:
    """Each article of a page within a budget."""
    page = newspaper.parse(
        newspaper.read(options.path), source="page", zone=zone_of(options.timezone), name=options.path.name
    )
    short = wiring.condensed(page.articles, options.budget, page.day, options.place)
    print_json(
        [
            {
                "title": article.title,
                "text": "".join(sentence.text for sentence in sentences),
                "sentences": [
                    {"text": sentence.text, "rests_on": list(sentence.rests_on)} for sentence in sentences
                ],
            }
            for article, sentences in short
        ]
    )

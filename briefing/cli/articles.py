"""Commands on articles and scripts: extract, condense, guard, review, add, and the state of sources."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.cli.dispatch.common import configured, edition, one_of, print_json, zone_of
from briefing.cli.printing import report
from briefing.editions import gathering
from briefing.editorial import script
from briefing.editorial.guard.check import check_sentence
from briefing.editorial.sentence_review import review_script
from briefing.editorial.writer.writer_protocol import CostReporter
from briefing.errors import ConfigError, SourceError
from briefing.model import EditionKey, Story
from briefing.sources import file_formats, helpers, newspaper_text
from briefing.wiring.page_reader import fetch_articles
from briefing.wiring.writers import build_writer, condense_articles

if TYPE_CHECKING:
    import argparse
    from zoneinfo import ZoneInfo

    from briefing.editorial.guard.unsupported_claim import UnsupportedClaim
    from briefing.model import Article
    from briefing.sources.file_formats import Contents

HANDED_IN = "编辑部"
"""Who is credited for an article that names no source."""


def extract(options: argparse.Namespace) -> None:
    """The articles of a page, a file or an address."""
    contents = _contents(str(options.path), zone_of(options.timezone), private=options.allow_private)
    print_json(report.contents(contents))


def condense(options: argparse.Namespace) -> None:
    """Print each article of a page, a file or an address within a budget; days are told from the page's own."""
    zone = zone_of(options.timezone)
    contents = _contents(str(options.path), zone, private=options.allow_private)
    now = datetime.now(zone)
    articles = [
        helpers.article("page", extracted, fetched=now, guid=extracted.url, position=position)
        for position, extracted in enumerate(contents.articles)
    ]
    short = condense_articles(articles, options.budget, contents.day or now.date(), options.place)
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


def add(options: argparse.Namespace) -> None:
    """Hand articles in: all of them, or none when one cannot be read."""
    with edition(options) as (context, key, speaker):
        since = datetime.combine(key.day, time.min, context.now().tzinfo)
        until = since + timedelta(days=1)
        put = context.now() if since <= context.now() < until else since
        zone = zone_of(str(since.tzinfo))
        articles: list[Article] = []
        for path in options.places:
            contents = _contents(path, zone, private=options.allow_private)
            source = next((article.origin[:20] for article in contents.articles if article.origin), HANDED_IN)
            taken = file_formats.pooled(contents, source, put, since, until)
            if not taken:
                raise SourceError(f"{path} has no article of {key.day}; name its day with --day")
            articles += taken
        gathering.add(context, key, articles)
        for article in articles:
            speaker.say(f"{key}: {article.title} ({article.source})")
        speaker.say(f"{len(articles)} articles are in the pool. Next: briefing gather")
        if options.json:
            print_json([report.article(article) for article in articles])


def sources(options: argparse.Namespace) -> None:
    """Print the state of each source of the show: last success, articles, trouble."""
    with edition(options) as (context, _key, speaker):
        states = [context.store.sources.find_state(name) for name in context.sources]
        rows = [
            (
                state.name,
                f"{state.worked:%Y-%m-%d %H:%M}" if state.worked else "never",
                str(state.articles),
                state.trouble,
            )
            for state in states
        ]
        speaker.table("Sources", ("source", "last worked", "articles#", "trouble"), rows)
        if options.json:
            print_json([report.source(state) for state in states])


def _contents(place: str, zone: ZoneInfo, *, private: bool) -> Contents:
    """Return what is in a file, at an address, or (for -) on standard input."""
    if place == "-":
        return file_formats.read(
            sys.stdin.buffer.read(file_formats.MAX_BYTES + 1), zone, name="standard input"
        )
    if not place.lower().startswith(("http://", "https://")):
        return file_formats.read_file(Path(place), zone)
    return fetch_articles(place, zone, private=private)


def try_model(options: argparse.Namespace) -> None:
    """Have a show's language model write the first story of a page; print it with its cost."""
    settings = configured(options)
    slug = one_of("show", options.show, list(settings.shows))
    if settings.shows[slug].llm is None:
        raise ConfigError(
            f"shows.{slug} has no language model; add [shows.{slug}.llm] with `url` and `model`"
        )
    zone = settings.shows[slug].zone
    page = newspaper_text.read_page(options.path, source="page", zone=zone)
    if not page.articles:
        raise SourceError(f"{options.path}: no article found")
    writer = build_writer(settings, slug, EditionKey(slug, page.day, "try"))
    sentences = writer.write(Story(page.articles[0], (), 0.0, (), options.budget))
    spent = writer.report_cost() if isinstance(writer, CostReporter) else None
    print_json(
        {
            "title": page.articles[0].title,
            "sentences": [
                {"text": sentence.text, "rests_on": list(sentence.rests_on)} for sentence in sentences
            ],
            "cost": asdict(spent) if spent else None,
        }
    )


def guard(options: argparse.Namespace) -> None:
    """Print the doubts about each row of a file, in its order."""
    try:
        rows = json.loads(options.path.read_text(encoding="utf-8"))
        if not isinstance(rows, list):
            raise TypeError(type(rows))  # noqa: TRY301 - one sentence for everything that is no list of rows
        print_json([{"doubts": [_shown_doubt(doubt) for doubt in _check_row(row)]} for row in rows])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"{options.path}: not a JSON list of rows with text, sources, place and day ({error!r})"
        raise SourceError(message) from error


def review(options: argparse.Namespace) -> None:
    """Print advice for the ear on the news sentences of a script; it refuses nothing."""
    try:
        text = sys.stdin.read() if options.path == "-" else Path(options.path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{options.path} cannot be read as a script: {error}") from error
    reviewed = review_script(script.parse(text))
    if options.json:
        print_json([asdict(one) for one in reviewed])
    else:
        report.show_review(reviewed)


def _check_row(row: dict[str, Any]) -> tuple[UnsupportedClaim, ...]:
    """The doubts about a row; its title is a source too."""
    return check_sentence(
        row["text"],
        row["sources"],
        row.get("story", []),
        row.get("place", ""),
        date.fromisoformat(row["day"]),
        title=row.get("title") or "",
    )


def _shown_doubt(doubt: UnsupportedClaim) -> dict[str, Any]:
    return {
        "kind": str(doubt.kind),
        "what": doubt.what,
        "grave": doubt.grave,
        "start": doubt.start,
        "end": doubt.end,
        "source": doubt.source,
    }

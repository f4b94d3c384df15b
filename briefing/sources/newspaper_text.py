"""Source `newspaper`: the text of printed newspaper pages, one page (or a few) a file → articles.

`parse` is pure; `read` and `Newspaper` are its edge to files. The steps are in `briefing.sources.newspaper`.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from briefing.errors import SourceError
from briefing.model import Article
from briefing.sources import text_normalizer
from briefing.sources.helpers import identity
from briefing.sources.newspaper import article_assembly, blocks, continuations, neighbours
from briefing.sources.newspaper.columns import reading_order
from briefing.sources.newspaper.lines import cleaning, line_kinds, printed_dates
from briefing.sources.newspaper.lines.page_lines import Kind
from briefing.sources.printed_text import LEAST_HAN, MAX_BYTES, read_page_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from briefing.sources.newspaper.continuations import Draft
    from briefing.sources.newspaper.lines.page_lines import Line
    from briefing.sources.protocol import Setup

MAX_ARTICLES: Final = 400
"""More articles than this in one file are no newspaper."""
MAX_LINES: Final = 10_000
"""Paragraphs and titles; a day's paper of a hundred pages has some 8,000."""


@dataclass(frozen=True, slots=True)
class Page:
    """Newspaper page: its day, paper and number ('' where not printed), and its articles in order."""

    day: dt.date
    paper: str
    number: str
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Newspaper:
    """A source of page files: `path` may hold wildcards in its last part; days are counted in `zone`."""

    name: str
    path: Path
    zone: ZoneInfo

    def fetch(self, since: dt.datetime, until: dt.datetime) -> Iterator[Article]:
        """The articles of the pages whose day begins in the span, in the order of the files' names.

        A file whose name gives another day is not read. Raises `SourceError` for a file that cannot be used.
        """
        for path in self._files():
            if self._may_lie(printed_dates.of_file(path.name), since, until):
                page = read_page(path, source=self.name, zone=self.zone)
                yield from (article for article in page.articles if article.is_within(since, until))

    def _files(self) -> Sequence[Path]:
        """The files of the pattern; a folder means all text files in it."""
        if self.path.is_dir():
            return sorted(path for path in self.path.iterdir() if path.suffix in {".txt", ".md"})
        if not self.path.parent.is_dir():
            raise SourceError(
                f"{self.path.parent}: there is no such folder; set the source's path to where its pages lie"
            )
        return sorted(path for path in self.path.parent.glob(self.path.name) if path.is_file())

    def _may_lie(self, day: dt.date | None, since: dt.datetime, until: dt.datetime) -> bool:
        """Return whether a page of this day (None: unknown) may lie in the span; its own date decides."""
        margin = dt.timedelta(days=1)
        return day is None or since - margin <= _midnight(day, self.zone) < until + margin


def _midnight(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, zone)


def read_page(path: Path, *, source: str, zone: ZoneInfo) -> Page:
    """Return the page in a file; raises as `read_page_file` and `parse`."""
    return parse(read_page_file(path), source=source, zone=zone, name=path.name)


def parse(text: str, *, source: str, zone: ZoneInfo, name: str = "the text") -> Page:
    """The page in an extracted text; `name` is its file's, for errors and as the last resort for the day.

    Each article is published at 00:00 of the page's day in `zone`. Raises `SourceError` for a text that is
    empty, too large, no newspaper, or without a date.
    """
    try:
        return _parsed(text, source, zone, printed_dates.of_file(name))
    except SourceError as error:
        raise SourceError(f"{name}: {error}") from error


def _parsed(text: str, source: str, zone: ZoneInfo, fallback: dt.date | None) -> Page:
    _refuse(text)
    text_normalizer.refuse_unreadable(text)
    page = neighbours.settle(reading_order.restore(line_kinds.read(_cleaned(text))))
    day = _day(page, fallback)
    furniture = [line.folded for line in page if line.kind is Kind.FURNITURE]
    number = next(filter(None, map(printed_dates.page, furniture)), "")
    joined = continuations.join(_drafts(page, number))
    if not joined and not furniture:
        raise SourceError("this is not a newspaper page: it has neither articles nor a masthead")
    parsed = _articles(joined, source, _midnight(day, zone))
    return Page(day, printed_dates.paper(furniture), number, parsed)


def _refuse(text: str) -> None:
    """Refuse at once what cannot be a page."""
    start = text.lstrip("\ufeff \t\r\n")[:200].lower()
    if not start:
        raise SourceError("the page is empty; extract its text again")
    if len(text) > MAX_BYTES:
        raise SourceError(
            f"{len(text)} characters are more than a newspaper page can have (at most {MAX_BYTES})"
        )
    if start.startswith(("<!doctype", "<html", "<?xml")):
        raise SourceError("this is a web page or XML, not text extracted from a newspaper page")
    if start.startswith(("{", "[")) and _is_json(text):
        raise SourceError("this is JSON, not text extracted from a newspaper page")
    if cleaning.han_share(text) < LEAST_HAN:
        raise SourceError("this is not a Chinese newspaper page: hardly any of it is Chinese")


def _cleaned(text: str) -> tuple[str, ...]:
    """The lines of a page, if there are not too many."""
    cleaned = cleaning.lines(text)
    if sum(map(bool, cleaned)) > MAX_LINES:
        raise SourceError(
            f"more than {MAX_LINES} lines are no newspaper page; give one page, or one day's paper"
        )
    return cleaned


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _day(page: Sequence[Line], fallback: dt.date | None) -> dt.date:
    """The page's own date; a weak one gives way to the file's name."""
    short = [line.folded if line.kind in {Kind.FURNITURE, Kind.JUNK} else "" for line in page]
    index = printed_dates.find(short, len(short))
    if index and (index[1] >= printed_dates.SURE or fallback is None):
        return index[0]
    if fallback is None:
        raise SourceError(
            "the page prints no date; put the day in the file's name, such as yuzhong-2023-06-09.txt"
        )
    return fallback


def _drafts(page: Sequence[Line], number: str) -> list[Draft]:
    """The page's articles before continuations are joined."""
    grouped = list(blocks.group(page))
    drafts = list(article_assembly.drafts(grouped))
    if len(drafts) > MAX_ARTICLES:
        raise SourceError(f"this is not a newspaper page: it would have {len(drafts)} articles")
    pages = {block.page for block in grouped if block.page}
    late = len(pages) <= 1
    return [replace(draft, page=number) if late and not draft.page else draft for draft in drafts]


def _articles(found: Sequence[Draft], source: str, published: dt.datetime) -> tuple[Article, ...]:
    """Drafts with their source, day and place; titles that are printed twice are told apart by their text."""
    titles = [draft.title for draft in found]
    return tuple(
        Article(
            id=identity(
                source, published.date(), draft.title, draft.text if titles.count(draft.title) > 1 else ""
            ),
            source=source,
            title=draft.title,
            paragraphs=draft.paragraphs,
            published=published,
            kicker=draft.kicker,
            byline=" ".join(draft.names or draft.agencies),
            page=draft.page,
            position=position,
            sections=draft.sections,
            complete=draft.whole,
            incomplete_because=draft.missing,
        )
        for position, draft in enumerate(found)
    )


def articles(setup: Setup, since: dt.datetime, until: dt.datetime) -> Iterable[Article]:
    """Read the page files of a source of kind `newspaper`; raises as `Newspaper.fetch`."""
    return Newspaper(setup.name, setup.path, setup.zone).fetch(since, until)

"""Any file or answer → its articles; what it is is decided by its content, not by its name or declared type."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from briefing.errors import SourceError
from briefing.sources import feed_parser, helpers, newspaper_text, printed_text
from briefing.sources.documents import mail_article, news_markup, office_files, single_article
from briefing.sources.extracted_article import LONGEST_TITLE, ExtractedArticle
from briefing.sources.html import boilerplate, decoding
from briefing.sources.html import extraction as page
from briefing.sources.regular_file import read_regular_file

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from briefing.model import Article
    from briefing.net.resources import Fetched

MAX_BYTES: Final = 32 * 1024 * 1024
"""Largest file that is read."""
_TAGS: Final = re.compile(
    r"<(?:!doctype\s+html|html|head|body|div|article|section|p|table|span|meta|title|h1)\b[^>]*>",
    re.IGNORECASE,
)
_WHOLE_LINES: Final = 0.7
"""The share of lines that end as sentences do, from which a text without a day is an article, not a printed page."""
_UTF16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Contents:
    """The articles of a file, and its day where one is known; `several` for a page or a feed, whose day is sure."""

    articles: tuple[ExtractedArticle, ...]
    day: dt.date | None
    several: bool = False


class _Answer(NamedTuple):
    """Origin of a resource: address, time, and the encoding that the server named; nothing of it for a file."""

    url: str
    charset: str
    now: dt.datetime | None


def read(
    content: bytes,
    zone: ZoneInfo,
    *,
    name: str = "",
    url: str = "",
    charset: str = "",
    now: dt.datetime | None = None,
) -> Contents:
    """The articles of a file called `name`, or of what came from `url` at `now`; days without a zone are in `zone`.

    Raises `SourceError`, with the file's name, for what is none of: web page, feed, NITF, NewsML-G2, DOCX, ODT, OFD,
    EPUB, PDF, RTF, mail, Markdown, extracted newspaper page, plain text with a title.
    """
    try:
        contents = _read(content, zone, name, _Answer(url, charset, now))
    except SourceError as error:
        where = name or url
        raise SourceError(str(error) if where in str(error) else f"{where}: {error}") from error
    articles = tuple(
        replace(article, title=article.title[:LONGEST_TITLE])
        for article in map(helpers.normalize, contents.articles)
    )
    return replace(contents, articles=articles)


def _read(content: bytes, zone: ZoneInfo, name: str, answer: _Answer) -> Contents:
    if len(content) > MAX_BYTES:
        raise SourceError(f"{len(content):,} bytes are more than is read (at most {MAX_BYTES:,})")
    document = office_files.read_document(content, zone, name)
    if isinstance(document, str):
        return _of_print(document, zone, "OFD")
    if document is not None:
        return _several(document)
    mail = mail_article.read_mail(content, zone, answer.url, answer.now)
    if mail is not None:
        return _one(mail)
    return _read_text(content, zone, name, answer)


def _several(found: tuple[ExtractedArticle, ...]) -> Contents:
    days = [article.published.date() for article in found if article.published]
    return Contents(found, max(days, default=None))


def _read_text(content: bytes, zone: ZoneInfo, name: str, answer: _Answer) -> Contents:
    # Whatever else is binary, is refused with its own name.
    if b"\x00" not in content[:4096] or content.startswith(_UTF16_MARKS):
        text = decoding.text(content, answer.charset)
        if news_markup.is_news_markup(text):
            return _several(news_markup.read(content, zone))
        if feed_parser.is_feed(text):
            return _of_feed(feed_parser.parse(content, answer.url, zone, answer.charset, answer.now))
        if _is_page(text):
            return _one(_of_page(text, answer, zone))
    text = printed_text.decode_page(content)
    if single_article.is_markdown(text) and name.lower().endswith((".md", ".markdown")):
        return _one(single_article.markdown(text, zone))
    return _of_print(text, zone, name)


def is_web_page(fetched: Fetched) -> bool:
    """Return whether what came from an address is a web page, not a feed or a document."""
    if office_files.is_binary_document(fetched.content) or b"\x00" in fetched.content[:4096]:
        return False
    text = decoding.text(fetched.content, fetched.charset)
    return not feed_parser.is_feed(text) and _is_page(text)


def single(found: ExtractedArticle) -> Contents:
    """Return the contents of a file or page that is one article."""
    return _one(replace(found, title=found.title[:LONGEST_TITLE]))


def _is_page(text: str) -> bool:
    """Return whether a text is HTML: it begins with a tag, or holds several."""
    start = text.lstrip("\ufeff \t\r\n")[:2000]
    return bool(re.match(r"<[!a-zA-Z]", start) and _TAGS.search(text[:20_000]))


def _of_page(text: str, answer: _Answer, zone: ZoneInfo) -> ExtractedArticle:
    extracted = page.extract(text, answer.url, zone, answer.now)
    if not extracted.paragraphs:
        raise SourceError("there is no article on this page; name the page of one article")
    return extracted


def _of_feed(feed: feed_parser.Feed) -> Contents:
    entries = tuple(
        ExtractedArticle(
            title=entry.title,
            paragraphs=entry.paragraphs,
            published=entry.published,
            byline=entry.author,
            origin=entry.origin or feed.title,
            url=entry.url,
        )
        for entry in feed.entries
        if entry.title
    )
    days = [item.published.date() for item in entries if item.published]
    return Contents(entries, max(days, default=None), several=True)


def _of_print(text: str, zone: ZoneInfo, name: str) -> Contents:
    """An extracted newspaper page; what is none, but has a title and a text, is an article."""
    try:
        read = newspaper_text.parse(text, source="page", zone=zone, name=name)
    except SourceError as refusal:
        return _one(_of_plain(text, zone, refusal))
    return Contents(
        tuple(_as_found(article, read.paper) for article in read.articles), read.day, several=True
    )


def _of_plain(text: str, zone: ZoneInfo, refusal: SourceError) -> ExtractedArticle:
    parse = single_article.markdown if single_article.is_markdown(text) else single_article.plain
    try:
        article = parse(text, zone)
    except SourceError as error:
        raise refusal from error
    # A scrap of text is no article; what the newspaper room says of it helps more.
    whole = sum(map(boilerplate.ends_sentence, article.paragraphs)) >= _WHOLE_LINES * len(article.paragraphs)
    named = not boilerplate.ends_sentence(article.title)
    if not (article.published or (whole and named)) or "。" not in "".join(article.paragraphs):
        raise refusal
    return article


def _as_found(one: Article, paper: str) -> ExtractedArticle:
    return ExtractedArticle(
        title=one.title,
        paragraphs=one.paragraphs,
        published=one.published,
        byline=one.byline,
        origin=paper,
        kicker=one.kicker,
        page=one.page,
        sections=one.sections,
        complete=one.complete,
        incomplete_because=one.incomplete_because,
    )


def _one(found: ExtractedArticle) -> Contents:
    return Contents((found,), found.published.date() if found.published else None)


def read_file(path: Path, zone: ZoneInfo) -> Contents:
    """The articles of a file; raises `SourceError` for one that cannot be read."""
    try:
        content = read_regular_file(path, MAX_BYTES)
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror or error}") from error
    return read(content, zone, name=path.name)


def pooled(
    contents: Contents, source: str, put: dt.datetime, since: dt.datetime, until: dt.datetime
) -> Sequence[Article]:
    """The articles for the pool of a span.

    A single article that was `put` there within the span belongs to it, whatever day it gives: that is why somebody
    put it there. The articles of newspaper pages and feeds keep their own days.
    """
    articles = []
    for position, original in enumerate(contents.articles):
        article = helpers.article(source, original, fetched=put, guid=original.url, position=position)
        is_meant = article.is_within if contents.several else article.is_handed_in
        if is_meant(since, until):
            articles.append(article)
    return articles

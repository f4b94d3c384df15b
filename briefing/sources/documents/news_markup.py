"""NITF and NewsML-G2 → articles: the formats of IPTC in which agencies send their copy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from briefing.errors import SourceError
from briefing.sources.documents.zipped_xml import (
    attribute,
    check_count,
    find_all,
    local_name,
    parse_xml,
    text_of,
)
from briefing.sources.extracted_article import ExtractedArticle
from briefing.sources.html import dom, page_moments

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element
    from zoneinfo import ZoneInfo

_START: Final = re.compile(
    r"^\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*|<!DOCTYPE[^>\[]{0,500}>\s*)*<(?:\w{1,20}:)?(nitf|newsItem|newsMessage|packageItem)\b",
    re.DOTALL,
)
_DOCTYPE: Final = re.compile(rb"<!DOCTYPE[^>\[]{0,2000}>")
_DAY: Final = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T(\d{2}):?(\d{2}):?(\d{2})(.*))?$")


def is_news_markup(text: str) -> bool:
    """Return whether a text begins as NITF or NewsML-G2 does."""
    return bool(_START.match(text[:8000]))


def read(content: bytes, zone: ZoneInfo) -> tuple[ExtractedArticle, ...]:
    """Return the articles; raises `SourceError` for markup that is broken or holds no text."""
    root = parse_xml(_DOCTYPE.sub(b"", content, count=1), "NITF or NewsML")
    holders = [root] if local_name(root) in {"nitf", "newsItem"} else list(find_all(root, "newsItem"))
    articles = [
        article for holder in holders if (article := _article(holder, zone)).paragraphs and article.title
    ]
    if not articles:
        raise SourceError("the NITF or NewsML file holds no text with a headline")
    return tuple(articles)


def _article(holder: Element, zone: ZoneInfo) -> ExtractedArticle:
    paragraphs = tuple(_paragraphs(holder))
    return ExtractedArticle(
        title=_first(holder, "hl1", "headline", "title"),
        paragraphs=paragraphs,
        published=_moment(holder, zone),
        byline=re.sub(r"^(?:记者|通讯员|作者|By)\s*[:：]?\s*", "", _first(holder, "byline", "by")),
        origin=_first(holder, "distributor", "creditline", "rights.owner", "copyrightHolder"),
        kicker=_first(holder, "hl2", "slugline") if local_name(holder) == "nitf" else "",
    )


def _first(holder: Element, *names: str) -> str:
    for name in names:
        text = next((dom.tidy(text_of(element)) for element in find_all(holder, name)), "")
        if text:
            return text
    return ""


def _paragraphs(holder: Element) -> Iterator[str]:
    bodies = (
        [*find_all(holder, "body.content")]
        or [*find_all(holder, "inlineXML", "inlineData")]
        or [*find_all(holder, "body")]
    )
    for body in bodies:
        lines = [text_of(line) for line in find_all(body, "p")] or text_of(body).splitlines()
        check_count(len(lines))
        yield from filter(None, map(dom.tidy, lines))


def _moment(holder: Element, zone: ZoneInfo) -> dt.datetime | None:
    values = [
        attribute(element, "norm") for element in find_all(holder, "story.date", "date.issue", "date.release")
    ]
    values += [
        text_of(element).strip()
        for element in find_all(holder, "contentCreated", "firstCreated", "versionCreated", "sent")
    ]
    for value in filter(None, values):
        compact = _DAY.match(value)
        text = (
            value
            if not compact
            else "{}-{}-{}".format(*compact.groups()[:3])
            + ("T{}:{}:{}{}".format(*compact.groups()[3:]) if compact[4] else "")
        )
        stamp = page_moments.moment(text, zone)
        if stamp:
            return stamp[0]
    return None

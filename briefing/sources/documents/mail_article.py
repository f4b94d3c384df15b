"""The article in a mail, or in a web page that a browser has saved as one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.sources.documents import mail_message, single_article
from briefing.sources.html import dom, extraction

if TYPE_CHECKING:
    import datetime as dt
    from zoneinfo import ZoneInfo

    from briefing.sources.extracted_article import ExtractedArticle


def read_mail(content: bytes, zone: ZoneInfo, url: str, now: dt.datetime | None) -> ExtractedArticle | None:
    """Return the article in a mail or a saved page that came from `url` at `now`; None for another kind of file.

    The subject is the title of a text that has none.
    """
    start = content[:1024].lstrip()
    if not mail_message.is_mail(start if start != content[:1024] else content):
        return None
    message = mail_message.read(content, zone)
    if message.markup and (message.url or not message.text.strip()):
        page_found = extraction.extract(message.markup, message.url or url, zone, now)
        if page_found.paragraphs:
            title = page_found.title or message.subject
            return replace(page_found, title=title, published=page_found.published or message.moment)
    rows = [row for row in map(dom.tidy, message.text.splitlines()) if row]
    article = single_article.build_article(
        [message.subject, *rows] if message.subject else rows, message.subject, zone
    )
    return replace(article, published=article.published or message.moment)

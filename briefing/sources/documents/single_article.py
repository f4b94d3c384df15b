"""PDF, Markdown and plain text → an article; the only file that knows pypdf.

What such a file says of itself is little: its first heading or line is the title, a line under it may name day, source
and author. Files come from editors and from anybody.
"""

from __future__ import annotations

import io
import logging
import re
from typing import TYPE_CHECKING, Any, Final

from briefing.errors import SourceError
from briefing.model import han_count
from briefing.sources.extracted_article import ExtractedArticle
from briefing.sources.html import boilerplate, dom, page_moments

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

_LOCKED: Final = "the PDF is locked with a password; unlock it first"
MAX_PAGES: Final = 200
"""Pages of a PDF."""
_FRONT: Final = re.compile(r"^---\s*\n(.*?)\n---\s*(?:\n|$)", re.DOTALL)
_FIELD: Final = re.compile(r"^([A-Za-z\u4e00-\u9fff_]{1,20})\s*[:：]\s*(.*?)\s*$", re.MULTILINE)
_KEYS: Final = {
    "title": ("title", "标题"),
    "date": ("date", "published", "日期", "时间"),
    "byline": ("author", "byline", "作者", "记者"),
    "origin": ("source", "origin", "来源"),
    "url": ("url", "link", "链接"),
    "kicker": ("kicker", "引题"),
}
_HEADING: Final = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_RULE: Final = re.compile(r"^\s{0,3}(?:[-*_]\s*){3,}$|^\s{0,3}=+\s*$")
_MARKS: Final = (
    (re.compile(r"!\[[^\[\]]{0,300}\]\([^()]{0,1000}\)"), ""),
    (re.compile(r"\[([^\[\]]{0,300})\]\([^()]{0,1000}\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.{1,1000}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])[*](?=\S)([^*]{1,1000}?)(?<=\S)[*](?![\w*])"), r"\1"),
    (re.compile(r"`([^`]{0,1000})`"), r"\1"),
    (re.compile(r"^\s{0,3}(?:>\s?|[-*+]\s+(?=\S))+"), ""),
    (re.compile(r"</?[a-zA-Z][^>]{0,200}>"), ""),
)
_CREDITS: Final = re.compile(
    r"(来源|稿源|作者|记者|日期|时间|发布时间)\s*[:：]\s*([^\s|｜]+(?:\s+[\u4e00-\u9fff]{2,4}(?![\u4e00-\u9fff：:]))*)"
)
_LONGEST_TITLE: Final = 80
_HEAD: Final = 3
"""Lines under a title that may give day, source and author."""
_FOOTER: Final = re.compile(r"^\s*(?:第\s*\d+\s*页.*|[-—]?\s*\d{1,3}\s*[-—]?|\d+\s*/\s*\d+)\s*$")


def pdf(content: bytes, zone: ZoneInfo) -> ExtractedArticle:
    """The article in a PDF's text layer; raises `SourceError` for one that is broken, locked, or only pictures."""
    try:
        import pypdf  # noqa: PLC0415 - loaded when the first PDF is read
    except ModuleNotFoundError as error:
        raise SourceError(
            "reading a PDF needs pypdf, which is not installed; run `pip install 'briefing[documents]'`"
        ) from error

    # What it thinks of a file is no matter of ours as long as there is a text.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        opened = pypdf.PdfReader(io.BytesIO(content), strict=False)
        _check_pdf(opened)
        text = "\n".join(page.extract_text() for page in opened.pages)
        title = str((opened.metadata.title if opened.metadata else "") or "")
    except SourceError:
        raise
    except Exception as error:
        # A broken PDF fails anywhere in the library, with any error; a cipher that it lacks is a lock too.
        if b"/Encrypt" in content:
            raise SourceError(_LOCKED) from error
        raise SourceError(
            f"the file cannot be read as PDF ({type(error).__name__}); export it again"
        ) from error
    rows = [dom.tidy(row) for row in text.splitlines()]
    rows = [row for row in rows if row and not _FOOTER.match(row)]
    if han_count("".join(rows)) < _LONGEST_TITLE / 4:
        raise SourceError("the PDF has no text layer; run character recognition on it first")
    return build_article(_unwrapped(rows), title if title in rows else "", zone)


def _check_pdf(opened: Any) -> None:  # noqa: ANN401 - pypdf's reader
    """Refuse a PDF that is locked or too thick, before a page of it is read."""
    if opened.is_encrypted and not opened.decrypt(""):
        raise SourceError(_LOCKED)
    if len(opened.pages) > MAX_PAGES:
        raise SourceError(f"the PDF has more than {MAX_PAGES} pages; give the article alone")


def _unwrapped(rows: Sequence[str]) -> list[str]:
    """Lines of a printed column joined to paragraphs: a short line or one that ends a sentence ends one."""
    width = max(map(len, rows))
    joined: list[str] = []
    full = False
    for row in rows:
        if full and joined:
            joined[-1] += row
        else:
            joined.append(row)
        full = len(row) >= width * 0.85 and not (boilerplate.ends_sentence(row) and len(row) < width)
    return joined


def markdown(text: str, zone: ZoneInfo) -> ExtractedArticle:
    """The article in a Markdown text, with or without front matter; its first heading is the title."""
    front = _FRONT.match(text)
    fields = {} if front is None else _told(front[1])
    title, sections, paragraphs = fields.get("title", ""), [], []
    for row in (text[front.end() :] if front else text).splitlines():
        heading = _HEADING.match(row)
        plain = _unmarked(heading[2] if heading else row)
        if not plain or _RULE.match(row):
            continue
        if heading and not title:
            title = plain
        elif heading and plain != title:
            sections.append(plain)
            paragraphs.append(plain)
        elif not heading:
            paragraphs.append(plain)
    return build_article(
        [title, *paragraphs] if title else paragraphs, title, zone, sections=sections, told=fields
    )


def is_markdown(text: str) -> bool:
    """Return whether a text is one article in Markdown: front matter with a title, or one first heading."""
    front = _FRONT.match(text)
    if front:
        return "title" in _told(front[1])
    rows = [row for row in text.splitlines() if row.strip()]
    tops = [row for row in rows if row.lstrip().startswith("# ")]
    return bool(rows) and rows[0].startswith("# ") and len(tops) == 1


def plain(text: str, zone: ZoneInfo) -> ExtractedArticle:
    """The article in a plain text: its first line is the title."""
    return build_article([row for row in map(dom.tidy, text.splitlines()) if row], "", zone)


def _told(front: str) -> dict[str, str]:
    """Return what front matter says, under our own names."""
    fields = {name.lower(): value.strip("\"'") for name, value in _FIELD.findall(front)}
    return {
        key: value
        for key, names in _KEYS.items()
        if (value := next((fields[n] for n in names if fields.get(n)), ""))
    }


def _unmarked(row: str) -> str:
    for pattern, instead in _MARKS:
        row = pattern.sub(instead, row)
    return dom.tidy(row)


def build_article(
    texts: Sequence[str],
    title: str,
    zone: ZoneInfo,
    *,
    sections: Sequence[str] = (),
    author: str = "",
    told: dict[str, str] | None = None,
) -> ExtractedArticle:
    """The article in a list of paragraphs; raises `SourceError` for one without a title or without text."""
    rest = list(texts)
    if not title and rest and len(rest[0]) <= _LONGEST_TITLE:
        title = rest[0]
    rest = [text for text in rest if text != title]
    head = {name: value for text in rest[:_HEAD] if _is_head(text) for name, value in _CREDITS.findall(text)}
    day = next((text for text in rest[:_HEAD] if _is_head(text)), "")
    told = told or {}
    body = [
        text
        for index, text in enumerate(rest)
        if not (index < _HEAD and _is_head(text)) and not boilerplate.is_credit(text)
    ]
    if not title or not any(map(han_count, body)):
        raise SourceError("the file has no title with a text under it; put the title on its first line")
    return ExtractedArticle(
        title=title,
        paragraphs=tuple(body),
        published=_moment(told.get("date", ""), zone) or _moment(day, zone),
        byline=told.get("byline", "") or head.get("作者", "") or head.get("记者", "") or author,
        origin=told.get("origin", "") or head.get("来源", "") or head.get("稿源", ""),
        kicker=told.get("kicker", ""),
        url=told.get("url", ""),
        sections=tuple(sections),
    )


def _is_head(text: str) -> bool:
    """Return whether a short line under the title gives day, source or author."""
    if len(text) > boilerplate.SHORT or boilerplate.ends_sentence(text):
        return False
    return bool(_CREDITS.search(text) or page_moments.DAY.search(text))


def _moment(text: str, zone: ZoneInfo) -> dt.datetime | None:
    stamp = page_moments.moment(text, zone) if text else None
    return stamp[0] if stamp else None

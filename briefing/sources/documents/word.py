"""DOCX → its articles, as Word shows them: inserted text, content controls and text boxes are read, deleted text is not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from briefing.sources.documents import single_article
from briefing.sources.documents.zipped_xml import (
    Package,
    attribute,
    check_count,
    find_all,
    local_name,
    text_of,
)
from briefing.sources.html import boilerplate, dom, figure_tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element
    from zoneinfo import ZoneInfo

    from briefing.sources.extracted_article import ExtractedArticle

_UNSHOWN: Final = frozenset(
    {
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "Fallback",
        "rPr",
        "pPr",
        "sectPr",
        "tblPr",
        "tcPr",
        "trPr",
        "delInstrText",
    }
)
"""Elements whose text Word does not show; of a picture's two forms the fallback is for old readers."""
_BREAKS: Final = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "ptab": " "}
_TITLE: Final = re.compile(r"^(?:title|heading 1|标题|标题 ?1|大标题|主标题|主题|新闻标题)$", re.IGNORECASE)
_HEADING: Final = re.compile(r"^(?:heading [2-9]|标题 ?[2-9]|小标题|分题)$", re.IGNORECASE)
_KICKER: Final = re.compile(r"^(?:引题|肩题|眉题|kicker|overline)$", re.IGNORECASE)
_SUBTITLE: Final = re.compile(r"^(?:副题|副标题|subtitle)$", re.IGNORECASE)
_LABEL: Final = re.compile(r"^(引题|肩题|眉题|主题|主标题|标题|副题|副标题)\s*[:：]\s*(\S.*)$")
_LABELS: Final = {
    "引题": "kicker",
    "肩题": "kicker",
    "眉题": "kicker",
    "副题": "subtitle",
    "副标题": "subtitle",
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of a document and what it is: title, heading, kicker, subtitle or text."""

    text: str
    role: str = "text"


def read(content: bytes, zone: ZoneInfo) -> tuple[ExtractedArticle, ...]:
    """Return the articles of a Word file; raises `SourceError` for one that is broken, too large, or without text."""
    package = Package(content, "DOCX")
    styles = _style_names(package.parse("word/styles.xml"))
    paragraphs = list(_paragraphs(package.parse("word/document.xml"), styles))
    core = package.parse("docProps/core.xml")
    author = next((text_of(node).strip() for node in find_all(core, "creator")), "")
    title = next((text_of(node).strip() for node in find_all(core, "title")), "")
    return split_articles(paragraphs, zone, title=title, author="" if author.startswith("python") else author)


def split_articles(
    paragraphs: list[Paragraph], zone: ZoneInfo, *, title: str = "", author: str = ""
) -> tuple[ExtractedArticle, ...]:
    """Return one article for each title that has a text under it; one altogether where there is at most one."""
    parts = list(_parts(paragraphs))
    whole = [
        part
        for part in parts
        if any(boilerplate.ends_sentence(line.text) for line in part if line.role == "text")
    ]
    if len(whole) > 1:
        return tuple(_build(part, zone, title="", author=author) for part in whole)
    return (_build(paragraphs, zone, title=title, author=author),)


def _parts(paragraphs: list[Paragraph]) -> Iterator[list[Paragraph]]:
    """Split before each title, or the kicker right above it."""
    part: list[Paragraph] = []
    for line in paragraphs:
        opens = line.role in {"title", "kicker"}
        if opens and any(other.role in {"text", "heading"} for other in part):
            yield part
            part = []
        part.append(line)
    yield part


def _build(part: list[Paragraph], zone: ZoneInfo, *, title: str, author: str) -> ExtractedArticle:
    texts = [line.text for line in part if line.role not in {"kicker", "subtitle"}]
    heading = next((line.text for line in part if line.role == "title"), "")
    beside = [line.text for line in part if line.role in {"kicker", "subtitle"}]
    return single_article.build_article(
        texts,
        heading or (title if title in texts else ""),
        zone,
        sections=[line.text for line in part if line.role == "heading"],
        author=author,
        told={"kicker": " ".join(beside)} if beside else None,
    )


def _style_names(styles: Element) -> dict[str, str]:
    """The names of the styles by their ids; Word in Chinese numbers the ids."""
    names = {}
    for style in find_all(styles, "style"):
        name = next((attribute(node, "val") for node in style if local_name(node) == "name"), "")
        names[attribute(style, "styleId")] = name
    return names


def _paragraphs(document: Element, styles: dict[str, str]) -> Iterator[Paragraph]:
    count = 0
    for block in _blocks(document):
        for line in _rows(block) if local_name(block) == "tbl" else _lines(block, styles):
            count += 1
            check_count(count)
            yield line


def _blocks(root: Element) -> Iterator[Element]:
    """Give paragraphs and tables in order, those in content controls and text boxes too."""
    waiting = [iter(root)]
    while waiting:
        element = next(waiting[-1], None)
        if element is None:
            waiting.pop()
            continue
        name = local_name(element)
        if name in {"p", "tbl"}:
            yield element
            boxes = list(find_all(element, "txbxContent")) if name == "p" else []
            # The same box is told twice, for new readers and for old ones.
            texts: set[str] = set()
            for box in boxes:
                text = text_of(box)
                if text not in texts:
                    texts.add(text)
                    waiting.append(iter(box))
        elif name not in _UNSHOWN:
            waiting.append(iter(element))


def _lines(paragraph: Element, styles: dict[str, str]) -> Iterator[Paragraph]:
    style = next((attribute(node, "val") for node in find_all(paragraph, "pStyle")), "")
    role = _role(styles.get(style, style))
    for text in map(dom.tidy, shown_text(paragraph).split("\n")):
        label = _LABEL.match(text)
        if label:
            yield Paragraph(label[2], _LABELS.get(label[1], "title"))
        elif text:
            yield Paragraph(text, role)


def _role(style: str) -> str:
    patterns = ((_KICKER, "kicker"), (_SUBTITLE, "subtitle"), (_TITLE, "title"), (_HEADING, "heading"))
    return next((role for pattern, role in patterns if pattern.match(style)), "text")


def shown_text(root: Element) -> str:
    """Return the text of a paragraph as Word shows it, without its boxes."""
    parts: list[str] = []
    waiting = [iter((root,))]
    while waiting:
        element = next(waiting[-1], None)
        if element is None:
            waiting.pop()
            continue
        name = local_name(element)
        if name == "t":
            parts.append(element.text or "")
        elif name in _BREAKS:
            parts.append(_BREAKS[name])
        elif (
            name not in _UNSHOWN
            and name not in {"txbxContent", "AlternateContent"}
            and not _is_hidden(element, name)
        ):
            waiting.append(iter(element))
    return "".join(parts)


def _is_hidden(element: Element, name: str) -> bool:
    """Return whether a run is set as hidden."""
    if name != "r":
        return False
    marks = (mark for part in element if local_name(part) == "rPr" for mark in part)
    return any(
        local_name(mark) == "vanish" and attribute(mark, "val") not in {"0", "false"} for mark in marks
    )


def _rows(table: Element) -> Iterator[Paragraph]:
    """A table of figures as sentences; one that only lays out the page may hold the text itself."""
    cells = [
        [
            [dom.tidy(shown_text(text)) for text in find_all(cell, "p")]
            for cell in row
            if local_name(cell) in {"tc", "sdt"}
        ]
        for row in find_all(table, "tr")
    ]
    check_count(len(cells))
    rows = [["".join(texts) for texts in row] for row in cells]
    prose = (text for row in cells for texts in row for text in texts if boilerplate.ends_sentence(text))
    yield from (Paragraph(text) for text in figure_tables.sentences(rows) or prose)

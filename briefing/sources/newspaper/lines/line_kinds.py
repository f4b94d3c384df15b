"""What each line of a page is when it is looked at by itself."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from briefing.sources.newspaper.lines import bylines, cleaning, datelines, furniture, notices
from briefing.sources.newspaper.lines.page_lines import PLAIN, Kind, Line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


BOLD = 7
"""The level of a line that is wholly bold; it lies below the six levels of Markdown headings."""
LONGEST_TITLE = 42
"""Han characters; a longer line without a mark is running text."""
LONGEST_MARKED = 60
"""Han characters of a line that is marked as a heading."""
LONGEST_HEADING = 400
"""Characters of a heading with its marks; more are not even looked at."""
LONGEST_QUESTION = 24
"""Han characters of a plain title that ends with ? or !."""
LONGEST_LEAD = 30
"""Characters; a line with a title and a dateline has more."""


_MARK: Final = re.compile(r"^(#{1,6})\s*(.*?)\s*#*$")
_BOLD: Final = re.compile(r"^(?:\*\*|__)(.+?)(?:\*\*|__)$")
_BOLD_LEAD: Final = re.compile(r"^\*\*([^*]{4,80})\*\*\s*(\S.*)$")
_ITEM: Final = re.compile(r"^(?:[>*+]|-(?=\s))\s+(?=\S)")
_RULE: Final = re.compile(r"^(?:[-=*_—─━·.]\s*){3,}$")
_PICTURE: Final = re.compile(r"^!\[[^\]]*\]\([^)]*\)$|^\[?图片\]?$")
_TITLE_AND_LEAD: Final = re.compile(
    r"^(?P<title>[^。;]{6,60}?)\s+(?=(?:[【\[(]?(?:本报|本刊)[^,。;:()]{0,14}?(?:讯|电)|新华社[^,。;:()]{2,16}电|中新社[^,。;:()]{2,16}电)[\s(】\]):])"
)
_ENDS: Final = re.compile(r"[。；;，,、：:…]$|[。！？!?][”』）)]$")
_ASKS: Final = re.compile(r"[?!？！]$")
_LABELLED: Final = re.compile(r"^[^，。、,：:]{1,8}[：:]\s*\S")
_MID_SENTENCE: Final = re.compile(r"[。；;]\s*\S")


def read(raw: Iterable[str]) -> tuple[Line, ...]:
    """Return cleaned lines with their kinds; blank ones are left out and counted."""
    read_lines: list[Line] = []
    gap = 0
    for text in raw:
        if text:
            lines = list(_lines(text))
            read_lines += [replace(line, gap=0 if index else gap) for index, line in enumerate(lines)]
        gap = 0 if text else gap + 1
    return tuple(read_lines)


def begins_article(folded: str) -> bool:
    """Return whether a text begins with a dateline, a reporter or 上接."""
    return datelines.lead(folded) is not None or datelines.jump_back(folded) is not None


def _lines(raw: str) -> Iterator[Line]:
    """One extracted line, or two where a title and its text were set on the same line."""
    if _PICTURE.match(raw):
        return
    level, text = _level(raw)
    bold = _BOLD_LEAD.match(text)
    match = _TITLE_AND_LEAD.match(cleaning.fold(text)) if len(text) > LONGEST_LEAD else None
    if bold and level == PLAIN and not _ENDS.search(bold[1]) and not begins_article(cleaning.fold(bold[1])):
        yield _line(bold[1], BOLD)
        yield _line(bold[2], PLAIN)
    elif match:
        yield _line(text[: match.end("title")], level)
        yield _line(text[match.end() :], PLAIN)
    else:
        yield _line(text, level)


def _level(raw: str) -> tuple[int, str]:
    """The heading level of a raw line and its text without the marks."""
    marked = _MARK.match(raw) if len(raw) <= LONGEST_HEADING else None
    text = marked[2] if marked else _ITEM.sub("", raw)
    bold = _BOLD.match(text)
    if bold and "**" not in bold[1]:
        text = bold[1].strip()
    level = len(marked[1]) if marked else BOLD if bold else PLAIN
    return level, text.strip()


def _line(marked: str, level: int) -> Line:
    text = marked.replace("**", "")
    folded = cleaning.fold(text)
    return Line(text, folded, level, kind_of(folded, level), begins_article(folded))


def kind_of(folded: str, level: int = PLAIN) -> Kind:
    """Return what a folded line of this level is, by itself."""
    if _RULE.match(folded):
        return Kind.RULE
    for kind, test in _TESTS:
        if test(folded):
            return kind
    return Kind.TITLE if _is_title(folded, level) else Kind.PROSE


def _is_title(folded: str, level: int) -> bool:
    """Return whether a line that is nothing special is short and open enough for a title."""
    words = cleaning.han_count(folded)
    if level < PLAIN:
        return words <= LONGEST_MARKED and not _MID_SENTENCE.search(folded) and not begins_article(folded)
    if words > LONGEST_TITLE or _ENDS.search(folded) or _MID_SENTENCE.search(folded):
        return False
    if _LABELLED.match(folded) and re.search(r"\d|^(?:时间|地点|问|答|主办|承办|嘉宾)", folded):
        return False
    return not (
        _ASKS.search(folded)
        and (words > LONGEST_QUESTION or folded.startswith(("“", '"')) or folded[:-1].count(",") > 1)
    )


def _is_junk(folded: str) -> bool:
    """Return whether a line has no Han character and no sentence: page numbers, Latin running heads, stray signs."""
    return not cleaning.han_count(folded) and not re.search(r"[。;，]$", folded)


def _is_jump(folded: str) -> bool:
    """Return whether a line is nothing but a jump to or from another page."""
    jump = datelines.jump_back(folded) or datelines.jump_on(folded)
    return jump is not None and jump.start == 0 and jump.end >= len(folded)


_SPEAKS: Final = re.compile(
    r"^(?:记者|问|答|主持人|读者|网友|专家|嘉宾|医生|律师|Q|A)\s*[::]\s*\S.*[。?!”…]$|^(?:问|答)\s+\S.{4,}[。?!”…]$"
)
"""A question or an answer of an interview."""


def _is_speech(folded: str) -> bool:
    return bool(_SPEAKS.match(folded))


def _is_byline(folded: str) -> bool:
    return len(folded) <= bylines.LONGEST_LINE and datelines.credit(folded) is not None


_TESTS: Final[tuple[tuple[Kind, Callable[[str], bool]], ...]] = (
    (Kind.JUNK, _is_junk),
    (Kind.PROSE, _is_jump),
    (Kind.PROSE, _is_speech),
    (Kind.INDEX_LABEL, furniture.is_index_label),
    (Kind.BOX, furniture.is_box),
    (Kind.COLUMN, furniture.is_column),
    (Kind.PHOTO, furniture.is_photo_credit),
    (Kind.BYLINE, _is_byline),
    (Kind.FURNITURE, furniture.is_furniture),
    (Kind.PROSE, begins_article),
    (Kind.CAPTION, furniture.is_caption),
    (Kind.PROMPT, furniture.is_prompt),
    (Kind.NOTICE, notices.is_notice_line),
    (Kind.INDEX, furniture.is_index_entry),
    (Kind.JUNK, furniture.is_table),
)
"""What a line is tested for, in this order; the first that holds decides."""

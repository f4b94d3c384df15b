"""What a line is by its neighbours; each pass gives the lines back with some kinds corrected."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from briefing.sources.newspaper.lines import bylines, cleaning, furniture, notices
from briefing.sources.newspaper.lines.page_lines import Kind, Line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TOP = 8
"""Lines at the head of a page among which its masthead stands."""
LONGEST_CAPTION = 48
"""Han characters of a caption that has no other sign than the credit under it."""
LONGEST_VERSE = 20
SHORTEST_TITLE = 5
"""Han characters."""
LONGEST_NUMBER = 5
"""Characters of a line that is a page number: 第12版."""
LONGEST_SUMMARY = 60
"""Han characters that an index says of an article."""
SHORT_NAME = 12
"""Han characters of whoever a title lets speak first."""
SHORTEST_POEM = 4
"""Lines of verse; three short lines may be anything."""
LONGEST_TITLE_BETWEEN = 24
"""Han characters of a plain title between two paragraphs."""
_TITLE_CLAUSES: Final = ((2, 16), (1, 24))
"""With at least so many commas a title has at most so many Han characters."""
_RESCUED: Final = frozenset(
    {Kind.PROMPT, Kind.CAPTION, Kind.NOTICE, Kind.INDEX, Kind.JUNK, Kind.COLUMN, Kind.FURNITURE}
)
_BESIDE: Final = frozenset({Kind.PHOTO, Kind.CAPTION, Kind.PROMPT, Kind.JUNK, Kind.FURNITURE})
_SKY_TITLE: Final = re.compile(r"^[^\s:]*[市区县][^\s:]*(?:气温|最高|最低)[^\s:]*$")
"""A sentence about the weather rather than its list: 我市今日最高气温18℃."""
_STRAY_LABEL: Final = re.compile(
    r"^(?:广\s*告|城事|要闻|综合|民生|社会|本埠|[（(]?下转第?.{1,4}版[)）]?|关注|看点|图片新闻)$"
)
_VERSE: Final = re.compile(r"^[^。；：;:\d]{2,24}[，。？！,?!；]?$")


def settle(lines: Sequence[Line]) -> tuple[Line, ...]:
    """All passes, in the order in which they need each other."""
    settled = list(lines)
    for one_pass in _PASSES:
        settled = one_pass(settled)
    return tuple(settled)


def _mastheads(lines: list[Line]) -> list[Line]:
    """The names of paper and department are furniture at the head of a page and beside furniture."""
    return [
        replace(line, kind=Kind.FURNITURE) if _is_masthead(line, index, lines) else line
        for index, line in enumerate(lines)
    ]


def _is_masthead(line: Line, at: int, lines: Sequence[Line]) -> bool:
    if line.kind not in {Kind.TITLE, Kind.COLUMN}:
        return False
    beside = [other.kind for other in lines[max(0, at - 1) : at + 2]]
    near = at < TOP or beside.count(Kind.FURNITURE) > 0
    return near and (
        furniture.is_paper(line.folded) or (furniture.is_department(line.folded) and line.kind is Kind.TITLE)
    )


def _titles_before_text(lines: list[Line]) -> list[Line]:
    """A marked line right before a dateline is a title, whatever its words remind of."""
    return [
        replace(line, kind=Kind.TITLE) if after.has_lead and _may_be_title(line) else line
        for line, after in zip(lines, [*lines[1:], *lines[-1:]], strict=True)
    ]


def _may_be_title(line: Line) -> bool:
    """Return whether a marked line that looks like something else has the words of a title."""
    if not line.marked:
        return line.kind is Kind.FURNITURE and bool(_SKY_TITLE.search(line.folded))
    if line.kind not in _RESCUED or cleaning.han_count(line.folded) < SHORTEST_TITLE:
        return False
    return not furniture.is_photo_credit(line.folded) and (line.kind is not Kind.FURNITURE or _wordy(line))


def _named_titles(lines: list[Line]) -> list[Line]:
    """A few words with a colon over a title are its beginning: 木洞镇： over 小山歌唱出大产业."""
    settled = list(lines)
    for index, line in enumerate(lines[:-1]):
        few = cleaning.han_count(line.folded) <= SHORT_NAME and line.folded.endswith(":")
        if (
            few
            and line.kind is Kind.PROSE
            and lines[index + 1].kind is Kind.TITLE
            and _heads(lines, index + 1)
        ):
            settled[index] = replace(line, kind=Kind.TITLE, level=lines[index + 1].level)
    return settled


def _wordy(line: Line) -> bool:
    """Return whether much of a line of furniture is other words."""
    return 2 * cleaning.han_count(furniture.residue(line.folded)[0]) >= cleaning.han_count(line.folded)


def _authors(lines: list[Line]) -> list[Line]:
    """A name alone is a byline under a title and after a text."""
    settled = list(lines)
    for index, line in enumerate(lines):
        if line.kind is Kind.TITLE and not line.marked and index and bylines.bare(line.folded):
            before = settled[index - 1].kind
            after = lines[index + 1].kind if index + 1 < len(lines) else Kind.RULE
            opens = before is Kind.TITLE and after in {Kind.PROSE, Kind.TITLE}
            closes = before is Kind.PROSE and after is not Kind.PROSE
            if opens or closes:
                settled[index] = replace(line, kind=Kind.BYLINE)
    return settled


def _poems(lines: list[Line]) -> list[Line]:
    """Short lines after an author or a marked title are verse: prose of one line each."""
    settled = list(lines)
    for index, line in enumerate(lines):
        opens = line.kind is Kind.BYLINE or (line.kind is Kind.TITLE and line.marked)
        end = _verse_end(lines, index + 1) if opens else index
        if end - index - 1 >= SHORTEST_POEM:
            settled[index + 1 : end] = [replace(verse, kind=Kind.PROSE) for verse in lines[index + 1 : end]]
    return settled


def _verse_end(lines: Sequence[Line], at: int) -> int:
    while at < len(lines) and _is_verse(lines[at]):
        at += 1
    return at


def _is_verse(line: Line) -> bool:
    open_kind = line.kind in {Kind.TITLE, Kind.PROSE} and not line.marked
    return (
        open_kind
        and cleaning.han_count(line.folded) <= LONGEST_VERSE
        and bool(_VERSE.match(line.folded))
        and not line.has_lead
    )


def _index(lines: list[Line]) -> list[Line]:
    """Return what stands between an index's label and the first article is index."""
    settled = list(lines)
    for index, line in enumerate(lines):
        if line.kind is Kind.INDEX_LABEL:
            end = _index_end(lines, index + 1)
            settled[index + 1 : end] = [
                entry
                if entry.kind is Kind.FURNITURE and not _refers(entry)
                else replace(entry, kind=Kind.INDEX)
                for entry in lines[index + 1 : end]
            ]
    return settled


def _index_end(lines: Sequence[Line], at: int) -> int:
    """Return where an index ends: after its last page number, before the title of the first article."""
    body = at
    while (
        body < len(lines)
        and not _is_article_text(lines[body])
        and lines[body].kind not in {Kind.RULE, Kind.INDEX_LABEL}
    ):
        body += 1
    referring = [index for index in range(at, body) if _refers(lines[index])]
    if referring:
        return referring[-1] + 1
    if body < len(lines) and lines[body].kind is Kind.RULE:
        return body
    titles = [index for index in range(at, body) if lines[index].kind is Kind.TITLE and lines[index].marked]
    return titles[-1] if titles else max(at, body - 1)


def _refers(line: Line) -> bool:
    number = line.kind in {Kind.FURNITURE, Kind.JUNK} and len(line.folded) <= LONGEST_NUMBER
    return number or line.kind is Kind.INDEX or furniture.is_teaser(line.folded)


def _is_article_text(line: Line) -> bool:
    if line.kind is Kind.BYLINE or line.has_lead:
        return True
    return (
        line.kind is Kind.PROSE
        and cleaning.han_count(line.folded) > LONGEST_SUMMARY
        and not furniture.is_teaser(line.folded)
    )


def _captions(lines: list[Line]) -> list[Line]:
    """A short sentence right above the credit of a picture is its caption."""
    settled, usual = list(lines), _usual_gap(lines)
    for index, line in enumerate(lines):
        if line.kind is Kind.PHOTO and index and _is_caption(lines, index - 1):
            settled[index - 1] = replace(lines[index - 1], kind=Kind.CAPTION)
        elif _stands_apart(lines, index, usual):
            settled[index] = replace(line, kind=Kind.CAPTION)
    return settled


def _stands_apart(lines: Sequence[Line], at: int, usual: int) -> bool:
    """Return whether an unmarked line has wider gaps than lines on this page have: a caption."""
    line = lines[at]
    if line.kind is not Kind.TITLE or line.marked or not 0 < at < len(lines) - 1:
        return False
    wide = min(line.gap, lines[at + 1].gap) > usual > 0
    return wide and not lines[at + 1].led and lines[at - 1].kind is Kind.PROSE


def _usual_gap(lines: Sequence[Line]) -> int:
    """The number of blank lines between most lines of a page."""
    return Counter(line.gap for line in lines).most_common(1)[0][0] if lines else 0


def _is_caption(lines: Sequence[Line], at: int) -> bool:
    line = lines[at]
    before = lines[at - 1] if at else None
    cut = before is not None and before.kind is Kind.PROSE and not cleaning.ends_sentence(before.text)
    short = cleaning.han_count(line.folded) <= LONGEST_CAPTION and line.folded.rstrip("。").count("。") == 0
    return (
        line.kind in {Kind.PROSE, Kind.TITLE} and not line.marked and short and not line.has_lead and not cut
    )


def _cut_prose(lines: list[Line]) -> list[Line]:
    """A short plain line after a cut paragraph is its next piece, not a title."""
    settled = list(lines)
    cut = False
    for index, line in enumerate(lines):
        if (
            line.kind is Kind.TITLE
            and not line.marked
            and (cut or _is_clausal(settled, index))
            and not _heads(lines, index)
        ):
            settled[index] = replace(line, kind=Kind.PROSE)
        if settled[index].kind is Kind.PROSE:
            cut = not cleaning.ends_sentence(line.text) and cleaning.han_count(line.folded) > LONGEST_VERSE
        elif line.kind not in _BESIDE:
            cut = False
    return settled


def _is_clausal(lines: Sequence[Line], at: int) -> bool:
    """Return whether a plain line has too many words or clauses for a title: a paragraph without its end."""
    words, clauses = cleaning.han_count(lines[at].folded), lines[at].folded.count(",")
    between = (
        0 < at < len(lines) - 1 and lines[at - 1].kind is Kind.PROSE and lines[at + 1].kind is Kind.PROSE
    )
    most = next(
        (most for least, most in _TITLE_CLAUSES if clauses >= least), LONGEST_TITLE_BETWEEN if between else 99
    )
    return words > most


def _heads(lines: Sequence[Line], at: int) -> bool:
    """Return whether an article or a box begins under the plain line at `at`."""
    after = next((line for line in lines[at + 1 : at + 4] if line.kind not in {Kind.TITLE, *_BESIDE}), None)
    return after is not None and (
        after.kind is Kind.BYLINE or after.has_lead or notices.is_notice_line(after.folded)
    )


def _stray_labels(lines: list[Line]) -> list[Line]:
    """Return bare 广告 lines between two paragraphs, which label a picture and head nothing."""
    settled = list(lines)
    for index, line in enumerate(lines[1:-1], 1):
        between = lines[index - 1].kind is Kind.PROSE and lines[index + 1].kind is Kind.PROSE
        if between and not line.marked and _STRAY_LABEL.match(line.folded) and not lines[index + 1].led:
            settled[index] = replace(line, kind=Kind.PROMPT)
    return settled


_PASSES: Final[tuple[Callable[[list[Line]], list[Line]], ...]] = (
    _mastheads, _titles_before_text, _named_titles, _authors, _poems, _index, _captions, _cut_prose, _stray_labels,
)  # fmt: skip
"""In the order in which they need each other."""

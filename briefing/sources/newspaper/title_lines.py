"""Which of the lines over a text is its title, which are kicker and subtitle, and which are none of it.

Without type sizes the evidence is the heading level, what a line shares with the text, and headline style.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from briefing.sources.newspaper.blocks import is_subtitle, looks_like_section
from briefing.sources.newspaper.lines import cleaning, datelines
from briefing.sources.newspaper.lines.page_lines import PLAIN, Line
from briefing.sources.newspaper.word_pairs import shared_part, word_pairs

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Headline:
    """A title as printed, the kicker and subtitle beside it, a first sub-heading, and page jumps."""

    title: str
    kicker: str = ""
    sections: tuple[str, ...] = ()
    on: str | None = None
    back: str | None = None


SLOGAN, ABOUT = 0.2, 0.4
"""Shares of a line's word pairs in the text: below the first is a slogan beside one above the second."""
_LABEL: Final = re.compile(
    r"^[■●◆▲★◎○□▶►※\s【\[]*(?:(?:关键词|关键字|镜头|故事|场景|亮点|看点|现场|问题|焦点|特写|样本|案例|画面|人物|片段|变化|路径|实践|举措|经验)\s*[一二三四五六七八九十\d①-⑩]*\s*[::】\]|丨·\s—-]+|"
    r"[一二三四五六七八九十]{1,3}[、.]\s*|\([一二三四五六七八九十\d]{1,2}\)\s*|(?:0?\d|[①-⑩])[.、\s]\s*(?=[\u4e00-\u9fff“])|0\d(?=[\u4e00-\u9fff])|(?:PART|Part)\s*\.?\s*\d+\s*[::]?\s*)"
)
_DECORATION: Final = "■●◆▲★◎○□▶►※▼△ \t|丨"
_KICKER: Final = re.compile(
    r"(?:强调|指出|要求|提出|表示|[::]|会议?|[会典]上|仪式|时|调研.{0,6}|召开|举行)$|^(?:学习贯彻|深入学习|贯彻落实|聚焦|迎接|喜迎|庆祝|纪念|走进)|主持召开"
)
_SUBTITLE_CUE: Final = re.compile(r"(?:讲话|出席|主持|参加|致辞|陪同|列席|作报告|见闻|纪实|侧记|综述)$")
_OPEN_END: Final = re.compile(r"[的和与及暨在为把对向让从以将被、,，“《（(]$")
_OPEN_START: Final = re.compile(r"^[的和与及、，,”》）)]")
_STOP: Final = re.compile(r"[！？!?：:…”—]$")
_COLON: Final = re.compile(r"[:：]$")
_DIGIT: Final = re.compile(r"\d")
_FEW = 4
"""Han characters; a line of so few is the rest of the line above."""
_SHORT_TITLE = 16
"""Han characters that two lines of unlike width may have together."""
_ALIKE = 2
"""Han characters by which the two lines of one title may differ; they are set to the same width."""
_SHORT = 4
"""Han characters; so short a line over a longer one is a kicker."""
_LONGEST_NAME = 12
"""Han characters of whoever a title lets speak first: 木洞镇：."""
_ONE_TITLE = 36
"""Han characters that two lines of one title may have together."""


def headline(heads: Sequence[Line], text: str, *, usual: int, sections_follow: bool = False) -> Headline:
    """The headline of an article with this text.

    `usual` is the heading level of most titles on the page; `sections_follow` when sub-headings of the level
    of its last line come next.
    """
    own, sections = _without_sections(heads, follow=sections_follow)
    own = _without_slogans(own, word_pairs(text), usual)
    start, end = _main(own, text)
    on, back = _jumps(own[start:end])
    title = _joined([_plain(line.text) for line in own[start:end]], text)
    # A line of the title's own level apart from it is a slogan or a column's name, not a kicker.
    level = own[start].level
    beside = [
        line
        for line in (*own[:start], *own[end:])
        if (not line.marked or line.level != level or is_subtitle(line.folded)) and not _names_column(line)
    ]
    kicker = " ".join(_plain(line.text) for line in beside)
    return Headline(title, kicker, sections, on, back)


def section(line: Line) -> str:
    """A sub-heading without number, bullet and keyword: 关键词 污染防治 → 污染防治."""
    match = _LABEL.match(line.folded)
    rest = line.text[match.end() :] if match else line.text
    return _plain(rest).strip("【】[]") or _plain(line.text)


def _plain(text: str) -> str:
    """A title as printed, without decoration, jumps and doubled spaces."""
    folded = cleaning.fold(text)
    on, back = datelines.jump_on(folded), datelines.jump_back(folded)
    bare = text[back.end if back else 0 : on.start if on else len(text)]
    return re.sub(r"\s+", " ", bare).strip(_DECORATION)


def _jumps(lines: Sequence[Line]) -> tuple[str | None, str | None]:
    on = next((jump.page for line in lines if (jump := datelines.jump_on(line.folded))), None)
    back = next((jump.page for line in lines if (jump := datelines.jump_back(line.folded))), None)
    return on, back


def _without_sections(heads: Sequence[Line], *, follow: bool) -> tuple[list[Line], tuple[str, ...]]:
    """Title lines, and the first sub-heading where it follows the title without a text between."""
    for index, line in enumerate(heads[1:], 1):
        deeper = follow and line.marked and line.level > heads[0].level and index == len(heads) - 1
        if looks_like_section(line.folded) or deeper:
            return list(heads[:index]), (section(line),)
    return list(heads), ()


def _without_slogans(heads: list[Line], text: frozenset[str], usual: int) -> list[Line]:
    """Drop marked lines that share hardly a word with the text where another line shares many.

    The only line of the page's usual title level stays: titles may be figures of speech.
    """
    titles = [line for line in heads if line.level == usual < PLAIN]
    about = [shared_part(line.folded, text) for line in heads]
    first = next((index for index, share in enumerate(about) if share >= ABOUT), None)
    if first is None or is_subtitle(heads[first].folded):
        return heads
    return [
        line
        for index, (line, share) in enumerate(zip(heads, about, strict=True))
        if share >= SLOGAN
        or titles == [line]
        or index > first
        or is_subtitle(line.folded)
        or not (line.marked or heads[first].marked)
    ]


def _main(heads: Sequence[Line], text: str) -> tuple[int, int]:
    """Return where the title proper stands among its lines: from, up to."""
    able = [index for index, line in enumerate(heads) if not is_subtitle(line.folded)] or [0]
    level = min(heads[at].level for at in able)
    if level == PLAIN:
        return _main_plain(heads, able, text)
    at = next(at for at in reversed(able) if heads[at].level == level)
    end = at + 1
    while at and at - 1 in able and heads[at - 1].level == level and not _names_column(heads[at - 1]):
        at -= 1
    return at, end


def _names_column(line: Line) -> bool:
    """Return whether a title line has so few words that it names a column: 产业观察."""
    return cleaning.han_count(line.folded) <= _FEW and not _STOP.search(line.text)


def _main_plain(heads: Sequence[Line], able: Sequence[int], text: str) -> tuple[int, int]:
    """The same without heading levels: take off kickers above and subtitles below."""
    start, end = able[0], able[0] + 1
    while end in able:
        end += 1
    while end - start > 1 and _is_kicker(heads[start], heads[start + 1], text):
        start += 1
    while end - start > 1 and _is_under(heads[end - 2], heads[end - 1], text):
        end -= 1
    return start, end


def _is_kicker(line: Line, below: Line, text: str) -> bool:
    """Return whether a plain line over another is its kicker rather than the first line of the title."""
    if _broken(line.text, below.text, text):
        return False
    short = cleaning.han_count(line.folded) <= _SHORT <= cleaning.han_count(below.folded) - 2
    abstract = " " in below.text and " " not in line.text and not _DIGIT.search(below.folded)
    return bool(_KICKER.search(line.folded)) or short or abstract


def _is_under(line: Line, below: Line, text: str) -> bool:
    """Return whether a plain line under another is its subtitle rather than the second line of the title."""
    if _broken(line.text, below.text, text):
        return False
    words, words_below = cleaning.han_count(line.folded), cleaning.han_count(below.folded)
    alike = words + words_below <= (_ONE_TITLE if abs(words - words_below) <= _ALIKE else _SHORT_TITLE)
    clauses = " " in line.text or " " in below.text
    return bool(_SUBTITLE_CUE.search(below.folded)) or not alike or clauses


def _broken(before: str, after: str, text: str) -> bool:
    """Return whether a line's end has broken a phrase that the next line goes on with."""
    named = cleaning.han_count(before) <= _LONGEST_NAME and bool(_COLON.search(before))
    return (
        named
        or bool(_OPEN_END.search(before) or _OPEN_START.search(after))
        or cleaning.han_count(after) <= _FEW
        or _one_word(before, after, text)
    )


def _one_word(before: str, after: str, text: str) -> bool:
    """Return whether the end of a line and the beginning of the next make a word that the text has."""
    pair = before[-1:] + after[:1]
    return len(word_pairs(pair)) == 1 and pair in text


def _joined(parts: Sequence[str], text: str) -> str:
    """The lines of one title: put together where a phrase was broken, else with a space."""
    title = parts[0]
    for part in parts[1:]:
        title = title + part if _broken(title, part, text) or _STOP.search(title) else f"{title} {part}"
    return title

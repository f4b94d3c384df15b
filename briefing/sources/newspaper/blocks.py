"""Title lines and the prose under them, in the order of the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from briefing.sources.newspaper.lines import cleaning, datelines, furniture, notices, printed_dates
from briefing.sources.newspaper.lines.page_lines import PLAIN, Kind, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST_NOTICE = 400
"""Han characters; advertisements in the columns are short."""
LONGEST_NOTE = 2
"""Paragraphs of an editor's note between a title and its dateline."""
MOST_HEADS = 8
"""More title lines than this over one text are a list."""
_SUBTITLE: Final = re.compile(r"^\s*[—–-]{1,2}\s*\S")
_SECTION: Final = re.compile(
    r"^[■●◆▲★◎○□▶►※\s【\[]*(?:关键词|关键字|镜头|故事|场景|亮点|看点|现场|问题|焦点|特写|样本|案例|画面|人物|数字|印象|声音|片段|变化|路径|实践|举措|经验|观点|建议)\s*[一二三四五六七八九十\d①-⑩]*\s*[::】\]|丨·\s—-]+\S"
    r"|^(?:关键词|关键字|镜头|故事|场景|亮点|看点|现场|问题|焦点|案例|变化|样本)[一二三四五六七八九十\d①-⑩]*$"
    r"|^[一二三四五六七八九十]{1,3}[、.]\s*\S|^\([一二三四五六七八九十\d]{1,2}\)\s*\S|^(?:0?\d|[①-⑩])[.、\s]\s*[\u4e00-\u9fff“]|^(?:PART|Part)\s*\.?\s*\d|^0\d(?=[\u4e00-\u9fff])"
    r"|^[■●◆▲★◎]\s*\S|^[一二三四五六七八九十]{1,2}$|^第[一二三四五六七八九十]+[,、\s]"
)


@dataclass(frozen=True)
class Block:
    """Title lines, then what is printed under them up to the next title.

    `label` is the box's or column's name over it, `page` the page number it stands under, `parted` whether a
    rule or the end of a page separates it from the block above.
    """

    heads: tuple[Line, ...]
    body: tuple[Line, ...]
    label: Line | None = None
    page: str = ""
    parted: bool = False
    contacts: str = ""
    """Telephone numbers and addresses that stand under the text."""

    @cached_property
    def prose(self) -> tuple[Line, ...]:
        """The lines of running text."""
        return tuple(line for line in self.body if line.kind is Kind.PROSE)

    @cached_property
    def level(self) -> int:
        """The level of its highest title line."""
        return min((line.level for line in self.heads), default=PLAIN)

    @cached_property
    def words(self) -> int:
        """Han characters in its longest title line of the highest level."""
        return max(
            (cleaning.han_count(line.folded) for line in self.heads if line.level == self.level), default=0
        )

    @property
    def has_lead(self) -> bool:
        """Return whether its text begins as articles do, perhaps after an editor's note."""
        return any(line.has_lead for line in self.prose[:3])

    @cached_property
    def credit_above(self) -> bool:
        """Return whether a byline stands between title and text."""
        return bool(self.body) and self.body[0].kind is Kind.BYLINE

    @cached_property
    def credit_below(self) -> bool:
        """Return whether its text closes with a byline, an agency or 下转."""
        if not self.prose:
            return False
        last = self.prose[-1].folded
        below = self.body[-1].kind is Kind.BYLINE and self.body[-1] is not self.body[0]
        return below or datelines.tail(last) is not None or datelines.jump_on(last) is not None

    @property
    def names_informant(self) -> bool:
        """Return whether its text begins with the office that it has its news from."""
        return bool(self.prose) and datelines.names_informant(self.prose[0].folded)

    @property
    def evident(self) -> bool:
        """Return whether it certainly begins an article."""
        return self.has_lead or self.credit_above

    @cached_property
    def is_section(self) -> bool:
        """Return whether its title has the form of a sub-heading: 一、…, 关键词 …."""
        return bool(self.heads) and looks_like_section(self.heads[0].folded)

    @cached_property
    def is_notice(self) -> bool:
        """Return whether it is an advertisement, a public notice, weather or a correction."""
        if self.has_lead or (self.body and self.body[0].kind is Kind.NOTICE):
            return not self.has_lead
        if any(notices.is_notice_title(line.folded) for line in self.heads):
            return True
        if self.credit_above or self.credit_below:
            return False
        text = _sample("\n".join([*(line.folded for line in self.body[:6]), self.contacts])[:1500])
        invites = any(notices.is_invitation_title(line.folded) for line in self.heads)
        return notices.is_notice_text(text, least=1 if invites else notices.CUES_NEEDED)


def _sample(text: str) -> str:
    """The text if it is short enough for an advertisement."""
    return text if cleaning.han_count(text) <= LONGEST_NOTICE else ""


def looks_like_section(folded: str) -> bool:
    """Return whether a title has a sub-heading's number, bullet or keyword."""
    return bool(_SECTION.match(folded))


def is_subtitle(folded: str) -> bool:
    """Return whether a title line begins with a dash, as lines under a title do."""
    return bool(_SUBTITLE.match(folded))


def group(lines: Iterable[Line]) -> Iterator[Block]:
    """The blocks of a page."""
    grouper = _Grouper()
    for line in lines:
        yield from grouper.take(line)
    yield from grouper.close()


class _Grouper:
    """Lines → blocks, one line at a time."""

    def __init__(self) -> None:
        self._heads: list[Line] = []
        self._body: list[Line] = []
        self._label: Line | None = None
        self._page = ""
        self._contacts: list[str] = []
        self._parted = False
        self._gap = False

    def take(self, line: Line) -> Iterator[Block]:
        """Take a line; gives the block that it ends, if any."""
        if self._begins_block(line):
            yield from self.close()
        if line.kind is Kind.TITLE:
            self._heads.append(line)
            self._gap = False
        elif line.kind in {Kind.BOX, Kind.COLUMN}:
            self._label = line if not self._heads else self._label
        elif line.kind in {Kind.PROSE, Kind.BYLINE} or (line.kind is Kind.NOTICE and not self._body):
            self._body.append(line)
        elif line.kind is Kind.NOTICE and notices.disclaims(line.folded):
            self._body.insert(0, line)
        elif line.kind is Kind.RULE:
            self._parted = True
        elif line.kind is Kind.JUNK and self._heads and not self._body:
            # Rows of a table or results stand under a label of their own; the title that follows is another one.
            self._gap = True
        elif line.kind in {Kind.FURNITURE, Kind.INDEX, Kind.INDEX_LABEL}:
            self._gap = True
            self._turn(line)
            if self._body and line.kind is Kind.FURNITURE and notices.is_contact(line.folded):
                self._contacts.append(line.folded)

    def close(self) -> Iterator[Block]:
        """End the block that is open."""
        if self._heads or self._body:
            contacts = "\n".join(self._contacts)
            yield Block(
                tuple(self._heads), tuple(self._body), self._label, self._page, self._parted, contacts
            )
            self._parted = False
        self._contacts = []
        self._heads, self._body, self._label, self._gap = [], [], None, False

    def _turn(self, line: Line) -> None:
        page = printed_dates.page(line.folded) if line.kind is Kind.FURNITURE else ""
        if page:
            self._parted = self._parted or self._page not in {"", page}
            self._page = page

    def _begins_block(self, line: Line) -> bool:
        """Return whether the block that is open ends before this line."""
        if line.kind is Kind.TITLE:
            return self._title_begins(line)
        if line.kind is Kind.PROSE:
            return line.has_lead and self._has_text()
        if line.kind is Kind.FURNITURE:
            page = printed_dates.page(line.folded)
            return bool(page and self._page and page != self._page)
        return line.kind is Kind.RULE or (line.kind in {Kind.BOX, Kind.COLUMN} and self._label_begins(line))

    def _title_begins(self, line: Line) -> bool:
        if self._body:
            only_credit = all(open_line.kind is Kind.BYLINE for open_line in self._body)
            return not (only_credit and self._heads and is_subtitle(line.folded))
        cut_off = (
            bool(self._heads) and not self._heads[-1].marked and any(head.marked for head in self._heads)
        )
        return bool(self._heads) and (
            self._gap or (line.marked and cut_off) or len(self._heads) >= MOST_HEADS
        )

    def _has_text(self) -> bool:
        """Return whether an article's text has begun; an editor's note between title and dateline is not it."""
        prose = [line for line in self._body[:4] if line.kind is Kind.PROSE]
        return bool(prose) and (
            not self._heads or len(prose) > LONGEST_NOTE or any(line.has_lead for line in prose)
        )

    def _label_begins(self, line: Line) -> bool:
        """A box between a title and its text is no new block; anything else under a label is."""
        return (
            bool(self._body)
            or (bool(self._heads) and line.kind is Kind.COLUMN)
            or furniture.is_comment_box(line.folded)
        )

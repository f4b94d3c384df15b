"""Blocks → articles: what begins an article, what is a section or a box of it, what is none."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby
from typing import TYPE_CHECKING, Final

from briefing.sources.newspaper import title_lines
from briefing.sources.newspaper.continuations import Draft
from briefing.sources.newspaper.lines import bylines, cleaning, datelines, furniture
from briefing.sources.newspaper.lines.page_lines import PLAIN, Kind, Line
from briefing.sources.newspaper.word_pairs import shared_part, word_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.sources.newspaper.blocks import Block


class Role(Enum):
    """Role of a block in the articles of the page."""

    ARTICLE = auto()
    SECTION = auto()
    BOX = auto()
    REST = auto()
    """More text of the article above, without a title."""
    NOTHING = auto()


@dataclass(slots=True)
class _Open:
    """The article that a block may belong to, while its blocks are collected."""

    blocks: list[tuple[Role, Block]]
    lowest: int = 0
    """The deepest heading level of its sections so far, 0 for none."""
    interrupted: bool = False
    """Whether an advertisement or a notice stands under it."""

    def add(self, role: Role, block: Block) -> None:
        """Take a block that belongs to it."""
        self.blocks.append((role, block))
        if role is Role.SECTION and block.level < PLAIN:
            self.lowest = max(self.lowest, block.level)

    @property
    def first(self) -> Block:
        """The block with its title."""
        return self.blocks[0][1]

    @property
    def last(self) -> Block:
        """The block right above."""
        return self.blocks[-1][1]

    def outranked(self, block: Block) -> bool:
        """Return whether it already has sections of a lower rank than this block's."""
        return block.level < self.lowest

    def section_like(self, block: Block) -> bool:
        """Return whether it has a section of the same level as this block."""
        return self.blocks[-1][0] is Role.SECTION and self.last.level == block.level


_STRAY: Final = re.compile(
    r"^(?:[、，。；：,;:）)”]|和(?![平谐睦气解美煦顺])|及(?![时格其至])|的(?![确士])|等(?![待到级候])|与(?![会此其众之]|[^，。]{1,14}(?:相比|不同|一起|一道|同时|相关)))"
)
_LIST: Final = re.compile(
    r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d{1,2}[.、]|[●■◆▲★]|(?:问|答|记者|Q|A)[::])"
)
LONGEST_STRAY = 40
"""Han characters of a piece of a column that belongs nowhere."""
SHORTEST_CUT = 20
"""Han characters from which a paragraph without an end is a cut one; less may be verse or a list."""
SERIES = 2
"""Han characters by which sub-headings of one series differ at most."""
MOSTLY_LED = 0.6
"""From this share of evident articles on a page, a title without evidence is rather a sub-heading."""


def drafts(blocks: Sequence[Block]) -> Iterator[Draft]:
    """The articles of a page, in order, before continuations are joined."""
    habit = _Habit(_led_share(blocks), _usual_level(blocks))
    for article in _arranged(blocks, habit):
        draft = _draft(article, habit)
        if draft.title and draft.paragraphs:
            yield draft


def _arranged(blocks: Sequence[Block], habit: _Habit) -> Iterator[_Open]:
    """The blocks of each article, each with its role."""
    open_article: _Open | None = None
    for index, block in enumerate(blocks):
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        role = _role(block, open_article, after, habit)
        if role is Role.ARTICLE:
            if open_article:
                yield open_article
            open_article = _Open([(role, block)])
        elif role is not Role.NOTHING and open_article:
            open_article.add(role, block)
        elif open_article and block.is_notice:
            open_article.interrupted = True
    if open_article:
        yield open_article


@dataclass(frozen=True, slots=True)
class _Habit:
    """Habit of a page: the share of articles that begin evidently, and the level of most such titles."""

    led: float
    level: int


def _usual_level(blocks: Sequence[Block]) -> int:
    levels = Counter(block.level for block in blocks if block.heads and block.evident)
    return levels.most_common(1)[0][0] if levels else PLAIN


def _led_share(blocks: Sequence[Block]) -> float:
    titled = [
        block
        for block in blocks
        if block.heads and block.prose and not block.is_section and not block.is_notice
    ]
    return sum(block.evident for block in titled) / len(titled) if titled else 0.0


def _role(block: Block, above: _Open | None, after: Block | None, habit: _Habit) -> Role:
    """Return what a block is, given the open article above it and the block below."""
    if block.is_notice:
        return Role.NOTHING
    if not block.prose:
        return _role_without_text(block, above, after)
    if not block.heads:
        return _role_without_title(block, above)
    if block.label is not None and above is not None and not _stands_alone(block):
        return Role.BOX
    if above is None or block.label is not None:
        return Role.ARTICLE
    return Role.ARTICLE if _weight(block, above, after, habit) > 0 else Role.SECTION


def _role_without_text(block: Block, above: _Open | None, after: Block | None) -> Role:
    """A title with nothing under it is a slogan, unless sub-headings of it follow."""
    if above is not None and block.body and not block.heads:
        return Role.REST
    if not block.heads or after is None or after.evident or not after.prose or not after.heads:
        return Role.NOTHING
    opens = after.is_section or (block.level < after.level < PLAIN and not after.parted) or block.credit_above
    return Role.ARTICLE if opens else Role.NOTHING


def _role_without_title(block: Block, above: _Open | None) -> Role:
    if block.label is not None and above is not None and block.label.kind is Kind.BOX:
        return Role.BOX
    if block.label is not None and block.label.kind is Kind.COLUMN and not block.has_lead:
        return Role.NOTHING if furniture.is_picture_column(block.label.folded) else Role.ARTICLE
    if block.has_lead and not (above is not None and _is_brief_column(above.first)):
        return Role.ARTICLE
    return Role.REST if above is not None and not block.parted else Role.NOTHING


def _is_brief_column(block: Block) -> bool:
    return not block.heads and block.label is not None


def _stands_alone(block: Block) -> bool:
    """Return whether a block under a label is an article: under a column's name, or with its own reporter."""
    if block.label is None or block.label.kind is Kind.COLUMN:
        return True
    comment = furniture.is_comment_box(block.label.folded) and (block.credit_below or block.credit_above)
    return block.has_lead or comment


def _weight(block: Block, above: _Open, after: Block | None, habit: _Habit) -> int:
    """Return how much speaks for a new article (above 0) rather than a section of the article above."""
    return sum((
        8 * block.has_lead,
        6 * block.credit_above,
        5 * block.parted,
        5 * (above.last.credit_below and not block.is_section),
        4 * (block.credit_below and above.first.evident),
        5 * block.names_informant,
        4 * above.interrupted,
        -8 * block.is_section,
        -3 * above.section_like(block),
        -3 * _like_the_next(block, after),
        6 * above.outranked(block),
        3 * (above.blocks[-1][0] is Role.BOX),
        -2 * (habit.led >= MOSTLY_LED),
        _by_level(block.level, above.first.level, habit.level),
        _by_length(block.words),
        _by_words(block, above),
    ))  # fmt: skip


def _by_level(level: int, above: int, usual: int) -> int:
    """A heading above the open article's level is not its section; one below it probably is."""
    if level == above:
        return 1 if level == PLAIN else 3
    if level > above:
        return 0 if level == usual < PLAIN else -4
    return 5


def _by_length(words: int) -> int:
    """Sub-headings are short."""
    steps = ((8, -3), (12, -1), (15, 0), (19, 1))
    return next((points for most, points in steps if words <= most), 2)


def _by_words(block: Block, above: _Open) -> int:
    """A sub-heading speaks of what its article speaks of."""
    text = "".join(line.folded for line in (*above.first.heads, *above.first.prose))[:3000]
    share = shared_part(_top(block).folded, word_pairs(text))
    return 1 if not share else -1 if share >= title_lines.ABOUT else 0


def _like_the_next(block: Block, after: Block | None) -> bool:
    """Return whether the next title is of the same level and about the same length, and begins no article either."""
    if (
        after is None
        or not after.heads
        or not after.prose
        or after.evident
        or after.parted
        or after.is_notice
    ):
        return False
    return after.level == block.level and abs(after.words - block.words) <= SERIES


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text and what was cut from it; `fresh` when nothing above can run on into it."""

    text: str
    names: tuple[str, ...] = ()
    agency: str = ""
    on: str | None = None
    back: str | None = None
    fresh: bool = False
    broken: bool = False


def _draft(article: _Open, habit: _Habit) -> Draft:
    """One article from its blocks."""
    pieces = [piece for role, block in article.blocks for piece in _pieces(role, block)]
    head = _headline(article, habit, "".join(piece.text for piece in pieces)[:4000])
    paragraphs = _paragraphs(pieces)
    credit_last = bool(pieces) and bool(pieces[-1].names or pieces[-1].agency)
    return Draft(
        title=head.title,
        kicker=head.kicker,
        names=tuple(dict.fromkeys(name for piece in pieces for name in piece.names)),
        agencies=tuple(dict.fromkeys(word for piece in pieces for word in piece.agency.split())),
        paragraphs=paragraphs,
        sections=(
            *head.sections,
            *(title_lines.section(_top(block)) for role, block in article.blocks if role is Role.SECTION),
        ),
        page=article.first.page,
        on=_first([head.on, *(piece.on for piece in pieces)]),
        back=_first([head.back, *(piece.back for piece in pieces)]),
        cut=bool(paragraphs) and not credit_last and _is_cut(paragraphs[-1]),
        broken=any(piece.broken for piece in pieces),
    )


def _first(values: Sequence[str | None]) -> str | None:
    return next((value for value in values if value is not None), None)


def _top(block: Block) -> Line:
    """The sub-heading proper: the first line of the highest level."""
    return next(line for line in block.heads if line.level == block.level)


def _headline(article: _Open, habit: _Habit, text: str) -> title_lines.Headline:
    first = article.first
    if first.heads:
        below = article.blocks[1] if len(article.blocks) > 1 else None
        follow = below is not None and below[0] is Role.SECTION and below[1].level == first.heads[-1].level
        return title_lines.headline(first.heads, text, usual=habit.level, sections_follow=follow)
    if first.label is not None:
        return title_lines.Headline(furniture.box_name(first.label.text))
    return title_lines.Headline(re.split(r"[，。！？；,;!?]", text, maxsplit=1)[0][:40])


def _pieces(role: Role, block: Block) -> Iterator[_Piece]:
    """The text of a block, cut to the news."""
    last = block.prose[-1] if block.prose else None
    for index, line in enumerate(line for line in block.body if line.kind in {Kind.PROSE, Kind.BYLINE}):
        if line.kind is Kind.BYLINE:
            people, agency = datelines.credit(line.folded) or (bylines.bare(line.folded) or (), "")
            yield _Piece("", people, agency)
        else:
            yield _piece(line, ends=line is last, fresh=index == 0 and role in {Role.SECTION, Role.BOX})


def _piece(line: Line, *, ends: bool, fresh: bool) -> _Piece:
    """A paragraph without jumps, dateline, end credit and notes to the reader."""
    text = _cut_all(line.text, furniture.PROMPT_BRACKET)
    back = datelines.jump_back(cleaning.fold(text))
    text = text[back.end :] if back else text
    lead = datelines.lead(cleaning.fold(text))
    text = text[lead.end :] if lead else text
    on = datelines.jump_on(cleaning.fold(text))
    text = text[: on.start] if on else text
    tail = datelines.tail(cleaning.fold(text)) if ends else None
    text = text[: tail.start] if tail else text
    marks = [mark for mark in (lead, tail) if mark]
    return _Piece(
        cleaning.tight(text),
        tuple(name for mark in marks for name in mark.names),
        " ".join(mark.agency for mark in marks).strip(),
        on.page if on else None,
        back.page if back else None,
        fresh,
        line.broken,
    )


def _cut_all(text: str, pattern: re.Pattern[str]) -> str:
    """`text` without what the pattern finds in it when folded."""
    pieces, start = [], 0
    for match in pattern.finditer(cleaning.fold(text)):
        pieces.append(text[start : match.start()])
        start = match.end()
    return "".join((*pieces, text[start:]))


def _paragraphs(pieces: Sequence[_Piece]) -> tuple[str, ...]:
    """Paragraphs with cut ones joined and strays left out."""
    paragraphs: list[str] = []
    for piece in pieces:
        if not piece.text:
            continue
        if paragraphs and not piece.fresh and _runs_on(paragraphs[-1], piece.text):
            paragraphs[-1] = cleaning.glue(paragraphs[-1], piece.text)
        elif not (paragraphs and _is_stray(piece.text)):
            paragraphs.append(piece.text)
    return tuple(text for text, _ in groupby(paragraphs))


def _is_cut(paragraph: str) -> bool:
    least = SHORTEST_CUT // 2 if paragraph.endswith(("，", "、", ",")) else SHORTEST_CUT
    return cleaning.han_count(paragraph) > least and not cleaning.ends_sentence(paragraph)


def _runs_on(before: str, after: str) -> bool:
    return _is_cut(before) and not _LIST.match(cleaning.fold(after))


_SLOGAN: Final = re.compile(
    r"^(?:推动|推进|加快|促进|助力|打造|实现|提升|深化|坚持|全面|奋力|构建|擦亮|激发|赋能|凝聚|谱写|书写|绘就|展现|弘扬|践行|落实|持续|不断|进一步)[^,，、：:“”\d]{3,14}。$"
)
"""A call without a subject, which a page sets large somewhere in a column."""


def _is_stray(text: str) -> bool:
    """Return whether a piece begins like no sentence and is too short to keep, or is a slogan."""
    if _SLOGAN.match(text):
        return True
    return cleaning.han_count(text) <= LONGEST_STRAY and bool(_STRAY.match(text))

"""Puts together the two halves of an article that was broken over pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from briefing.sources.newspaper.lines import cleaning
from briefing.sources.newspaper.lines.page_numbers import page_number
from briefing.sources.newspaper.word_pairs import word_pairs

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Draft:
    """An article before it has a source and a day.

    `on` and `back` are the pages that it is continued on and began on, None for neither.
    """

    title: str
    kicker: str
    names: tuple[str, ...]
    agencies: tuple[str, ...]
    paragraphs: tuple[str, ...]
    sections: tuple[str, ...]
    page: str
    on: str | None = None
    back: str | None = None
    cut: bool = False
    broken: bool = False

    @property
    def text(self) -> str:
        """Its paragraphs, one a line."""
        return "\n".join(self.paragraphs)

    @property
    def whole(self) -> bool:
        """Return whether its beginning and its end are both there."""
        return not self.missing

    @property
    def missing(self) -> str:
        """Why the article is not whole, as an editor is told; '' for a whole one."""
        reasons = (
            (self.back is not None, f"开头在{_page_name(self.back)}，这里没有"),
            (self.on is not None, f"下文转{_page_name(self.on)}，这里没有"),
            (self.broken, "后文的排列顺序已无法还原，没有收入"),
            (self.cut, "最后一句不完整"),
        )
        return "；".join(reason for holds, reason in reasons if holds)


SAME_TITLE: Final = 0.5
"""Likeness of two titles, 0 to 1, from which they are the same article's; later pages shorten titles."""


def _page_name(page: str | None) -> str:
    return f"{page}版" if page else "别的版面"


def likeness(one: str, two: str) -> float:
    """Return how much two titles share: the Dice coefficient of their pairs, 1 where one holds the other."""
    if one and two and (one in two or two in one):
        return 1.0
    ones, twos = word_pairs(one), word_pairs(two)
    return 2 * len(ones & twos) / (len(ones) + len(twos)) if ones and twos else 0.0


def join(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """The drafts with each continuation put to the end of its beginning, where that is among them."""
    joined = dict(enumerate(drafts))
    for index in [index for index, draft in joined.items() if draft.back is not None]:
        beginning = _beginning(index, joined)
        if beginning is not None:
            joined[beginning] = _put_together(joined[beginning], joined.pop(index))
    return tuple(joined[index] for index in sorted(joined))


def _beginning(at: int, drafts: dict[int, Draft]) -> int | None:
    """Return whose continuation the draft at `at` is: by title, else by page numbers if only one agrees."""
    later = drafts[at]
    open_drafts = {index: draft for index, draft in drafts.items() if index != at and _may_go_on(draft)}
    best = max(open_drafts, key=lambda index: likeness(open_drafts[index].title, later.title), default=None)
    if best is not None and likeness(drafts[best].title, later.title) >= SAME_TITLE:
        return best
    by_page = [
        index for index, draft in open_drafts.items() if draft.on is not None and _pages_agree(draft, later)
    ]
    return by_page[0] if len(by_page) == 1 else None


def _may_go_on(draft: Draft) -> bool:
    return draft.back is None or draft.on is not None


def _pages_agree(earlier: Draft, later: Draft) -> bool:
    """Return whether both page numbers are known and are the ones that the two jumps name."""
    goes_on = bool(earlier.on) and page_number(later.page) == earlier.on
    came_from = bool(later.back) and page_number(earlier.page) == later.back
    return goes_on and came_from


def _put_together(earlier: Draft, later: Draft) -> Draft:
    return replace(
        earlier,
        names=tuple(dict.fromkeys((*earlier.names, *later.names))),
        agencies=tuple(dict.fromkeys((*earlier.agencies, *later.agencies))),
        paragraphs=_run_on(earlier.paragraphs, later.paragraphs),
        sections=earlier.sections + later.sections,
        on=later.on,
        cut=later.cut,
        broken=earlier.broken or later.broken,
    )


def _run_on(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, ...]:
    """Paragraphs over a page end: a sentence that was cut goes on."""
    if before and after and not cleaning.ends_sentence(before[-1]):
        return (*before[:-1], cleaning.glue(before[-1], after[0]), *after[1:])
    return before + after

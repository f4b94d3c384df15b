"""Takes out of a page's text what the extraction left in it, and nothing that the paper printed."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby, pairwise
from typing import Final

from briefing.sources.text_normalizer import replace_characters

HAN: Final = r"[\u3007\u3400-\u4dbf\u4e00-\u9fff]"
"""A Han character, as a pattern; rare planes do not matter for recognising print habits."""
_EACH_HAN: Final = re.compile(HAN)
_EACH_WIDE: Final = re.compile(r"[\u3000-\uffdc]")

_LINE_ENDS = dict.fromkeys((0x0B, 0x0C, 0x0D, 0x85, 0x1C, 0x1D, 0x1E, 0x2028, 0x2029), "\n")
_WIDE_SPACED = re.compile(rf"(?<!{HAN})(?:{HAN} {{1,4}}){{2,}}{HAN}(?!{HAN})")
_HAN_GAP = re.compile(
    r"(?<=[\u3007\u3400-\u9fff，。、；：！？”’）》】…—]) +"
    r"(?=[\u3007\u3400-\u9fff，。、；：！？“‘（《【…—\d])"
    rf"|(?<=\d) +(?={HAN})"
)
_ENDS_SENTENCE = re.compile(r"[。！？!?；;：:…”』」）)】》]$")
_PUNCTUATED = re.compile(r"[，。、；：！？,;:!?]$")
_ANEW = re.compile(
    r"[□■◎●▲△|]|\*\*|[（(][上下紧][接转]|本报讯|本报记者|新华社.{2,8}电|[一二三四五六七八九十]+、|\d{1,2}[:.、]\d{0,2}\s"
)

SHORTEST_RUN = 3
"""Lines; two tell nothing about a column's width."""
NARROWEST, WIDEST = 16, 120
"""Widths of a printed column in half-width cells: 8 to 60 Han characters a line."""


class _Junk(dict[int, str | None]):
    """Table of what becomes of each character; grows as characters are met."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        self[code] = _kept(char)
        return self[code]


def _kept(char: str) -> str | None:
    """The character itself, its plain form, a space, or None for what no reader can see."""
    if char in "\n\t":
        return "\n" if char == "\n" else " "
    category = unicodedata.category(char)
    if category == "Zs":
        return "\u3000" if char == "\u3000" else " "
    if category in {"Cc", "Cf", "Cs", "Co", "Cn"} or char == "\ufffd":
        return None
    # PDF fonts often map 人 to the radical ⼈; both look the same in print. Full-width digits stay as they are printed.
    radical = "\u2e80" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff"
    return replace_characters(char) if radical else char


_JUNK: Final = _Junk()
_FOLDED: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20, ord("○"): ord("〇"), ord("‧"): ord("·"), ord("•"): ord("·"), ord("・"): ord("·"),
    ord("﹒"): ord("."),
    ord("﹑"): ord("、"), ord("〔"): ord("("), ord("〕"): ord(")"),
}  # fmt: skip


def fold(text: str) -> str:
    """`text` with full-width signs made half-width, one for one: positions in both are the same."""
    return text.translate(_FOLDED)


def han_count(text: str) -> int:
    """Han characters in `text`: `model.han_count` without the rare planes, for very long lines."""
    return len(_EACH_HAN.findall(text))


def cells(text: str) -> int:
    """Return how wide a line prints, in half-width cells."""
    return len(text) + len(_EACH_WIDE.findall(text))


def visible(text: str) -> str:
    """`text` without control characters, invisible and direction marks; line ends are newlines."""
    return text.replace("\r\n", "\n").translate(_LINE_ENDS).translate(_JUNK)


def tight(text: str) -> str:
    """Running text without the spaces that an extraction leaves between Han characters and digits."""
    return _HAN_GAP.sub("", text.replace("\u3000", " ")).strip()


def unspaced(text: str) -> str:
    """`text` with words set in wide spacing closed up: 渝 中 报 → 渝中报."""
    if not _WIDE_SPACED.search(text):
        return text
    return _WIDE_SPACED.sub(lambda found: found.group().replace(" ", ""), text)


def lines(text: str) -> tuple[str, ...]:
    """The lines of a page: unwrapped, without comments, blank ones as ''."""
    raw = [line.rstrip() for line in visible(text).split("\n")]
    own = [line for line in raw if not _is_comment(line)]
    runs = (list(run) for _, run in groupby(own, key=lambda line: not line.strip()))
    return tuple(unspaced(line.replace("\u3000", " ").strip()) for run in runs for line in _unwrapped(run))


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("<!--") and line.endswith("-->")


def _unwrapped(run: list[str]) -> list[str]:
    """A run of lines without a blank one between; column lines are put together again."""
    width = _column(run)
    if not width:
        return run
    joined = [run[0]]
    for before, line in pairwise(run):
        if cells(before) >= width - 3 and not _starts_anew(before, line):
            joined[-1] = glue(joined[-1], line.strip())
        else:
            joined.append(line)
    return joined


def _starts_anew(before: str, line: str) -> bool:
    """Return whether `line` begins a paragraph although the line above is full."""
    indented = line.startswith(("\u3000", "  ")) and not before.startswith(("\u3000\u3000\u3000", "    "))
    return indented or line.startswith("#") or before.startswith("#") or bool(_ANEW.match(fold(line)))


def _column(run: list[str]) -> int:
    """The width of the column that a run was wrapped to, or 0 when its lines are whole."""
    if len(run) < SHORTEST_RUN:
        return 0
    widths = [cells(line) for line in run]
    width = max(widths)
    full = [line for line, cell in zip(run[:-1], widths, strict=False) if cell >= width - 3]
    broken = [line for line in full if not _PUNCTUATED.search(line)]
    wrapped = (
        NARROWEST <= width <= WIDEST and 2 * len(full) >= len(run) - 1 and 2 * len(broken) > len(full) > 1
    )
    return width if wrapped else 0


def glue(before: str, after: str) -> str:
    """Two pieces of one sentence put together again, as a reader would across a column end."""
    if before.endswith("-") and before[-2:-1].isascii() and before[-2:-1].isalpha() and after[:1].isascii():
        return before[:-1] + after
    latin = before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha()
    return f"{before} {after}" if latin else before + after


def ends_sentence(text: str) -> bool:
    """Return whether a paragraph may end here; if not, a column or page end has cut it."""
    return bool(_ENDS_SENTENCE.search(text))


def han_share(text: str) -> float:
    """The part of the visible characters that are Han, 0 to 1."""
    solid = len("".join(text.split()))
    return han_count(text) / solid if solid else 0.0

"""How readings are scored: cases in files, and what counts as right.

A line of a file is `printed<TAB>spoken<TAB>alternative|alternative<TAB>class`; punctuation, width and case are not
heard, so they do not count; everything else does.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests import outside

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

GOLDEN = Path(__file__).parent / "golden" / "reading"
SHARED = outside.CASES / "reading"

SYMBOLS = frozenset("%‰℃℉°$¥￥€£+=<>~/×±²³#&@①②③④⑤⑥⑦⑧⑨")
"""Symbols that a voice would skip or spell; they count as heard, so that one that is left makes a reading wrong."""


ALIKE = str.maketrans("两幺〇", "二一零")
"""What a listener takes for the same word: the public suites want 一 where trains and telephones are read 幺."""


@dataclass(frozen=True, slots=True)
class Case:
    """A printed sentence, and every spoken form of it that is right."""

    printed: str
    spoken: tuple[str, ...]
    sort: str

    def right_to_listeners(self, said: str) -> bool:
        """Whether it is right when 两 and 二, 幺 and 一 count as the same word."""
        return heard(said).translate(ALIKE) in {heard(form).translate(ALIKE) for form in self.spoken}

    def right(self, said: str) -> bool:
        """Whether a listener hears one of the right forms."""
        return heard(said) in map(heard, self.spoken)


def cases(path: Path) -> tuple[Case, ...]:
    """The cases of one file, in order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(_case(line) for line in lines if line.strip() and not line.startswith("#"))


def _case(line: str) -> Case:
    printed, said, more, sort = [*line.split("\t"), "", ""][:4]
    return Case(printed, (said, *filter(None, more.split("|"))), sort)


def heard(text: str) -> str:
    """What of a text is heard: letters, numbers and the symbols that should not be there."""
    upper = unicodedata.normalize("NFKC", text).upper()
    return "".join(char for char in upper if unicodedata.category(char)[0] in "LN" or char in SYMBOLS)


def share(of: Sequence[Case], read: Callable[[str], str]) -> float:
    """The share of the cases that listeners find right, 0 to 1."""
    return sum(case.right_to_listeners(read(case.printed)) for case in of) / len(of)

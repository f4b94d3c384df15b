"""How polyphones are scored: `sentence<TAB>index of a character<TAB>reading|reading<TAB>class` a line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests import outside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

GOLDEN = Path(__file__).parent / "golden" / "polyphone"
SHARED = outside.CASES / "polyphone"


class Polyphone(NamedTuple):
    """A character of a sentence and its right readings."""

    sentence: str
    place: int
    right: frozenset[str]

    def __str__(self) -> str:
        before, after = self.sentence[: self.place], self.sentence[self.place + 1 :]
        return f"{before}[{self.sentence[self.place]}]{after} {'|'.join(sorted(self.right))}"


def rows(path: Path) -> Iterator[Polyphone]:
    """The rows of one file, in order."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            sentence, place, readings, *_ = line.split("\t")
            yield Polyphone(sentence, int(place), frozenset(readings.split("|")))


def suite(name: str) -> list[Polyphone]:
    """The rows of a shared suite, or of all our own files for `golden`."""
    if name == "golden":
        return [row for path in sorted(GOLDEN.glob("*.tsv")) for row in rows(path)]
    return list(rows(SHARED / f"{name}.tsv"))


def share(of: Sequence[Polyphone], pinyin: Callable[[str], Sequence[str]], *, light: bool = False) -> float:
    """Return the share of the marked characters that are read right, 0 to 1.

    With `light`, a light syllable counts where the suite writes the full tone of the same one: CPP has 衣服 as fu2.
    """
    return sum(_is_right(row, pinyin(row.sentence)[row.place], light=light) for row in of) / len(of)


def _is_right(row: Polyphone, said: str, *, light: bool) -> bool:
    bases = {syllable[:-1] for syllable in row.right}
    return said in row.right or (light and said.endswith("5") and said[:-1] in bases)

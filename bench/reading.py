"""Printed text → spoken form → pinyin: what is right, characters a second and the cold start, beside the known libraries.

The sentences are made up (tests/golden/reading, tests/golden/polyphone); each library reads the same ones, in turn, in
this run. A library that is not installed is left out (`pip install wetext cn2an`). The last table grows texts
fourfold: the time of a linear reader grows fourfold too.

    python bench/reading.py
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import readers
from tests import polyphones, reading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bench.readers import Reader

ROOT = Path(__file__).parents[1]

SPOKEN = {
    "briefing": readers.briefing,
    "wetext": readers.wetext,
    "cn2an": readers.cn2an,
    "misaki": readers.misaki,
}
"""What makes the spoken form; the name is the package's."""

PINYIN = {"briefing": readers.briefing_pinyin, "pypinyin": readers.pypinyin, "g2pM": readers.g2p_m}
"""What gives an item a character."""

SENTENCE = "今天是2024年5月1日，比上年增长3.5%。"
HOSTILE = {
    "news": "全区2023年地区生产总值1606.2亿元，增长2.6%。",
    "digits": "1",
    "brackets": "(",
    "phones": "12345、",
    "times": "9:05-",
}


def cold(load: Callable[[], Reader]) -> float:
    """Seconds from an empty process to the first sentence, the interpreter's own start taken off."""
    script = (
        f"import time; t = time.perf_counter(); from bench.readers import {load.__name__} as load; "
        f"load()({SENTENCE!r}); print(time.perf_counter() - t)"
    )
    command = [sys.executable, "-W", "ignore", "-c", script]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 - our own lines above
    return float(done.stdout.split()[-1])


def rate(read: Reader, text: Sequence[str]) -> float:
    """Characters a second, the best of three rounds."""
    best = min(_seconds(read, text) for _ in range(3))
    return sum(map(len, text)) / best


def _seconds(read: Reader, text: Sequence[str]) -> float:
    start = time.perf_counter()
    for one in text:
        read(one)
    return time.perf_counter() - start


def compare(
    what: str, loads: Mapping[str, Callable[[], Reader]], shares: Callable[[Reader], str], text: Sequence[str]
) -> None:
    """One line a library; `shares` are those of golden and shared sentences that it reads right."""
    print(f"\n{what:<12}{'golden':>8}{'news':>8}{'chars/s':>10}{'ratio':>7}{'cold s':>8}")
    ours = 0.0
    for name, load in loads.items():
        if importlib.util.find_spec(name) is None:
            continue
        read = load()
        speed = rate(read, text)
        ours = ours or speed
        print(f"{name:<12}{shares(read)}{speed:>10,.0f}{speed / ours:>7.2f}{cold(load):>8.2f}")


def spoken() -> None:
    """The table of the spoken form."""
    golden = [case for path in sorted(reading.GOLDEN.glob("*.tsv")) for case in reading.cases(path)]
    news = reading.cases(reading.SHARED / "news.tsv") if reading.SHARED.is_dir() else ()

    def shares(read: Callable[[str], str]) -> str:
        given = f"{reading.share(news, read):>8.1%}" if news else "       -"
        return f"{reading.share(golden, read):>8.1%}{given}"

    compare("spoken form", SPOKEN, shares, [case.printed for case in golden])


def pinyin() -> None:
    """The table of polyphones."""
    golden = polyphones.suite("golden")
    news = polyphones.suite("news") if polyphones.SHARED.is_dir() else ()

    def shares(read: Callable[[str], Sequence[str]]) -> str:
        given = f"{polyphones.share(news, read):>8.1%}" if news else "       -"
        return f"{polyphones.share(golden, read):>8.1%}{given}"

    compare("pinyin", PINYIN, shares, [row.sentence for row in golden])


def grow(read: Callable[[str], str]) -> None:
    """Seconds for 250,000 and 1,000,000 characters."""
    print(f"\n{'text':<10}{'250 k':>8}{'1 M':>8}{'growth':>8}")
    for name, piece in HOSTILE.items():
        small, large = (_seconds(read, [piece * (size // len(piece))]) for size in (250_000, 1_000_000))
        print(f"{name:<10}{small:>8.1f}{large:>8.1f}{large / small:>8.1f}")


def main() -> None:
    """Print the three tables."""
    warnings.simplefilter("ignore")  # the libraries warn of what they cannot read
    spoken()
    pinyin()
    grow(readers.briefing())


if __name__ == "__main__":
    main()

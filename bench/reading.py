"""Printed text → spoken form: what is read right, characters a second and the cold start, beside the known libraries.

The sentences are made up (tests/golden/reading); each library reads the same ones, in turn, in this run. A library that is
not installed is left out (`pip install wetext cn2an misaki[zh]`). The second table grows texts fourfold: the time of a
linear reader grows fourfold too.

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

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.reading import GOLDEN, SHARED, Case, cases, share  # noqa: E402 - a script finds the house first

if TYPE_CHECKING:
    from collections.abc import Callable

READERS = {
    "briefing": "from briefing.mandarin.spoken_form import spoken as read",
    "wetext": (
        "from wetext import Normalizer;"
        "read = Normalizer(lang='zh', operator='tn', remove_erhua=False, full_to_half=False).normalize"
    ),
    "cn2an": "from cn2an import transform; read = lambda text: transform(text, 'an2cn')",
    "misaki": (
        "from misaki.zh_normalization import TextNormalizer; one = TextNormalizer();"
        "read = lambda text: ''.join(one.normalize(text))"
    ),
}
"""How each is loaded; the name is the package's."""

SENTENCE = "今天是2024年5月1日，比上年增长3.5%。"
HOSTILE = {
    "news": "全区2023年地区生产总值1606.2亿元，增长2.6%。",
    "digits": "1",
    "brackets": "(",
    "phones": "12345、",
    "times": "9:05-",
}


def loaded(load: str) -> Callable[[str], str]:
    """The reader that a line of `READERS` makes."""
    names: dict[str, Callable[[str], str]] = {}
    exec(load, names)  # noqa: S102 - our own lines above, which the cold start runs in a fresh process too
    return names["read"]


def cold(load: str) -> float:
    """Seconds from an empty process to the first spoken sentence, the interpreter's own start taken off."""
    script = (
        f"import time; t = time.perf_counter(); {load}; read({SENTENCE!r}); print(time.perf_counter() - t)"
    )
    command = [sys.executable, "-W", "ignore", "-c", script]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 - our own lines above
    return float(done.stdout.split()[-1])


def rate(read: Callable[[str], str], text: list[str]) -> float:
    """Characters a second, the best of three rounds."""
    best = min(_seconds(read, text) for _ in range(3))
    return sum(map(len, text)) / best


def _seconds(read: Callable[[str], str], text: list[str]) -> float:
    start = time.perf_counter()
    for one in text:
        read(one)
    return time.perf_counter() - start


def compare(golden: list[Case], news: list[Case]) -> None:
    """One line a library."""
    print(f"{'reader':<10}{'golden %':>10}{'news %':>8}{'chars/s':>10}{'ratio':>7}{'cold s':>8}")
    ours = 0.0
    for name, load in READERS.items():
        if importlib.util.find_spec(name) is None:
            continue
        read = loaded(load)
        speed = rate(read, [case.printed for case in golden])
        ours = ours or speed
        right = f"{share(golden, read):>10.1%}{share(news, read) if news else 0:>8.1%}"
        print(f"{name:<10}{right}{speed:>10,.0f}{speed / ours:>7.2f}{cold(load):>8.2f}")


def grow(read: Callable[[str], str]) -> None:
    """Seconds for 250,000 and 1,000,000 characters."""
    print(f"\n{'text':<10}{'250 k':>8}{'1 M':>8}{'growth':>8}")
    for name, piece in HOSTILE.items():
        small, large = (_seconds(read, [piece * (size // len(piece))]) for size in (250_000, 1_000_000))
        print(f"{name:<10}{small:>8.1f}{large:>8.1f}{large / small:>8.1f}")


def main() -> None:
    """Print both tables."""
    golden = [case for path in sorted(GOLDEN.glob("*.tsv")) for case in cases(path)]
    news = list(cases(SHARED / "news.tsv")) if SHARED.exists() else []
    warnings.simplefilter("ignore")  # the libraries warn of what they cannot read
    compare(golden, news)
    grow(loaded(READERS["briefing"]))


if __name__ == "__main__":
    main()

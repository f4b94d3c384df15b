"""How long a page takes to become articles, and how that grows: seconds, and characters a second.

Run it by path: `.venv/bin/python bench/ingest.py`. The seeds are parsed as they are and repeated up to a megabyte; the
last row is one paragraph of a megabyte, which no paper prints.
"""

from __future__ import annotations

import time
from pathlib import Path
from zoneinfo import ZoneInfo

from briefing.sources.newspaper_text import parse

SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))
ZONE = ZoneInfo("Asia/Shanghai")
MEGABYTE = 1_000_000 // 3
"""Han characters, of three bytes each."""


def timed(name: str, text: str) -> str:
    """One row of the table: the best of three."""
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        page = parse(text, source="bench", zone=ZONE)
        seconds.append(time.perf_counter() - start)
    best = min(seconds)
    return f"{name:24}{len(text):>10,}{len(page.articles):>10}{best:>10.3f}{len(text) / best:>14,.0f}"


def main() -> None:
    """Print the table."""
    print(f"{'page':24}{'chars':>10}{'articles':>10}{'seconds':>10}{'chars/s':>14}")
    for path in SEEDS:
        print(timed(path.stem, path.read_text(encoding="utf-8")))
    page = SEEDS[-1].read_text(encoding="utf-8")
    for times in (1, 10, MEGABYTE // len(page)):
        print(timed(f"{SEEDS[-1].stem} x{times}", page * times))
    head = "样报 2023年6月9日 星期五\n\n# 一段话\n\n本报讯 "
    print(timed("one paragraph", head + "区里开会,讨论老桥。" * (MEGABYTE // 10)))


if __name__ == "__main__":
    main()

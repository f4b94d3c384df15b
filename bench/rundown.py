"""Choosing from 100, 1,000 and 10,000 articles: time, memory, and how both grow.

The articles are made up; one in twenty is another paper's telling of an event already there.

    python bench/rundown.py
"""

from __future__ import annotations

import random
import sys
import time
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from briefing.editorial import rundown
from briefing.model import Article

SIGNS = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
DAY = datetime(2023, 6, 9, tzinfo=UTC)


def day(count: int) -> list[Article]:
    """So many articles of 300 characters."""
    dice = random.Random(count)  # noqa: S311 - made-up text
    articles: list[Article] = []
    for number in range(count):
        body = "".join(dice.choices(SIGNS, k=300))
        twin = dice.choice(articles) if articles and number % 20 == 0 else None
        title = twin.title[:9] + body[:3] if twin else body[:12]
        text = twin.text[:140] + body[140:] if twin else f"6月8日，{body}。"
        articles.append(
            Article(f"{number:x}", f"paper{number % 7}", title, (text,), DAY, position=number % 9)
        )
    return articles


def main() -> None:
    """Print the table."""
    print(f"{'articles':>9}{'seconds':>9}{'MB':>7}{'stories':>9}{'copies':>8}{'growth':>8}")
    last = 0.0
    for count in (100, 1_000, 10_000):
        articles = day(count)
        start = time.perf_counter()
        rundown.choose(articles, rundown.Settings())
        seconds = time.perf_counter() - start
        tracemalloc.start()
        chosen = rundown.choose(articles, rundown.Settings(target=10**7, stories=10**6))
        peak = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        copies = sum("相同" in dropped.why for dropped in chosen.dropped)
        growth = f"{seconds / last:.1f}x" if last else ""
        print(f"{count:9}{seconds:9.2f}{peak:7.0f}{len(chosen.stories):9}{copies:8}{growth:>8}")
        last = seconds


if __name__ == "__main__":
    main()

"""Sentences a second of the guard, cold and while typing, and growth with the article's length.

python bench/guard.py
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from briefing.editorial.guard.check import check_sentence  # noqa: E402 - runs from any folder

GOLDEN = ROOT / "tests" / "golden" / "guard"
LENGTHS = (10, 20, 40, 80, 160)
"""Sentences of the article."""


def load_stories() -> list[dict[str, Any]]:
    """Read the golden stories with their rows."""
    return [story for path in sorted(GOLDEN.glob("*.json")) for story in json.loads(path.read_text("utf-8"))]


def check_row(story: dict[str, Any], text: str, numbers: list[int], rest: list[str]) -> float:
    """Check a sentence and return the seconds that it took."""
    sources = [story["sentences"][number - 1] for number in numbers]
    started = time.perf_counter()
    check_sentence(
        text, sources, rest, story["place"], date.fromisoformat(story["day"]), title=story["title"]
    )
    return time.perf_counter() - started


def print_times(name: str, seconds: list[float]) -> None:
    """Print milliseconds a sentence and sentences a second."""
    slow = quantiles(seconds, n=20)[-1]
    rate = len(seconds) / sum(seconds)
    print(
        f"{name:24} median {1000 * median(seconds):6.1f} ms   p95 {1000 * slow:6.1f} ms   {rate:6.0f} a second"
    )


def time_new_stories(stories: list[dict[str, Any]], count: int = 60) -> list[float]:
    """Return the seconds of first checks, each with a story whose sentences were never read before."""
    sentences = [text for story in stories for text in story["sentences"]]
    times = []
    for number, story in enumerate(stories):
        mark = chr(0x4E00 + number)
        rest = [f"{text[:-1]}{mark}。" for text in (sentences * count)[number : number + count]]
        fresh = {**story, "sentences": [f"{text[:-1]}{mark}。" for text in story["sentences"]]}
        row = story["rows"][0]
        times.append(check_row(fresh, row["text"], row["sources"], rest))
    return times


def main() -> None:
    """Time the golden rows, each prefix of a typed sentence, and articles of growing length."""
    stories = load_stories()
    check_sentence("热身。", ("热身。",), (), "", date(2025, 1, 1))
    rows = [(story, row) for story in stories for row in story["rows"]]
    print_times(
        "cold", [check_row(story, row["text"], row["sources"], story["sentences"]) for story, row in rows]
    )
    print_times("new story of 60", time_new_stories(stories))
    typed = [
        check_row(story, row["text"][:size], row["sources"], story["sentences"])
        for story, row in rows[::10]
        for size in range(4, len(row["text"]), 3)
    ]
    print_times("typing", typed)
    sentences = [text for story in stories for text in story["sentences"]]
    for length in LENGTHS:
        rest = (sentences * (1 + length // len(sentences)))[:length]
        times = [check_row(story, row["text"] + "！", row["sources"], rest) for story, row in rows[::6]]
        print_times(f"article of {length}", times)


if __name__ == "__main__":
    main()

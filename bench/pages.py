"""How well web pages become articles: our rules beside bare trafilatura and newspaper4k, on the same made-up pages.

Run it by path: `.venv/bin/python bench/pages.py [FOLDER]`; a folder holds pages with their expectations, by default
`tests/golden/pages`. newspaper4k is measured when it is installed (`pip install newspaper4k`). Titles and days are right
or wrong; recall is the share of the true paragraphs' characters that is found, foreign the share of what is found
that is not of them, both by runs of four characters.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import logging
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

import trafilatura

from briefing.sources.html import decoding, extraction

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES = Path(__file__).parents[1] / "tests" / "golden" / "pages"
ZONE = ZoneInfo("Asia/Shanghai")
RUN = 4
BOTH = 2
LEAST_RECALL, MOST_FOREIGN = 0.95, 0.03
"""The floors for the mean; a page below them is named."""


class Seen(NamedTuple):
    """What an extractor found: title, ISO day or '', text."""

    title: str
    day: str
    text: str


class Score(NamedTuple):
    """How one page came out: right or wrong as 1 or 0, shares from 0 to 1."""

    title: float
    day: float
    recall: float
    foreign: float

    @property
    def is_weak(self) -> bool:
        """Whether the page misses what is asked of all pages together."""
        return self.title + self.day < BOTH or self.recall < LEAST_RECALL or self.foreign > MOST_FOREIGN


def ours(content: bytes, url: str) -> Seen:
    """The rules of this program."""
    found = extraction.extract(decoding.text(content), url, ZONE)
    day = found.published.date().isoformat() if found.published else ""
    return Seen(found.title, day, "\n".join(found.paragraphs))


def bare_trafilatura(content: bytes, url: str) -> Seen:
    """The library trafilatura as it comes."""
    found: Any = trafilatura.bare_extraction(content, url=url, with_metadata=True)
    return Seen(found.title or "", (found.date or "")[:10], found.text or "") if found else Seen("", "", "")


def newspaper4k(content: bytes, url: str) -> Seen:
    """The library newspaper4k as it comes, told that the page is Chinese, its bytes decoded as we decode them."""
    library: Any = importlib.import_module("newspaper")
    page = library.Article(url or "http://page.example/", language="zh", fetch_images=False)
    page.download(input_html=decoding.text(content))
    page.parse()
    return Seen(page.title, str(page.publish_date or "")[:10], page.text)


def runs(text: str) -> Counter[str]:
    """The runs of four characters of a text, spaces and punctuation aside."""
    plain = re.sub(r"[\W_]+", "", text)
    return Counter(plain[at : at + RUN] for at in range(max(1, len(plain) - RUN + 1)))


def score(seen: Seen, expected: dict[str, Any]) -> Score:
    """One page's figures."""
    true, found = runs("\n".join(expected["paragraphs"])), runs(seen.text)
    common = (true & found).total()
    same = re.sub(r"\s", "", seen.title) == re.sub(r"\s", "", expected["title"])
    return Score(
        float(same),
        float(seen.day == expected["published"][:10]),
        common / true.total(),
        1 - common / found.total() if seen.text else 0.0,
    )


def measured(extract: Callable[[bytes, str], Seen], folder: Path) -> tuple[dict[str, Score], float]:
    """Each page's figures by its name, and the seconds that all took."""
    scores, spent = {}, 0.0
    for path in sorted(folder.glob("*.json")):
        expected = json.loads(path.read_text(encoding="utf-8"))
        content = (folder / expected["page"]).read_bytes()
        start = time.perf_counter()
        seen = extract(content, expected["url"])
        spent += time.perf_counter() - start
        scores[path.stem] = score(seen, expected)
    return scores, spent


def main() -> None:
    """Print the table, and the pages that we do not get right."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    for noisy in ("trafilatura", "htmldate", "newspaper"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    extractors: list[Callable[[bytes, str], Seen]] = [ours, bare_trafilatura]
    if importlib.util.find_spec("newspaper"):
        extractors.append(newspaper4k)
    print(f"{'extractor':18}{'pages':>7}{'title':>8}{'day':>8}{'recall':>8}{'foreign':>9}{'ms/page':>9}")
    for extract in extractors:
        scores, spent = measured(extract, folder)
        mean = [sum(column) / len(scores) for column in zip(*scores.values(), strict=True)]
        print(
            f"{extract.__name__:18}{len(scores):>7}{mean[0]:>8.1%}{mean[1]:>8.1%}{mean[2]:>8.1%}{mean[3]:>9.1%}"
            f"{1000 * spent / len(scores):>9.1f}"
        )
        if extract is ours:
            weak = {name: one for name, one in scores.items() if one.is_weak}
    for name, one in weak.items():
        print(
            f"  {name}: title {one.title:.0f} day {one.day:.0f} recall {one.recall:.3f} foreign {one.foreign:.3f}"
        )


if __name__ == "__main__":
    main()

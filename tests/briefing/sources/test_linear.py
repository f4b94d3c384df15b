"""No text of strangers costs more than in proportion to its length: a unit repeated, at two lengths."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from briefing.errors import SourceError
from briefing.sources import feed_parser, newspaper_text
from briefing.sources.documents import single_article
from briefing.sources.html import extraction

if TYPE_CHECKING:
    from collections.abc import Callable

ZONE = ZoneInfo("Asia/Shanghai")
UNITS = ("1—", "<", "<a ", "<!--", "[", "![", "**", "- a\n", "<p>", "<![CDATA[", "…\n阅读全文", "&", "“", "1")
SHORT, LONG = 2_000, 8_000
SLACK = 3.0
"""Times by which the long text may exceed its fair share of the short one's, for a busy machine."""
LEAST_SECONDS = 0.3
"""What costs less is not judged."""


def _page(text: str) -> None:
    extraction.extract(f"<title>{text}</title><h1>{text}</h1><p>{text}</p>", "https://a.example/1.html", ZONE)


def _markdown(text: str) -> None:
    single_article.markdown(f"# 老桥\n\n{text}", ZONE)


def _paper(text: str) -> None:
    newspaper_text.parse(f"样报 2023年6月9日 星期五\n\n# 老桥\n\n本报讯 {text}", source="x", zone=ZONE)


def _feed(text: str) -> None:
    item = f"<item><title>{text}</title><description>{text}</description></item>"
    feed_parser.parse(
        f"<rss version='2.0'><channel>{item}</channel></rss>".encode(), "https://a.example", ZONE
    )


def _seconds(parse: Callable[[str], None], text: str) -> float:
    start = time.process_time()
    with suppress(SourceError):
        parse(text)
    return time.process_time() - start


@pytest.mark.parametrize("parse", [_page, _markdown, _paper, _feed])
@pytest.mark.parametrize(
    "unit",
    ["1—", "<", "<a ", "<!--", "[", "![", "**", "- a\n", "<p>", "<![CDATA[", "…\n阅读全文", "&", "“", "1"],
)
def test_cost_grows_no_faster_than_length(parse: Callable[[str], None], unit: str) -> None:
    """Four times the text, about four times the time."""
    _seconds(parse, unit)  # the first call loads dictionaries
    short, long = (_seconds(parse, (unit * length)[:length]) for length in (SHORT, LONG))
    assert long < max(LEAST_SECONDS, SLACK * LONG / SHORT * short)

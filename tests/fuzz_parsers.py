"""Every parser of the sources under hypothesis, for minutes: no crash but a `SourceError`, no hang.

Not part of the test run: `make fuzz MINUTES=5`, or by path with the minutes as its argument. Inputs are the made-up pages
and small samples of each format, cut, doubled, spliced and spiked, and bytes out of nowhere. Hypothesis keeps what fails
and tries it first the next time.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import time
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.errors import SourceError
from briefing.net import urls
from briefing.sources import feed_parser, file_formats
from briefing.sources.documents import single_article, word
from briefing.sources.html import decoding, extraction, page_moments

if TYPE_CHECKING:
    from collections.abc import Callable

ZONE: Final = ZoneInfo("Asia/Shanghai")
SLOWEST: Final = timedelta(seconds=5)
"""What one input may take at most."""
ROUND: Final = 200
"""Examples of one parser before the next has its turn."""
PAGES: Final = sorted((Path(__file__).parent / "golden" / "pages").glob("*.html"))
SPIKES: Final = (
    b"\x00", b"\xff\xfe", b"<div>" * 400, b"</p>" * 50, b"&#x110000;", b"<!ENTITY a '&a;&a;'>", b"]]>", b"\xe4\xb8",
    b"<script type='application/ld+json'>[[[[", b"<a href='http://[::1'>", b"<base href='//['>", b"%PDF-1.4",
    b"<meta name=pubdate content=99999999999999>", b"2023-02-30T25:61:61+99:99", b"PK\x03\x04", b"</body><x>text</x>",
    "责任编辑：".encode(), "２０２３年１３月４５日".encode(),
)  # fmt: skip


def packed(text: str) -> bytes:
    """A DOCX as small as it can be."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", f"<w:document>{text}</w:document>")
    return out.getvalue()


FEED: Final = (
    "<rss version='2.0'><channel><title>样报</title><item><title>老桥修好了</title><link>/1</link><guid>1</guid>"
    "<pubDate>Fri, 09 Jun 2023 08:00:00 CST</pubDate><description><![CDATA[<p>修好了。</p>]]></description>"
    "</item></channel></rss>"
).encode()
JSON_FEED: Final = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"id": 1, "title": [], "content_html": "<p>修好了。"}],
    }
).encode()
SEEDS: Final = (
    *(path.read_bytes() for path in PAGES),
    FEED,
    JSON_FEED,
    packed("老桥"),
    b"%PDF-1.4\n1 0 obj<<>>endobj",
)


@st.composite
def inputs(draw: st.DrawFn) -> bytes:
    """A sample that was cut, doubled, spliced and spiked, or bytes out of nowhere."""
    content = draw(st.one_of(st.sampled_from(SEEDS), st.binary(max_size=300)))
    for _ in range(draw(st.integers(0, 5))):
        at, to = sorted(draw(st.tuples(st.integers(0, len(content)), st.integers(0, len(content)))))
        part = draw(st.sampled_from([b"", content[at:to] * 2, *SPIKES]))
        content = (content[:at] + part + content[to:])[:400_000]
    return content


def text_of(content: bytes) -> str:
    """The input as a text."""
    return decoding.text(content)


PARSERS: Final[dict[str, Callable[[bytes], object]]] = {
    "page": lambda content: extraction.extract(
        text_of(content), "https://news.example/2023/06/09/1.html", ZONE
    ),
    "feed": lambda content: feed_parser.parse(content, "https://news.example/rss", ZONE),
    "docx": lambda content: word.read(content, ZONE),
    "pdf": lambda content: single_article.pdf(content, ZONE),
    "markdown": lambda content: single_article.markdown(text_of(content), ZONE),
    "plain": lambda content: single_article.plain(text_of(content), ZONE),
    "file": lambda content: file_formats.read(content, ZONE, name="page-2023-06-09.txt"),
    "dates": lambda content: list(page_moments.moments(text_of(content), ZONE)),
    "links": lambda content: urls.joined("https://news.example/", text_of(content)),
}


def attack(parser: Callable[[bytes], object]) -> None:
    """One round: the parser gives something, or says why not."""

    @settings(max_examples=ROUND, deadline=SLOWEST, suppress_health_check=list(HealthCheck))
    @given(inputs())
    def holds(content: bytes) -> None:
        with contextlib.suppress(SourceError):
            parser(content)

    holds()


def main() -> None:
    """Take turns until the minutes are over."""
    end = time.monotonic() + 60 * float(sys.argv[1] if len(sys.argv) > 1 else 3)
    rounds = 0
    while time.monotonic() < end:
        for name, parser in PARSERS.items():
            sys.stderr.write(f"\rround {rounds + 1}: {name:10}")
            attack(parser)
            if time.monotonic() >= end:
                break
        rounds += 1
    sys.stderr.write(
        f"\nno crash, no hang in {rounds} rounds of {ROUND} inputs for each of {len(PARSERS)} parsers\n"
    )


if __name__ == "__main__":
    main()

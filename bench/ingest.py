"""How long a page takes to become articles, and how that grows: seconds, and characters a second.

Run it by path: `.venv/bin/python bench/ingest.py`. The seeds are parsed as they are and repeated up to a megabyte; the
last row is one paragraph of a megabyte, which no paper prints.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from briefing.sources.newspaper_text import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
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


ENTRIES, LINKS, PARAGRAPHS = 19_000, 100_000, 800_000
"""Of a feed, a page and a DOCX that are far larger than any that is read."""


def hostile() -> Iterator[tuple[str, bytes]]:
    """Yield a feed, a web page and a document that are larger than any newsroom's, by name."""
    item = "<item><title>第{0}条消息</title><link>https://a.example/{0}</link><description>老桥修好了。</description></item>"
    items = "".join(map(item.format, range(ENTRIES)))
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>样报</title>{items}</channel></rss>'
    yield "a feed of 19,000 entries", feed.encode()
    links = "".join(f'<li><a href="/{number}.html">第{number}条消息</a></li>' for number in range(LINKS))
    yield "a page of 100,000 links", f"<!doctype html><html><body><ul>{links}</ul></body></html>".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        paragraph = "<w:p><w:r><w:t>桥</w:t></w:r></w:p>"
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{space}"><w:body>{paragraph * PARAGRAPHS}</w:body></w:document>',
        )
    yield "a DOCX of 800,000 paragraphs", out.getvalue()


def refused(name: str, content: bytes) -> str:
    """Return one row: seconds and MiB until the file is read or refused, in a process of its own."""
    with tempfile.NamedTemporaryFile(suffix=".docx" if content.startswith(b"PK") else "") as file:
        file.write(content)
        file.flush()
        command = [sys.executable, "-c", READ_ONCE, file.name]
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603 - our own lines
    seconds, mebibytes, outcome = done.stdout.strip().split(" ", 2)
    return f"{name:32}{float(seconds):>8.2f}{float(mebibytes):>8.0f}  {outcome[:70]}"


READ_ONCE = """
import resource, sys, time
from pathlib import Path
from zoneinfo import ZoneInfo
from briefing.errors import SourceError
from briefing.sources import file_formats
start = time.perf_counter()
try:
    outcome = f"{len(file_formats.read_file(Path(sys.argv[1]), ZoneInfo('Asia/Shanghai')).articles)} articles"
except SourceError as error:
    outcome = str(error).split(": ", 1)[-1]
mebibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(time.perf_counter() - start, mebibytes, outcome)
"""


def main() -> None:
    """Print both tables."""
    print(f"{'file':32}{'seconds':>8}{'MiB':>8}")
    for name, content in hostile():
        print(refused(name, content))
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

"""How fast a feed is made, beside bare feedgen, and served, beside nginx.

The bare feed has the same elements with the same texts: they are taken from ours, so that nothing is cleaned, cut,
escaped or checked there; an extension of a few lines writes the tags that feedgen does not know. nginx serves the same
folder on the same machine, when Debian's package is installed; the load is wrk's, or that of a small client of ours.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

sys.path.insert(0, str(Path(__file__).parents[1]))

from feed.checker.rules.finding import SPACES
from feed.model import Chapter, Cue, Episode, Person, Soundbite
from feed.rss import feed_xml
from tests.feed import airing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROUNDS = 7
MOST = 1.5
"""Times bare feedgen that ours may take."""

SECONDS = 4
CLIENTS = 16
SHOW = replace(airing.SHOW, persons=(Person("晓伊"), Person("云希")))
OURS = "podcast psc"
"""Prefixes of the tags that feedgen does not know; of itunes' it does not know how explicit is written today."""


def episodes(count: int) -> list[Episode]:
    """Made-up episodes of nine stories, a day apart."""
    begun = datetime(2010, 1, 1, 7, tzinfo=timezone(timedelta(hours=8)))
    titles = [
        "开场",
        *(f"第{number}条：新桥今天通车，沿江居民步行十分钟到对岸" for number in range(1, 10)),
        "尾声",
    ]
    chapters = tuple(
        Chapter(title, timedelta(seconds=30 * place), f"https://example.com/a/{place}?x=1&y=2")
        for place, title in enumerate(titles)
    )
    cues = tuple(
        Cue(
            ("晓伊", "云希")[place % 2],
            title,
            timedelta(seconds=30 * place),
            timedelta(seconds=30 * place + 20),
        )
        for place, title in enumerate(titles)
    )
    return [
        Episode(
            guid=str(uuid.uuid5(uuid.NAMESPACE_URL, str(number))),
            title=f"第{number}天",
            summary="新桥今天通车；图书馆开馆；气温回升。" * 5,
            published=begun + timedelta(days=number),
            audio=f"day-{number}-morning-{number:012x}.mp3",
            size=4_000_000,
            duration=timedelta(seconds=330),
            number=number,
            chapters=chapters,
            cues=cues,
            soundbites=(Soundbite("要闻", timedelta(seconds=5), timedelta(seconds=25)),),
        )
        for number in range(1, count + 1)
    ]


class _Feed(BaseExtension):  # type: ignore[misc]  # feedgen ships no types
    """The channel's elements that feedgen does not know, as they are."""

    elements: tuple[Any, ...] = ()

    def extend_ns(self) -> dict[str, str]:
        return {name: SPACES[name] for name in OURS.split()}

    def extend_rss(self, rss: Any) -> Any:  # noqa: ANN401 - an lxml element
        write(rss[0], self.elements)
        return rss


class _Entry(BaseEntryExtension):  # type: ignore[misc]  # feedgen ships no types
    """An item's elements that feedgen does not know, as they are."""

    elements: tuple[Any, ...] = ()

    def extend_rss(self, entry: Any) -> Any:  # noqa: ANN401 - an lxml element
        write(entry, self.elements)
        return entry


def write(parent: Any, elements: tuple[Any, ...]) -> None:  # noqa: ANN401 - lxml elements
    """Add elements: their name, attributes, text and children."""
    for tag, about, text, children in elements:
        element = etree.SubElement(parent, tag, about)
        element.text = text
        write(element, children)


def kept(parent: Any) -> tuple[Any, ...]:  # noqa: ANN401 - lxml elements
    """The children that feedgen does not know, to be written again."""
    mine = tuple(f"{{{SPACES[name]}}}" for name in OURS.split())
    return tuple(taken(one) for one in parent if one.tag.startswith(mine) or one.tag.endswith("}explicit"))


def taken(one: Any) -> tuple[Any, ...]:  # noqa: ANN401 - an lxml element
    """An element as plain values."""
    return one.tag, dict(one.attrib), one.text, tuple(map(taken, one))


def elements(data: bytes) -> list[str]:
    """Everything in a feed but its date, which bare feedgen takes from the clock."""
    return sorted(str(taken(one)) for one in etree.fromstring(data)[0] if one.tag != "lastBuildDate")


def values(data: bytes) -> tuple[tuple[Any, ...], list[dict[str, Any]]]:
    """The texts and elements of a feed of ours, for the bare one."""
    channel = etree.fromstring(data)[0]
    items = []
    for item in channel.iterfind("item"):
        found = partial(item.findtext, namespaces=SPACES)
        names = ("guid", "title", "link", "description", "content:encoded", "pubDate")
        counted = ("itunes:duration", "itunes:season", "itunes:episode")
        sound = dict(item.find("enclosure").attrib)
        items.append(
            {name: found(name) for name in (*names, *counted)} | {"sound": sound, "more": kept(item)}
        )
    return kept(channel), items


def bare(more: tuple[Any, ...], items: list[dict[str, Any]]) -> bytes:
    """The same feed by feedgen alone."""
    feed = FeedGenerator()
    feed.load_extension("podcast")
    feed.register_extension("own", _Feed, _Entry, atom=False)
    feed.title(SHOW.title)
    feed.description(SHOW.description)
    feed.link(href=f"{SHOW.address}feed.xml", rel="self", type="application/rss+xml")
    feed.link(href=SHOW.address, rel="alternate")
    feed.language(SHOW.language)
    feed.copyright(SHOW.copyright)
    feed.generator("briefing")
    cover = SHOW.address + SHOW.cover
    feed.image(url=cover, title=SHOW.title, link=SHOW.address)
    feed.podcast.itunes_author(SHOW.author)
    feed.podcast.itunes_owner(name=SHOW.author, email=SHOW.email)
    feed.podcast.itunes_image(cover)
    feed.podcast.itunes_type("episodic")
    feed.podcast.itunes_category({"cat": "News", "sub": "Daily News"})
    feed.own.elements = more
    for item in items:
        entry = feed.add_entry(order="append")
        entry.guid(item["guid"], permalink=False)
        entry.title(item["title"])
        entry.link(href=item["link"])
        entry.description(item["description"])
        entry.content(item["content:encoded"], type="CDATA")
        entry.published(item["pubDate"])
        entry.enclosure(**item["sound"])
        entry.podcast.itunes_duration(item["itunes:duration"])
        entry.podcast.itunes_season(item["itunes:season"])
        entry.podcast.itunes_episode(item["itunes:episode"])
        entry.podcast.itunes_episode_type("full")
        entry.own.elements = item["more"]
    return bytes(feed.rss_str(pretty=True))


def making(count: int) -> float:
    """Print how long both take for a feed of so many episodes; returns the ratio."""
    made = episodes(count)
    data = feed_xml.render_feeds(SHOW, made)[0][1]
    known = values(data)
    again = bare(*known)
    if elements(again) != elements(data):
        raise RuntimeError("the bare feed has other elements than ours")
    times: dict[str, list[float]] = {"ours": [], "bare feedgen": []}
    for _ in range(ROUNDS):
        times["ours"].append(timed(lambda: feed_xml.render_feeds(SHOW, made)))
        times["bare feedgen"].append(timed(lambda: bare(*known)))
    medians = {name: statistics.median(seconds) for name, seconds in times.items()}
    ratio = medians["ours"] / medians["bare feedgen"]
    told = "   ".join(f"{name} {seconds * 1000:7.0f} ms" for name, seconds in medians.items())
    print(f"{count:>6} episodes, {len(data) / 1e6:4.1f} MB   {told}   ratio {ratio:.2f} (at most {MOST})")
    return ratio


def timed(work: Callable[[], object]) -> float:
    """Seconds of one run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


NGINX = """
daemon off; master_process on; worker_processes 1; user root; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
  access_log off; sendfile on; etag on; keepalive_requests 1000000;
  types {{ application/rss+xml xml; audio/mpeg mp3; }}
  gzip on; gzip_types application/rss+xml; gzip_min_length 500; gzip_vary on; gzip_http_version 1.1;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{ listen 127.0.0.1:{port}; root {folder}/public; }}
}}
"""

SERVE = (
    "from pathlib import Path; from feed.server import media_server; "
    "media_server.run_server(media_server.build_app(Path({root!r})), '127.0.0.1', {port})"
)


@contextmanager
def running(command: list[str], port: int) -> Iterator[str]:
    """A server during a block, once it can be reached; gives its address."""
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:  # noqa: S603 - the two servers below
        try:
            reached(process, port)
            yield f"http://127.0.0.1:{port}/demo/"
        finally:
            process.terminate()


def reached(process: subprocess.Popen[bytes], port: int) -> None:
    """Wait until a server answers; raises when it has ended."""
    while process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"{process.args!r} has ended at once")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def rate(url: str, headers: dict[str, str]) -> float:
    """Requests a second that a server answers."""
    wrk = shutil.which("wrk")
    if wrk is None:
        return asyncio.run(asked(url, headers))
    told = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = [wrk, "-t1", f"-c{CLIENTS}", f"-d{SECONDS}s", *told, url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - wrk
    found = re.search(r"Requests/sec:\s*([\d.]+)", said)
    return float(found[1]) if found else 0.0


async def asked(url: str, headers: dict[str, str]) -> float:
    """The same by connections of our own, which themselves take a part of the machine."""
    _, _, place, path = url.split("/", 3)
    host, _, port = place.partition(":")
    lines = [
        f"GET /{path} HTTP/1.1",
        f"Host: {place}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    until = time.perf_counter() + SECONDS

    async def asking() -> int:
        reader, writer = await asyncio.open_connection(host, int(port))
        count = 0
        while time.perf_counter() < until:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
            await reader.readexactly(int(length[1]) if length and b" 304 " not in head[:20] else 0)
            count += 1
        writer.close()
        return count

    return sum(await asyncio.gather(*(asking() for _ in range(CLIENTS)))) / SECONDS


def serving() -> None:
    """Print how many requests a second ours and nginx answer."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        public = folder / "public" / "demo"
        public.mkdir(parents=True)
        (public / "feed.xml").write_bytes(feed_xml.render_feeds(SHOW, episodes(365))[0][1])
        (public / "a-0123456789ab.mp3").write_bytes(bytes(4_000_000))
        port = free_port()
        told = SERVE.format(root=str(public.parent), port=port)
        rates = {"ours": measured([sys.executable, "-c", told], port)}
        if nginx := shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin"):
            port = free_port()
            (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
            rates["nginx"] = measured([nginx, "-c", str(folder / "nginx.conf")], port)
        else:
            print("nginx is not installed (Debian's package nginx-light): ours stands alone")
    for kind in rates["ours"]:
        cells = "   ".join(f"{server} {found[kind]:8.0f}/s" for server, found in rates.items())
        ratio = rates["ours"][kind] / rates["nginx"][kind] if "nginx" in rates else 0
        print(f"{kind:<34} {cells}" + (f"   ours is {ratio:.2f} of nginx" if ratio else ""))


def measured(command: list[str], port: int) -> dict[str, float]:
    """Requests a second of each kind that apps make."""
    with running(command, port) as address:
        feed, packed = f"{address}feed.xml", {"Accept-Encoding": "gzip"}
        known = {"If-None-Match": tag(feed)}
        return {
            "feed of 365, 200, packed": rate(feed, packed),
            "feed of 365, 304": rate(feed, packed | known),
            "64 KB of a recording, 206": rate(
                f"{address}a-0123456789ab.mp3", {"Range": "bytes=65536-131071"}
            ),
        }


def tag(url: str) -> str:
    """The ETag of what is sent packed."""
    curl = shutil.which("curl") or "curl"
    command = [curl, "-s", "-o", "/dev/null", "-D", "-", "-H", "Accept-Encoding: gzip", url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - curl
    found = re.search(r"(?im)^etag: (.+?)\r?$", said)
    return found[1] if found else ""


def main() -> int:
    """Both tables; fails when ours takes longer than it may."""
    ratios = [making(count) for count in (1_000, 5_000)]
    serving()
    return int(max(ratios) > MOST)


if __name__ == "__main__":
    sys.exit(main())

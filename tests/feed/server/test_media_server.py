"""The server, over real sockets: what apps, directories and speakers ask it."""

from __future__ import annotations

import asyncio
import json
import re
from typing import TYPE_CHECKING

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from feed.publishers.local_folder import FolderPublisher
from feed.server import media_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

SOUND = bytes(range(256)) * 40
RECORDING = "2026-03-02-morning-0123456789ab.mp3"


def put_feed(show: Path, letter: str) -> None:
    """Publish a feed, with its packed copy."""
    made = show.parent / "made.xml"
    made.write_text("<rss>" + letter * 3000 + "</rss>")
    FolderPublisher(show, "https://example.com/").put("feed.xml", made, "application/rss+xml")
    made.unlink()


@pytest.fixture
def client(tmp_path: Path, served: Callable[[Path], AbstractContextManager[str]]) -> Iterator[httpx.Client]:
    """A client of a server with one show."""
    show = tmp_path / "public" / "demo"
    show.mkdir(parents=True)
    (show / "a.mp3").write_bytes(SOUND)
    (show / RECORDING).write_bytes(SOUND[::-1])
    put_feed(show, "x")
    (show / "index.html").write_text("<p>每日简报</p>")
    (show / "a.vtt").write_text("WEBVTT")
    (show / "a.chapters.json").write_text("{}")
    (show / ".secret").write_text("secret")
    (tmp_path / "outside.txt").write_text("outside")
    (show / "link.txt").symlink_to(tmp_path / "outside.txt")
    with served(tmp_path / "public") as address, httpx.Client(base_url=address) as client:
        yield client


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.mp3", "audio/mpeg"),
        ("feed.xml", "application/rss+xml; charset=utf-8"),
        ("", "text/html; charset=utf-8"),
        ("a.vtt", "text/vtt; charset=utf-8"),
        ("a.chapters.json", "application/json+chapters; charset=utf-8"),
    ],
)
def test_each_file_has_its_type_for_get_and_head(client: httpx.Client, name: str, kind: str) -> None:
    """HEAD says the same as GET, without a body."""
    got, head = client.get(f"demo/{name}"), client.head(f"demo/{name}")
    assert (got.status_code, head.status_code) == (200, 200)
    assert got.headers["content-type"] == head.headers["content-type"] == kind
    assert head.content == b""
    assert got.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("asked", "status", "said", "body"),
    [
        ("bytes=0-99", 206, "bytes 0-99/10240", SOUND[:100]),
        ("bytes=10000-", 206, "bytes 10000-10239/10240", SOUND[10000:]),
        ("bytes=-10", 206, "bytes 10230-10239/10240", SOUND[-10:]),
        ("bytes=20000-", 416, "bytes */10240", None),
    ],
)
def test_ranges_of_the_audio(
    client: httpx.Client, asked: str, status: int, said: str, body: bytes | None
) -> None:
    """Speakers seek with Range; a suffix and an end beyond the file are answered as RFC 9110 wants."""
    answer = client.get("demo/a.mp3", headers={"Range": asked})
    assert answer.status_code == status
    assert answer.headers["content-range"] == said
    if body is not None:
        assert answer.content == body


def test_several_ranges_at_once(client: httpx.Client) -> None:
    """As parts of one answer, each with its place."""
    answer = client.get("demo/a.mp3", headers={"Range": "bytes=0-0,-1"})
    assert answer.status_code == 206
    assert answer.headers["content-type"].startswith("multipart/byteranges; boundary=")
    assert b"Content-Range: bytes 0-0/10240" in answer.content
    assert b"Content-Range: bytes 10239-10239/10240" in answer.content


def test_if_range_gives_the_whole_file_when_it_has_changed(client: httpx.Client) -> None:
    """A resumed download is never sewn together from two recordings."""
    etag = client.head("demo/a.mp3").headers["etag"]
    asked = {"Range": "bytes=100-199"}
    assert client.get("demo/a.mp3", headers=asked | {"If-Range": etag}).status_code == 206
    assert client.get("demo/a.mp3", headers=asked | {"If-Range": '"other"'}).status_code == 200


def test_an_unchanged_feed_is_304(client: httpx.Client) -> None:
    """By ETag or by date; where both are given the ETag decides."""
    first = client.get("demo/feed.xml")
    etag, date = first.headers["etag"], first.headers["last-modified"]
    assert client.get("demo/feed.xml", headers={"If-None-Match": etag}).status_code == 304
    assert client.get("demo/feed.xml", headers={"If-Modified-Since": date}).status_code == 304
    both = {"If-None-Match": '"other"', "If-Modified-Since": date}
    assert client.get("demo/feed.xml", headers=both).status_code == 200


def test_head_says_of_packed_text_what_get_says(client: httpx.Client) -> None:
    """Length, tag and packing are those of the answer to GET, and caches are told that there are two."""
    got, head = client.get("demo/feed.xml"), client.head("demo/feed.xml")
    for name in ("content-length", "content-encoding", "etag", "last-modified", "vary"):
        assert got.headers[name] == head.headers[name]
    assert got.headers["vary"] == "Accept-Encoding"
    assert got.headers["etag"].startswith('W/"')


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [("gzip", True), ("br, x-gzip;q=0.5", True), ("gzip;q=0", False), ("gzip;q=0.000", False), ("br", False)],
)
def test_text_is_packed_for_those_who_read_it(client: httpx.Client, accepted: str, packed: bool) -> None:  # noqa: FBT001 - a row of the table
    """A weight of nothing means no."""
    answer = client.get("demo/feed.xml", headers={"Accept-Encoding": accepted})
    assert ("content-encoding" in answer.headers) is packed
    assert answer.text.startswith("<rss>xxx")


def test_a_changed_feed_is_packed_anew(client: httpx.Client, tmp_path: Path) -> None:
    """What was remembered of the old one is not sent for it."""
    before = client.get("demo/feed.xml")
    put_feed(tmp_path / "public" / "demo", "y")
    after = client.get("demo/feed.xml", headers={"If-None-Match": before.headers["etag"]})
    assert (after.status_code, after.text[:8]) == (200, "<rss>yyy")


def test_a_packed_copy_of_another_version_is_never_sent(client: httpx.Client, tmp_path: Path) -> None:
    """Somebody has put a feed there by hand, or publishing was killed before it packed."""
    (tmp_path / "public" / "demo" / "feed.xml").write_text("<rss>" + "z" * 3000 + "</rss>")
    answer = client.get("demo/feed.xml")
    assert (answer.text[:8], "content-encoding" in answer.headers) == ("<rss>zzz", False)


def test_a_part_of_a_text_is_a_part_of_the_file(client: httpx.Client) -> None:
    """Bytes are counted before packing."""
    answer = client.get("demo/feed.xml", headers={"Range": "bytes=0-4"})
    assert (answer.status_code, answer.content) == (206, b"<rss>")
    assert "content-encoding" not in answer.headers


def test_text_is_compressed_and_audio_is_not(client: httpx.Client) -> None:
    """A Range counts the bytes of the file."""
    assert client.get("demo/feed.xml").headers.get("content-encoding") == "gzip"
    audio = client.get("demo/a.mp3")
    assert "content-encoding" not in audio.headers
    assert audio.headers["content-length"] == "10240"


@pytest.mark.parametrize(
    ("name", "shared"),
    [("a.vtt", "*"), ("a.chapters.json", "*"), ("feed.xml", "*"), ("a.mp3", "*"), ("", None)],
)
def test_what_programs_read_is_shared_with_other_sites(
    client: httpx.Client, name: str, shared: str | None
) -> None:
    """Web players fetch it from elsewhere; pages stay by themselves."""
    assert client.get(f"demo/{name}").headers.get("access-control-allow-origin") == shared


def test_recordings_may_be_kept_for_ever_and_the_feed_may_not(client: httpx.Client) -> None:
    """The name of a recording is never used again."""
    assert "immutable" in client.head(f"demo/{RECORDING}").headers["cache-control"]
    assert client.head("demo/a.mp3").headers["cache-control"] == "public, max-age=300"
    assert client.head("demo/feed.xml").headers["cache-control"] == "public, max-age=300"


@pytest.mark.parametrize(
    "path",
    [
        "demo/none.mp3",
        "demo/.secret",
        "../outside.txt",
        "%2e%2e/outside.txt",
        "demo/..%2f..%2foutside.txt",
        "demo/link.txt",
        "demo/a.mp3/x",
        "demo/%00",
    ],
)  # fmt: skip - a list of attacks reads best in rows
def test_nothing_else_is_to_be_had(client: httpx.Client, path: str) -> None:
    """No hidden file, nothing above the folder, nothing through a link."""
    assert client.get(path).status_code == 404


NEWEST = {
    "show": "每日简报",
    "episode": {
        "title": "每日简报 <b>今天",
        "image": "https://example.com/demo/c.jpg",
        "audio": {"url": f"https://example.com/demo/{RECORDING}"},
    },
}


def test_the_newest_recording_has_an_address_that_stays(client: httpx.Client, tmp_path: Path) -> None:
    """It is the recording itself: no redirect, asked for again each time, in parts too."""
    (tmp_path / "public" / "demo" / "latest.json").write_text(json.dumps(NEWEST))
    answer = client.get("demo/latest.mp3")
    assert (answer.status_code, answer.content) == (200, SOUND[::-1])
    assert answer.headers["content-location"] == RECORDING
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["etag"] == client.head(f"demo/{RECORDING}").headers["etag"]
    assert client.get("demo/latest.mp3", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
    assert client.get("demo/latest.mp3", headers={"Range": "bytes=0-1"}).content == SOUND[::-1][:2]
    assert client.get("demo/latest.json").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "told",
    [
        "",
        "{",
        "[]",
        '{"episode": null}',
        '{"episode": {"audio": {"url": "https://example.com/none.mp3"}}}',
        '{"episode": {"audio": {"url": "../../outside.txt"}}}',
        '{"episode": {"audio": {"url": "/.."}}}',
    ],
)  # fmt: skip - a list reads best in rows
def test_a_show_without_a_newest_recording_has_none(client: httpx.Client, tmp_path: Path, told: str) -> None:
    """Whatever stands in the document, nothing else is sent."""
    (tmp_path / "public" / "demo" / "latest.json").write_text(told)
    assert client.get("demo/latest.mp3").status_code == 404


def test_the_root_lists_the_shows(client: httpx.Client, tmp_path: Path) -> None:
    """Each with its newest episode and cover, everything escaped; a folder without a feed is none."""
    (tmp_path / "public" / "demo" / "latest.json").write_text(json.dumps(NEWEST))
    (tmp_path / "public" / "new").mkdir()
    (tmp_path / "public" / "new" / "feed.xml").write_text("<rss/>")
    (tmp_path / "public" / "empty").mkdir()
    answer = client.get("")
    assert answer.status_code == 200
    assert re.findall(r'<h2><a href="(.*?)">(.*?)</a>', answer.text) == [
        ("demo/", "每日简报"),
        ("new/", "new"),
    ]
    assert "最新一期：&lt;b&gt;今天" in answer.text
    assert 'src="demo/c.jpg"' in answer.text
    assert client.get("", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
    assert client.get("style.css").headers["content-type"] == "text/css; charset=utf-8"


def test_a_page_of_ones_own_stands_at_the_root(client: httpx.Client, tmp_path: Path) -> None:
    """What lies there is not covered."""
    (tmp_path / "public" / "index.html").write_text("自己的")
    assert client.get("").text == "自己的"


def test_an_address_without_anything_says_so_in_chinese(client: httpx.Client) -> None:
    """With a way on, and under the same policy as every page."""
    answer = client.get("demo/none.html")
    assert (answer.status_code, "没有这个页面" in answer.text) == (404, True)
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_it_can_be_mounted_beside_others(tmp_path: Path) -> None:
    """Desk, health and what is published stand in one application."""
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "a.mp3").write_bytes(SOUND)
    whole = Starlette(routes=[Mount("/", media_server.build_app(tmp_path))])
    transport = httpx.ASGITransport(whole)

    async def asked() -> httpx.Response:
        async with httpx.AsyncClient(transport=transport, base_url="http://a") as client:
            return await client.get("demo/a.mp3", headers={"Range": "bytes=0-3"})

    answer = asyncio.run(asked())
    assert (answer.status_code, answer.content) == (206, SOUND[:4])


def test_writing_is_not_allowed(client: httpx.Client) -> None:
    """The server only reads."""
    assert client.put("demo/feed.xml", content=b"x").status_code == 405

"""The server, over real sockets: what apps, directories and speakers ask it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

SOUND = bytes(range(256)) * 40


@pytest.fixture
def client(tmp_path: Path, served: Callable[[Path], AbstractContextManager[str]]) -> Iterator[httpx.Client]:
    """A client of a server with one show."""
    show = tmp_path / "public" / "demo"
    show.mkdir(parents=True)
    (show / "a.mp3").write_bytes(SOUND)
    (show / "feed.xml").write_text("<rss>" + "x" * 3000 + "</rss>")
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


def test_text_is_compressed_and_audio_is_not(client: httpx.Client) -> None:
    """A Range counts the bytes of the file."""
    assert client.get("demo/feed.xml").headers.get("content-encoding") == "gzip"
    audio = client.get("demo/a.mp3")
    assert "content-encoding" not in audio.headers
    assert audio.headers["content-length"] == "10240"


def test_only_transcripts_and_chapters_are_shared_with_other_sites(client: httpx.Client) -> None:
    """Web players fetch them from elsewhere."""
    assert client.get("demo/a.vtt").headers["access-control-allow-origin"] == "*"
    assert client.get("demo/a.chapters.json").headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in client.get("demo/feed.xml").headers


def test_recordings_may_be_kept_for_ever_and_the_feed_may_not(client: httpx.Client) -> None:
    """The name of a recording is never used again."""
    assert "immutable" in client.head("demo/a.mp3").headers["cache-control"]
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


def test_writing_is_not_allowed(client: httpx.Client) -> None:
    """The server only reads."""
    assert client.put("demo/feed.xml", content=b"x").status_code == 405

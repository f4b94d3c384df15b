"""One suite for every publisher: what `feed.publishers.publisher.Publisher` promises, the fake of the tests included."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feed.errors import PublishFailed
from feed.publishers.local_folder import FolderPublisher
from tests.feed.publishers import bucket
from tests.feed.publishers.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from feed.publishers.publisher import Publisher

ADDRESS = "https://example.com/demo/"

PUBLISHERS: dict[str, Callable[[Path, str], Publisher]] = {
    "memory": lambda _folder, _endpoint: Memory(ADDRESS),
    "folder": lambda folder, _endpoint: FolderPublisher(folder / "public", ADDRESS),
    "s3": lambda folder, endpoint: bucket.publisher(endpoint, f"{folder.name}/"),
}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """A server with a bucket; each test has a prefix of its own in it."""
    with bucket.serving() as address:
        yield address


@pytest.fixture(params=PUBLISHERS)
def publisher(request: pytest.FixtureRequest, tmp_path: Path, endpoint: str) -> Publisher:
    """Each publisher that there is, with nothing in it."""
    return PUBLISHERS[request.param](tmp_path, endpoint)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file to publish."""
    made = tmp_path / "made"
    made.write_bytes(b"sound" * 1000)
    return made


def test_what_is_put_is_there_under_its_address(publisher: Publisher, path: Path) -> None:
    """The URL is the show's address and the name; the name is listed."""
    assert publisher.names() == frozenset()
    assert publisher.put("a.mp3", path, "audio/mpeg") == "https://example.com/demo/a.mp3"
    assert publisher.names() == {"a.mp3"}


def test_putting_again_is_safe(publisher: Publisher, path: Path) -> None:
    """The same bytes, or others in their place: one file."""
    publisher.put("feed.xml", path, "application/rss+xml")
    publisher.put("feed.xml", path, "application/rss+xml")
    path.write_bytes(b"<rss/>")
    publisher.put("feed.xml", path, "application/rss+xml")
    assert publisher.names() == {"feed.xml"}


def test_what_is_removed_is_gone_and_may_be_removed_again(publisher: Publisher, path: Path) -> None:
    """Other files stay."""
    publisher.put("a.mp3", path, "audio/mpeg")
    publisher.put("b.mp3", path, "audio/mpeg")
    publisher.remove("a.mp3")
    publisher.remove("a.mp3")
    assert publisher.names() == {"b.mp3"}


@pytest.mark.parametrize("name", ["../a.mp3", "/etc/a", "", ".hidden", "要闻.mp3", "a/b.mp3", "a\0b"])
def test_only_plain_ascii_names_are_taken(publisher: Publisher, path: Path, name: str) -> None:
    """Neither to put nor to remove: nothing can leave the show's place."""
    with pytest.raises(PublishFailed, match="cannot be a published name"):
        publisher.put(name, path, "audio/mpeg")
    with pytest.raises(PublishFailed, match="cannot be a published name"):
        publisher.remove(name)
    assert publisher.names() == frozenset()


def test_a_file_that_cannot_be_read_leaves_what_was_there(
    publisher: Publisher, path: Path, tmp_path: Path
) -> None:
    """It is said in one sentence, and listeners have what they had."""
    publisher.put("a.mp3", path, "audio/mpeg")
    with pytest.raises(PublishFailed):
        publisher.put("a.mp3", tmp_path / "none", "audio/mpeg")
    assert publisher.names() == {"a.mp3"}

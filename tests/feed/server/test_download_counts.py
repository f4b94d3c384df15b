"""How often an episode was fetched: what counts, what does not, and that nothing is kept of anybody."""

from __future__ import annotations

import socket
from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
import pytest

from feed.server import download_counts
from feed.server.download_counts import DownloadCounter, SentPart

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

TODAY = date(2026, 3, 2)
FRAME = (0xFFFB7064).to_bytes(4, "big")
"""The header of a frame: MPEG 1, layer III, 96 kbit/s."""

MINUTE = 96_000 // 8 * 60


class Book:
    """Keeps what is counted; the day is the test's."""

    def __init__(self) -> None:
        self.downloads: list[tuple[str, str, date]] = []
        self.today = TODAY
        self.tally = DownloadCounter(
            lambda *download: self.downloads.append(download), lambda _show: self.today
        )

    def add_part(self, **changed: object) -> int:
        """Hear the whole of an episode, but for what is changed; how many downloads there are then."""
        usual = {
            "show": "demo",
            "episode": "2026-03-02-morning",
            "address": "203.0.113.7",
            "agent": "AntennaPod/3.5",
            "start": 0,
            "size": 1000,
            "minute_bytes": 1000,
        }
        self.tally.add_part(SentPart(**(usual | changed)))  # type: ignore[arg-type]  # of the fields' own types
        return len(self.downloads)


@pytest.fixture
def book() -> Book:
    """An empty book."""
    return Book()


def test_a_listener_counts_once_a_day_and_an_episode(book: Book) -> None:
    """Again the next day, and for another episode."""
    assert [book.add_part(), book.add_part(), book.add_part(episode="2026-03-01-morning")] == [1, 1, 2]
    book.today += timedelta(days=1)
    assert book.add_part() == 3
    assert book.downloads[0] == ("demo", "2026-03-02-morning", TODAY)
    assert book.downloads[2] == ("demo", "2026-03-02-morning", TODAY + timedelta(days=1))


def test_another_address_or_another_app_is_another_listener(book: Book) -> None:
    """A household has one address and several apps."""
    assert [book.add_part(), book.add_part(address="203.0.113.8"), book.add_part(agent="Overcast/3.0")] == [
        1,
        2,
        3,
    ]


def test_of_an_ipv6_address_the_network_counts(book: Book) -> None:
    """Telephones change the rest by the hour."""
    assert [book.add_part(address="2001:db8::1"), book.add_part(address="2001:db8::ffff")] == [1, 1]
    assert book.add_part(address="2001:db8:0:1::1") == 2


def test_less_than_a_minute_is_no_download(book: Book) -> None:
    """A byte short is not there yet."""
    assert [book.add_part(size=999), book.add_part(start=999, size=1)] == [0, 1]


def test_parts_are_joined_and_the_same_part_twice_is_one(book: Book) -> None:
    """Players fetch in pieces, and some pieces again."""
    assert [book.add_part(start=0, size=500), book.add_part(start=100, size=400)] == [0, 0]
    assert [book.add_part(start=800, size=200), book.add_part(start=500, size=299)] == [0, 0]
    assert book.add_part(start=799, size=1) == 1


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Googlebot/2.1",
        "Mozilla/5.0 (compatible; bingbot/2.0)",
        "curl/8.0",
        "python-requests/2.31",
        "PodcastIndex.org Crawler",
        "UptimeRobot/2.0 monitor",
        "briefing/0.1 (news podcast generator)",
    ],
)  # fmt: skip - a list reads best in rows
def test_who_does_not_listen_does_not_count(book: Book, agent: str) -> None:
    """Crawlers, watchers, bare programs, and who does not say who it is."""
    assert book.add_part(agent=agent) == 0


@pytest.mark.parametrize(
    "agent",
    [
        "AntennaPod/3.5",
        "gPodder/3.11.4 (http://gpodder.org/) Linux",
        "Lavf/60.16.100",
        "HomeAssistant/2026.1",
        "AppleCoreMedia/1.0.0.22A3354 (iPhone)",
        "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0",
        "Sonos/80.1",
    ],
)  # fmt: skip - a list reads best in rows
def test_apps_browsers_and_speakers_count(book: Book, agent: str) -> None:
    """Somebody listens through them."""
    assert book.add_part(agent=agent) == 1


def test_nothing_of_yesterdays_listeners_is_left(book: Book) -> None:
    """The day's salt and hashes go with it; addresses and names are never held."""
    book.add_part()
    salt = book.tally._days[TODAY].salt
    assert len(salt) == 32
    assert "203.0.113.7" not in repr(book.tally._days)
    assert "AntennaPod" not in repr(book.tally._days)
    book.today += timedelta(days=2)
    book.add_part()
    assert list(book.tally._days) == [book.today]
    assert book.tally._days[book.today].salt != salt


def test_memory_is_bounded(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """A flood of listeners pushes out the first, nothing more."""
    monkeypatch.setattr(download_counts, "MAX_LISTENERS", 10)
    for number in range(30):
        book.add_part(address=f"198.51.100.{number}")
    assert len(book.downloads) == 30
    assert len(book.tally._days[TODAY].parts) == 10


@pytest.mark.parametrize(
    ("head", "size", "expected"),
    [
        (FRAME, 2_000_000, MINUTE),
        (b"ID3\x03\x00\x00\x00\x00\x0f\x76" + bytes(2038) + FRAME, 2_000_000, 2048 - 0 + MINUTE),
        (FRAME, 5000, 5000),
        (b"no MP3 at all", 2_000_000, 128_000 // 8 * 60),
        ((0xFFF38064).to_bytes(4, "big"), 2_000_000, 64_000 // 8 * 60),
        (FRAME + b"\0" * 32 + b"Xing", 2_000_000, 128_000 // 8 * 60),
        (b"", 0, 0),
    ],
)
def test_a_minute_is_as_many_bytes_as_the_files_rate_says(
    tmp_path: Path, head: bytes, size: int, expected: int
) -> None:
    """Behind its tags; of a shorter file all of it."""
    path = tmp_path / "a.mp3"
    path.write_bytes(head + bytes(max(0, size - len(head))))
    assert download_counts.minute_bytes(path) == expected


NAME = "2026-03-02-morning-0123456789ab.mp3"
APP = {"User-Agent": "AntennaPod/3.5"}


@pytest.fixture
def counting(
    tmp_path: Path, book: Book, served: Callable[..., AbstractContextManager[str]]
) -> Callable[[], AbstractContextManager[str]]:
    """A server that counts, with a recording of two minutes; when it has ended, everything is counted."""
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / NAME).write_bytes(FRAME + bytes(2 * MINUTE))
    (tmp_path / "demo" / "latest.json").write_text(
        f'{{"show": "每日简报", "episode": {{"audio": {{"url": "https://example.com/demo/{NAME}"}}}}}}'
    )
    return lambda: served(tmp_path, tally=book.tally)


ONE = [("demo", "2026-03-02-morning", TODAY)]


def test_a_download_from_the_server_counts(
    book: Book, counting: Callable[[], AbstractContextManager[str]]
) -> None:
    """Also by the address that stays, once with the other."""
    with counting() as address, httpx.Client(headers=APP) as client:
        assert client.get(address + "demo/" + NAME).status_code == 200
        assert client.get(address + "demo/latest.mp3").status_code == 200
    assert book.downloads == ONE


def test_head_and_polls_and_probes_do_not_count(
    book: Book, counting: Callable[[], AbstractContextManager[str]]
) -> None:
    """Nothing was heard."""
    with counting() as address, httpx.Client(headers=APP) as client:
        etag = client.head(address + "demo/" + NAME).headers["etag"]
        client.get(address + "demo/" + NAME, headers={"If-None-Match": etag})
        client.get(address + "demo/" + NAME, headers={"Range": "bytes=0-1"})
        client.get(address + "demo/none.mp3")
        client.get(address + "demo/latest.json")
    assert book.downloads == []


def test_a_count_that_cannot_be_stored_costs_no_listener_anything(
    tmp_path: Path,
    book: Book,
    served: Callable[..., AbstractContextManager[str]],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The database is away: the sound is sent whole, and the log says what is wrong."""

    def fail(_part: object) -> None:
        raise OSError("the database is away")

    monkeypatch.setattr(book.tally, "add_part", fail)
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / NAME).write_bytes(bytes(100_000))
    with served(tmp_path, tally=book.tally) as address, httpx.Client(headers=APP) as client:
        for _ in range(2):
            assert len(client.get(f"{address}demo/{NAME}").content) == 100_000
    assert "a download is not counted" in caplog.text


def test_a_minute_in_parts_counts(book: Book, counting: Callable[[], AbstractContextManager[str]]) -> None:
    """Speakers ask for a part after the other."""
    half = MINUTE // 2
    with counting() as address, httpx.Client(headers=APP) as client:
        client.get(address + "demo/" + NAME, headers={"Range": f"bytes=0-{half - 1}"})
        client.get(address + "demo/" + NAME, headers={"Range": f"bytes={half}-"})
    assert book.downloads == ONE


def test_who_hangs_up_has_not_heard_the_rest(
    tmp_path: Path, book: Book, served: Callable[..., AbstractContextManager[str]]
) -> None:
    """What the server would still have sent does not count."""
    (tmp_path / "demo").mkdir()
    # Large, so that the buffers of both sides hold less than a minute of it.
    (tmp_path / "demo" / NAME).write_bytes(b"\xff\xfb\xe0\x64" + bytes(60_000_000))
    with served(tmp_path, tally=book.tally) as address:
        place = urlsplit(address)
        with socket.socket() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.connect((place.hostname, place.port))
            connection.sendall(
                f"GET /demo/{NAME} HTTP/1.1\r\nHost: a\r\nUser-Agent: AntennaPod\r\n\r\n".encode()
            )
            connection.recv(1000)
    # The server has stopped: whatever it had to count is counted.
    assert book.downloads == []

"""Is today's episode there and whole: the verdicts, and feeds on loopback with everything that can be wrong with them."""

from __future__ import annotations

import json
import re
import tempfile
import threading
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

import numpy as np
import pytest
import uvicorn
from hypothesis import given
from hypothesis import strategies as st

from briefing.cli import app
from briefing.cli.watching import last_due
from briefing.editions.air_times import Hours
from briefing.model import AlarmKind
from briefing.monitoring import watch
from briefing.monitoring.alarms.events import Severity
from briefing.monitoring.watch import AudioAnswer, Expectation, Verdict
from feed.checker import read_feed
from feed.checker.read_feed import FeedItem
from feed.errors import InvalidFeed
from feed.server import media_server
from tests.briefing.net.server import Answer, page, serving, status
from voices.audio import ffmpeg

if TYPE_CHECKING:
    from collections.abc import Iterator

ZONE = ZoneInfo("Asia/Shanghai")
SEVEN = datetime(2020, 3, 2, 7, 0, tzinfo=ZONE)
NOW = SEVEN + timedelta(minutes=6)
SECONDS = 80
DUE = Expectation(after=SEVEN)
ITEM = FeedItem("g", "早间版", SEVEN, "a.mp3", 1000, "audio/mpeg", timedelta(seconds=60))
HEARD = AudioAnswer("audio/mpeg", 1000, 60.4, -16.0, 1.2)


@cache
def sound(kind: str = "noise") -> bytes:
    """An MP3 of 80 seconds: quiet noise, silence, or noise with a hole of 30 seconds."""
    samples = np.random.default_rng(1).normal(0, 3000, SECONDS * ffmpeg.RATE).astype("<i2")
    if kind == "silence":
        samples[:] = 0
    if kind == "hole":
        samples[20 * ffmpeg.RATE : 50 * ffmpeg.RATE] = 0
    with tempfile.TemporaryDirectory() as scratch:
        raw, target = Path(scratch) / "raw", Path(scratch) / "a.mp3"
        raw.write_bytes(samples.tobytes())
        with raw.open("rb") as file:
            ffmpeg.encode_pcm(file, target)
        return target.read_bytes()


def feed(
    audio: str, size: int, *, published: str = "Mon, 02 Mar 2020 07:00:00 +0800", seconds: str = "80"
) -> str:
    """A made-up feed of one item, and an older one before it."""
    old = (
        "<item><guid>old</guid><title>昨天</title><pubDate>Sun, 01 Mar 2020 07:00:00 +0800</pubDate>"
        '<enclosure url="old.mp3" length="1" type="audio/mpeg"/></item>'
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>'
        f"{old}<item><guid>new</guid><title>早间版</title><pubDate>{published}</pubDate>"
        f'<enclosure url="{audio}" length="{size}" type="audio/mpeg"/>'
        f"<itunes:duration>{seconds}</itunes:duration></item></channel></rss>"
    )


def answers(content: bytes, *, kind: str = "audio/mpeg", size: int | None = None) -> dict[str, Answer]:
    """A feed and its audio."""
    body = feed("/a.mp3", len(content) if size is None else size)
    return {"/feed.xml": page(body, "application/rss+xml"), "/a.mp3": page(content, kind)}


def english(verdict: Verdict) -> list[str]:
    """The faults as the command says them."""
    return [fault.english for fault in verdict.faults]


def looked(site: dict[str, Answer], wanted: Expectation = DUE) -> list[str]:
    """What is found wrong at a site six minutes after seven; the port is left out."""
    with serving(site) as server:
        verdict = watch.check_feed(server.url("/feed.xml"), wanted, NOW)
    return [re.sub(r":\d+/", "/", one) for one in english(verdict)]


# The verdicts


def test_an_episode_of_its_minute_is_what_is_wanted() -> None:
    """Published at seven, looked for at 7:06."""
    assert watch.find_feed_faults((ITEM,), Expectation(SEVEN, timedelta(hours=1)), NOW) == ()
    assert watch.find_audio_faults(ITEM, HEARD) == ()


@pytest.mark.parametrize(
    ("items", "wanted", "said"),
    [
        ((), Expectation(), "the feed has no episode with a date"),
        ((replace(ITEM, published=None),), Expectation(), "the feed has no episode with a date"),
        (
            (replace(ITEM, published=SEVEN - timedelta(days=1)),),
            Expectation(after=SEVEN),
            "no episode of 2020-03-02 07:00 or later; the newest is of 2020-03-01 07:00",
        ),
        (
            (replace(ITEM, published=SEVEN + timedelta(minutes=9)),),
            Expectation(after=SEVEN),
            "the newest episode is dated 2020-03-02 07:09, which is to come; apps do not show it yet",
        ),
        (
            (replace(ITEM, published=SEVEN - timedelta(hours=27)),),
            Expectation(max_age=timedelta(hours=26)),
            "the newest episode is 27.1 hours old, of 2020-03-01 04:00",
        ),
    ],
)
def test_what_is_wrong_with_the_newest_item(
    items: tuple[FeedItem, ...], wanted: Expectation, said: str
) -> None:
    """One sentence each, with the times of the show's zone."""
    assert [fault.english for fault in watch.find_feed_faults(items, wanted, NOW)] == [said]


@pytest.mark.parametrize(
    ("heard", "said"),
    [
        (replace(HEARD, size=999), "the audio has 999 bytes, but the feed says 1000"),
        (
            replace(HEARD, kind="text/html; charset=utf-8"),
            "the audio is served as text/html; charset=utf-8, but the feed says audio/mpeg",
        ),
        (replace(HEARD, seconds=57.9), "the audio lasts 58 s, but the feed says 60 s"),
        (replace(HEARD, loudness=-70.0, hole=60.0), "the audio is silent (-70 LUFS)"),
        (replace(HEARD, hole=20.1), "the audio has a hole of 20 s"),
    ],
)  # fmt: skip - a table of faults reads best one a line
def test_what_is_wrong_with_the_audio(heard: AudioAnswer, said: str) -> None:
    """One sentence each; what is silent is not also told to have a hole."""
    assert [fault.english for fault in watch.find_audio_faults(ITEM, heard)] == [said]


def test_a_verdict_is_an_alarm_and_its_end() -> None:
    """Both are of the same trouble, and the sentences are Chinese."""
    bad = Verdict(
        "https://radio.example/feed.xml", NOW, None, None, watch.find_feed_faults((), Expectation(), NOW)
    )
    trouble, over = (
        watch.verdict_event(bad, "demo"),
        watch.verdict_event(replace(bad, item=ITEM, faults=()), "demo"),
    )
    assert (trouble.kind, trouble.severity, trouble.over) == (AlarmKind.ABSENT, Severity.URGENT, False)
    assert trouble.sentence == (
        "听众收不到完整的节目：订阅源里没有一期带日期的节目。请查看 https://radio.example/feed.xml"
    )
    assert (over.name, over.over, over.sentence) == (
        trouble.name,
        True,
        "听众又能收到完整的节目了（早间版）。",
    )


# Feeds on loopback


def test_a_whole_episode_has_no_fault() -> None:
    """As it is served, and by relative and redirected addresses too."""
    good = answers(sound())
    moved = good | {"/a.mp3": status("302 Found", Location="/b.mp3"), "/b.mp3": good["/a.mp3"]}
    assert looked(good) == []
    assert looked(moved) == []


@pytest.mark.parametrize(
    ("site", "said"),
    [
        ({}, ["the feed cannot be had: http://127.0.0.1/feed.xml answers 404"]),
        (
            {"/feed.xml": page("<html><p>Welcome")},
            ["the feed cannot be had: what came is no feed; is the address right?"],
        ),
        (
            {"/feed.xml": page(feed("/gone.mp3", 9))},
            ["its audio cannot be heard: http://127.0.0.1/gone.mp3 answers 404"],
        ),
        (
            {"/feed.xml": page(feed("/a.mp3", 9)), "/a.mp3": status("302 Found", Location="/a.mp3")},
            ["its audio cannot be heard: http://127.0.0.1/a.mp3 is redirected more than 5 times"],
        ),
        (
            answers(b"<html>not here</html>", kind="text/html"),
            ["its audio cannot be heard: what comes is no sound that can be decoded"],
        ),
    ],
)  # fmt: skip - a table of faults reads best one a line
def test_what_cannot_be_had_is_told(site: dict[str, Answer], said: list[str]) -> None:
    """What a listener's app would stumble over, in one sentence."""
    assert looked(site) == said


def test_audio_that_is_cut_is_found() -> None:
    """By its bytes; and by its duration, where somebody has counted the bytes of the cut file."""
    half = sound()[: len(sound()) // 2]
    size = f"the audio has {len(half)} bytes, but the feed says {len(sound())}"
    lasts = "the audio lasts 40 s, but the feed says 80 s"
    assert looked(answers(half, size=len(sound()))) == [size, lasts]
    assert looked(answers(half)) == [lasts]


def test_audio_without_sound_is_found() -> None:
    """Silence, and a hole of half a minute."""
    assert looked(answers(sound("silence"))) == ["the audio is silent (-70 LUFS)"]
    assert looked(answers(sound("hole"))) == ["the audio has a hole of 30 s"]


def test_a_server_that_is_gone_is_told() -> None:
    """Nothing is raised."""
    with serving({}) as site:
        url = site.url("/feed.xml")
    (said,) = english(watch.check_feed(url, Expectation(), NOW))
    assert said.startswith(f"the feed cannot be had: {url} could not be fetched")


def test_a_feed_sends_nobody_to_the_neighbours() -> None:
    """Audio on another host than the feed's must be at a public address, and no file is read."""
    for url in ("http://localhost:1/a.mp3", "file:///etc/passwd"):
        with serving({"/feed.xml": page(feed(url, 9))}) as site:
            (said,) = english(watch.check_feed(site.url("/feed.xml"), Expectation(), NOW))
        assert "no public address" in said or "only http and https" in said


@pytest.fixture
def published(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A published folder behind our own server, and its address."""
    root = tmp_path / "public"
    root.mkdir()
    (root / "a.mp3").write_bytes(sound())
    (root / "feed.xml").write_text(feed("a.mp3", len(sound())), encoding="utf-8")
    settings = uvicorn.Config(media_server.build_app(root), host="127.0.0.1", port=0, log_level="critical")
    server = uvicorn.Server(settings)
    listener = settings.bind_socket()
    listener.listen()
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    yield root, f"http://127.0.0.1:{listener.getsockname()[1]}/"
    server.should_exit = True
    thread.join()


def test_samples_of_the_audio_are_enough(published: tuple[Path, str]) -> None:
    """Beginning and end by Range: not all bytes are fetched, all are counted, and both must sound."""
    root, address = published
    verdict = watch.check_feed(f"{address}feed.xml", Expectation(SEVEN, sample=True), NOW)
    assert english(verdict) == []
    assert verdict.heard is not None
    assert (verdict.heard.size, verdict.heard.seconds) == (len(sound()), None)
    unseen = len(sound()) - watch.HEAD - watch.TAIL
    assert unseen > 0
    (root / "a.mp3").write_bytes(sound()[: watch.HEAD] + b"\0" * unseen + sound()[-watch.TAIL :])
    assert english(watch.check_feed(f"{address}feed.xml", Expectation(SEVEN, sample=True), NOW)) == []
    (root / "feed.xml").write_text(feed("a.mp3", len(sound()) + 5), encoding="utf-8")
    verdict = watch.check_feed(f"{address}feed.xml", Expectation(SEVEN, sample=True), NOW)
    assert english(verdict) == [f"the audio has {len(sound())} bytes, but the feed says {len(sound()) + 5}"]


def test_the_command_needs_only_an_address(
    published: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 0 and the facts as JSON; 1 when the newest is too old, with the reason."""
    _root, address = published
    assert app.main(["watch", f"{address}feed.xml", "--json", "--quiet"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["ok"], found["title"], found["bytes"]) == (True, "早间版", len(sound()))
    assert app.main(["watch", f"{address}feed.xml", "--max-age", "0.001"]) == 1
    assert "hours old" in capsys.readouterr().err


def test_the_command_raises_and_clears_the_alarms_of_a_configuration(
    published: tuple[Path, str], newsroom: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A trouble stands in the store until the episode is there."""
    root, address = published
    asked = ["watch", f"{address}feed.xml", "--config", str(newsroom), "--log-format", "json", "--quiet"]

    def told() -> list[tuple[str, str]]:
        events = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
        return [(event["alarm"], event["level"]) for event in events]

    (root / "a.mp3").rename(root / "b.mp3")
    assert app.main(asked) == 1
    assert told() == [("absent", "error")]
    (root / "b.mp3").rename(root / "a.mp3")
    assert app.main(asked) == 0
    assert told() == [("absent", "info")]


def test_the_last_edition_that_must_be_there() -> None:
    """Five minutes after its minute; on a day without one that of the days before, be it of another edition."""
    morning = Hours(ZONE, time(7), weekdays=frozenset({0, 4}), holidays=frozenset({date(2020, 3, 6)}))
    evening = replace(morning, publish=time(18))
    assert last_due([morning], SEVEN + timedelta(minutes=5)) == SEVEN
    assert last_due([morning], SEVEN + timedelta(minutes=4)) == SEVEN - timedelta(days=3)
    assert last_due([morning], SEVEN + timedelta(days=6)) == SEVEN
    assert last_due([morning, evening], SEVEN) == SEVEN - timedelta(days=3) + timedelta(hours=11)


# What a listener's app reads


def test_items_come_newest_first_with_what_they_say() -> None:
    """Sizes, types, durations in seconds or with colons; what is missing is missing."""
    new, old = read_feed.read_items(feed("a.mp3", 7, seconds="1:02:03").encode())
    assert new == FeedItem("new", "早间版", SEVEN, "a.mp3", 7, "audio/mpeg", timedelta(seconds=3723))
    assert (old.guid, old.duration) == ("old", None)


@pytest.mark.parametrize(
    "said", ["", "gestern", "Fri, 31 Dec 9999 23:59:59 -1200", "Wed, 01 Jan 1000 00:00:00 +1200"]
)
def test_a_date_that_is_none_is_missing(said: str) -> None:
    """No date, and none that another time zone does not have."""
    dates = {
        one.guid: one.published for one in read_feed.read_items(feed("a.mp3", 7, published=said).encode())
    }
    assert dates["new"] is None


@given(st.binary())
def test_any_bytes_are_a_feed_or_refused(data: bytes) -> None:
    """Whatever a server sends."""
    with suppress(InvalidFeed):
        read_feed.read_items(data)


@given(st.text(), st.text(), st.text())
def test_any_words_may_stand_in_a_feed(published: str, seconds: str, size: str) -> None:
    """What is no date, length or size is missing; nothing breaks."""
    words = [escape(one, {'"': "&quot;"}) for one in (published, seconds, size)]
    body = feed("a.mp3", 7, published=words[0], seconds=words[1])
    with suppress(InvalidFeed):
        read_feed.read_items(body.replace('length="7"', f'length="{words[2]}"').encode("utf-8", "replace"))


@pytest.mark.parametrize("size", ["", "-1", "many", "9" * 40])
def test_a_size_that_is_none_is_missing(size: str) -> None:
    """Nothing is made of it."""
    body = feed("a.mp3", 7).replace('length="7"', f'length="{size}"')
    assert read_feed.read_items(body.encode())[0].size is None


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"<rss>", b"\xff\xfe"])
def test_what_is_no_feed_is_refused(data: bytes) -> None:
    """With one sentence."""
    with pytest.raises(InvalidFeed, match="is no feed"):
        read_feed.read_items(data)


def test_entities_of_a_feed_are_not_resolved() -> None:
    """A feed that names a file of this machine gets nothing of it."""
    body = '<!DOCTYPE rss [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + feed("a.mp3", 7).partition("?>")[2]
    (new, _old) = read_feed.read_items(body.replace("早间版", "&e;").encode())
    assert new.title == ""

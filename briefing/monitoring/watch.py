"""Is today's episode really there, and whole? Asked from outside, as a listener's app asks.

    feed ──► the newest item ──► is it today's? ──► its audio, whole or by samples ──► is it what the feed says, and sound?

`of_feed` and `of_audio` decide (pure); `look` fetches. Nothing but the address of the feed is needed, so that any
machine can keep watch.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from briefing.errors import SourceError
from briefing.model import AlarmKind
from briefing.monitoring.alarms.events import Event, Severity
from briefing.net import http_client
from briefing.net.http_client import Limits
from feed.checker import read_feed
from feed.errors import InvalidFeed
from voices.audio import rendering
from voices.errors import AudioFailed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from briefing.net.http_client import Answer
    from feed.checker.read_feed import FeedItem

AGENT = {"User-Agent": "briefing-watch/0.1", "Accept": "*/*"}
FEED = Limits(seconds=30.0, size=read_feed.MAX_FEED_BYTES)
AUDIO = Limits(seconds=300.0, size=400 * 1024 * 1024)
"""Two hours at the highest bitrate; as slow as a listener would still wait."""

HOPS = 5
"""Redirects that are followed: trackers in front of audio are some."""

HEAD, TAIL = 512 * 1024, 256 * 1024
"""Bytes that are sampled at the beginning and at the end: about forty and twenty seconds."""

SILENT = -50.0
"""LUFS; a quiet programme has −30."""

HOLE = 20.0
"""Seconds without sound that no programme has on purpose."""

EARLY = timedelta(minutes=2)
"""How far the clocks of two machines may be apart."""

APART = timedelta(seconds=2)
"""How far the duration that the feed gives, in whole seconds, may be off."""


class Fault(NamedTuple):
    """What is wrong, in English for the command and in Chinese for those who are alarmed."""

    english: str
    chinese: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What must be there: an item that was published at `after` or later, and one that is no older than `max_age`.

    With `sample` only the beginning and the end of the audio are fetched.
    """

    after: datetime | None = None
    max_age: timedelta | None = None
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """What came when the audio was fetched: its type, its size in bytes, and how it sounds.

    Where only samples were fetched, `seconds` is None, and `silent` and `hole` are those of the samples.
    """

    kind: str
    size: int
    seconds: float | None
    loudness: float
    hole: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found: when it was looked, the newest item and its sound, as far as they are there, and every fault."""

    url: str
    when: datetime
    item: FeedItem | None
    heard: Heard | None
    faults: tuple[Fault, ...]


def look(url: str, wanted: Wanted, now: datetime) -> Verdict:
    """Fetch the feed and its newest audio, and say what is wrong with them; nothing is raised for what a server does."""
    item: FeedItem | None = None
    heard: Heard | None = None
    try:
        items = read_feed.read_items(_fetched(url, AGENT, FEED, private=True).content)
        item = items[0] if items else None
        faults = list(of_feed(items, wanted, now))
        if item is not None:
            heard = _heard(
                urljoin(url, item.url), wanted, private=_host(url) == _host(urljoin(url, item.url))
            )
            faults += of_audio(item, heard)
    except (SourceError, InvalidFeed) as error:
        what = "the feed cannot be had" if item is None else "its audio cannot be heard"
        said = "订阅源取不到" if item is None else f"“{item.title}”的音频听不了"
        faults = [Fault(f"{what}: {error}", f"{said}：{error}")]
    return Verdict(url, now, item, heard, tuple(faults))


def of_feed(items: tuple[FeedItem, ...], wanted: Wanted, now: datetime) -> tuple[Fault, ...]:
    """What is wrong with the newest item."""
    newest = items[0] if items else None
    if newest is None or newest.published is None:
        return (Fault("the feed has no episode with a date", "订阅源里没有一期带日期的节目"),)
    local = newest.published.astimezone(now.tzinfo)
    seen = f"{local:%Y-%m-%d %H:%M}"
    faults = []
    if newest.published > now + EARLY:
        told = f"the newest episode is dated {seen}, which is to come; apps do not show it yet"
        faults.append(Fault(told, f"最新一期的日期是{seen}，还没到，客户端不会显示"))
    if wanted.after is not None and newest.published < wanted.after:
        due = f"{wanted.after.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"
        faults.append(
            Fault(
                f"no episode of {due} or later; the newest is of {seen}",
                f"没有{due}以后的节目，最新一期是{seen}的“{newest.title}”",
            )
        )
    if wanted.max_age is not None and now - newest.published > wanted.max_age:
        hours = (now - newest.published) / timedelta(hours=1)
        faults.append(
            Fault(
                f"the newest episode is {hours:.1f} hours old, of {seen}",
                f"最新一期是{seen}的，已有{hours:.0f}小时没有新节目",
            )
        )
    return tuple(faults)


def of_audio(item: FeedItem, heard: Heard) -> tuple[Fault, ...]:
    """What is wrong with the sound of an item."""
    faults = []
    if heard.size != item.size:
        faults.append(
            Fault(
                f"the audio has {heard.size} bytes, but the feed says {item.size}",
                f"音频有{heard.size}字节，订阅源说是{item.size}字节",
            )
        )
    if _essence(heard.kind) != _essence(item.kind):
        faults.append(
            Fault(
                f"the audio is served as {heard.kind or 'nothing'}, but the feed says {item.kind or 'nothing'}",
                f"音频以{heard.kind or '无类型'}发出，订阅源说是{item.kind or '无类型'}",
            )
        )
    if heard.seconds is not None and item.duration is not None:
        off = timedelta(seconds=heard.seconds) - item.duration
        if abs(off) > APART:
            said = item.duration.total_seconds()
            faults.append(
                Fault(
                    f"the audio lasts {heard.seconds:.0f} s, but the feed says {said:.0f} s",
                    f"音频长{heard.seconds:.0f}秒，订阅源说是{said:.0f}秒",
                )
            )
    if heard.loudness < SILENT:
        faults.append(Fault(f"the audio is silent ({heard.loudness:.0f} LUFS)", "音频没有声音"))
    elif heard.hole > HOLE:
        faults.append(
            Fault(f"the audio has a hole of {heard.hole:.0f} s", f"音频中有{heard.hole:.0f}秒没有声音")
        )
    return tuple(faults)


def event(verdict: Verdict, show: str) -> Event:
    """The verdict as an event: the trouble, or that it is over."""
    if verdict.faults:
        said = "；".join(fault.chinese for fault in verdict.faults)
        sentence = f"听众收不到完整的节目：{said}。请查看 {verdict.url}"
    else:
        sentence = f"听众又能收到完整的节目了（{verdict.item.title if verdict.item else ''}）。"
    subject = "" if show else _host(verdict.url)
    over = not verdict.faults
    return Event(AlarmKind.ABSENT, Severity.URGENT, sentence, verdict.when, show, subject=subject, over=over)


def _heard(url: str, wanted: Wanted, *, private: bool) -> Heard:
    if wanted.sample:
        return _sampled(url, private=private)
    return _whole(_fetched(url, AGENT, AUDIO, private=private))


def _whole(answer: Answer) -> Heard:
    seconds, loudness, hole = _sound(answer.content)
    return Heard(answer.headers.get("content-type", ""), len(answer.content), seconds, loudness, hole)


def _sampled(url: str, *, private: bool) -> Heard:
    """The beginning and the end by Range, as a player that seeks asks for them."""
    first = _fetched(url, AGENT | {"Range": f"bytes=0-{HEAD - 1}"}, AUDIO, private=private)
    if first.status == HTTPStatus.OK:
        # A server that knows no Range has sent everything.
        return _whole(first)
    total = first.headers.get("content-range", "").rpartition("/")[2]
    size = int(total) if total.isascii() and total.isdigit() else len(first.content)
    samples = [first.content]
    if size > HEAD:
        start = max(HEAD, size - TAIL)
        samples.append(
            _fetched(url, AGENT | {"Range": f"bytes={start}-{size - 1}"}, AUDIO, private=private).content
        )
        if len(samples[-1]) != size - start:
            raise SourceError(f"{url} does not give the end of the audio; is it cut?")
    sounds = [_sound(sample) for sample in samples]
    return Heard(
        first.headers.get("content-type", ""),
        size,
        sounds[0][0] if len(samples) == 1 else None,
        min(loudness for _, loudness, _ in sounds),
        max(hole for _, _, hole in sounds),
    )


def _sound(content: bytes) -> tuple[float, float, float]:
    """How long it is in seconds, how loud in LUFS, and its longest silence in seconds."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "audio"
        path.write_bytes(content)
        try:
            return rendering.heard(path)
        except AudioFailed as error:
            raise SourceError("what comes is no sound that can be decoded") from error


def _fetched(url: str, headers: Mapping[str, str], limits: Limits, *, private: bool) -> Answer:
    """What is at the end of the redirects; raises `SourceError` for anything but 200 and 206."""
    host = _host(url)
    for _ in range(HOPS + 1):
        answer = http_client.get(url, headers, limits, private=private and _host(url) == host)
        target = answer.headers.get("location", "")
        if answer.status in {301, 302, 303, 307, 308} and target:
            url = urljoin(url, target)
        elif answer.status in {200, 206}:
            return answer
        else:
            raise SourceError(f"{url} answers {answer.status}")
    raise SourceError(f"{url} is redirected more than {HOPS} times")


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _essence(kind: str) -> str:
    """A content type without its parameters."""
    return kind.partition(";")[0].strip().lower()

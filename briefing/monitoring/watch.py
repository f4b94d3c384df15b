"""Check from outside that today's episode is there and whole, as a listener's app sees it.

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


class EpisodeFault(NamedTuple):
    """Fault of an episode, in English for the command and in Chinese for the alarm."""

    english: str
    chinese: str


@dataclass(frozen=True, slots=True)
class Expectation:
    """Expected item: published at `after` or later, and no older than `max_age`.

    With `sample` only the beginning and the end of the audio are fetched.
    """

    after: datetime | None = None
    max_age: timedelta | None = None
    sample: bool = False


@dataclass(frozen=True, slots=True)
class AudioAnswer:
    """Answer to a request for the audio: its type, size in bytes, and measured sound.

    Where only samples were fetched, `seconds` is None, and `silent` and `hole` are those of the samples.
    """

    kind: str
    size: int
    seconds: float | None
    loudness: float
    hole: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """Result of a look: its time, the newest item and its sound as far as they are there, and every fault."""

    url: str
    when: datetime
    item: FeedItem | None
    heard: AudioAnswer | None
    faults: tuple[EpisodeFault, ...]


def check_feed(url: str, wanted: Expectation, now: datetime) -> Verdict:
    """Fetch the feed and its newest audio and return their faults; a server's errors are faults, not raised."""
    item: FeedItem | None = None
    audio: AudioAnswer | None = None
    try:
        items = read_feed.read_items(_fetch_bytes(url, AGENT, FEED, private=True).content)
        item = items[0] if items else None
        faults = list(find_feed_faults(items, wanted, now))
        if item is not None:
            audio = _ask_audio(
                urljoin(url, item.url), wanted, private=_host_of(url) == _host_of(urljoin(url, item.url))
            )
            faults += find_audio_faults(item, audio)
    except (SourceError, InvalidFeed) as error:
        what = "the feed cannot be had" if item is None else "its audio cannot be heard"
        subject = "订阅源取不到" if item is None else f"“{item.title}”的音频听不了"
        faults = [EpisodeFault(f"{what}: {error}", f"{subject}：{error}")]
    return Verdict(url, now, item, audio, tuple(faults))


def find_feed_faults(
    items: tuple[FeedItem, ...], wanted: Expectation, now: datetime
) -> tuple[EpisodeFault, ...]:
    """Return the faults of the newest item."""
    newest = items[0] if items else None
    if newest is None or newest.published is None:
        return (EpisodeFault("the feed has no episode with a date", "订阅源里没有一期带日期的节目"),)
    local = newest.published.astimezone(now.tzinfo)
    published = f"{local:%Y-%m-%d %H:%M}"
    faults = []
    if newest.published > now + EARLY:
        sentence = f"the newest episode is dated {published}, which is to come; apps do not show it yet"
        faults.append(EpisodeFault(sentence, f"最新一期的日期是{published}，还没到，客户端不会显示"))
    if wanted.after is not None and newest.published < wanted.after:
        due = f"{wanted.after.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"
        faults.append(
            EpisodeFault(
                f"no episode of {due} or later; the newest is of {published}",
                f"没有{due}以后的节目，最新一期是{published}的“{newest.title}”",
            )
        )
    if wanted.max_age is not None and now - newest.published > wanted.max_age:
        hours = (now - newest.published) / timedelta(hours=1)
        faults.append(
            EpisodeFault(
                f"the newest episode is {hours:.1f} hours old, of {published}",
                f"最新一期是{published}的，已有{hours:.0f}小时没有新节目",
            )
        )
    return tuple(faults)


def find_audio_faults(item: FeedItem, heard: AudioAnswer) -> tuple[EpisodeFault, ...]:
    """Return the faults of an item's sound."""
    faults = []
    if heard.size != item.size:
        faults.append(
            EpisodeFault(
                f"the audio has {heard.size} bytes, but the feed says {item.size}",
                f"音频有{heard.size}字节，订阅源说是{item.size}字节",
            )
        )
    if _media_type(heard.kind) != _media_type(item.kind):
        faults.append(
            EpisodeFault(
                f"the audio is served as {heard.kind or 'nothing'}, but the feed says {item.kind or 'nothing'}",
                f"音频以{heard.kind or '无类型'}发出，订阅源说是{item.kind or '无类型'}",
            )
        )
    if heard.seconds is not None and item.duration is not None:
        off = timedelta(seconds=heard.seconds) - item.duration
        if abs(off) > APART:
            stated = item.duration.total_seconds()
            faults.append(
                EpisodeFault(
                    f"the audio lasts {heard.seconds:.0f} s, but the feed says {stated:.0f} s",
                    f"音频长{heard.seconds:.0f}秒，订阅源说是{stated:.0f}秒",
                )
            )
    if heard.loudness < SILENT:
        faults.append(EpisodeFault(f"the audio is silent ({heard.loudness:.0f} LUFS)", "音频没有声音"))
    elif heard.hole > HOLE:
        faults.append(
            EpisodeFault(f"the audio has a hole of {heard.hole:.0f} s", f"音频中有{heard.hole:.0f}秒没有声音")
        )
    return tuple(faults)


def verdict_event(verdict: Verdict, show: str) -> Event:
    """Return the verdict as an event: trouble, or its end."""
    if verdict.faults:
        faults = "；".join(fault.chinese for fault in verdict.faults)
        sentence = f"听众收不到完整的节目：{faults}。请查看 {verdict.url}"
    else:
        sentence = f"听众又能收到完整的节目了（{verdict.item.title if verdict.item else ''}）。"
    subject = "" if show else _host_of(verdict.url)
    over = not verdict.faults
    return Event(AlarmKind.ABSENT, Severity.URGENT, sentence, verdict.when, show, subject=subject, over=over)


def _ask_audio(url: str, wanted: Expectation, *, private: bool) -> AudioAnswer:
    if wanted.sample:
        return _read_sample(url, private=private)
    return _read_whole(_fetch_bytes(url, AGENT, AUDIO, private=private))


def _read_whole(answer: Answer) -> AudioAnswer:
    seconds, loudness, hole = _measure_sound(answer.content)
    return AudioAnswer(answer.headers.get("content-type", ""), len(answer.content), seconds, loudness, hole)


def _read_sample(url: str, *, private: bool) -> AudioAnswer:
    """Fetch the beginning and the end by Range, as a player that seeks does."""
    first = _fetch_bytes(url, AGENT | {"Range": f"bytes=0-{HEAD - 1}"}, AUDIO, private=private)
    if first.status == HTTPStatus.OK:
        # A server that knows no Range has sent everything.
        return _read_whole(first)
    total = first.headers.get("content-range", "").rpartition("/")[2]
    size = int(total) if total.isascii() and total.isdigit() else len(first.content)
    samples = [first.content]
    if size > HEAD:
        start = max(HEAD, size - TAIL)
        samples.append(
            _fetch_bytes(url, AGENT | {"Range": f"bytes={start}-{size - 1}"}, AUDIO, private=private).content
        )
        if len(samples[-1]) != size - start:
            raise SourceError(f"{url} does not give the end of the audio; is it cut?")
    sounds = [_measure_sound(sample) for sample in samples]
    return AudioAnswer(
        first.headers.get("content-type", ""),
        size,
        sounds[0][0] if len(samples) == 1 else None,
        min(loudness for _, loudness, _ in sounds),
        max(hole for _, _, hole in sounds),
    )


def _measure_sound(content: bytes) -> tuple[float, float, float]:
    """Return length in seconds, loudness in LUFS, and the longest silence in seconds."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "audio"
        path.write_bytes(content)
        try:
            return rendering.measure_recording(path)
        except AudioFailed as error:
            raise SourceError("what comes is no sound that can be decoded") from error


def _fetch_bytes(url: str, headers: Mapping[str, str], limits: Limits, *, private: bool) -> Answer:
    """Return what redirects end at; raise `SourceError` for any status but 200 and 206."""
    host = _host_of(url)
    for _ in range(HOPS + 1):
        answer = http_client.get(url, headers, limits, private=private and _host_of(url) == host)
        target = answer.headers.get("location", "")
        if answer.status in {301, 302, 303, 307, 308} and target:
            url = urljoin(url, target)
        elif answer.status in {200, 206}:
            return answer
        else:
            raise SourceError(f"{url} answers {answer.status}")
    raise SourceError(f"{url} is redirected more than {HOPS} times")


def _host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _media_type(kind: str) -> str:
    """Return a content type without its parameters."""
    return kind.partition(";")[0].strip().lower()

"""Trial of a show before anything is published: tomorrow's refusals, found today.

A made-up episode of the show goes through all that publishing goes through: validation, feed, speakers' files, rules.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from feed.checker import check_feed, detect
from feed.checker.rules.finding import RSS, Finding
from feed.errors import InvalidFeed
from feed.model import Chapter, Cue, Episode
from feed.rss import feed_xml
from feed.speakers import speaker_files
from feed.speakers.speaker_items import https_problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feed.model import Show

_PUBLISHED = datetime(2026, 3, 2, 7, tzinfo=timezone(timedelta(hours=8)))


def check_show(show: Show, title: str) -> tuple[Finding, ...]:
    """Return the errors that would refuse a show, with `title` as the title of an episode."""
    episode = _sample_episode(title)
    try:
        feed = feed_xml.render_feed(show, [episode])
    except InvalidFeed as error:
        return (Finding("show", "error", "the show", str(error), "mend the configuration", RSS),)
    return tuple(_errors_of(show, episode, feed))


def _errors_of(show: Show, episode: Episode, feed: bytes) -> Iterator[Finding]:
    yield from (finding for finding in check_feed.check_podcast(feed) if finding.severity == "error")
    if https_problem(show.address):
        return
    for name, data in speaker_files(show, [episode]):
        kind = detect.detect_kind(data, name)
        if kind not in {"", "podcast"}:
            yield from (fault for fault in check_feed.check_file(data, kind) if fault.severity == "error")


def _sample_episode(title: str) -> Episode:
    """Return a made-up episode without a fault of its own."""
    return Episode(
        guid="6ba7b810-9dad-11d1-80b4-00c04fd430c8",
        title=title,
        summary="新桥今天通车。",
        published=_PUBLISHED,
        audio="2026-03-02-morning-0123456789ab.mp3",
        size=1_000_000,
        duration=timedelta(minutes=5),
        number=1,
        chapters=tuple(
            Chapter(name, timedelta(seconds=start))
            for name, start in (("开场", 0), ("新桥", 10), ("尾声", 280))
        ),
        cues=(Cue("晓伊", "本节目由人工智能合成播报。", timedelta(0), timedelta(seconds=9)),),
    )

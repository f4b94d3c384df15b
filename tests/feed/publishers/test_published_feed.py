"""What is on the air, read back from the published files alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from feed.errors import UnreadableFeed
from feed.model import Audio, Correction, Soundbite
from feed.publishers.publish import FeedPolicy
from feed.publishers.published_feed import read_published_feed, restore_episode
from tests.feed.airing import on_air
from tests.feed.publishers.memory import Memory

if TYPE_CHECKING:
    from pathlib import Path

    from feed.model import Episode, Show


@pytest.fixture
def rich(first: Episode) -> Episode:
    """An episode with everything that a feed can say of it."""
    when = first.published
    return replace(
        first,
        title="3月2日早间｜新桥通车",
        summary="新桥通车；图书馆开馆。来源：《临湖日报》。",
        duration=timedelta(seconds=61),
        soundbites=(Soundbite("今日要闻", timedelta(seconds=8.25), timedelta(seconds=20)),),
        m4a=Audio("2026-03-02-morning-0123456789ab.m4a", 48_000, timedelta(seconds=61)),
        short=Audio("2026-03-02-morning-short-0123456789ab.mp3", 40_000, timedelta(seconds=50)),
        corrections=(
            Correction(when + timedelta(hours=1), "新桥全长1.2公里。"),
            Correction(when + timedelta(hours=2), "图书馆下周开馆。"),
        ),
    )  # fmt: skip - one field a line


def published(show: Show, episode: Episode, recording: Path) -> Memory:
    """The episode on the air."""
    memory, path = Memory(), recording
    names = [episode.audio, *(audio.name for audio in (episode.m4a, episode.short) if audio)]
    # Publishing proves the hash of fresh sound; this one was on the air before.
    on_air(memory, show, [episode], path, fresh=None, files=lambda _one: dict.fromkeys(names, path))
    return memory


def test_an_episode_comes_back_whole(show: Show, rich: Episode, recording: Path) -> None:
    """Guid, title, number, sound, times, words and corrections: nothing is lost and nothing is added."""
    memory = published(show, rich, recording)
    feed = read_published_feed(memory)
    assert feed is not None
    assert feed.show_guid == show.guid
    [item] = feed.items
    assert (item.guid, item.title, item.audio, item.size) == (rich.guid, rich.title, rich.audio, rich.size)
    assert restore_episode(memory, item) == rich


def test_what_came_back_gives_the_same_files(show: Show, first: Episode, recording: Path) -> None:
    """Listeners see no difference: not a byte of the feed, the transcripts or the page."""
    memory = published(show, first, recording)
    before = dict(memory.files)
    feed = read_published_feed(memory)
    assert feed is not None
    episode = restore_episode(memory, feed.items[0])
    for name in [name for name in memory.files if name != first.audio]:
        del memory.files[name]
    on_air(memory, show, [episode], recording, fresh=None)
    changed = {name for name in before if before[name] != memory.files.get(name)}
    # A feed has whole seconds; the page and latest.json show the length as it was measured.
    assert changed <= {"latest.json"}


def test_all_pages_are_read(show: Show, first: Episode, second: Episode, recording: Path) -> None:
    """A long show stands in several files."""
    newer = replace(second, audio=f"2026-03-03-morning-{first.audio[-16:]}")
    memory, policy = Memory(), FeedPolicy(page_size=1)
    on_air(memory, show, [first], recording, policy=policy)
    on_air(memory, show, [newer, first], recording, policy=policy)
    feed = read_published_feed(memory)
    assert feed is not None
    assert [item.guid for item in feed.items] == [newer.guid, first.guid]


def test_no_feed_is_none() -> None:
    """A new place has nothing on the air."""
    assert read_published_feed(Memory()) is None


@pytest.mark.parametrize(
    "data", [b"", b"<rss", b"<html/>", b"\x00" * 100, b'<!DOCTYPE a [<!ENTITY b "c">]><rss/>']
)
def test_a_feed_that_cannot_be_read_is_told_from_none(data: bytes) -> None:
    """What nobody can read is not nothing."""
    memory = Memory()
    memory.files["feed.xml"] = data
    with pytest.raises(UnreadableFeed, match=r"the published feed\.xml cannot be read"):
        read_published_feed(memory)


def test_an_item_without_its_transcript_is_not_guessed(show: Show, first: Episode, recording: Path) -> None:
    """Its words would be gone from the page and the archive."""
    memory = published(show, first, recording)
    feed = read_published_feed(memory)
    assert feed is not None
    del memory.files[first.audio.replace(".mp3", ".json")]
    with pytest.raises(UnreadableFeed, match=r"8c9758b2aafc\.json is missing; put it back"):
        restore_episode(memory, feed.items[0])


def test_pages_that_lead_in_a_circle_end(show: Show, first: Episode, recording: Path) -> None:
    """Somebody's copy of an old page names itself as the next one."""
    memory = published(show, first, recording)
    link = f'<atom:link rel="next" href="{show.address}feed.xml"/>'.encode()
    memory.files["feed.xml"] = memory.files["feed.xml"].replace(b"<title>", link + b"<title>", 1)
    feed = read_published_feed(memory)
    assert feed is not None
    assert [item.guid for item in feed.items] == [first.guid]

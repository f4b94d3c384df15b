"""Episodes leave the air because a person or a rule says so, never because a database has forgotten them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import feedparser
import pytest

from feed.errors import PublishFailed
from feed.publishers.publish import FeedPolicy
from tests.feed.airing import on_air
from tests.feed.publishers.memory import Memory

if TYPE_CHECKING:
    from pathlib import Path

    from feed.model import Episode, Show


@pytest.fixture
def newer(second: Episode, first: Episode) -> Episode:
    """The newer episode, with the made-up recording's hash in its name."""
    return replace(second, audio=f"2026-03-03-morning-{first.audio[-16:]}")


@pytest.fixture
def memory(show: Show, first: Episode, newer: Episode, recording: Path) -> Memory:
    """Both episodes on the air."""
    memory = Memory()
    on_air(memory, show, [first], recording)
    on_air(memory, show, [newer, first], recording)
    return memory


def guids(memory: Memory) -> list[str]:
    """The episodes that listeners have."""
    return [entry.id for entry in feedparser.parse(memory.files["feed.xml"]).entries]


def test_a_publish_that_forgets_an_episode_is_refused(
    memory: Memory, show: Show, first: Episode, newer: Episode, recording: Path
) -> None:
    """A database that knows only the newest: nothing is written, nothing is removed, and the cure is named."""
    memory.done.clear()
    with pytest.raises(PublishFailed, match=r"take 1 episodes off the air.*2026年3月2日.*`--drop 1`"):
        on_air(memory, show, [newer], recording)
    assert memory.done == []
    assert guids(memory) == [newer.guid, first.guid]


def test_a_publish_that_forgets_everything_is_refused(memory: Memory, show: Show, recording: Path) -> None:
    """An empty database says that the show has no episode."""
    with pytest.raises(PublishFailed, match="take 2 episodes off the air"):
        on_air(memory, show, [], recording)
    assert len(guids(memory)) == 2


def test_a_person_may_agree_to_lose_exactly_so_many(
    memory: Memory, show: Show, newer: Episode, recording: Path
) -> None:
    """The number is said, so that nobody agrees to more than was shown."""
    with pytest.raises(PublishFailed, match="take 2 episodes"):
        on_air(memory, show, [], recording, may_drop=1)
    on_air(memory, show, [newer], recording, may_drop=1)
    assert guids(memory) == [newer.guid]


@pytest.mark.parametrize("field", ["withdrawn", "retired"])
def test_a_decision_or_a_rule_takes_an_episode_off(
    field: str, memory: Memory, show: Show, first: Episode, newer: Episode, recording: Path
) -> None:
    """Its files go at once."""
    on_air(memory, show, [newer], recording, **{field: (first,)})
    assert guids(memory) == [newer.guid]
    assert first.audio not in memory.files


def test_a_cap_is_a_rule(memory: Memory, show: Show, first: Episode, newer: Episode, recording: Path) -> None:
    """The configuration says how many the feed has."""
    on_air(memory, show, [newer, first], recording, policy=FeedPolicy(cap=1))
    assert guids(memory) == [newer.guid]
    assert first.audio in memory.files


def test_an_episode_on_the_air_whose_sound_is_lost_is_not_dropped_in_silence(
    memory: Memory, show: Show, first: Episode, newer: Episode, recording: Path
) -> None:
    """Somebody deleted the file, and no recording is at hand."""
    del memory.files[first.audio]
    with pytest.raises(PublishFailed, match="take 1 episodes off the air"):
        on_air(memory, show, [newer, first], recording)


def test_older_pages_of_the_feed_count_as_on_the_air(
    show: Show, first: Episode, newer: Episode, recording: Path
) -> None:
    """The first episode stands in feed-1.xml alone."""
    memory, policy = Memory(), FeedPolicy(page_size=1)
    on_air(memory, show, [first], recording, policy=policy)
    on_air(memory, show, [newer, first], recording, policy=policy)
    assert guids(memory) == [newer.guid]
    with pytest.raises(PublishFailed, match="take 1 episodes off the air"):
        on_air(memory, show, [newer], recording, policy=policy)


def test_a_feed_that_cannot_be_read_is_written_anew(
    memory: Memory, show: Show, first: Episode, newer: Episode, recording: Path
) -> None:
    """Half a file of somebody's copying: the next publishing mends it."""
    memory.files["feed.xml"] = memory.files["feed.xml"][:500]
    on_air(memory, show, [newer, first], recording)
    assert guids(memory) == [newer.guid, first.guid]

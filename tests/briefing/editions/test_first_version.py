"""What version 0.1 has put on the air stays as it is: guids, addresses, enclosures and titles, item by item.

`tests/golden/published` was published by that version: two editions of one day, of one title, one of them corrected.
"""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from feed.publishers.published_feed import read_published_feed, restore_episode
from tests.briefing.editions.airing_room import KEY, NEXT_DAY, Room, opened_room
from tests.feed.publishers.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Iterator

GOLDEN = Path(__file__).parents[2] / "golden" / "published"
SOUNDS = {
    "2026-03-02-morning-6598149b9501.mp3": b"first" * 5000,
    "2026-03-02-evening-06826dc2ca23.mp3": b"third" * 5000,
}


@pytest.fixture
def world() -> Memory:
    """The files of that version."""
    memory = Memory("http://127.0.0.1:8000/demo/")
    memory.files = SOUNDS | {path.name: path.read_bytes() for path in GOLDEN.iterdir()}
    return memory


@pytest.fixture
def room(newsroom: Path, world: Memory) -> Iterator[Room]:
    """This version beside them, with a database that knows nothing, a day later."""
    with opened_room(newsroom) as room:
        room.world = world
        room.now += timedelta(days=1)
        yield room


def items(world: Memory) -> list[str]:
    """The items of the feed, letter by letter."""
    return re.findall(r"<item>.*?</item>", world.files["feed.xml"].decode(), re.DOTALL)


def test_the_next_publishing_leaves_every_item_as_it_is(room: Room, world: Memory) -> None:
    """Also the equal titles, which new episodes no longer have; the sound is not touched."""
    before = items(world)
    room.voiced(NEXT_DAY, "菜市场今天开张。" * 4, "fourth")
    made = room.publish(NEXT_DAY)
    assert items(world)[1:] == before
    assert SOUNDS.items() <= world.files.items()
    assert (made.number, made.title) == (3, "3月3日早间")


def test_its_episodes_are_known_with_their_corrections(world: Memory) -> None:
    """As that version would have read them from its database."""
    feed = read_published_feed(world)
    assert feed is not None
    evening, morning = [restore_episode(world, item) for item in feed.items]
    assert (morning.number, evening.number) == (1, 2)
    assert morning.title == evening.title == "2026-03-02"
    assert [(f"{one.when:%H:%M}", one.what) for one in evening.corrections] == [("19:00", "图书馆明天开馆。")]
    assert [cue.text for cue in morning.cues] == ["本节目由人工智能合成播报。", "新桥今天通车。" * 4]


def test_a_correction_keeps_guid_page_and_title(room: Room, world: Memory) -> None:
    """Apps know the item."""
    feed = read_published_feed(world)
    assert feed is not None
    known = next(item for item in feed.items if "morning" in item.audio)
    room.voiced(KEY, "新桥明天通车。" * 4, "other")
    again = room.publish(KEY)
    assert (again.guid, again.title, again.number) == (known.guid, known.title, 1)
    assert (
        "<link>http://127.0.0.1:8000/demo/2026-03-02-morning.html</link>" in world.files["feed.xml"].decode()
    )

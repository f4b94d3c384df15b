"""A database that is lost, new, emptied or old takes nothing off the air: the published feed counts beside it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import feedparser
import pytest

from briefing.editions import edition_decisions, publishing, stages
from briefing.editions.episodes import edition_guid
from briefing.editions.show_context import broadcast
from briefing.model import Stage
from briefing.storage.store.episode_store import EpisodeRepository
from feed.errors import PublishFailed
from tests.briefing.editions.airing_room import HOUR, KEY, NEXT_DAY, Room, opened_room

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from briefing.model import EditionKey
    from feed.model import Episode
    from tests.feed.publishers.memory import Memory

THIRD_DAY = NEXT_DAY._replace(day=NEXT_DAY.day + timedelta(days=1))


@pytest.fixture
def aired(newsroom: Path) -> tuple[Memory, list[Episode]]:
    """Two days on the air; then the database is deleted."""
    with opened_room(newsroom) as room:
        room.voiced(KEY, "新桥今天通车。" * 4, "first")
        first = room.publish()
        room.now += timedelta(days=1)
        room.voiced(NEXT_DAY, "图书馆今天开馆。" * 4, "second")
        second = room.publish(NEXT_DAY)
    lose_database(newsroom)
    return room.world, [first, second]


def lose_database(newsroom: Path) -> None:
    """Delete every file of it."""
    files = list(newsroom.parent.rglob("briefing.db*"))
    assert files
    for path in files:
        path.unlink()


@pytest.fixture
def room(newsroom: Path, aired: tuple[Memory, list[Episode]]) -> Iterator[Room]:
    """A new database beside what is on the air, two days later."""
    with opened_room(newsroom) as room:
        room.world = aired[0]
        room.now += timedelta(days=2)
        yield room


def test_a_deleted_database_takes_nothing_off_the_air(
    room: Room, aired: tuple[Memory, list[Episode]]
) -> None:
    """The old episodes stay as they were, item by item and byte by byte; the new one counts on from them."""
    before = dict(room.world.files)
    items = re.findall(r"<item>.*?</item>", before["feed.xml"].decode(), re.DOTALL)
    room.voiced(THIRD_DAY, "菜市场今天开张。" * 4, "third")
    third = room.publish(THIRD_DAY)
    assert room.heard() == [third.guid, *(episode.guid for episode in reversed(aired[1]))]
    assert third.number == 3
    after = re.findall(r"<item>.*?</item>", room.world.files["feed.xml"].decode(), re.DOTALL)
    assert after[1:] == items
    sounds = {name: data for name, data in before.items() if name.endswith(".mp3")}
    assert sounds.items() <= room.world.files.items()


def test_the_database_knows_them_again(room: Room, aired: tuple[Memory, list[Episode]]) -> None:
    """In the history, with their numbers; their editions are published, so that nobody makes them again."""
    room.voiced(THIRD_DAY, "菜市场今天开张。" * 4, "third")
    room.publish(THIRD_DAY)
    history = room.context.store.episodes.list_history("demo")
    assert [(one.key, one.episode.number) for one in history] == [(THIRD_DAY, 3), (NEXT_DAY, 2), (KEY, 1)]
    assert [one.episode for one in reversed(history)][:2] == aired[1]
    assert room.context.store.editions.find_standing(KEY).stage is Stage.PUBLISHED


def test_what_a_killed_process_had_put_on_the_air_is_published(
    newsroom: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen: killed between the feed and the database, adopted by the next one that was killed, and voiced for ever."""
    with opened_room(newsroom) as room:
        room.voiced(KEY, "新桥今天通车。" * 4, "first")

        def be_killed(*_given: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as killed:
            killed.setattr(EpisodeRepository, "save_episode", be_killed)
            with pytest.raises(KeyboardInterrupt):
                room.publish()
        assert room.context.store.editions.find_standing(KEY).stage is Stage.VOICED
        with publishing.publishing_lease(room.context):
            pass
        assert room.context.store.editions.find_standing(KEY).stage is Stage.PUBLISHED
        assert room.context.store.episodes.find_episode(KEY) is not None


def test_an_edition_that_is_made_again_is_the_same_item(
    room: Room, aired: tuple[Memory, list[Episode]]
) -> None:
    """Today's edition was on the air when the database was lost: its guid and number stay, the change is said."""
    room.voiced(NEXT_DAY, "图书馆明天开馆。" * 4, "other")
    again = room.publish(NEXT_DAY)
    assert (again.guid, again.number) == (aired[1][1].guid, 2)
    assert len(again.corrections) == 1
    assert room.heard() == [again.guid, aired[1][0].guid]


def test_a_lost_database_can_withdraw_what_it_took_over(
    room: Room, aired: tuple[Memory, list[Episode]]
) -> None:
    """A decision about an episode needs no script of it."""
    room.voiced(THIRD_DAY, "菜市场今天开张。" * 4, "third")
    third = room.publish(THIRD_DAY)
    stages.withdraw(room.context, KEY, "有误")
    assert room.heard() == [third.guid, aired[1][1].guid]
    assert aired[1][0].audio not in room.world.files


def test_the_shows_guid_is_taken_over_too(
    newsroom: Path, room: Room, aired: tuple[Memory, list[Episode]]
) -> None:
    """The show has moved once: its guid is that of its first address, which a new database cannot know."""
    settings = newsroom.read_text(encoding="utf-8")
    moved = re.sub(r"(?m)^address = .*$", 'address = "https://elsewhere.example/"', settings, count=1)
    assert moved != settings
    newsroom.write_text(moved, encoding="utf-8")
    lose_database(newsroom)
    before = feedparser.parse(aired[0].files["feed.xml"]).feed["podcast_guid"]
    with opened_room(newsroom) as elsewhere:
        elsewhere.world = room.world
        elsewhere.now = room.now
        elsewhere.voiced(THIRD_DAY, "菜市场今天开张。" * 4, "third")
        elsewhere.publish(THIRD_DAY)
        # The server that adopted it runs on, with the show as it was built at the start.
        elsewhere.now += timedelta(days=1)
        fourth_day = THIRD_DAY._replace(day=THIRD_DAY.day + timedelta(days=1))
        elsewhere.voiced(fourth_day, "书店今天开张。" * 4, "fourth")
        fourth = elsewhere.publish(fourth_day)
        assert len(elsewhere.heard()) == 4
        assert fourth.guid == edition_guid(before, fourth_day)
    assert feedparser.parse(room.world.files["feed.xml"]).feed["podcast_guid"] == before


@pytest.mark.parametrize("damage", ["gone", "short"])
def test_an_unknown_episode_without_its_whole_sound_stops_publishing(
    damage: str, room: Room, aired: tuple[Memory, list[Episode]]
) -> None:
    """Nothing is written; the sentence names the file and what to do."""
    name = aired[1][0].audio
    data = room.world.files.pop(name)
    if damage == "short":
        room.world.files[name] = data[:-1]
    before = dict(room.world.files)
    room.voiced(THIRD_DAY, "菜市场今天开张。" * 4, "third")
    with pytest.raises(
        PublishFailed, match=rf"does not know 2 episodes.*1 of them.*{name}.*briefing restore"
    ):
        room.publish(THIRD_DAY)
    assert room.world.files == before


@pytest.mark.parametrize("feed", [None, b"<rss"])
def test_unknown_recordings_without_a_feed_stop_publishing(
    feed: bytes | None, room: Room, aired: tuple[Memory, list[Episode]]
) -> None:
    """Database and feed are lost: what lies there is nobody's to sweep away."""
    del room.world.files["feed.xml"]
    if feed:
        room.world.files["feed.xml"] = feed
    room.voiced(THIRD_DAY, "菜市场今天开张。" * 4, "third")
    with pytest.raises(PublishFailed, match="does not know 2 recordings"):
        room.publish(THIRD_DAY)
    assert {episode.audio for episode in aired[1]} <= room.world.files.keys()


def test_a_feed_of_another_show_is_not_taken_over(room: Room) -> None:
    """Two shows were given one place."""
    feed = room.world.files["feed.xml"].decode()
    room.world.files["feed.xml"] = re.sub("<guid[^>]*>[^<]*", "<guid>theirs", feed).encode()
    room.voiced(THIRD_DAY, "菜市场今天开张。" * 4, "third")
    with pytest.raises(PublishFailed, match="not of this show; give the show another address"):
        room.publish(THIRD_DAY)


def test_an_older_backup_takes_nothing_off_the_air(newsroom: Path) -> None:
    """The database is of yesterday: today's episode is taken over, yesterday's is known."""
    with opened_room(newsroom) as room:
        room.voiced(KEY, "新桥今天通车。" * 4, "first")
        first = room.publish()
    [database] = newsroom.parent.rglob("briefing.db")
    backup = database.read_bytes()
    with opened_room(newsroom) as later:
        later.world, later.now = room.world, room.now + timedelta(days=1)
        later.voiced(NEXT_DAY, "图书馆今天开馆。" * 4, "second")
        second = later.publish(NEXT_DAY)
    lose_database(newsroom)
    database.write_bytes(backup)
    with opened_room(newsroom) as restored:
        restored.world, restored.now = room.world, room.now + timedelta(days=2)
        restored.voiced(THIRD_DAY, "菜市场今天开张。" * 4, "third")
        third = restored.publish(THIRD_DAY)
        assert restored.heard() == [third.guid, second.guid, first.guid]


class Killed(BaseException):
    """As if by kill -9."""


@pytest.fixture
def dying(monkeypatch: pytest.MonkeyPatch) -> Callable[[Room, EditionKey], None]:
    """Publishes an edition and dies when the feed is out and before the database knows."""

    def die(*_args: object) -> None:
        raise Killed

    def publish(room: Room, key: EditionKey) -> None:
        with monkeypatch.context() as patched:
            patched.setattr(EpisodeRepository, "save_episode", die)
            with pytest.raises(Killed):
                room.publish(key)

    return publish


def test_what_was_held_after_a_kill_between_feed_and_database_leaves_the_feed(
    newsroom: Path, dying: Callable[[Room, EditionKey], None]
) -> None:
    """The process died when the feed was out; then an editor held the edition."""
    with opened_room(newsroom) as room:
        room.voiced(KEY, "新桥今天通车。" * 4, "first")
        first = room.publish()
        room.now += timedelta(days=1)
        room.voiced(NEXT_DAY, "图书馆今天开馆。" * 4, "second")
        dying(room, NEXT_DAY)
        assert len(room.heard()) == 2
        edition_decisions.hold(room.context, NEXT_DAY)
        room.now += timedelta(days=1)
        room.voiced(THIRD_DAY, "菜市场今天开张。" * 4, "third")
        third = room.publish(THIRD_DAY)
        assert room.heard() == [third.guid, first.guid]


def test_what_was_killed_between_feed_and_database_is_known_by_the_next_publishing(
    newsroom: Path, dying: Callable[[Room, EditionKey], None]
) -> None:
    """It is on the air; nothing is doubled, nothing is lost."""
    with opened_room(newsroom) as room:
        room.voiced(KEY, "新桥今天通车。" * 4, "first")
        dying(room, KEY)
        room.now += HOUR
        again = room.publish()
        assert room.heard() == [again.guid]
        assert (again.number, again.corrections) == (1, ())


def test_drafting_does_not_ask_for_the_scripts_of_adopted_editions(room: Room) -> None:
    """It looks at what the show has told before: of an adopted edition nobody knows."""
    room.voiced(THIRD_DAY, "菜市场今天开张。" * 4, "third")
    room.publish(THIRD_DAY)
    assert broadcast(room.context, THIRD_DAY._replace(edition="evening")) == ()

"""On the air and off it: early programmes, corrections, withdrawals, what goes when it is old, what the history says."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from briefing.cli import app
from briefing.cli.printing import report
from briefing.editions import edition_decisions, stages
from briefing.errors import StageError
from briefing.model import Stage
from feed.errors import PublishFailed
from feed.model import Person
from tests.briefing.editions.airing_room import HOUR, KEY, NEXT_DAY, SEVEN, Room, opened_room
from tests.feed.publishers.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def room(newsroom: Path) -> Iterator[Room]:
    """A room with nothing on the air."""
    with opened_room(newsroom) as made:
        yield made


def test_a_programme_that_is_made_early_is_dated_when_it_goes_out(room: Room) -> None:
    """Apps drop what is to come; the date then stays, and with it every byte of the feed."""
    room.now = SEVEN - HOUR
    room.voiced(KEY, "新桥通车。")
    assert room.publish().published == SEVEN - HOUR
    before = room.world.files["feed.xml"]
    room.now = SEVEN
    assert room.publish().published == SEVEN - HOUR
    assert room.world.files["feed.xml"] == before


def test_a_programme_that_is_late_has_its_own_minute(room: Room) -> None:
    """A day that is made up for stands in its place."""
    room.now = SEVEN + 30 * HOUR
    room.voiced(KEY, "新桥通车。")
    assert room.publish().published == SEVEN


def test_an_episode_has_its_headlines_and_every_master(room: Room) -> None:
    """The soundbite is the headlines' part; AAC and the short edition have names of their own."""
    room.voiced(KEY, "新桥通车。", "声", ".m4a", "-speakers.mp3")
    made = room.publish()
    [bite] = made.soundbites
    assert (bite.title, bite.start, bite.duration) == (
        "内容提要",
        timedelta(seconds=8),
        timedelta(seconds=42),
    )
    assert made.m4a is not None
    assert made.short is not None
    assert made.m4a.name.startswith("2026-03-02-morning-")
    assert made.short.name.startswith("2026-03-02-morning-short-")
    assert {made.audio, made.m4a.name, made.short.name} <= room.world.files.keys()
    assert made.season == 2026
    assert made.persons == (Person("晓伊"),)


def test_a_correction_keeps_the_item_and_says_what_was_wrong(room: Room) -> None:
    """Guid, number, page and date stay; sound and note are new; there is one item."""
    room.voiced(KEY, "新桥长1.2公里。")
    before = room.publish()
    room.voiced(KEY, "新桥长1.3公里。")
    room.now += 3 * HOUR
    after = stages.correct(room.context, KEY, "新桥长1.3公里，不是1.2公里。", room.told)
    assert (after.guid, after.number, after.published) == (before.guid, before.number, before.published)
    assert after.audio != before.audio
    assert [(one.when, one.what) for one in after.corrections] == [
        (SEVEN + 3 * HOUR, "新桥长1.3公里，不是1.2公里。")
    ]
    assert room.heard() == [before.guid]
    told = "更正（2026年3月2日10:00）：新桥长1.3公里，不是1.2公里。"
    for name in ("feed.xml", "2026-03-02-morning.html"):
        assert told in room.world.files[name].decode(), name


def test_nothing_is_corrected_where_the_sound_is_the_same(room: Room) -> None:
    """A note without a correction would be a riddle; and who was never on the air is not corrected."""
    room.voiced(KEY, "新桥通车。")
    with pytest.raises(StageError, match="was never on the air"):
        stages.correct(room.context, KEY, "桥名更正。", room.told)
    room.publish()
    with pytest.raises(StageError, match=r"on the air as it is; change its script by `briefing edit`"):
        stages.correct(room.context, KEY, "桥名更正。", room.told)
    with pytest.raises(StageError, match="say what is corrected"):
        stages.correct(room.context, KEY, " ", room.told)


def test_words_that_change_are_never_passed_over_in_silence(room: Room) -> None:
    """Who publishes a changed script without a word is given one; the same words in other sound need none."""
    room.voiced(KEY, "新桥通车。", "声音一")
    room.publish()
    room.voiced(KEY, "新桥通车。", "声音二")
    assert room.publish().corrections == ()
    room.voiced(KEY, "旧桥通车。")
    assert [one.what for one in room.publish().corrections] == ["节目内容有更新。"]


def test_a_withdrawn_episode_is_nowhere_and_its_number_is_not_given_again(room: Room) -> None:
    """The feed falls back, a page says that it was, the reason stays in the newsroom."""
    room.voiced(KEY, "新桥通车。")
    first = room.publish()
    room.now += 24 * HOUR
    room.voiced(NEXT_DAY, "图书馆开馆。")
    second = room.publish(NEXT_DAY)
    stages.withdraw(room.context, NEXT_DAY, " 引语有误 ", room.told)
    assert room.heard() == [first.guid]
    assert second.audio not in room.world.files
    assert "本期节目已撤回" in room.world.files["2026-03-03-morning.html"].decode()
    assert "引语有误".encode() not in b"".join(room.world.files.values())
    assert room.context.store.editions.find_standing(NEXT_DAY).stage is Stage.WITHDRAWN
    assert [(one.episode.number, one.why) for one in room.context.store.episodes.list_history("demo")] == [
        (2, "引语有误"),
        (1, ""),
    ]
    room.now += 24 * HOUR
    third = NEXT_DAY._replace(day=date(2026, 3, 4))
    room.voiced(third, "球队夺冠。")
    assert room.publish(third).number == 3
    assert "本期节目已撤回" in room.world.files["2026-03-03-morning.html"].decode()


@pytest.mark.parametrize("again", [stages.run, stages.publish])
def test_what_is_withdrawn_does_not_come_back_by_itself(room: Room, again: object) -> None:
    """Neither by the clock nor by a person's slip."""
    room.voiced(KEY, "新桥通车。")
    room.publish()
    stages.withdraw(room.context, KEY, "引语有误")
    with pytest.raises(StageError, match="is withdrawn; only `briefing reinstate` brings it back"):
        again(room.context, KEY, room.told)  # type: ignore[operator]  # both take these
    assert room.heard() == []


def test_a_withdrawn_episode_comes_back_corrected(room: Room) -> None:
    """By a chief's decision: the same guid, number and page, with a note."""
    room.voiced(KEY, "新桥通车。")
    before = room.publish()
    stages.withdraw(room.context, KEY, "引语有误")
    room.voiced(KEY, "新桥将通车。")
    after = stages.correct(room.context, KEY, "引语更正。", room.told)
    assert (after.guid, after.number) == (before.guid, before.number)
    assert room.heard() == [before.guid]
    assert "本期节目已撤回" not in room.world.files["2026-03-02-morning.html"].decode()


def test_a_withdrawal_that_could_not_be_sent_is_sent_by_asking_again(room: Room) -> None:
    """It is remembered first: no other publishing puts the episode back meanwhile."""
    room.voiced(KEY, "新桥通车。")
    made = room.publish()
    room.world.fails_at = "feed.xml"
    with pytest.raises(PublishFailed):
        stages.withdraw(room.context, KEY, "引语有误")
    assert room.heard() == [made.guid]
    room.world.fails_at = ""
    stages.withdraw(room.context, KEY, "引语有误")
    assert room.heard() == []
    assert len(room.context.store.episodes.list_history("demo")) == 1


def test_a_withdrawal_wants_a_reason_and_something_to_withdraw(room: Room) -> None:
    """Nothing is changed by an order that cannot be meant."""
    room.voiced(KEY, "新桥通车。")
    with pytest.raises(StageError, match="is not on the air"):
        stages.withdraw(room.context, KEY, "引语有误")
    room.publish()
    with pytest.raises(StageError, match="say why"):
        stages.withdraw(room.context, KEY, "")
    assert room.context.store.editions.find_standing(KEY).stage is Stage.PUBLISHED


def test_what_is_held_does_not_go_out_though_it_is_recorded(room: Room) -> None:
    """Not a single file of it."""
    room.voiced(KEY, "新桥通车。")
    edition_decisions.hold(room.context, KEY)
    with pytest.raises(StageError, match="is held"):
        room.publish()
    assert room.world.files == {}


def test_an_episode_goes_when_its_days_are_over(room: Room) -> None:
    """From the feed first, then its files; the newest stays, and the history knows both."""
    room.context = replace(room.context, keep=timedelta(days=1))
    room.voiced(KEY, "新桥通车。")
    old = room.publish()
    room.now += 25 * HOUR
    room.voiced(NEXT_DAY, "图书馆开馆。")
    new = room.publish(NEXT_DAY)
    assert room.heard() == [new.guid]
    assert [name for name in room.world.files if name.startswith("2026-03-02")] == []
    assert room.world.done.index("feed.xml") < room.world.done.index(f"-{old.audio}")
    assert len(room.context.store.episodes.list_history("demo")) == 2


def test_a_show_that_moves_takes_its_episodes_along(room: Room) -> None:
    """What is recorded goes to the new place; what is lost is left out, and said."""
    room.voiced(KEY, "新桥通车。")
    old = room.publish()
    room.now += 24 * HOUR
    room.voiced(NEXT_DAY, "图书馆开馆。")
    new = room.publish(NEXT_DAY)
    room.world = Memory(room.context.show.address)
    room.publish(NEXT_DAY)
    assert room.heard() == [new.guid, old.guid]
    assert old.audio in room.world.files
    room.world = Memory(room.context.show.address)
    (room.context.folder / "recordings" / "2026-03-02-r1.mp3").unlink()
    room.publish(NEXT_DAY)
    assert room.heard() == [new.guid]
    assert room.told.steps[-1].startswith("Left out number 1 (")


def test_the_history_is_told_to_a_person_and_to_a_machine(
    newsroom: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Number, edition, date, corrections, the reason of a withdrawal; the commands do what they say."""
    with opened_room(newsroom) as room:
        room.context = replace(room.context, publisher=Memory)
        room.voiced(KEY, "新桥长1.2公里。")
        room.publish()
        room.voiced(KEY, "新桥长1.3公里。")
    named = ["--config", str(newsroom), "--day", "2026-03-02"]
    assert app.main(["correct", *named, "--what", "桥长更正。"]) == 0
    assert app.main(["withdraw", *named, "--why", "引语有误", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["stage"] == "withdrawn"
    assert app.main(["history", *named, "--json"]) == 0
    told = capsys.readouterr()
    [entry] = json.loads(told.out)
    assert (entry["number"], entry["edition"], entry["published"]) == (
        1,
        "demo/2026-03-02/morning",
        "2026-03-02T07:00:00+08:00",
    )
    assert [one["what"] for one in entry["corrections"]] == ["桥长更正。"]
    assert entry["why"] == "引语有误"
    assert entry["withdrawn"] is not None
    assert "桥长更正" in told.err
    assert "引语有误" in told.err


def test_a_feed_that_lies_elsewhere_is_told_by_its_address(room: Room) -> None:
    """A bucket has no path on this machine; a folder has."""
    room.voiced(KEY, "新桥通车。")
    room.publish()
    assert report.standing(room.context, KEY)["feed"] == "http://127.0.0.1:8000/demo/feed.xml"
    path = room.context.folder / "public" / "demo" / "feed.xml"
    path.parent.mkdir(parents=True)
    path.write_bytes(room.world.files["feed.xml"])
    assert report.standing(room.context, KEY)["feed"] == str(path)

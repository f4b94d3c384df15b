"""The clock: what becomes of an edition on good mornings and on bad ones."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from briefing.editions import lease
from briefing.editions.air_times import Hours
from briefing.model import Act, AlarmKind, EditionKey, Stage, Why
from briefing.monitoring.alarms.events import Severity
from briefing.scheduler.clock import Clock, EditionSlot
from briefing.scheduler.gate import PriorityGate
from briefing.storage.store import Outcome, Store, opened
from tests import clockwork, databases
from tests.clockwork import Heard, World, edited, run_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from briefing.editions.show_context import ShowContext

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOURS = Hours(SHANGHAI, time(7), catch_up=timedelta(hours=4))
KEY = EditionKey("demo", date(2026, 3, 2), "morning")
SLOT = EditionSlot("demo", "morning")


def at(hour: int, minute: int = 0, second: int = 0, day: int = 2) -> datetime:
    """That time of the edition's day, or another of its month."""
    return datetime(2026, 3, day, hour, minute, second, tzinfo=SHANGHAI)


class Morning:
    """A newsroom with one edition, on one day."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.folder = folder
        self.now = databases.Clock(at(5))
        self.world = World(self.now)
        self.alarm = Heard()
        self.start(HOURS)

    def start(self, hours: Hours) -> None:
        """A process begins to run the clock."""
        newsroom = clockwork.newsroom(self.store, self.folder, self.now, {"demo": {"morning": hours}})
        self.context: ShowContext = newsroom.contexts["demo"]
        self.clock = Clock(newsroom, self.alarm, self.world.stages())

    def until(self, end: datetime) -> None:
        """Let time pass."""
        run_until(self.clock, self.now, end, [at(7, 1)])

    @property
    def aired(self) -> list[datetime]:
        """When listeners got the edition."""
        return [when for key, when in self.world.aired if key == KEY]

    @property
    def acts(self) -> list[Act]:
        """What was done to the edition."""
        return [act for key, act in self.world.acts if key == KEY]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store in a file: what the database is changes nothing here."""
    with opened(f"sqlite:///{tmp_path}/briefing.db", tmp_path) as store:
        yield store


@pytest.fixture
def morning(store: Store, tmp_path: Path) -> Morning:
    """Five o'clock."""
    return Morning(store, tmp_path)


def test_an_ordinary_morning(morning: Morning) -> None:
    """Each stage in its time, on the air within the minute, nothing said to anybody, no lease left."""
    morning.until(at(12))
    done = morning.store.acts.list_acts(KEY)
    assert [(one.act, one.began) for one in done] == [
        (Act.GATHER, at(5, 30)),
        (Act.DRAFT, at(6)),
        (Act.REFRESH, at(6, 40)),
        (Act.RENDER, at(6, 40, 20)),
        (Act.PUBLISH, at(7)),
    ]
    assert morning.aired == [at(7, 0, 5)]
    assert [event for event in morning.alarm.events if not event.over] == []
    assert morning.store.leases.list_leases() == {}


def test_the_same_morning_again_and_again_changes_nothing(morning: Morning) -> None:
    """A clock that is woken for no reason does nothing."""
    morning.until(at(8))
    acts = list(morning.world.acts)
    for _ in range(3):
        morning.clock.turn(SLOT)
        morning.clock.watch()
    assert morning.world.acts == acts


def test_what_an_editor_approved_is_spoken_at_once(morning: Morning) -> None:
    """Nothing waits for the last minute that could have been done before it."""
    morning.until(at(6, 10))
    morning.store.editions.move_edition(KEY, Stage.APPROVED)
    morning.until(at(7, 1))
    assert [(one.act, one.began) for one in morning.store.acts.list_acts(KEY)][2:] == [
        (Act.RENDER, at(6, 10)),
        (Act.PUBLISH, at(7)),
    ]


def test_what_nobody_approved_goes_out_or_waits_as_the_show_wants_it(morning: Morning) -> None:
    """A show that holds reminds, waits with an alarm, and goes out as soon as somebody approves."""
    morning.start(replace(HOURS, holds=True))
    morning.until(at(7))
    assert morning.store.editions.find_standing(KEY).stage is Stage.HELD
    held = [event for event in morning.alarm.events if event.kind is AlarmKind.HELD]
    assert [(one.severity, one.over) for one in held] == [
        (Severity.WARNING, False),
        (Severity.URGENT, False),
    ]
    assert held[0].sentence == "《节目demo》3月2日早间还没有签发，07:00前不签发就不播出。"
    morning.now.set(at(8))
    morning.store.editions.move_edition(KEY, Stage.APPROVED)
    morning.until(at(9))
    assert morning.aired == [at(8, 2, 5)]
    assert [one.over for one in morning.alarm.events if one.kind is AlarmKind.HELD][-1]


def test_what_nobody_approves_until_it_is_too_late_is_skipped(morning: Morning) -> None:
    """With that as the reason, and an alarm."""
    morning.start(replace(HOURS, holds=True))
    morning.until(at(12))
    skip = morning.store.acts.find_skip(KEY)
    assert skip is not None
    assert skip.why is Why.HELD
    assert morning.alarm.told(AlarmKind.SKIPPED) == ["《节目demo》3月2日早间不播出：到点之前没有人签发。"]


def test_news_that_comes_after_the_draft_goes_in_unless_an_editor_has_the_script(morning: Morning) -> None:
    """The programme's own draft is written again; an editor's is not."""
    morning.until(at(6, 10))
    morning.world.articles.append("a2")
    morning.until(at(7, 1))
    assert [draft.text for draft in morning.store.scripts.list_scripts(KEY)] == ["a1", "a1、a2"]
    other = KEY._replace(day=date(2026, 3, 3))
    morning.world.articles = ["b1"]
    morning.until(at(6, 10, day=3))
    edited(morning.store, other, "改过的稿", morning.now())
    morning.world.articles.append("b2")
    morning.until(at(7, 1, day=3))
    assert [draft.text for draft in morning.store.scripts.list_scripts(other)] == ["b1", "改过的稿"]
    assert [key for key, _ in morning.world.aired] == [KEY, other]


def test_an_editor_who_is_still_at_it_is_waited_for_but_not_for_ever(morning: Morning) -> None:
    """Three quiet minutes, or the set minute; what was approved and then edited is spoken again."""
    morning.until(at(6, 39))
    edited(morning.store, KEY, "二稿", at(6, 39))
    morning.until(at(6, 50))
    assert morning.store.acts.list_acts(KEY)[-1].began == at(6, 42)
    edited(morning.store, KEY, "三稿", at(6, 50))
    morning.until(at(7, 5))
    assert [(one.act, one.began) for one in morning.store.acts.list_acts(KEY)][-2:] == [
        (Act.RENDER, at(6, 53)),
        (Act.PUBLISH, at(7)),
    ]


def test_an_edit_while_it_is_being_spoken_is_spoken_too(morning: Morning) -> None:
    """What was made of the earlier revision is void, and that is nobody's failure."""

    def edit(act: Act, key: EditionKey) -> None:
        if act is Act.RENDER and morning.store.editions.find_standing(key).revision == 1:
            edited(morning.store, key, "二稿", morning.now())

    morning.world.meanwhile = edit
    morning.until(at(7, 30))
    assert [one.outcome for one in morning.store.acts.list_acts(KEY) if one.act is Act.RENDER] == [
        Outcome.PARKED,
        Outcome.DONE,
    ]
    assert morning.aired == [at(7, 0, 5)]
    assert morning.alarm.told(AlarmKind.STAGE) == []


def test_sources_that_fail_are_asked_again_and_told(morning: Morning) -> None:
    """Soon at first, then every ten minutes, until one can be read."""
    morning.world.wrong = lambda _act, _key, now: "sources" if now < at(6, 50) else ""
    morning.until(at(8))
    assert len([one for one in morning.acts if one is Act.GATHER]) > 5
    assert morning.aired == [at(7, 0, 5)]
    stage = [event for event in morning.alarm.events if event.kind is AlarmKind.STAGE and event.edition]
    assert [one.severity for one in stage][:3] == [Severity.WARNING, Severity.WARNING, Severity.URGENT]
    assert "采集失败（连续第1次）：原因写在服务器日志里" in stage[0].sentence
    assert stage[-1].over


def test_stories_that_the_model_did_not_write_are_told_until_it_writes_again(morning: Morning) -> None:
    """With the reason that the draft holds; the programme goes out in time all the same."""
    morning.world.note = "大模型 m 连不上：4条新闻中有4条由内置写稿完成。"
    morning.until(at(8))
    morning.world.note = ""
    morning.until(at(8, day=3))
    told = [(event.sentence, event.over) for event in morning.alarm.events if event.kind is AlarmKind.MODEL]
    assert told[0] == (f"《节目demo》3月2日早间：{'大模型 m 连不上：4条新闻中有4条由内置写稿完成。'}", False)
    assert told[-1][1]
    assert morning.aired[0] == at(7, 0, 5)


def test_a_day_without_news_has_no_edition(morning: Morning) -> None:
    """It is asked for until the set minute, then skipped with its reason; the next edition ends the alarm."""
    morning.world.wrong = lambda _act, key, _now: "empty" if key == KEY else ""
    morning.until(at(12))
    skip = morning.store.acts.find_skip(KEY)
    assert skip is not None
    assert (skip.why, skip.detail) == (Why.NO_NEWS, "no news on 2026-03-02")
    assert at(7) <= skip.decided < at(7, 1)
    assert morning.alarm.told(AlarmKind.SKIPPED) == ["《节目demo》3月2日早间不播出：当天没有可播的新闻。"]
    morning.until(at(8, day=3))
    over = [one.edition for one in morning.alarm.events if one.kind is AlarmKind.SKIPPED and one.over]
    assert KEY in over


def test_news_at_the_last_minute_makes_an_edition(morning: Morning) -> None:
    """Late is better than nothing."""
    morning.world.wrong = lambda _act, _key, now: "empty" if now < at(6, 59) else ""
    morning.until(at(8))
    assert morning.aired == [at(7, 2, 55)]


@pytest.mark.parametrize("trouble", ["voice", "disk"])
def test_a_voice_or_a_disk_that_fails_is_tried_again(morning: Morning, trouble: str) -> None:
    """On the air as soon as it works, late and with an alarm; nothing half is stored meanwhile."""
    morning.world.wrong = lambda act, _key, now: trouble if act is Act.RENDER and now < at(7, 10) else ""
    morning.until(at(7))
    assert morning.store.recordings.find_recording(KEY) is None
    assert morning.store.editions.find_standing(KEY).stage is Stage.APPROVED
    morning.until(at(8))
    assert len(morning.aired) == 1
    assert at(7, 10) < morning.aired[0] < at(7, 25)
    assert morning.alarm.told(AlarmKind.LATE)[0] == (
        "《节目demo》3月2日早间应在07:00播出，还没有播出，正在补做。"
    )
    why = "服务器的磁盘满了" if trouble == "disk" else "原因写在服务器日志里"
    assert why in morning.alarm.told(AlarmKind.STAGE)[0]
    assert {event.kind for event in morning.alarm.events if event.over} >= {AlarmKind.LATE, AlarmKind.STAGE}


def test_what_cannot_be_made_in_time_is_skipped_with_its_reason(morning: Morning) -> None:
    """The last failure is kept beside it."""
    morning.world.wrong = lambda act, _key, _now: "voice" if act is Act.RENDER else ""
    morning.until(at(12))
    skip = morning.store.acts.find_skip(KEY)
    assert skip is not None
    assert (skip.why, skip.detail) == (Why.FAILED, "the voice is silent")


def test_a_machine_that_slept_from_five_to_eight_catches_up(morning: Morning) -> None:
    """Everything at once, and an alarm that it is late."""
    morning.clock.turn(SLOT)
    morning.now.set(at(8))
    morning.until(at(9))
    assert morning.aired == [at(8, 2, 55)]
    assert morning.alarm.told(AlarmKind.LATE) == ["《节目demo》3月2日早间应在07:00播出，08:02才播出。"]


def test_a_machine_that_comes_back_too_late_skips_what_it_missed(morning: Morning) -> None:
    """Each edition with its reason, and makes the next one; the first of the month was before this newsroom began."""
    morning.clock.turn(SLOT)
    morning.now.set(at(12, day=4))
    morning.until(at(8, day=5))
    skips = {
        key.day.day: skip.why
        for key, skip in morning.store.acts.list_skips("demo").items()
        if key.day.month == 3
    }
    assert skips == {1: Why.MISSED, 2: Why.MISSED, 3: Why.MISSED, 4: Why.MISSED}
    assert [key.day.day for key, _ in morning.world.aired] == [5]
    assert len(morning.alarm.told(AlarmKind.SKIPPED)) == 3


def test_a_newsroom_that_begins_at_nine_has_its_first_edition_today(morning: Morning) -> None:
    """It still makes sense."""
    morning.now.set(at(9))
    morning.until(at(10))
    assert morning.aired == [at(9, 2, 55)]


def test_a_newsroom_that_begins_at_noon_begins_tomorrow(morning: Morning) -> None:
    """What was too late before it began is nobody's fault: no alarm."""
    morning.now.set(at(12))
    morning.until(at(8, day=3))
    assert [key.day.day for key, _ in morning.world.aired] == [3]
    assert morning.alarm.told(AlarmKind.SKIPPED) == []


def test_a_clock_that_is_set_back_does_nothing_twice(morning: Morning) -> None:
    """What is on the air stays; what was decided too early is decided again."""
    morning.until(at(7, 30))
    morning.now.set(at(5))
    morning.until(at(8))
    assert len(morning.aired) == 1
    assert morning.acts.count(Act.RENDER) == 1


def test_a_clock_that_ran_ahead_loses_no_edition(morning: Morning) -> None:
    """What seemed to be missed is made when the clock is right again."""
    morning.until(at(5, 10))
    morning.now.set(at(15, day=3))
    morning.until(at(15, 1, day=3))
    assert [key.day.day for key in morning.store.acts.list_skips("demo")] == [3, 2, 1]
    morning.now.set(at(5, 20))
    morning.until(at(8, day=3))
    assert [(key.day.day, when) for key, when in morning.world.aired] == [
        (2, at(7, 0, 5)),
        (3, at(7, 0, 5, day=3)),
    ]


def test_a_stage_that_another_process_has_in_hand_is_left_to_it(morning: Morning) -> None:
    """Two clocks on one database: the second looks again in seconds, and tells nobody."""
    morning.now.set(at(5, 30))
    with lease.held(morning.store, str(KEY), morning.now):
        assert morning.clock.turn(SLOT) == at(5, 30, 10)
    assert morning.acts == []
    morning.until(at(8))
    assert morning.aired == [at(7, 0, 5)]


def test_a_stage_whose_lease_was_lost_has_no_effect(morning: Morning) -> None:
    """A process that was stopped in the middle of a render wakes up after another has done everything."""
    other = Morning(morning.store, morning.folder)

    def sleep(act: Act, key: EditionKey) -> None:
        if act is Act.RENDER and key == KEY:
            other.now.set(at(6, 55))
            morning.now.set(at(6, 55))
            other.until(at(7, 10))

    morning.world.meanwhile = sleep
    morning.until(at(8))
    assert (len(morning.aired), len(other.aired)) == (0, 1)
    assert [one.act for one in morning.store.acts.list_acts(KEY)].count(Act.RENDER) == 1
    assert morning.store.leases.list_leases() == {}


def test_a_script_file_that_cannot_be_used_is_told_and_the_last_good_one_goes_out(morning: Morning) -> None:
    """An editor's slip keeps nobody waiting."""
    morning.until(at(6, 10))
    path = morning.context.script_file(KEY, 1)
    path.parent.mkdir(parents=True)
    path.write_text("写坏了", encoding="utf-8")
    morning.until(at(8))
    assert morning.aired == [at(7, 0, 5)]
    assert "的稿件文件不能用" in morning.alarm.told(AlarmKind.STAGE)[0]


def test_a_stop_parks_the_stage_and_a_start_goes_on(morning: Morning) -> None:
    """At the next sentence, not at the end; no lease is left, and it is no failure."""
    morning.until(at(6))

    def stop(act: Act, _key: EditionKey) -> None:
        if act is Act.RENDER:
            morning.clock.stop()

    morning.world.meanwhile = stop
    morning.until(at(6, 39))
    morning.now.set(at(6, 40))
    morning.clock.turn(SLOT)
    assert morning.store.leases.list_leases() == {}
    morning.clock.turn(SLOT)
    before = list(morning.acts)
    morning.world.meanwhile = lambda _act, _key: None
    morning.start(HOURS)
    morning.until(at(8))
    assert morning.acts != before
    assert morning.aired == [at(7, 0, 5)]
    assert morning.alarm.told(AlarmKind.STAGE) == []


def test_a_jump_of_the_clock_is_told_until_an_edition_is_on_the_air(morning: Morning) -> None:
    """Whoever looks at what is wrong sees it only as long as it may matter."""
    morning.clock.jumped(3 * 3600)
    morning.until(at(8))
    jumps = [event for event in morning.alarm.events if event.kind is AlarmKind.CLOCK]
    assert [(one.over, one.when) for one in jumps] == [(False, at(5)), (True, at(7, 0, 5))]
    assert jumps[0].sentence == "机器休眠过或时钟被调整，时间跳过了180分钟；已按现在的时间重新安排。"


def test_a_database_that_is_away_is_told_and_waited_for(morning: Morning, tmp_path: Path) -> None:
    """Not even what failed can be written down; a minute later it is tried again."""
    morning.now.set(at(5, 40))
    with opened(f"sqlite:///{tmp_path}/other.db", tmp_path) as broken:
        with broken.database.begin_write() as db:
            db.exec_driver_sql("DROP TABLE watched")
        good = morning.context
        newsroom = clockwork.newsroom(broken, tmp_path, morning.now, {"demo": {"morning": HOURS}})
        clock = Clock(newsroom, morning.alarm, morning.world.stages())
        assert clock.turn(SLOT) == at(5, 41)
        assert "的调度出错" in morning.alarm.told(AlarmKind.STAGE)[0]
        newsroom.contexts["demo"] = good  # type: ignore[index]  # the database is back
        clock.turn(SLOT)
    assert [event.over for event in morning.alarm.events if event.subject == "morning"] == [False, True]


def test_renders_wait_for_a_place_and_the_one_that_is_due_first_goes_first() -> None:
    """Two at a time would do for a show whose voice hangs; who waits is served by the clock, not by arrival."""
    gate, went = PriorityGate(1), []
    inside, leave = threading.Event(), threading.Event()

    def hang() -> None:
        with gate.enter_by_due(at(5)):
            inside.set()
            leave.wait()

    def go(due: datetime) -> None:
        with gate.enter_by_due(due):
            went.append(due)

    first = threading.Thread(target=hang)
    first.start()
    inside.wait()
    others = [threading.Thread(target=go, args=(due,)) for due in (at(9), at(7), at(8))]
    for number, other in enumerate(others, 1):
        other.start()
        while len(gate._waiting) < number:
            threading.Event().wait(0.001)
    leave.set()
    for thread in (first, *others):
        thread.join()
    assert went == [at(7), at(8), at(9)]

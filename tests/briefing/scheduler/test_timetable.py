"""What is due: a table of hours, states and times, and what follows from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from briefing.editions.air_times import Hours, moment
from briefing.model import Act, Skip, Stage, Why
from briefing.scheduler import timetable
from briefing.scheduler.timetable import DueStep, EditionState

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 3, 2)
HOURS = Hours(SHANGHAI, time(7))
HOLDS = replace(HOURS, holds=True)
"""5:30 gather, 6:00 draft, 6:40 render, 7:00 publish, 11:00 latest."""


def at(hour: int, minute: int = 0, second: int = 0) -> datetime:
    """That time of Monday."""
    return datetime(2026, 3, 2, hour, minute, second, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("zone", "day", "said", "meant"),
    [
        ("Asia/Shanghai", date(2026, 3, 2), time(7), "2026-03-01T23:00"),
        # 2026-03-08, New York: the dial goes from 1:59 to 3:00; 2026-11-01: from 1:59 back to 1:00.
        ("America/New_York", date(2026, 3, 8), time(2, 30), "2026-03-08T07:00"),
        ("America/New_York", date(2026, 3, 8), time(3), "2026-03-08T07:00"),
        ("America/New_York", date(2026, 3, 8), time(1, 59), "2026-03-08T06:59"),
        ("America/New_York", date(2026, 11, 1), time(1, 30), "2026-11-01T05:30"),
        # Lord Howe moves by half an hour: 2026-10-04 from 1:59 to 2:30, 2026-04-05 from 1:59 back to 1:30.
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 10), "2026-10-03T15:30"),
        ("Australia/Lord_Howe", date(2026, 4, 5), time(1, 45), "2026-04-04T14:45"),
        # Samoa had no 30 December 2011: its dial went on with the 31st.
        ("Pacific/Apia", date(2011, 12, 30), time(7), "2011-12-30T10:00"),
    ],
)
def test_a_time_is_one_moment_whatever_the_dial_does(zone: str, day: date, said: time, meant: str) -> None:
    """One that is jumped over is the minute after the jump, one that comes twice the first."""
    found = moment(day, said, ZoneInfo(zone))
    assert found.astimezone(UTC).isoformat(timespec="minutes") == f"{meant}+00:00"


def test_leads_are_real_minutes_on_a_day_of_23_hours() -> None:
    """An edition at three in the morning of the jump has its ninety minutes all the same."""
    hours = Hours(ZoneInfo("America/New_York"), time(3))
    times = hours.times(date(2026, 3, 8))
    assert times is not None
    assert [one.astimezone(UTC).strftime("%H:%M") for one in times] == [
        "05:30",
        "06:00",
        "06:40",
        "07:00",
        "11:00",
    ]
    assert times.gather.strftime("%H:%M") == "00:30"


def test_weekdays_holidays_and_special_days_say_when_there_is_an_edition() -> None:
    """A special day has one whatever else is said of it, at its own time."""
    saturday, holiday, workday = date(2026, 3, 7), date(2026, 3, 3), date(2026, 3, 8)
    hours = replace(
        HOURS,
        weekdays=frozenset(range(5)),
        holidays=frozenset({holiday, date(2026, 3, 4)}),
        special={workday: time(9), date(2026, 3, 4): time(10)},
    )
    days = [MONDAY + timedelta(days=number) for number in range(7)]
    assert [hours.has(day) for day in days] == [True, False, True, True, True, False, True]
    assert hours.times(saturday) is None
    assert hours.air(workday).hour == 9
    assert hours.next_day(saturday) == workday


@pytest.mark.parametrize(
    ("state", "hours", "step"),
    [
        (EditionState(), HOURS, DueStep(Act.GATHER, at(5, 30))),
        (EditionState(Stage.GATHERED, gathered=at(5, 31)), HOURS, DueStep(Act.DRAFT, at(6))),
        # A source was late: it is asked again until the draft, which asks all of them once more.
        (
            EditionState(Stage.GATHERED, gathered=at(5, 31), wanting=True),
            HOURS,
            DueStep(Act.GATHER, at(5, 41)),
        ),
        (EditionState(Stage.GATHERED, gathered=at(5, 51), wanting=True), HOURS, DueStep(Act.DRAFT, at(6))),
        # Editors have their time; then the latest news, unless one of them has the script in hand.
        (EditionState(Stage.DRAFTED, gathered=at(6)), HOURS, DueStep(Act.REFRESH, at(6, 40))),
        (EditionState(Stage.DRAFTED, gathered=at(6, 40)), HOURS, DueStep(Act.RENDER, at(6, 40))),
        (
            EditionState(Stage.DRAFTED, gathered=at(6), touched=at(6, 20)),
            HOURS,
            DueStep(Act.RENDER, at(6, 40)),
        ),
        (
            EditionState(Stage.DRAFTED, gathered=at(6), touched=at(6, 39)),
            HOURS,
            DueStep(Act.RENDER, at(6, 42)),
        ),
        (EditionState(Stage.DRAFTED, gathered=at(6), touched=at(6, 59)), HOURS, DueStep(Act.RENDER, at(7))),
        # By the other rule nothing goes out that nobody approved.
        (EditionState(Stage.DRAFTED, gathered=at(6)), HOLDS, DueStep(Act.REFRESH, at(6, 40))),
        (EditionState(Stage.DRAFTED, gathered=at(6, 40)), HOLDS, DueStep(Act.HOLD, at(7))),
        (EditionState(Stage.HELD), HOLDS, DueStep(Act.SKIP, at(11), Why.HELD)),
        # What is approved is spoken at once, and waits for its minute.
        (EditionState(Stage.APPROVED), HOLDS, DueStep(Act.RENDER, at(5, 30))),
        (EditionState(Stage.VOICED), HOURS, DueStep(Act.RENDER, at(5, 30))),
        (EditionState(Stage.VOICED, recorded=True), HOURS, DueStep(Act.PUBLISH, at(7))),
        # No news: every ten minutes, at the set minute for the last time.
        (EditionState(empty=at(5, 30)), HOURS, DueStep(Act.GATHER, at(5, 40))),
        (EditionState(Stage.GATHERED, empty=at(6, 55)), HOURS, DueStep(Act.GATHER, at(7))),
        (EditionState(empty=at(7)), HOURS, DueStep(Act.SKIP, at(7), Why.NO_NEWS)),
        # A failure is tried again, sooner at first.
        (EditionState(failures=1, failed=at(5, 30)), HOURS, DueStep(Act.GATHER, at(5, 30, 20))),
        (EditionState(Stage.APPROVED, failures=2, failed=at(6)), HOURS, DueStep(Act.RENDER, at(6, 1))),
        (EditionState(Stage.APPROVED, failures=9, failed=at(6)), HOURS, DueStep(Act.RENDER, at(6, 5))),
        (
            EditionState(Stage.VOICED, recorded=True, failures=1, failed=at(6)),
            HOURS,
            DueStep(Act.PUBLISH, at(7)),
        ),
    ],
)
def test_what_comes_next(state: EditionState, hours: Hours, step: DueStep) -> None:
    """Each state before the latest moment has one next step, with the moment from which on it is due."""
    assert timetable.next_step(hours, MONDAY, state, at(7)) == step


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (EditionState(), Why.MISSED),
        (EditionState(Stage.VOICED, recorded=True), Why.MISSED),
        (EditionState(Stage.HELD), Why.HELD),
        (EditionState(Stage.APPROVED, failures=4, failed=at(10, 50)), Why.FAILED),
        (EditionState(empty=at(6, 50)), Why.NO_NEWS),
    ],
)
def test_what_is_too_late_is_skipped_with_its_reason(state: EditionState, why: Why) -> None:
    """After the latest moment nothing else is done with it; at that moment it still may."""
    assert timetable.next_step(HOURS, MONDAY, state, at(11, 0, 1)) == DueStep(Act.SKIP, at(11, 0, 1), why)


def test_what_is_on_the_air_or_skipped_is_settled() -> None:
    """And so is a day without an edition."""
    skipped = EditionState(skip=Skip(Why.NO_NEWS, "", at(7)))
    assert timetable.next_step(HOURS, MONDAY, EditionState(Stage.DRAFTED, aired=True), at(8)) is None
    assert timetable.next_step(HOURS, MONDAY, skipped, at(8)) is None
    resting = replace(HOURS, holidays=frozenset({MONDAY}))
    assert timetable.next_step(resting, MONDAY, EditionState(), at(8)) is None


def test_what_a_clock_decided_that_ran_ahead_is_forgotten_when_it_is_set_back() -> None:
    """The edition that seemed to be missed is made."""
    ahead = EditionState(skip=Skip(Why.MISSED, "", at(15)))
    assert timetable.next_step(HOURS, MONDAY, ahead, at(5)) == DueStep(Act.GATHER, at(5, 30))


def test_it_is_late_when_its_minute_is_over() -> None:
    """Not before, and not when it is on the air or will not be made."""
    times = HOURS.times(MONDAY)
    assert times is not None
    assert not timetable.is_late(times, EditionState(), at(7, 0, 59))
    assert timetable.is_late(times, EditionState(), at(7, 1))
    assert not timetable.is_late(times, EditionState(aired=True), at(7, 1))
    assert not timetable.is_late(times, EditionState(skip=Skip(Why.NO_NEWS, "", at(7))), at(7, 1))


def test_somebody_is_reminded_to_approve_when_the_script_should_be_spoken() -> None:
    """Only where it would not go out otherwise."""
    times, drafted = HOLDS.times(MONDAY), EditionState(Stage.DRAFTED)
    assert times is not None
    assert not timetable.wants_approval(HOLDS, times, drafted, at(6, 39))
    assert timetable.wants_approval(HOLDS, times, drafted, at(6, 40))
    assert not timetable.wants_approval(HOLDS, times, EditionState(Stage.APPROVED), at(6, 40))
    assert not timetable.wants_approval(HOURS, times, drafted, at(6, 40))

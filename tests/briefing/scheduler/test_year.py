"""A year of mornings in three time zones: weekends, holidays, changes of the dial, restarts, and fifty outages."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from briefing.editions.air_times import Hours
from briefing.model import AlarmKind, Why
from briefing.scheduler.clock import Clock, EditionSlot
from briefing.storage.store import Holder, opened
from tests import clockwork, databases
from tests.clockwork import Heard, World

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.model import Act, EditionKey
    from briefing.storage.store import Store

START = datetime(2026, 1, 1, tzinfo=UTC)
END = datetime(2027, 1, 2, tzinfo=UTC)
DAYS = [date(2026, 1, 2) + timedelta(days=number) for number in range(363)]
"""The first and the last day are cut off in one zone or the other."""

WEEK = frozenset(range(5))
GOLDEN = frozenset(date(2026, 10, day) for day in range(1, 8))
SHOWS: dict[str, dict[str, Hours]] = {
    # A holiday week, and a Saturday and a holiday that are worked.
    "shanghai": {
        "morning": Hours(
            ZoneInfo("Asia/Shanghai"),
            time(7),
            WEEK,
            GOLDEN,
            {date(2026, 10, 10): time(9), date(2026, 10, 1): time(10)},
        )
    },
    # In the hour that is jumped over in March and comes twice in November.
    "newyork": {"night": Hours(ZoneInfo("America/New_York"), time(2, 30), catch_up=timedelta(hours=2))},
    # Half an hour of summer time.
    "lordhowe": {"night": Hours(ZoneInfo("Australia/Lord_Howe"), time(2, 15), frozenset({0, 2, 3, 4, 6}))},
}
OUTAGES = 50
KINDS = ("machine", "machine", "voice", "disk", "sources", "publisher", "empty")


@dataclass(frozen=True)
class Outage:
    """What is wrong from when to when; a machine that is out runs nothing at all."""

    kind: str
    begin: datetime
    end: datetime


def outages(chance: random.Random) -> list[Outage]:
    """Fifty of them, from minutes to three days, anywhere in the year."""
    found = []
    for _ in range(OUTAGES):
        begin = START + timedelta(minutes=chance.randrange(3 * 24 * 60, 362 * 24 * 60))
        length = timedelta(minutes=chance.choice((5, 30, 90, 180, 600, 1500, 4300)))
        found.append(Outage(chance.choice(KINDS), begin, begin + length * chance.uniform(0.5, 1)))
    return sorted(found, key=lambda one: one.begin)


def dead(now: datetime) -> Holder:
    """A process that was killed while it held a lease, on another machine: nobody can see that it is gone."""
    return Holder("killed", "another machine", 1, "1", now, now + timedelta(minutes=1))


class Year:
    """A newsroom through a year."""

    def __init__(self, store: Store, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - the same year every time
        self.store = store
        self.folder = folder
        self.now = databases.Clock(START)
        self.outages = outages(self.chance)
        self.world = World(self.now, wrong=self.wrong)
        self.alarm = Heard()
        self.restarts = 0
        self.start()

    def wrong(self, _act: Act, _key: EditionKey, now: datetime) -> str:
        """What is wrong at that moment."""
        return next((one.kind for one in self.outages if one.begin <= now < one.end), "")

    def start(self) -> None:
        """A new process, perhaps after one that was killed at work."""
        newsroom = clockwork.newsroom(self.store, self.folder, self.now, SHOWS)
        self.clock = Clock(newsroom, self.alarm, self.world.stages())
        self.restarts += 1

    def pass_by(self) -> None:
        """Let the year pass: each slot when something is due, all at each end of an outage and at a restart a week."""
        weekly = [START + timedelta(days=7 * week, hours=self.chance.uniform(0, 168)) for week in range(52)]
        stops = sorted([*weekly, *(one.begin for one in self.outages), *(one.end for one in self.outages)])
        wanted: dict[EditionSlot, datetime | None] = {}
        while self.now() < END:
            if self.down(self.now()):
                self.now.set(self.awake(self.now()))
                self.killed()
                wanted = {}
            while stops and stops[0] <= self.now():
                if stops.pop(0) in weekly:
                    self.killed()
                wanted = {}
            for slot in self.clock.slots:
                if slot not in wanted or ((moment := wanted[slot]) and moment <= self.now()):
                    wanted[slot] = self.clock.turn(slot)
            self.clock.watch()
            later = [one for one in (*wanted.values(), *stops[:1], *self.looks()) if one and one > self.now()]
            overdue = any(one and one <= self.now() for one in wanted.values())
            self.now.set(self.now() if overdue else min([*later, END]))

    def looks(self) -> list[datetime]:
        """A minute after each edition's time, when somebody would have to be told that it is late."""
        return [
            times.publish + timedelta(seconds=61)
            for edition in SHOWS.values()
            for hours in edition.values()
            for back in (-1, 0, 1)
            if (times := hours.times(self.now().astimezone(hours.zone).date() + timedelta(days=back)))
        ]

    def down(self, now: datetime) -> bool:
        """Whether the machine is out."""
        return any(one.kind == "machine" and one.begin <= now < one.end for one in self.outages)

    def awake(self, now: datetime) -> datetime:
        """When the machine is up again."""
        while self.down(now):
            now = max(one.end for one in self.outages if one.kind == "machine" and one.begin <= now < one.end)
        return now

    def killed(self) -> None:
        """The process was killed at work on whatever it was, and another one begins."""
        for show, edition in SHOWS.items():
            name, hours = next(iter(edition.items()))
            key = f"{show}/{self.now().astimezone(hours.zone).date()}/{name}"
            self.store.leases.take_lease(key, dead(self.now()), lambda _: False)
        self.start()


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    """The year, with everything that happened."""
    folder = tmp_path_factory.mktemp("year")
    with opened(f"sqlite:///{folder}/briefing.db", folder) as store:
        # Nobody pulls the plug here: what the system has is as good as what the disk has, and far faster.
        store.engine.raw_connection().execute("PRAGMA synchronous=OFF")
        passed = Year(store, folder, seed=20260101)
        passed.pass_by()
        return passed


def due(hours: Hours) -> list[date]:
    """The days with an edition."""
    return [day for day in DAYS if hours.has(day)]


@pytest.mark.parametrize("show", list(SHOWS))
def test_every_edition_that_was_due_went_out_once_or_was_skipped_for_its_reason(
    year: Year, show: str
) -> None:
    """None twice, none without a word, none on a day of rest, none before its minute."""
    name, hours = next(iter(SHOWS[show].items()))
    aired = [(key.day, when) for key, when in year.world.aired if key.show == show]
    skips = {key.day: skip for key, skip in year.store.acts.list_skips(show).items()}
    days = [day for day, _ in aired]
    assert len(days) == len(set(days))
    assert all(hours.has(day) and when >= hours.air(day) for day, when in aired)
    for day in due(hours):
        assert (day in days) != (day in skips), f"{show} {day} {name}"
    assert len(days) > 0.8 * len(due(hours))
    assert {skip.why for skip in skips.values()} <= {Why.MISSED, Why.FAILED, Why.NO_NEWS}


@pytest.mark.parametrize("show", list(SHOWS))
def test_none_was_late_without_an_alarm(year: Year, show: str) -> None:
    """Nor skipped; and most were on time to the minute, those of the changes of the dial among them."""
    _, hours = next(iter(SHOWS[show].items()))
    late = {event.edition for event in year.alarm.events if event.kind is AlarmKind.LATE and not event.over}
    told = {
        event.edition for event in year.alarm.events if event.kind is AlarmKind.SKIPPED and not event.over
    }
    aired = [(key, when) for key, when in year.world.aired if key.show == show]
    slow = [key for key, when in aired if when >= hours.air(key.day) + timedelta(minutes=1)]
    assert set(slow) <= late
    assert {key for key in year.store.acts.list_skips(show) if key.day in DAYS} <= told
    assert len(slow) < 0.1 * len(aired)


@pytest.mark.parametrize("show", list(SHOWS))
def test_an_edition_was_skipped_only_when_it_could_not_be_made(year: Year, show: str) -> None:
    """While it could have been caught up, something was out."""
    _, hours = next(iter(SHOWS[show].items()))
    for key, skip in year.store.acts.list_skips(show).items():
        times = hours.times(key.day)
        assert times is not None
        if key.day not in DAYS:
            continue
        end = times.publish if skip.why is Why.NO_NEWS else times.latest
        assert any(one.begin < end and one.end > end - timedelta(minutes=15) for one in year.outages), (
            f"{key} {skip}"
        )


def test_nothing_is_left_of_those_who_were_killed(year: Year) -> None:
    """No lease, and the next morning begins where it should."""
    assert year.restarts > 60
    assert [name for name, holder in year.store.leases.list_leases().items() if holder.until > END] == []
    assert {
        slot.show: year.store.acts.find_watched_day(*slot) for slot in year.clock.slots
    }.keys() == SHOWS.keys()

"""The hours of an edition: the minute it goes out, on which days, and when each stage begins.

A moment is aware; leads are real minutes, not those on the dial, on a day that has 23 or 25 hours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


class Times(NamedTuple):
    """The moments of one edition: aware, in order, in the show's time zone."""

    gather: datetime
    draft: datetime
    render: datetime
    publish: datetime
    latest: datetime


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of a show's edition: its minute, its days, and the lead of each stage.

    `weekdays` count from Monday 0. `holidays` have no edition; `special` days have one at a time of their own, whatever
    else is said of them. `holds` says that what nobody approved waits instead of going out. After `catch_up` a missed
    edition makes no sense any more.
    """

    zone: ZoneInfo
    publish: time
    weekdays: frozenset[int] = frozenset(range(7))
    holidays: frozenset[date] = frozenset()
    special: Mapping[date, time] = field(default_factory=dict)
    gather: timedelta = timedelta(minutes=90)
    draft: timedelta = timedelta(minutes=60)
    render: timedelta = timedelta(minutes=20)
    catch_up: timedelta = timedelta(hours=4)
    holds: bool = False

    def has(self, day: date) -> bool:
        """Return whether there is an edition on that day."""
        return day in self.special or (day.weekday() in self.weekdays and day not in self.holidays)

    def air(self, day: date) -> datetime:
        """Return when the edition of that day goes out, or would."""
        return moment(day, self.special.get(day, self.publish), self.zone)

    def times(self, day: date) -> Times | None:
        """The moments of that day's edition; None where there is none."""
        if not self.has(day):
            return None
        air = self.air(day)
        leads = (-self.gather, -self.draft, -self.render, timedelta(0), self.catch_up)
        return Times(*((air.astimezone(UTC) + lead).astimezone(self.zone) for lead in leads))

    def next_day(self, day: date, within: int = 400) -> date | None:
        """The first day from `day` on that has an edition."""
        return next(
            (candidate for candidate in (day + DAY * n for n in range(within)) if self.has(candidate)), None
        )


def moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return that time of that day: the minute after a jump of the dial, the first of two that are alike."""
    local = datetime.combine(day, at)
    while not _exists(local, zone):
        local = local.replace(second=0, microsecond=0) + MINUTE
    return local.replace(tzinfo=zone)


def _exists(said: datetime, zone: ZoneInfo) -> bool:
    restored = said.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return restored.replace(tzinfo=None) == said

"""Rhythm of a show from its air times: Chinese for listeners, RFC 5545 for apps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed.model import UpdateRhythm

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import time

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NAMES = "一二三四五六日"
WEEK, WORKDAYS, WEEKEND = frozenset(range(7)), frozenset(range(5)), frozenset({5, 6})


def update_rhythm(editions: Sequence[tuple[time, frozenset[int]]]) -> UpdateRhythm:
    """Return the rhythm of editions at these times on these weekdays (Monday 0)."""
    together: dict[frozenset[int], list[time]] = {}
    for moment, days in sorted(editions, key=lambda edition: edition[0]):
        together.setdefault(days, []).append(moment)
    parts = [
        f"{_weekday_words(days)}{'、'.join(f'{moment:%H:%M}' for moment in times)}"
        for days, times in together.items()
    ]
    return UpdateRhythm(f"{'，'.join(parts)}更新", _recurrence_rule(together))


def _weekday_words(days: frozenset[int]) -> str:
    words = {WEEK: "每天", WORKDAYS: "工作日", WEEKEND: "周末"}
    return words.get(days) or "每周" + "、".join(NAMES[day] for day in sorted(days))


def _recurrence_rule(together: dict[frozenset[int], list[time]]) -> str:
    """Return an RRULE; with hours only if they are the same on all days, as one rule requires."""
    days = frozenset[int]().union(*together)
    rule = (
        "FREQ=DAILY" if days == WEEK else "FREQ=WEEKLY;BYDAY=" + ",".join(CODES[day] for day in sorted(days))
    )
    times = [moment for each in together.values() for moment in each]
    if len(times) > 1 and len(together) == 1 and len({moment.minute for moment in times}) == 1:
        rule += f";BYHOUR={','.join(str(moment.hour) for moment in times)};BYMINUTE={times[0].minute}"
    return rule

"""How often a show appears, from when its editions go out: Chinese for listeners, RFC 5545 for apps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed.model import Rhythm

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import time

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NAMES = "一二三四五六日"
WEEK, WORK, REST = frozenset(range(7)), frozenset(range(5)), frozenset({5, 6})


def of(editions: Sequence[tuple[time, frozenset[int]]]) -> Rhythm:
    """The rhythm of a show whose editions go out at these times on these weekdays (Monday 0)."""
    together: dict[frozenset[int], list[time]] = {}
    for at, days in sorted(editions, key=lambda edition: edition[0]):
        together.setdefault(days, []).append(at)
    told = [f"{_days(days)}{'、'.join(f'{at:%H:%M}' for at in times)}" for days, times in together.items()]
    return Rhythm(f"{'，'.join(told)}更新", _rule(together))


def _days(days: frozenset[int]) -> str:
    known = {WEEK: "每天", WORK: "工作日", REST: "周末"}
    return known.get(days) or "每周" + "、".join(NAMES[day] for day in sorted(days))


def _rule(together: dict[frozenset[int], list[time]]) -> str:
    """One rule has one set of hours: they are said only where they hold on all days."""
    days = frozenset[int]().union(*together)
    rule = (
        "FREQ=DAILY" if days == WEEK else "FREQ=WEEKLY;BYDAY=" + ",".join(CODES[day] for day in sorted(days))
    )
    times = [at for each in together.values() for at in each]
    if len(times) > 1 and len(together) == 1 and len({at.minute for at in times}) == 1:
        rule += f";BYHOUR={','.join(str(at.hour) for at in times)};BYMINUTE={times[0].minute}"
    return rule

"""How often a show appears, in words and as a rule."""

from __future__ import annotations

from datetime import time

import pytest

from feed.rss import recurrence
from feed.rss.recurrence import WEEK, WEEKEND, WORKDAYS

SEVEN, SIX = time(7), time(18)


@pytest.mark.parametrize(
    ("editions", "text", "rule"),
    [
        ([(SEVEN, WEEK)], "每天07:00更新", "FREQ=DAILY"),
        ([(SEVEN, WORKDAYS)], "工作日07:00更新", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ([(SEVEN, WEEKEND)], "周末07:00更新", "FREQ=WEEKLY;BYDAY=SA,SU"),
        ([(SEVEN, frozenset({4, 0, 2}))], "每周一、三、五07:00更新", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ([(SIX, WEEK), (SEVEN, WEEK)], "每天07:00、18:00更新", "FREQ=DAILY;BYHOUR=7,18;BYMINUTE=0"),
        ([(SEVEN, WEEK), (time(18, 30), WEEK)], "每天07:00、18:30更新", "FREQ=DAILY"),
        ([(SEVEN, WORKDAYS), (SIX, WEEKEND)], "工作日07:00，周末18:00更新", "FREQ=DAILY"),
    ],
)
def test_a_rhythm_says_days_and_times(
    editions: list[tuple[time, frozenset[int]]], text: str, rule: str
) -> None:
    """Chinese for listeners, RFC 5545 for apps, which are told hours only where they hold on all days."""
    assert recurrence.update_rhythm(editions).text == text
    assert recurrence.update_rhythm(editions).rule == rule

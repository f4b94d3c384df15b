"""Text of strangers: whatever it is, it is read, and no slower than its length."""

from __future__ import annotations

from datetime import date

import pytest

from briefing.editorial.guard.check import check_sentence

DAY = date(2025, 1, 1)


@pytest.mark.parametrize(
    "unit",
    ["1", "1.", "万", "百分之1..", "“", "大桥，", "3月1日2时3分4秒5元", "9999年99月", "半", "二〇", "0比"],
)
def test_any_text_is_read(unit: str) -> None:
    """No number is too long, no mark too many."""
    text = unit * (600 // len(unit))

    check_sentence(text, (text, "大桥全长1.86公里。"), (text,), "滨河区", DAY)


def test_a_text_too_long_to_be_checked_is_doubted() -> None:
    """A lie behind the six hundredth character would be heard otherwise."""
    (doubt,) = check_sentence("大桥。" * 201, ("大桥。",), (), "滨河区", DAY)

    assert doubt.grave

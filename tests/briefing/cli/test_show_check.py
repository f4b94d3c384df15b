"""`briefing check` finds today what publishing would refuse tomorrow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from briefing import config
from briefing.cli.checking.publishing_checks import check_feeds

if TYPE_CHECKING:
    from pathlib import Path


def faults(newsroom: Path, key: str, value: str) -> list[tuple[str, str]]:
    """State and sentence of what is found when the show has another value."""
    text = newsroom.read_text(encoding="utf-8")
    start = text.index("[shows.demo]")
    changed, times = re.subn(rf'(?m)^{key} = ".*"$', f'{key} = "{value}"', text[start:], count=1)
    assert times == 1
    newsroom.write_text(text[:start] + changed, encoding="utf-8")
    return [(one.state, one.sentence) for one in check_feeds(config.load(newsroom))]


def test_the_sample_show_is_taken(newsroom: Path) -> None:
    """One line says so."""
    assert [(one.state, one.name) for one in check_feeds(config.load(newsroom))] == [("ok", "feed of demo")]


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("title", "每日<i>简报", "the channel has markup in its title (Apple 823)"),
        ("description", "<script>alert(1)</script>", "active content"),
        ("email", "nobody", "is no address"),
    ],
)
def test_what_every_publish_would_refuse_is_an_error_today(
    key: str, value: str, sentence: str, newsroom: Path
) -> None:
    """By the feed's own rules, whatever makes the refusal."""
    found = faults(newsroom, key, value)
    assert {state for state, _ in found} == {"error"}
    assert any(sentence in said for _, said in found), found

"""Lengths, times and names as the pages write them, and what an edition's card lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.monitoring.chinese_names import EDITIONS

if TYPE_CHECKING:
    from datetime import timedelta


def name_of_edition(name: str) -> str:
    """An edition's name as the desk says it."""
    return EDITIONS.get(name, name)


def format_length(seconds: float) -> str:
    """A length for a person, as in 6 分 05 秒."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} 分 {rest:02} 秒" if minutes else f"{rest} 秒"


def format_time_left(span: timedelta) -> str:
    """Return how long until, or since, in the words of a clock: 还有 1 小时 20 分, 已过 5 分."""
    minutes = round(abs(span.total_seconds()) / 60)
    hours, rest = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    text = f"{days} 天" if days else f"{hours} 小时 {rest} 分" if hours else f"{rest} 分"
    return f"还有 {text}" if span.total_seconds() >= 0 else f"已过 {text}"


@dataclass(frozen=True, slots=True)
class OpenNeed:
    """Something that a person should look at: what, and the sentence or the segment that it is about."""

    text: str
    segment: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class EditionFact:
    """A figure of an edition; `off` when it is not as it should be."""

    what: str
    value: str
    more: str = ""
    off: bool = False


def format_clock(seconds: float) -> str:
    """A length in figures, as in 6:05."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02}"

"""Dates as feeds write them (RFC 5322, four digits of the year, with an offset)."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def parse_aware(text: str) -> datetime | None:
    """Parse a date with a zone; None for any other text."""
    when = parse_date(text)
    return None if when is None or when.tzinfo is None else when


def parse_date(text: str) -> datetime | None:
    """Parse a date, naive without a zone; None for any other text."""
    try:
        return parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None


def weekday_name(when: datetime) -> str:
    """Return the English name of the weekday, independent of the locale."""
    return DAYS[when.weekday()]

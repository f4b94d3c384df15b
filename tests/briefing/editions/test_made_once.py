"""Made once, handed on: how often a run of a one-minute show asks the store, parses its script and reads a sentence."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from briefing.cli.app import main
from briefing.editions import show_context
from briefing.editorial import script
from briefing.mandarin import reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

    from briefing.mandarin import Lexicon
    from briefing.mandarin.reading import Reading
    from briefing.model import Script

DAY = "2023-06-09"
"""Day of the sample pages."""

MAX_TRANSACTIONS = 33
"""Transactions of a first run; only lowered. The aim is 20: publishing asks for the same history several times."""


@contextmanager
def counted_transactions() -> Iterator[Counter[str]]:
    """Count the transactions that any engine begins in the block, by kind."""
    begun: Counter[str] = Counter()

    def count(connection: sa.Connection) -> None:
        begun["write" if connection.get_execution_options().get("writes") else "read"] += 1

    sa.event.listen(Engine, "begin", count)
    try:
        yield begun
    finally:
        sa.event.remove(Engine, "begin", count)


def test_a_run_asks_parses_and_reads_no_more_often_than_it_must(
    newsroom: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One parse a revision, one reading a sentence, and a bounded number of transactions."""
    parses: Counter[str] = Counter()
    readings: Counter[str] = Counter()
    parse, read = script.parse, reading.read

    def count_parse(text: str) -> Script:
        parses[text] += 1
        return parse(text)

    def count_reading(printed: str, lexicon: Lexicon | None = None) -> Reading:
        readings[printed] += 1
        return read(printed, lexicon)

    monkeypatch.setattr(script, "parse", count_parse)
    show_context.parse_revision.cache_clear()
    monkeypatch.setattr(reading, "read", count_reading)
    with counted_transactions() as begun:
        assert main(["run", "--config", str(newsroom), "--day", DAY, "--quiet"]) == 0
    assert begun.total() <= MAX_TRANSACTIONS, begun
    assert set(readings.values()) == {1}
    assert set(parses.values()) <= {1}

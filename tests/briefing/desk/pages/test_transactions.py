"""The script page is made once and handed on: few transactions and parses, whatever the number of revisions."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from briefing.editions import edition_decisions
from briefing.editorial import script
from tests.briefing.desk.conftest import KEY

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlalchemy as sa

    from briefing.model import Script
    from tests.briefing.desk.conftest import Desk

HERE = "/desk/editions/demo/2023-06-09/morning"
AT = "/desk/api/v1/shows/demo/editions/2023-06-09/morning"


@contextmanager
def counted(engine: sa.Engine) -> Iterator[list[str]]:
    """The transactions that begin during a block, and the statements that read scripts."""
    begun: list[str] = []

    def begin(_connection: object) -> None:
        begun.append("BEGIN")

    event.listen(engine, "begin", begin)
    try:
        yield begun
    finally:
        event.remove(engine, "begin", begin)


@contextmanager
def script_reads(engine: sa.Engine) -> Iterator[list[int]]:
    """How many texts of scripts each query of a block has read."""
    read: list[int] = []

    def fetched(_db: object, cursor: object, statement: str, *_: object) -> None:
        del cursor
        if "scripts.text" in statement and statement.startswith("SELECT") and "LIMIT" not in statement:
            read.append(statement.count("revision = "))

    event.listen(engine, "after_cursor_execute", fetched)
    try:
        yield read
    finally:
        event.remove(engine, "after_cursor_execute", fetched)


def with_revisions(desk: Desk, number: int) -> None:
    """Save so many more revisions, as people do."""
    context = desk.newsroom.show_context("demo")
    for _ in range(number):
        newest = context.store.scripts.newest_script(KEY)
        assert newest is not None
        text = newest.text.replace("播送完了", "结束了") if "播送完了" in newest.text else newest.text
        edition_decisions.save(context, KEY, text, base=newest.revision, author="王编辑")


@pytest.mark.parametrize("revisions", [0, 30])
def test_the_script_page_takes_few_transactions_and_parses(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, revisions: int
) -> None:
    """At most 6 and 2; 18 and 14 before."""
    with_revisions(desk, revisions)
    client = desk.signed_in("editor")
    client.get(HERE)
    parsed: list[str] = []
    parse = script.parse

    def counting(text: str) -> Script:
        parsed.append(text)
        return parse(text)

    monkeypatch.setattr(script, "parse", counting)
    with counted(desk.newsroom.store.engine) as begun:
        assert client.get(HERE).status_code == 200
    assert len(begun) <= 6
    assert len(parsed) <= 2


def test_saving_reads_no_revision_but_the_newest(desk: Desk) -> None:
    """Every query for a text names its revision, or takes the newest only."""
    with_revisions(desk, 5)
    client = desk.signed_in("editor")
    body = client.get(f"{AT}/script").json()["script"]
    body["title"] = "改过的标题"
    with script_reads(desk.newsroom.store.engine) as read:
        saved = client.put(f"{AT}/script", json={"base": 6, "script": body})
    assert saved.status_code == 200
    assert [number for number in read if number == 0] == []

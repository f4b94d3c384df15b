"""Downloads: kept by episode and day, counted by the server where the newsroom wants it, shown by a command."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import httpx
import pytest

from briefing import config
from briefing.cli.app import main
from briefing.server import assembly
from briefing.storage.store import Downloads, Store, opened
from briefing.wiring.publishers import PUBLIC
from briefing.wiring.show_contexts import build_newsroom

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.editions.newsroom import Newsroom

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
RECORDING = "2026-03-02-morning-0123456789ab.mp3"


def test_downloads_are_added_up_by_episode_and_day(store: Store) -> None:
    """The newest episode first, of each the newest day; of another show none."""
    for episode, day in (("a", MONDAY), ("a", MONDAY), ("a", TUESDAY), ("b", TUESDAY)):
        store.downloads.count_download("demo", episode, day)
    store.downloads.count_download("other", "a", MONDAY)
    assert store.downloads.list_downloads("demo") == (
        Downloads("demo", "b", TUESDAY, 1),
        Downloads("demo", "a", TUESDAY, 1),
        Downloads("demo", "a", MONDAY, 2),
    )
    assert store.downloads.list_downloads("demo", TUESDAY) == store.downloads.list_downloads("demo")[:2]
    assert store.downloads.list_downloads("none") == ()


def asked(newsroom: Newsroom, path: str) -> int:
    """The status of a request to the newsroom's server, by a listener's app."""

    async def asking() -> int:
        transport = httpx.ASGITransport(assembly.build_app(newsroom, desk=False))
        async with httpx.AsyncClient(transport=transport, base_url="http://a") as client:
            return (await client.get(path, headers={"User-Agent": "AntennaPod/3.5"})).status_code

    return asyncio.run(asking())


@pytest.mark.parametrize(("wanted", "counted"), [(True, 1), (False, 0)])
def test_the_server_counts_only_where_it_is_asked_to(newsroom: Path, wanted: bool, counted: int) -> None:  # noqa: FBT001 - a row of the table
    """The day is that of the show's time zone, in which it has begun before UTC's."""
    text = newsroom.read_text()
    assert "counts = false" in text
    newsroom.write_text(text.replace("counts = false", f"counts = {str(wanted).lower()}"))
    described = config.load(newsroom)
    public = described.folder / PUBLIC / "demo"
    public.mkdir(parents=True)
    (public / RECORDING).write_bytes(b"sound")
    with opened(described.database, described.folder) as store:
        night = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)
        running = replace(build_newsroom(described, store, described.folder), now=lambda: night)
        assert asked(running, f"demo/{RECORDING}") == 200
        found = store.downloads.list_downloads("demo")
    assert [(one.episode, one.day, one.count) for one in found] == [("2026-03-02-morning", TUESDAY, 1)][
        :counted
    ]


def test_the_command_shows_what_was_counted(newsroom: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A row an episode for people, a row a day for programs."""
    described = config.load(newsroom)
    with opened(described.database, described.folder) as store:
        for day in (MONDAY, MONDAY, TUESDAY):
            store.downloads.count_download("demo", "2026-03-02-morning", day)
    assert main(["counts", "--config", str(newsroom), "--json", "--since", "2026-03-03"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {"episode": "2026-03-02-morning", "day": "2026-03-03", "count": 1}
    ]
    assert main(["counts", "--config", str(newsroom)]) == 0
    said = capsys.readouterr().err
    row = next(line for line in said.splitlines() if "2026-03-02-morning" in line)
    assert row.split() == ["2026-03-02-morning", "3", "2", "2026-03-03"]
    assert "Nothing is counted now" in said

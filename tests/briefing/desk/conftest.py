"""A desk for tests: a newsroom with a drafted edition, a clock that the test sets, people of every role."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from briefing import config
from briefing.desk import application
from briefing.desk.auth import user_accounts
from briefing.editions import gathering, stages
from briefing.model import EditionKey
from briefing.server import assembly
from briefing.storage.store import opened
from briefing.wiring.show_contexts import build_newsroom, build_show_context
from tests.newsroom import furnished

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx2
    from fastapi import FastAPI

    from briefing.editions.newsroom import Newsroom
    from briefing.model import Rundown

KEY = EditionKey("demo", date(2023, 6, 9), "morning")
HERE = "http://localhost:8000"
PASSWORD = "four words are enough"  # noqa: S105 - of accounts that live as long as a test
PEOPLE = {"viewer": "看一看", "editor": "王编辑", "chief": "李主编"}
"""Who has which role."""


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = datetime(2023, 6, 8, 21, 40, tzinfo=UTC)  # 05:40 in Shanghai

    def __call__(self) -> datetime:
        """The time."""
        return self.now

    def pass_by(self, **span: float) -> None:
        """Let time go by."""
        self.now += timedelta(**span)


class Silence:
    """Nobody is told how far it is."""

    def chose(self, chosen: Rundown) -> None:
        """Nothing."""

    def spoke(self, done: int, total: int) -> None:
        """Nothing."""

    def step(self, what: str) -> None:
        """Nothing."""


@dataclass
class Desk:
    """A desk, its newsroom and its clock."""

    newsroom: Newsroom
    clock: Clock
    served: list[FastAPI] = field(default_factory=list)

    def client(self) -> TestClient:
        """A browser that follows no redirect."""
        if not self.served:
            self.served.append(application.build_desk(self.newsroom, assembly.DESK_ROUTERS))
        return TestClient(self.served[0], base_url=HERE, follow_redirects=False)

    def signed_in(self, role: str) -> TestClient:
        """A browser in which somebody of that role is signed in; its unsafe requests carry the proof."""
        client = self.client()
        entered(client, PEOPLE[role])
        client.headers["x-csrf-token"] = proof(client.get("/desk/").text)
        return client


def proof(page: str) -> str:
    """The CSRF proof that a page holds."""
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', page)
    assert found
    return found[1]


def entered(client: TestClient, name: str, password: str = PASSWORD, wanted: str = "/desk/") -> int:
    """Sign in as a browser does; the status of the answer."""
    form = {"csrf": proof(client.get("/desk/login").text), "name": name, "password": password, "next": wanted}
    return client.post("/desk/login", data=form).status_code


def approved(client: TestClient | httpx2.Client, base: int = 1) -> httpx2.Response:
    """Approve a revision, with all that is grave in it confirmed."""
    address = f"/desk/api/v1/shows/{KEY.show}/editions/{KEY.day}/{KEY.edition}/approve"
    answer = client.post(address, json={"base": base})
    names = [finding["name"] for finding in answer.json().get("grave", [])]
    return client.post(address, json={"base": base, "confirmed": names}) if names else answer


@pytest.fixture(scope="session")
def furnished_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom with a drafted edition and people, to be copied."""
    folder = tmp_path_factory.mktemp("desk")
    described = config.load(furnished(folder))
    with opened(described.database, described.folder) as store:
        context = build_show_context(described, "demo", store, described.folder)
        gathering.gather(context, KEY, Silence())
        stages.draft(context, KEY, Silence())
        for role, name in PEOPLE.items():
            user_accounts.add_account(store, name, role, PASSWORD, datetime(2023, 6, 1, tzinfo=UTC))
    return folder


@pytest.fixture
def desk(furnished_desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk of the test's own."""
    folder = tmp_path / "newsroom"
    shutil.copytree(furnished_desk, folder, symlinks=True)
    monkeypatch.setenv("BRIEFING_CACHE", str(folder / "cache"))
    described = config.load(folder / "briefing.toml")
    with opened(described.database, described.folder) as store:
        clock = Clock()
        newsroom = replace(build_newsroom(described, store, described.folder), now=clock)
        desk = Desk(newsroom, clock)
        yield desk
        for served in desk.served:
            served.state.work.close()

"""`briefing approve` asks for the same confirmations as the desk, and logs them."""

from __future__ import annotations

import io
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from briefing.cli.app import main
from briefing.storage.store import Store, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = "2023-06-09"
INVENTED = "多名读者因抢座大打出手。"


class Terminal(io.StringIO):
    """Standard input of a person who types these lines."""

    def isatty(self) -> bool:
        """It is one."""
        return True


@pytest.fixture
def edited(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newsroom with a script in whose file somebody wrote a sentence without a basis."""
    for command in ("gather", "draft"):
        done = [sys.executable, "-m", "briefing.cli.app", command, "--day", DAY]
        subprocess.run(done, cwd=newsroom.parent, check=True, capture_output=True)
    (path,) = (newsroom.parent / "var" / "scripts" / "demo").iterdir()
    text = path.read_text(encoding="utf-8")
    before, mark, rest = text.rpartition("\n## 结束语")
    assert mark
    path.write_text(f"{before}\n{INVENTED}\n{mark}{rest}", encoding="utf-8")
    monkeypatch.chdir(newsroom.parent)
    return newsroom


@pytest.fixture
def store(edited: Path) -> Iterator[Store]:
    """Its store."""
    folder = edited.parent / "var"
    with opened(f"sqlite:///{folder / 'briefing.db'}", folder) as opened_store:
        yield opened_store


def stage(store: Store) -> str:
    """How far the edition is."""
    return str(store.editions.list_standings()[0].stage)


def confirmed(store: Store) -> list[str]:
    """What the log says was confirmed here."""
    return [
        deed.about
        for deed in store.desk.list_entries(9)
        if (deed.what, deed.place) == ("confirm", "command line")
    ]


def test_without_a_terminal_what_was_added_by_hand_is_refused_until_it_is_named(
    store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cron job cannot confirm by accident what nobody read."""
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert main(["approve", "--day", DAY]) == 1
    said = capsys.readouterr().err
    assert INVENTED in said
    assert stage(store) == "drafted"
    name = said.rsplit("--confirm ", 1)[1].strip()
    assert main(["approve", "--day", DAY, "--confirm", name]) == 0
    assert stage(store) == "approved"
    assert any(INVENTED in about for about in confirmed(store))


def test_at_a_terminal_each_finding_is_asked_for(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """One no keeps the script from being approved; nothing is logged then."""
    monkeypatch.setattr(sys, "stdin", Terminal("n\n" * 9))
    assert main(["approve", "--day", DAY]) == 1
    assert (stage(store), confirmed(store)) == ("drafted", [])
    monkeypatch.setattr(sys, "stdin", Terminal("y\n" * 9))
    assert main(["approve", "--day", DAY]) == 0
    assert stage(store) == "approved"
    assert any(INVENTED in about for about in confirmed(store))

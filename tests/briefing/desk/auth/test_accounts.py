"""The commands that make accounts and tokens: no password in a command line, nothing readable kept, every step noted."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from briefing.cli import app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SECRET = "correct horse battery"  # noqa: S105 - of an account that lives as long as a test

Ran = tuple[int, str, str]


@pytest.fixture
def briefing(
    newsroom: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Ran]:
    """Runs a command with a text on standard input: its status, output and complaints."""
    monkeypatch.chdir(newsroom.parent)

    def run(*arguments: str, text: str = "") -> Ran:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        status = app.main(arguments)
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def listed(ran: Ran) -> Any:  # noqa: ANN401 - whatever the command prints as JSON
    """What a command printed that must succeed."""
    assert ran[0] == 0, ran[2]
    return json.loads(ran[1])


def added(
    briefing: Callable[..., Ran], name: str = "李主编", role: str = "chief", password: str = SECRET
) -> Ran:
    """Make an account."""
    return briefing("user", "add", name, "--role", role, "--password-stdin", text=f"{password}\n")


def test_a_program_and_a_person_never_have_the_same_name(briefing: Callable[..., Ran]) -> None:
    """Whoever reads who saved a script knows which of the two it was."""
    assert added(briefing)[0] == 0
    status, _, said = briefing("token", "add", "李主编", "--scope", "read")
    assert (status, "is a person's account" in " ".join(said.split())) == (1, True)
    assert briefing("token", "add", "cms", "--scope", "read")[0] == 0
    status, _, said = added(briefing, name="cms")
    assert (status, "there is a token cms" in " ".join(said.split())) == (1, True)


def test_an_account_is_made_changed_and_taken_away(briefing: Callable[..., Ran]) -> None:
    """Each step is one command, and is in the audit log with the account and its role."""
    assert added(briefing)[0] == 0
    assert briefing("user", "role", "李主编", "--role", "editor")[0] == 0
    assert [(one["name"], one["role"]) for one in listed(briefing("user", "list", "--json"))] == [
        ("李主编", "editor")
    ]
    assert briefing("user", "password", "李主编", "--password-stdin", text="another long one\n")[0] == 0
    assert briefing("user", "remove", "李主编")[0] == 0
    assert listed(briefing("user", "list", "--json")) == []
    assert [(one["what"], one["about"], one["from"]) for one in listed(briefing("audit", "--json"))] == [
        ("user remove", "李主编", "command line"),
        ("user password", "李主编", "command line"),
        ("user role", "李主编 editor", "command line"),
        ("user add", "李主编 chief", "command line"),
    ]


@pytest.mark.parametrize(("typed", "status"), [((SECRET, SECRET), 0), ((SECRET, f"{SECRET}."), 1)])
def test_a_password_is_typed_twice(
    briefing: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, typed: tuple[str, str], status: int
) -> None:
    """It is not shown; one that was mistyped makes no account."""
    keys = iter(typed)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(keys))
    done = briefing("user", "add", "王编辑", "--role", "editor")
    assert (done[0], len(listed(briefing("user", "list", "--json")))) == (status, 1 - status)


def test_a_token_is_shown_once_and_revoked(briefing: Callable[..., Ran]) -> None:
    """Its secret is the only line of standard output; the list has only what it may do."""
    status, secret, _ = briefing("token", "add", "cms", "--scope", "articles:write", "read")
    assert (status, secret.startswith("briefing_"), secret.count("\n")) == (0, True, 1)
    tokens = listed(briefing("token", "list", "--json"))
    assert [(one["name"], one["scopes"]) for one in tokens] == [("cms", ["articles:write", "read"])]
    assert briefing("token", "revoke", "cms")[0] == 0
    assert listed(briefing("token", "list", "--json")) == []


def test_no_secret_can_be_read_from_the_database(briefing: Callable[..., Ran], newsroom: Path) -> None:
    """Neither a password nor a token: only their hashes are kept."""
    added(briefing)
    token = briefing("token", "add", "cms", "--scope", "read")[1].strip()
    kept = b"".join(path.read_bytes() for path in (newsroom.parent / "var").glob("briefing.db*"))
    assert b"$argon2id$" in kept
    assert SECRET.encode() not in kept
    assert token.encode() not in kept


def test_the_demo_has_accounts_of_its_own(briefing: Callable[..., Ran], newsroom: Path) -> None:
    """Whoever has made the demo can sign in at its desk, and nowhere else."""
    folder = str(newsroom.parent / "var" / "demo")
    demo = ("--demo", "--folder", folder)
    done = briefing("user", "add", "李主编", "--role", "chief", "--password-stdin", *demo, text=SECRET)
    assert done[0] == 0, done[2]
    assert [one["name"] for one in listed(briefing("user", "list", "--json", *demo))] == ["李主编"]
    assert listed(briefing("user", "list", "--json")) == []


@pytest.mark.parametrize(
    ("arguments", "text", "reason"),
    [
        (("user", "add", "李主编", "--role", "chief", "--password-stdin"), SECRET, "has an account already"),
        (("user", "add", "王", "--role", "editor", "--password-stdin"), "123456789", "has 9 characters"),
        (
            ("user", "add", "王", "--role", "boss", "--password-stdin"),
            SECRET,
            "'boss' is no role; name one of viewer, editor, chief",
        ),
        (("user", "add", "\u202e", "--role", "editor", "--password-stdin"), SECRET, "is no name"),
        (
            ("user", "password", "王", "--password-stdin"),
            SECRET,
            "王 has no account; see `briefing user list`",
        ),
        (("user", "remove", "王"), "", "王 has no account"),
        (("token", "add", "cms"), "", "a token needs a scope"),
        (("token", "add", "cms", "--scope", "all"), "", "'all' is not a valid Scope; name scopes of read"),
        (("token", "revoke", "cms"), "", "there is no token cms"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(
    briefing: Callable[..., Ran], arguments: tuple[str, ...], text: str, reason: str
) -> None:
    """Exit status 1, and what to do instead."""
    added(briefing)
    status, _, said = briefing(*arguments, text=f"{text}\n")
    assert status == 1
    assert reason in said
    assert said.count("\n") == 1

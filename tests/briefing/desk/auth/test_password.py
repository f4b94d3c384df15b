"""Another password, by its owner, in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.briefing.desk.conftest import PASSWORD, PEOPLE, entered, proof

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from tests.briefing.desk.conftest import Desk

NAME = PEOPLE["viewer"]
ANOTHER = "another four words"


def changed(client: TestClient, old: str, new: str = ANOTHER, again: str = ANOTHER) -> tuple[int, str]:
    """Ask for another password: the status, and the page."""
    answer = client.post("/desk/password", data={"old": old, "new": new, "again": again})
    return answer.status_code, answer.text


def test_a_person_changes_the_password_and_stays_signed_in_only_here(desk: Desk) -> None:
    """Every session of that person ends, this one goes on with a new secret, the log has it, and the old word is gone."""
    here, there, other = desk.signed_in("viewer"), desk.signed_in("viewer"), desk.signed_in("chief")
    before = here.cookies["desk"]
    assert changed(here, PASSWORD)[0] == 303
    assert here.cookies["desk"] != before
    assert "密码已改" in here.get("/desk/password?done=1").text
    stolen = desk.client()
    stolen.cookies["desk"] = before
    assert [client.get("/desk/").status_code for client in (there, stolen, other)] == [303, 303, 200]
    assert [(one.who, one.what) for one in desk.newsroom.store.desk.list_entries(1)] == [(NAME, "password")]
    assert [entered(desk.client(), NAME, word) for word in (PASSWORD, ANOTHER)] == [401, 303]


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("wrong", ANOTHER, ANOTHER, "现在的密码不对。"),
        (PASSWORD, "short", "short", "新密码要有10到200个字符"),
        (PASSWORD, ANOTHER, "another", "两次写的新密码不一样。"),
    ],
)
def test_what_is_no_password_changes_nothing(desk: Desk, old: str, new: str, again: str, said: str) -> None:
    """The page says what is wrong; nobody is signed out, and the old password is still the one."""
    client = desk.signed_in("viewer")
    status, text = changed(client, old, new, again)
    assert (status, said in text) == (422, True)
    assert client.get("/desk/").status_code == 200
    assert entered(desk.client(), NAME) == 303


def test_a_session_that_somebody_else_has_does_not_help_to_guess_the_password(desk: Desk) -> None:
    """Wrong old ones count like those at the door."""
    client = desk.signed_in("viewer")
    assert [changed(client, "wrong")[0] for _ in range(11)] == [422] * 10 + [429]
    assert changed(client, PASSWORD)[0] == 429
    assert entered(desk.client(), NAME) == 429


def test_another_site_cannot_change_a_password(desk: Desk) -> None:
    """Without the proof of our own page nothing happens."""
    client = desk.signed_in("viewer")
    token = client.headers.pop("x-csrf-token")
    assert changed(client, PASSWORD)[0] == 403
    page = client.get("/desk/password").text
    assert proof(page) == token
    form = {"csrf": token, "old": PASSWORD, "new": ANOTHER, "again": ANOTHER}
    answer = client.post("/desk/password", data=form, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert entered(desk.client(), NAME) == 303

"""In and out of the desk: who is let in, what a session is, and how nobody gets one that is not theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from argon2 import PasswordHasher

from briefing.desk.auth import sessions, user_accounts
from briefing.desk.auth.sessions import Attempt
from briefing.errors import LoginRefused, LoginThrottled
from tests.briefing.desk.conftest import PASSWORD, PEOPLE, entered, proof

if TYPE_CHECKING:
    from tests.briefing.desk.conftest import Desk

NAME = PEOPLE["editor"]


def test_whoever_is_not_signed_in_is_led_to_the_login_and_back(desk: Desk) -> None:
    """The page that was wanted comes after the password."""
    client = desk.client()
    led = client.get("/desk/?day=1")
    assert (led.status_code, led.headers["location"]) == (303, "/desk/login?next=%2Fdesk%2F%3Fday%3D1")
    form = {
        "csrf": proof(client.get(led.headers["location"]).text),
        "name": NAME,
        "password": PASSWORD,
        "next": "/desk/?day=1",
    }
    back = client.post("/desk/login", data=form)
    assert (back.status_code, back.headers["location"]) == (303, "/desk/?day=1")
    assert client.get("/desk/?day=1").status_code == 200


def test_a_session_ends_with_the_logout(desk: Desk) -> None:
    """The cookie is worth nothing afterwards, also where somebody has kept it."""
    client = desk.signed_in("editor")
    kept = client.cookies["desk"]
    assert client.post("/desk/logout").headers["location"] == "/desk/login"
    other = desk.client()
    other.cookies["desk"] = kept
    assert other.get("/desk/").status_code == 303


def test_logging_out_everywhere_ends_every_session_of_that_person_and_no_other(desk: Desk) -> None:
    """A laptop left in a café."""
    here, there, other = desk.signed_in("editor"), desk.signed_in("editor"), desk.signed_in("chief")
    assert here.post("/desk/logout", data={"everywhere": "1"}).status_code == 303
    assert [client.get("/desk/").status_code for client in (here, there, other)] == [303, 303, 200]


def test_a_session_ends_when_nobody_uses_it_and_after_its_longest_life(desk: Desk) -> None:
    """Three hours of rest, or fourteen hours in all."""
    client = desk.signed_in("editor")
    for _ in range(5):
        desk.clock.pass_by(hours=2.7)
        assert client.get("/desk/").status_code == 200
    desk.clock.pass_by(hours=0.6)
    assert client.get("/desk/").status_code == 303
    entered(client, NAME)
    desk.clock.pass_by(hours=3.1)
    assert client.get("/desk/").status_code == 303


def test_a_session_that_was_known_before_the_login_is_not_used(desk: Desk) -> None:
    """Fixation: whatever cookie an attacker has set, the session has another secret."""
    client = desk.client()
    client.cookies["desk"] = "known-to-the-attacker"
    assert entered(client, NAME) == 303
    attacker = desk.client()
    attacker.cookies["desk"] = "known-to-the-attacker"
    assert attacker.get("/desk/").status_code == 303
    first = desk.signed_in("chief")
    secret = first.cookies["desk"]
    del first.headers["x-csrf-token"]
    first.cookies.delete("desk")
    entered(first, PEOPLE["chief"])
    assert first.cookies["desk"] != secret


def test_a_second_login_ends_the_session_before_it(desk: Desk) -> None:
    """One browser has one session."""
    client = desk.client()
    entered(client, NAME)
    old = client.cookies["desk"]
    form = {"name": PEOPLE["viewer"], "password": PASSWORD}
    other = desk.client()
    form["csrf"] = proof(other.get("/desk/login").text)
    other.cookies["desk"] = old
    assert other.post("/desk/login", data=form).status_code == 303
    client.cookies.clear()
    client.cookies["desk"] = old
    assert client.get("/desk/").status_code == 303


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example",
        "/desk/\\..\\..\\evil",
        "/desk/\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "/demo/",
        "",
        "/desk/../../evil\t",
    ],
)
def test_a_login_leads_nowhere_else(desk: Desk, wanted: str) -> None:
    """No open redirect, whatever `next` says, in the form and in the address of the page."""
    client = desk.client()
    form = {"csrf": proof(client.get("/desk/login").text), "name": NAME, "password": PASSWORD, "next": wanted}
    answer = client.post("/desk/login", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/")
    again = client.get("/desk/login", params={"next": wanted})
    assert (again.status_code, again.headers["location"]) == (303, "/desk/")


def test_wrong_passwords_make_a_name_wait(desk: Desk) -> None:
    """After ten, even the right one is not looked at until the window is over; the answer says how long."""
    client = desk.client()
    assert [entered(client, NAME, "wrong") for _ in range(11)] == [401] * 10 + [429]
    form = {"csrf": proof(client.get("/desk/login").text), "name": NAME, "password": PASSWORD}
    answer = client.post("/desk/login", data=form)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "900")
    assert "请在15分钟后再试" in answer.text
    assert entered(client, PEOPLE["viewer"]) == 303
    desk.clock.pass_by(minutes=15, seconds=1)
    assert entered(desk.client(), NAME) == 303


def test_strangers_do_not_keep_a_person_out_of_a_device_that_has_signed_in_before(desk: Desk) -> None:
    """Seen: ten wrong passwords for a name, from anywhere, and its owner waits a quarter of an hour."""
    own, stranger = desk.client(), desk.client()
    assert entered(own, NAME) == 303
    own.cookies.delete("desk")
    assert [entered(stranger, NAME, "wrong") for _ in range(11)] == [401] * 10 + [429]
    assert entered(desk.client(), NAME) == 429
    assert entered(own, NAME) == 303


def test_a_device_proves_nothing_for_another_name_or_after_a_new_password(desk: Desk) -> None:
    """Only the browser that signed this person in with this password is known."""
    other, own = desk.client(), desk.client()
    assert entered(other, PEOPLE["viewer"]) == 303
    assert entered(own, NAME) == 303
    for client in (other, own):
        client.cookies.delete("desk")
    assert [entered(desk.client(), NAME, "wrong") for _ in range(10)] == [401] * 10
    assert entered(other, NAME) == 429
    desk.newsroom.store.accounts.set_secret(
        NAME, user_accounts.hash_password("another four words"), sign_out=True
    )
    assert entered(own, NAME, "another four words") == 429


def test_an_address_that_tries_many_names_has_to_wait(desk: Desk) -> None:
    """Thirty wrong ones, each with another name; those that were right do not count."""
    client = desk.client()
    for _ in range(3):
        assert entered(desk.client(), NAME) == 303
    assert [entered(client, f"name{number}", "wrong") for number in range(30)] == [401] * 30
    assert entered(client, NAME) == 429


class Watched(PasswordHasher):
    """Writes down which kind of hash is computed when a password is tried."""

    def __init__(self) -> None:
        super().__init__()
        self.computed: list[str] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - argon2's name
        """Note it."""
        self.computed.append(" ".join(str(hash).split("$")[1:4]))
        return super().verify(hash, password)


def test_a_network_of_addresses_is_one(desk: Desk) -> None:
    """Whoever has an IPv6 address has 2⁶⁴ of them, and gets no more tries for that; the neighbours have their own."""
    tries = [f"2001:db8::{number:x}" for number in range(1, 31)]
    for number, address in enumerate(tries):
        with pytest.raises(LoginRefused):
            sessions.log_in(
                desk.newsroom, f"name{number}", "x" * (user_accounts.MAX_PASSWORD_CHARS + 1), Attempt(address)
            )
    with pytest.raises(LoginThrottled, match="try again in 900 seconds"):
        sessions.log_in(desk.newsroom, NAME, PASSWORD, Attempt("2001:db8::ffff"))
    assert sessions.log_in(desk.newsroom, NAME, PASSWORD, Attempt("2001:db8:0:1::1"))


def test_a_page_that_only_listens_does_not_keep_its_session_alive(desk: Desk) -> None:
    """A laptop that was left open is signed out after the time of rest, whatever its pages ask by themselves."""
    secret = sessions.log_in(desk.newsroom, NAME, PASSWORD, Attempt("127.0.0.1"))
    for _ in range(3):
        desk.clock.pass_by(hours=1)
        assert sessions.caller_of_session(desk.newsroom, secret, used=False)
    desk.clock.pass_by(seconds=1)
    assert sessions.caller_of_session(desk.newsroom, secret, used=False) is None


def test_an_unknown_name_costs_the_same_work(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hash is computed for it too, and the page says the same."""
    watched = Watched()
    monkeypatch.setattr(user_accounts, "_HASHER", watched)
    client = desk.client()
    assert [entered(client, name, "wrong") for name in (NAME, "nobody")] == [401, 401]
    assert watched.computed == ["argon2id v=19 m=65536,t=3,p=4"] * 2


def test_every_answer_has_the_headers_that_keep_strangers_out(desk: Desk) -> None:
    """Pages, redirects, files and refusals alike."""
    client = desk.client()
    for path in ("/desk/login", "/desk/", "/desk/nothing", "/desk/api/v1/nothing"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "[::2]"]
)
def test_another_host_is_refused(desk: Desk, host: str) -> None:
    """A name that leads to this machine is not enough (DNS rebinding); page and API say what to do."""
    client = desk.client()
    page = client.get("/desk/login", headers={"host": host})
    assert (page.status_code, "请用管理员给的网址打开" in page.text) == (400, True)
    assert "default-src 'none'" in page.headers["content-security-policy"]
    refused = client.get("/desk/api/v1/me", headers={"host": host})
    assert (refused.status_code, refused.headers["content-type"]) == (400, "application/problem+json")
    assert "desk.hosts" in refused.json()["detail"]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:1"])
def test_this_machine_is_this_machine(desk: Desk, host: str) -> None:
    """By name and by both kinds of address."""
    assert desk.client().get("/desk/login", headers={"host": host}).status_code == 200

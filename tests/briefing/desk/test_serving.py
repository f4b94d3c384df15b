"""The desk beside the feed: one server, two newsrooms of rules, and no door to the street without a lock."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from briefing.cli import serving
from briefing.cli.printing.console import Speaker
from briefing.desk import application
from briefing.server import assembly
from tests.briefing.desk.conftest import PEOPLE, entered

if TYPE_CHECKING:
    from briefing.config import Desk as Described
    from briefing.editions.newsroom import Newsroom
    from tests.briefing.desk.conftest import Desk


def described(newsroom: Newsroom, **values: object) -> Newsroom:
    """The same newsroom with another [desk] table."""
    desk: Described = newsroom.config.desk.model_copy(update=values)
    return replace(newsroom, config=newsroom.config.model_copy(update={"desk": desk}))


def test_the_desk_and_the_feed_are_served_side_by_side(desk: Desk) -> None:
    """Each below its own address, each with its own rules: listeners may come by any name, editors may not."""
    public = desk.newsroom.folder / "public" / "demo"
    public.mkdir(parents=True, exist_ok=True)
    (public / "feed.xml").write_text("<rss/>", encoding="utf-8")
    with TestClient(
        assembly.build_app(desk.newsroom), base_url="http://localhost", follow_redirects=False
    ) as client:
        assert client.get("/demo/feed.xml", headers={"host": "listeners.example"}).status_code == 200
        assert client.get("/desk/login").status_code == 200
        assert client.get("/desk/login", headers={"host": "listeners.example"}).status_code == 400
        assert [client.get(path).status_code for path in ("/desk", "/desk/", "/deskx", "/desk/../desk/")] == [
            303,
            303,
            404,
            303,
        ]


def test_files_are_packed_and_kept_and_pages_are_not(desk: Desk) -> None:
    """A phone fetches scripts and styles once, until they change; what is somebody's stays in no cache."""
    client = desk.signed_in("viewer")
    first = client.get("/desk/static/desk.css", headers={"accept-encoding": "gzip"})
    assert (first.headers["cache-control"], first.headers["content-encoding"]) == ("no-cache", "gzip")
    again = client.get("/desk/static/desk.css", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    page = client.get("/desk/", headers={"accept-encoding": "gzip"})
    assert page.headers["cache-control"] == "no-store"
    assert "content-encoding" not in page.headers


def test_a_server_may_be_without_a_desk(desk: Desk) -> None:
    """Then there is nothing below its address."""
    with TestClient(assembly.build_app(desk.newsroom, desk=False)) as client:
        assert client.get("/desk/login").status_code == 404


@pytest.mark.parametrize(
    ("host", "address", "people", "opens", "said"),
    [
        ("127.0.0.1", "", True, True, "Edit at /desk/"),
        ("127.0.0.1", "", False, True, "briefing user add NAME --role chief"),
        ("0.0.0.0", "", False, False, "it is not served on 0.0.0.0"),  # noqa: S104 - what is refused
        ("0.0.0.0", "", True, True, "passwords travel unencrypted"),  # noqa: S104 - what is warned of
        ("0.0.0.0", "https://desk.example", True, True, "Edit at https://desk.example/desk/"),  # noqa: S104 - behind https
    ],
)
def test_the_desk_is_not_open_to_other_machines_without_a_lock(
    desk: Desk,
    capsys: pytest.CaptureFixture[str],
    *,
    host: str,
    address: str,
    people: bool,
    opens: bool,
    said: str,
) -> None:
    """Without an account it stays on this machine; without https whoever starts it is told what that means."""
    if not people:
        for name in PEOPLE.values():
            desk.newsroom.store.accounts.remove_account(name)
    assert serving._desk_opens(described(desk.newsroom, address=address), host, Speaker()) is opens
    assert said in capsys.readouterr().err


def test_behind_https_the_cookie_is_bound_to_this_host(desk: Desk) -> None:
    """Secure, HttpOnly, Lax and __Host-, so that no http page and no other host can read or set it."""
    newsroom = described(desk.newsroom, address="https://desk.example")
    client = TestClient(
        application.build_desk(newsroom, assembly.DESK_ROUTERS),
        base_url="https://desk.example",
        follow_redirects=False,
    )
    assert entered(client, PEOPLE["editor"]) == 303
    assert sorted(client.cookies) == ["__Host-desk", "__Host-desk-device"]
    made = client.get("/desk/login")
    assert made.headers["strict-transport-security"] == "max-age=31536000"
    fresh = TestClient(
        application.build_desk(newsroom, assembly.DESK_ROUTERS), base_url="https://desk.example"
    ).get("/desk/login")
    (cookie,) = fresh.headers.get_list("set-cookie")
    assert cookie.startswith("__Host-desk-door=")
    assert {"HttpOnly", "Secure", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert (
        TestClient(application.build_desk(newsroom, assembly.DESK_ROUTERS), base_url="https://other.example")
        .get("/desk/login")
        .status_code
        == 400
    )


def test_a_name_that_somebody_types_is_never_more_than_text(desk: Desk) -> None:
    """The login page and the page of trouble say it back without its markup."""
    client = desk.client()
    hostile = '"><script>alert(1)</script>{{7*7}}'
    form = {"name": hostile, "password": "x", "csrf": "0", "next": hostile}
    page = client.post("/desk/login", data=form)
    assert page.status_code == 403
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in page.text
    lost = desk.signed_in("viewer").get("/desk/<script>alert(1)</script>")
    assert (lost.status_code, "<script>alert" in lost.text) == (404, False)

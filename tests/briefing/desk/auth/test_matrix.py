"""Who may do what: every route of the desk against every role, nobody, and every scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import Mount

from briefing.desk import application
from briefing.desk.auth import user_accounts
from briefing.desk.auth.user_accounts import Scope
from briefing.server import assembly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from tests.briefing.desk.conftest import Desk

ALL, VIEWER, EDITOR, CHIEF = "nobody", "viewer", "editor", "chief"
ORDER = (ALL, VIEWER, EDITOR, CHIEF)
AT = "/shows/{show}/editions/{day}/{edition}"
PAGE = "/editions/{show}/{day}/{edition}"

PAGES: dict[str, str] = {
    "GET /desk/login": ALL,
    "POST /desk/login": ALL,
    "POST /desk/logout": VIEWER,
    "GET /desk/password": VIEWER,
    "POST /desk/password": VIEWER,
    "GET /desk": VIEWER,
    "GET /desk/": VIEWER,
    "GET /desk/past": VIEWER,
    "GET /desk/log": CHIEF,
    f"GET /desk{PAGE}": VIEWER,
    f"GET /desk{PAGE}/needs": VIEWER,
    f"GET /desk{PAGE}/earlier": VIEWER,
    f"GET /desk{PAGE}/history": VIEWER,
    f"GET /desk{PAGE}/programme": VIEWER,
    f"GET /desk{PAGE}/programme.mp3": VIEWER,
    f"GET /desk{PAGE}/programme.svg": VIEWER,
    f"POST /desk{PAGE}/articles/{{article}}/told": EDITOR,
    f"POST /desk{PAGE}/follow": EDITOR,
    f"POST /desk{PAGE}/advice": VIEWER,
    f"POST /desk{PAGE}/checks": VIEWER,
    f"POST /desk{PAGE}/verified": EDITOR,
    "POST /desk/shows/{show}/choices": VIEWER,
    "POST /desk/shows/{show}/speech": VIEWER,
}
"""The smallest role that a page is for; no token opens any of them."""

API: dict[str, tuple[str, Scope | None]] = {
    "GET /openapi.json": (VIEWER, Scope.READ),
    "GET /me": (VIEWER, Scope.READ),
    "GET /shows": (VIEWER, Scope.READ),
    "GET /today": (VIEWER, Scope.READ),
    "GET /lexicon": (VIEWER, Scope.READ),
    "POST /lexicon": (EDITOR, Scope.SCRIPTS),
    "GET /audit": (CHIEF, Scope.AUDIT),
    "GET /shows/{show}/editions": (VIEWER, Scope.READ),
    "GET /shows/{show}/history": (VIEWER, Scope.READ),
    "GET /shows/{show}/downloads": (VIEWER, Scope.READ),
    "POST /shows/{show}/articles": (EDITOR, Scope.ARTICLES),
    "POST /shows/{show}/readings": (VIEWER, Scope.READ),
    f"GET {AT}": (VIEWER, Scope.READ),
    f"GET {AT}/articles": (VIEWER, Scope.READ),
    f"GET {AT}/rundown": (VIEWER, Scope.READ),
    f"GET {AT}/script": (VIEWER, Scope.READ),
    f"PUT {AT}/script": (EDITOR, Scope.SCRIPTS),
    f"POST {AT}/proposals": (EDITOR, Scope.SCRIPTS),
    f"GET {AT}/revisions": (VIEWER, Scope.READ),
    f"GET {AT}/revisions/{{number}}": (VIEWER, Scope.READ),
    f"GET {AT}/revisions/{{number}}/changes": (VIEWER, Scope.READ),
    f"POST {AT}/revisions/{{number}}/restore": (EDITOR, Scope.SCRIPTS),
    f"GET {AT}/draft": (EDITOR, None),
    f"PUT {AT}/draft": (EDITOR, None),
    f"DELETE {AT}/draft": (EDITOR, None),
    f"POST {AT}/approve": (EDITOR, Scope.EDITIONS),
    f"POST {AT}/hold": (EDITOR, Scope.EDITIONS),
    f"POST {AT}/release": (EDITOR, Scope.EDITIONS),
    f"POST {AT}/gather": (EDITOR, Scope.EDITIONS),
    f"POST {AT}/compose": (EDITOR, Scope.EDITIONS),
    f"POST {AT}/render": (EDITOR, Scope.EDITIONS),
    f"POST {AT}/publish": (CHIEF, Scope.AIR),
    f"POST {AT}/run": (CHIEF, Scope.AIR),
    f"POST {AT}/correct": (CHIEF, Scope.AIR),
    f"POST {AT}/withdraw": (CHIEF, Scope.AIR),
    f"POST {AT}/reinstate": (CHIEF, Scope.AIR),
    f"GET {AT}/job": (VIEWER, Scope.READ),
    f"GET {AT}/events": (VIEWER, Scope.READ),
}
"""The smallest role, and the scope by which a program may; None is for people only."""

RULES: dict[str, tuple[str, Scope | None]] = {
    **{route: (role, None) for route, role in PAGES.items()},
    **{route.replace(" /", " /desk/api/v1/", 1): rule for route, rule in API.items()},
}
"""A route that is not here fails the first test: whoever adds one decides who may use it."""

VALUES = {"show": "demo", "day": "2023-06-09", "edition": "morning", "number": "1", "article": "none"}
BODIES: dict[str, dict[str, Any]] = {
    "/lexicon": {"word": "单志远", "pinyin": "shan4 zhi4 yuan3"},
    "/articles": {"title": "新桥通车", "text": "新桥今天通车。"},
    "/readings": {"texts": ["早上好。"]},
    "/choices": {"texts": ["早上好。"]},
    "/speech": {"anchor": "晓伊", "text": "早上好。"},
    "/approve": {"base": 7},
    "/correct": {"words": "日期有误。"},
    "/withdraw": {"words": "内容有误。"},
    "/reinstate": {"base": 7, "words": "核实无误。"},
    "/restore": {"base": 7},
    "/script": {"base": 7, "script": {"title": "t", "segments": []}},
    "/advice": {"sentences": []},
    "/checks": {"segments": []},
    "/proposals": {
        "segment": {"id": "s", "kind": "story", "title": "t", "anchor": "晓伊", "sentences": []},
        "wish": "shorter",
    },
    "/verified": {"text": "新桥今天通车。"},
    "/follow": {
        "before": {"title": "t", "segments": []},
        "script": {"title": "t", "segments": []},
    },
    "/draft": {"base": 1, "script": {"title": "t", "segments": []}},
}
"""Well-formed bodies, with a revision that there is not where one is named."""

PARAMS = {"/changes": {"since": "1"}}
UNTRIED = frozenset({f"GET /desk/api/v1{AT}/events", "POST /desk/login"})
"""Routes that are tried elsewhere when they let somebody in: an endless answer, and the door itself."""


def routes(made: FastAPI) -> Iterator[str]:
    """Every method and path; what is neither a route nor the folder of static files is told as it is."""
    for context in iter_route_contexts(made.routes):
        route = context.original_route
        if isinstance(route, APIRoute):
            yield from (f"{method} {context.path}" for method in context.methods or ())
        elif not (isinstance(route, Mount) and route.path == "/desk/static"):
            yield f"? {route}"


def asked(client: TestClient, route: str, headers: dict[str, str] | None = None) -> int:
    """The status of the answer to a well-formed request."""
    method, path = route.split(" ", 1)
    ending = "/" + path.rpartition("/")[2]
    body = BODIES.get(ending) if method in {"POST", "PUT"} else None
    return client.request(
        method, path.format(**VALUES), json=body, params=PARAMS.get(ending), headers=headers
    ).status_code


def test_every_route_has_its_rule(desk: Desk) -> None:
    """Nothing is served whose reader nobody has decided on, and no rule is left over."""
    assert sorted(routes(application.build_desk(desk.newsroom, assembly.DESK_ROUTERS))) == sorted(RULES)


@pytest.mark.parametrize("role", ORDER)
def test_each_role_gets_what_is_for_it_and_nothing_else(desk: Desk, role: str) -> None:
    """Nobody is asked to sign in (401, or led to the door), who has too little is told so (403), the others get in."""
    client = desk.client() if role == ALL else desk.signed_in(role)
    wrong = {}
    for route, (least, _) in RULES.items():
        enough = ORDER.index(role) >= ORDER.index(least)
        if enough and (route in UNTRIED or route == "POST /desk/logout"):
            continue
        status = asked(client, route)
        refused = _barred(route) if role == ALL else 403
        if (status == refused) == enough or (enough and status in {401, 403}):
            wrong[route] = status
    assert wrong == {}


def _barred(route: str) -> int:
    """What somebody gets who is not signed in."""
    return 303 if route.startswith("GET /desk") and "/api/" not in route else 401


@pytest.mark.parametrize("scope", [*Scope])
def test_each_scope_opens_its_routes_and_nothing_else(desk: Desk, scope: Scope) -> None:
    """A token may do what it was made for; pages and drafts are for people."""
    secret = user_accounts.add_token(desk.newsroom.store, "cms", [scope], desk.clock())
    client = desk.client()
    wrong = {}
    for route, (least, wanted) in RULES.items():
        if least == ALL or (route in UNTRIED and wanted == scope):
            continue
        status = asked(client, route, {"authorization": f"Bearer {secret}"})
        refused = _barred(route) if wanted is None else 403
        if (status == refused) == (wanted == scope) or (wanted == scope and status == 401):
            wrong[route] = status
    assert wrong == {}


@pytest.mark.parametrize("header", ["Bearer wrong", "Bearer ", "Basic d2FuZzp3YW5n", "bearer\tx"])
def test_a_wrong_token_is_nobody_even_beside_a_session(desk: Desk, header: str) -> None:
    """What claims to be a program is judged as one."""
    client = desk.signed_in("chief")
    assert client.get("/desk/api/v1/me").status_code == 200
    answer = client.get("/desk/api/v1/me", headers={"authorization": header})
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


def test_a_revoked_token_and_a_lost_role_count_from_the_next_request_on(desk: Desk) -> None:
    """Nothing of what somebody was is remembered."""
    secret = user_accounts.add_token(desk.newsroom.store, "cms", ["read"], desk.clock())
    program, person = desk.client(), desk.signed_in("chief")
    program.headers["authorization"] = f"Bearer {secret}"
    assert [program.get("/desk/api/v1/me").status_code, person.get("/desk/api/v1/audit").status_code] == [
        200,
        200,
    ]
    desk.newsroom.store.accounts.remove_token("cms")
    desk.newsroom.store.accounts.set_role("李主编", "viewer")
    assert program.get("/desk/api/v1/me").status_code == 401
    assert person.get("/desk/api/v1/audit").status_code == 403
    desk.newsroom.store.accounts.remove_account("李主编")
    assert person.get("/desk/api/v1/me").status_code == 401

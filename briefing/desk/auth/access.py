"""Who may use a route: each names what it needs, as a dependency, and gets who is asking."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import Request  # noqa: TC002 - FastAPI reads the annotations when the module runs
from starlette.concurrency import run_in_threadpool

from briefing.desk import security
from briefing.desk.auth import sessions
from briefing.desk.auth.sessions import Caller  # noqa: TC001 - as above
from briefing.desk.auth.user_accounts import SCOPES, Role, Scope
from briefing.desk.problems import NotSignedIn, ProblemDetails
from briefing.storage.store.database import AuditEntry

if TYPE_CHECKING:
    from briefing.editions.newsroom import Newsroom

SESSION_COOKIE, LOGIN_COOKIE, DEVICE_COOKIE = "desk", "desk-door", "desk-device"
"""The cookies: of a person's session, of the login page before there is one, of a browser that signed somebody in."""

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


@dataclass(frozen=True, slots=True)
class AccessRule:
    """A dependency that lets in whoever has all the scopes; with `tokens`, programs too.

    Raises `NotSignedIn` for nobody, `Problem` (403) for who has too little and for a request that our own page did not
    send.
    """

    scopes: frozenset[Scope]
    tokens: bool = True

    async def __call__(self, request: Request) -> Caller:
        """Return who is asking."""
        caller = await run_in_threadpool(identify_caller, request, tokens=self.tokens)
        if caller is None:
            raise NotSignedIn
        if caller.session and request.method not in SAFE_METHODS:
            await check_own_page(request, caller.csrf)
        if missing := self.scopes - caller.scopes:
            raise ProblemDetails(403, f"{caller.name} may not do this; it needs {', '.join(sorted(missing))}")
        return caller


def allow_scope(scope: Scope) -> AccessRule:
    """For routes of the API: a person whose role has this scope, or a token with it."""
    return AccessRule(frozenset({scope}))


def allow_role(role: Role) -> AccessRule:
    """For pages: a person of at least this role."""
    return AccessRule(SCOPES[role], tokens=False)


signed_in_person = allow_role(Role.VIEWER)
"""For pages that everybody sees who has an account."""


def newsroom_of(request: Request) -> Newsroom:
    """The newsroom whose desk this is."""
    newsroom: Newsroom = request.app.state.newsroom
    return newsroom


def identify_caller(request: Request, *, tokens: bool, used: bool = True) -> Caller | None:
    """Return whose session or token the request carries; a token, even a wrong one, goes before a session.

    With `used` the session counts as used by its person.
    """
    newsroom = newsroom_of(request)
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme:
        return (
            sessions.caller_of_token(newsroom, secret.strip())
            if tokens and scheme.lower() == "bearer"
            else None
        )
    secret = request.cookies.get(security.cookie_name(newsroom, SESSION_COOKIE), "")
    return sessions.caller_of_session(newsroom, secret, used=used) if secret else None


async def check_own_page(request: Request, csrf: str) -> None:
    """Raise `Problem` (403) unless the request comes from our own page: by its origin, and by what only that page knows.

    The proof is in the header X-CSRF-Token or in the form field `csrf`.
    """
    token = request.headers.get("x-csrf-token")
    if token is None and request.headers.get("content-type", "").startswith(FORMS):
        field = (await request.form()).get("csrf")
        token = field if isinstance(field, str) else None
    proved = hmac.compare_digest((token or "").encode("utf-8", "replace"), csrf.encode())
    if not proved or security.is_cross_site(newsroom_of(request), request):
        raise ProblemDetails(
            403, "the request does not come from a page of the desk; reload the page and try again"
        )


def caller_address(request: Request) -> str:
    """Return where the request comes from."""
    return request.client.host if request.client else ""


def log_deed(request: Request, who: str, what: str, about: str = "") -> None:
    """Write into the audit log what somebody did."""
    newsroom = newsroom_of(request)
    newsroom.store.desk.log_entry(AuditEntry(newsroom.now(), who, what, about, caller_address(request)))

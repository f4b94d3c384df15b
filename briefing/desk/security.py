"""What every answer and every request of the desk must keep to, whatever its route: hosts, origins, headers, cookies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders

if TYPE_CHECKING:
    from fastapi import Request, Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from briefing.editions.newsroom import Newsroom

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "media-src 'self' blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""On every answer; a page that needs more than this is wrong."""

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
MAX_REQUEST_BYTES = 4 * 1024 * 1024
"""Bytes of a request: the longest script is a twentieth of it."""

STATIC_PREFIX = "/desk/static/"
"""What is the same for everybody."""
REVALIDATED = "no-cache"
"""Kept, and asked for again every time: a new version is there with the next page."""

HOME = "/desk/"
_LOCAL = re.compile(r"/desk/[!-\[\]-~]*")
"""Addresses that a login may lead to: of the desk, in ASCII, without a backslash."""


class SecurityHeaders:
    """Every answer with the headers above; what is not for everybody is kept by no cache, unless it says so itself."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app = app
        self._headers = HEADERS | ({"Strict-Transport-Security": "max-age=31536000"} if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self._headers)
                headers.setdefault(
                    "Cache-Control", REVALIDATED if scope["path"].startswith(STATIC_PREFIX) else "no-store"
                )
            await send(message)

        await self._app(scope, receive, guarded)


def is_secure(newsroom: Newsroom) -> bool:
    """Return whether browsers reach the desk by https only."""
    return newsroom.config.desk.address.startswith("https://")


def allowed_hosts(newsroom: Newsroom) -> list[str]:
    """The names by which the desk may be asked: what another name leads here is an attack (DNS rebinding)."""
    address = urlsplit(newsroom.config.desk.address).hostname or ""
    named = [f"[{address}]" if ":" in address else address, *newsroom.config.desk.hosts]
    return [*LOOPBACK, *(name.lower() for name in named if name)]


def is_cross_site(newsroom: Newsroom, request: Request) -> bool:
    """Return whether a browser says that another site made it send the request."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    if site not in {"same-origin", "none"}:
        return True
    origin = request.headers.get("origin")
    own = {
        f"{request.url.scheme}://{request.headers.get('host', '')}",
        newsroom.config.desk.address.rstrip("/"),
    }
    return origin is not None and origin.lower() not in {address.lower() for address in own}


def local_address(address: str) -> str:
    """The address, if it is a page of the desk; else the first one."""
    return address if _LOCAL.fullmatch(address) else HOME


def cookie_name(newsroom: Newsroom, name: str) -> str:
    """A cookie's name; with this prefix no other host and no http page can set it (RFC 6265bis §4.1.3)."""
    return f"__Host-{name}" if is_secure(newsroom) else name


def set_cookie(
    newsroom: Newsroom, response: Response, name: str, secret: str, hours: float | None = None
) -> None:
    """Give the browser a secret that scripts cannot read, for so many hours, or for as long as a session can live."""
    response.set_cookie(
        cookie_name(newsroom, name),
        secret,
        max_age=round((hours or newsroom.config.desk.hours) * 3600),
        path="/",
        secure=is_secure(newsroom),
        httponly=True,
        samesite="lax",
    )


def drop_cookie(newsroom: Newsroom, response: Response, name: str) -> None:
    """Take a cookie back."""
    response.delete_cookie(
        cookie_name(newsroom, name), path="/", secure=is_secure(newsroom), httponly=True, samesite="lax"
    )

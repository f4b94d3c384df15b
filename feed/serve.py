"""What is published, over HTTP: HEAD, Range, conditional requests, right types. Home of starlette and uvicorn.

Speakers and apps seek with Range, Apple asks with HEAD, every app polls with If-None-Match; web players fetch
transcripts and chapters from other sites.
"""

from __future__ import annotations

import hashlib
import socket
from contextlib import suppress
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from feed.errors import PublishFailed
from feed.publish import content_type

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

SHARED = (".vtt", ".srt", ".json")
"""What web players on other sites fetch."""

PACKED = (".mp3", ".m4a", ".jpg", ".png")
"""What is compressed by its own form."""

_OF_A_BODY = ("content-type", "content-length", "accept-ranges")
FOREVER = "public, max-age=31536000, immutable"
BRIEFLY = "public, max-age=300"
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; media-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}


def app(root: Path) -> Starlette:
    """An application that serves the files below `root`; nothing else, whatever the path says."""
    resolved = root.resolve()

    async def serve(request: Request) -> Response:
        return _response(resolved, request)

    routes = [Route("/{path:path}", serve, methods=["GET", "HEAD"])]
    return Starlette(routes=routes, middleware=[Middleware(_SelectiveGZip)])


def run(application: ASGIApp, host: str, port: int, *, proxy: bool = False) -> None:
    """Serve an application until Ctrl-C; raises `PublishFailed` when the address cannot be had.

    With `proxy`, a server on this machine is believed when it says who asks.
    """
    settings = uvicorn.Config(application, log_level="warning", server_header=False, proxy_headers=proxy)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or error
            raise PublishFailed(
                f"{host}:{port} cannot be served: {reason}; name another with --port"
            ) from error
        with suppress(KeyboardInterrupt):
            uvicorn.Server(settings).run([listener])


def _response(root: Path, request: Request) -> Response:
    path = _found(root, request.path_params["path"])
    if path.is_dir() and not request.url.path.endswith("/"):
        return RedirectResponse(f"{request.url.path}/")
    path = path / "index.html" if path.is_dir() else path
    if not path.is_file():
        raise HTTPException(404)
    stat = path.stat()
    response = FileResponse(
        path, headers=_headers(path), media_type=content_type(path.name), stat_result=stat
    )
    response.headers["etag"] = _etag(path, stat)
    if _unchanged(request, response):
        kept = {name: value for name, value in response.headers.items() if name not in _OF_A_BODY}
        return Response(status_code=304, headers=kept)
    return response


def _found(root: Path, asked: str) -> Path:
    """The file or folder that is asked for; 404 for what is hidden, above the root or behind a link out of it."""
    try:
        path = (root / asked).resolve()
        path.is_file()  # Also what is too long for a name is simply not there.
    except (OSError, ValueError) as error:
        raise HTTPException(404) from error
    if not path.is_relative_to(root) or any(part.startswith(".") for part in path.relative_to(root).parts):
        raise HTTPException(404)
    return path


def _headers(path: Path) -> dict[str, str]:
    shared = {"Access-Control-Allow-Origin": "*"} if path.name.endswith(SHARED) else {}
    return SAFE | shared | {"Cache-Control": FOREVER if _never_changes(path) else BRIEFLY}


def _never_changes(path: Path) -> bool:
    """Recordings and covers have a hash in their name."""
    return path.suffix in {".mp3", ".jpg"}


def _etag(path: Path, stat: os.stat_result) -> str:
    """Of the content's identity: a file is replaced, never changed, so time and size tell it.

    Weak for what is sent compressed or not: those are the same words in other bytes (RFC 9110 §8.8.1).
    """
    known = f"{path.name} {stat.st_mtime_ns} {stat.st_size}"
    strong = f'"{hashlib.sha256(known.encode()).hexdigest()[:32]}"'
    return strong if path.name.endswith(PACKED) else f"W/{strong}"


def _unchanged(request: Request, response: Response) -> bool:
    """RFC 9110 §13.2.2: If-None-Match decides where both are given."""
    match = request.headers.get("if-none-match")
    if match is not None:
        tags = [tag.strip().removeprefix("W/") for tag in match.split(",")]
        return "*" in tags or response.headers["etag"].removeprefix("W/") in tags
    since = request.headers.get("if-modified-since")
    return since is not None and _no_newer(response.headers["last-modified"], since)


def _no_newer(modified: str, since: str) -> bool:
    """Whether nothing has changed since; a date that cannot be read is as good as none."""
    try:
        return parsedate_to_datetime(modified) <= parsedate_to_datetime(since)
    except (ValueError, TypeError, OverflowError):
        return False


class _SelectiveGZip:
    """Text is compressed, audio and pictures are not: a Range counts the bytes of the file."""

    def __init__(self, app: ASGIApp) -> None:
        self._plain = app
        self._compressed = GZipMiddleware(app)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        packed = scope["type"] == "http" and scope["path"].endswith(PACKED)
        await (self._plain if packed else self._compressed)(scope, receive, send)

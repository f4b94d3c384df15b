"""What is published, over HTTP: HEAD, Range, conditional requests, right types. Home of starlette and uvicorn.

Speakers and apps seek with Range, Apple asks with HEAD, every app polls with If-None-Match; web players fetch feeds,
transcripts and chapters from other sites. `/SHOW/latest.mp3` is the newest recording itself, not a redirect, which
Sonos advises against. uvicorn parses and waits by httptools and uvloop, which it finds by itself.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import socket
from contextlib import suppress
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from feed.errors import PublishFailed
from feed.file_names import ASKED, BRIEFLY, LATEST, NEWEST, cache_control, content_type
from feed.rss.paging import FEED
from feed.server.counting_middleware import Counting
from feed.site import pages

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from feed.server.download_counts import Tally

SHARED = (".vtt", ".srt", ".json", ".xml", ".m3u", ".mp3", ".m4a")
"""What web players on other sites fetch: all of it is public, and no cookie comes with it."""

PACKED = (".mp3", ".m4a", ".jpg", ".png")
"""What is compressed by its own form: a Range counts the bytes of the file."""

WORTHWHILE = 500
"""Bytes from which on packing saves anything."""

ENDING = 3
"""Seconds that answers have to end in when the server stops: some would go on for ever."""

HELD = 64
"""Packed files that are remembered."""

_OF_A_BODY = ("content-type", "content-length", "accept-ranges", "content-encoding")

SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; media-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}


def app(root: Path, tally: Tally | None = None) -> Starlette:
    """An application that serves the files below `root`; nothing else, whatever the path says.

    With a `tally` downloads are counted. It can be mounted at the root of another application.
    """
    resolved = root.resolve()

    async def serve(request: Request) -> Response:
        return _response(resolved, request)

    async def missing(_request: Request, _error: Exception) -> Response:
        return Response(pages.missing(), 404, SAFE, "text/html; charset=utf-8")

    routes = [Route("/{path:path}", serve, methods=["GET", "HEAD"])]
    middleware = [Middleware(Counting, tally=tally, root=resolved)] if tally else []
    return Starlette(routes=routes, middleware=middleware, exception_handlers={404: missing})


def run(application: ASGIApp, host: str, port: int, *, proxy: bool = False) -> None:
    """Serve an application until Ctrl-C; raises `PublishFailed` when the address cannot be had.

    With `proxy`, a server on this machine is believed when it says who asks.
    """
    settings = uvicorn.Config(
        application,
        log_level="warning",
        server_header=False,
        proxy_headers=proxy,
        timeout_graceful_shutdown=ENDING,
    )
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
    asked = request.path_params["path"]
    path = _found(root, asked)
    if path.is_dir() and not request.url.path.endswith("/"):
        return RedirectResponse(f"{request.url.path}/")
    path = path / "index.html" if path.is_dir() else path
    if path.is_file():
        return _file(request, path, _lasting(path))
    if path.name == LATEST and (newest := _newest(path.parent)):
        return _file(request, newest, {"Cache-Control": ASKED, "Content-Location": newest.name})
    if path == root / "index.html":
        return _page(request, pages.house(_shows(root)))
    if path == root / pages.STYLE:
        return _file(request, pages.TEMPLATES / pages.STYLE, {"Cache-Control": BRIEFLY})
    raise HTTPException(404)


def _file(request: Request, path: Path, more: dict[str, str]) -> Response:
    """A file: unchanged, packed, or as it lies there, in whole or in part."""
    stat = path.stat()
    headers = SAFE | _shared(path) | more
    response = FileResponse(path, headers=headers, media_type=content_type(path.name), stat_result=stat)
    response.headers["etag"] = _etag(path, stat)
    if not path.name.endswith(PACKED):
        response.headers["vary"] = "Accept-Encoding"
    if _unchanged(request, response):
        kept = {name: value for name, value in response.headers.items() if name not in _OF_A_BODY}
        return Response(status_code=304, headers=kept)
    if path.name.endswith(PACKED) or stat.st_size < WORTHWHILE or "range" in request.headers:
        return response
    if not _takes_gzip(request.headers.get("accept-encoding", "")):
        return response
    packed = _packed(path, stat.st_mtime_ns, stat.st_size)
    # The length of what is sent, also for HEAD, which sends nothing.
    said = {"content-encoding": "gzip", "content-length": str(len(packed))}
    kept = {name: value for name, value in response.headers.items() if name != "accept-ranges"}
    return Response(packed, headers=kept | said)


@lru_cache(maxsize=HELD)
def _packed(path: Path, _modified: int, _size: int) -> bytes:
    """A file, compressed once for each state of it."""
    return gzip.compress(path.read_bytes(), mtime=0)


def _takes_gzip(accepted: str) -> bool:
    """Whether a client reads gzip (RFC 9110 §12.5.3)."""
    for coding in accepted.lower().split(","):
        name, _, weight = coding.partition(";")
        if name.strip() in {"gzip", "x-gzip"}:
            return not re.fullmatch(r"q=0(?:\.0*)?", weight.strip())
    return False


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


def _shared(path: Path) -> dict[str, str]:
    if not path.name.endswith(SHARED):
        return {}
    return {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Content-Range, ETag"}


def _lasting(path: Path) -> dict[str, str]:
    """How long a copy may be kept."""
    return {"Cache-Control": cache_control(path.name)}


def _newest(folder: Path) -> Path | None:
    """The newest recording of a show, as it says itself; None where it says none."""
    match _told(folder):
        case {"episode": {"audio": {"url": str(url)}}}:
            path = folder / url.rpartition("/")[2]
            return path if path.is_file() and path.parent == folder else None
    return None


def _shows(root: Path) -> list[pages.Listed]:
    """What can be listened to here: the folders with a feed."""
    folders = sorted(path.parent for path in root.glob(f"[!.]*/{FEED}"))
    return [_listed(folder) for folder in folders]


def _listed(folder: Path) -> pages.Listed:
    match _told(folder):
        case {"show": str(title), "episode": {"title": str(newest), "image": str(image)}}:
            return pages.Listed(
                folder.name, title, newest.removeprefix(title).strip(), image.rpartition("/")[2]
            )
        case {"show": str(title)}:
            return pages.Listed(folder.name, title)
    return pages.Listed(folder.name, folder.name)


def _told(folder: Path) -> object:
    """What a show says of its newest episode; None where it says nothing that can be read."""
    try:
        told: object = json.loads((folder / NEWEST).read_bytes())
    except (OSError, ValueError):
        return None
    return told


def _page(request: Request, page: bytes) -> Response:
    """A page that is made for this answer."""
    etag = f'W/"{hashlib.sha256(page).hexdigest()[:32]}"'
    headers = SAFE | {"Cache-Control": ASKED, "ETag": etag}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    return Response(page, headers=headers, media_type="text/html; charset=utf-8")


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

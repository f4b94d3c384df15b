"""HTTP server of published files: HEAD, Range, conditional requests. Home of uvicorn.

Speakers and apps seek with Range, Apple asks with HEAD, every app polls with If-None-Match; web players fetch feeds,
transcripts and chapters from other sites. `/SHOW/latest.mp3` is the newest recording itself, not a redirect, which
Sonos advises against. uvicorn parses and waits by httptools and uvloop, which it finds by itself.
"""

from __future__ import annotations

import hashlib
import json
import re
import socket
from contextlib import suppress
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from feed.errors import PublishFailed
from feed.file_names import (
    COMPRESSED_ENDINGS,
    FIVE_MINUTES,
    LATEST,
    NEWEST_JSON,
    REVALIDATED,
    cache_control,
    content_type,
    packed_name,
)
from feed.rss.paging import FEED
from feed.server.connection_limits import LimitedProtocol
from feed.server.counting_middleware import CountingMiddleware
from feed.site import pages

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from feed.server.download_counts import DownloadCounter

CORS_ENDINGS = (".vtt", ".srt", ".json", ".xml", ".m3u", ".mp3", ".m4a")
"""Endings that web players on other sites may fetch: public files without cookies."""

SHUTDOWN_SECONDS = 3
"""Seconds for open answers to end when the server stops."""

_BODY_HEADERS = ("content-type", "content-length", "accept-ranges", "content-encoding")

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; media-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}


def build_app(root: Path, tally: DownloadCounter | None = None) -> Starlette:
    """Build the application that serves the files below `root` and nothing else.

    With a `tally` downloads are counted. It can be mounted at the root of another application.
    """
    resolved = root.resolve()

    async def serve(request: Request) -> Response:
        return _respond(resolved, request)

    async def missing(_request: Request, _error: Exception) -> Response:
        return Response(pages.render_missing(), 404, SECURITY_HEADERS, "text/html; charset=utf-8")

    routes = [Route("/{path:path}", serve, methods=["GET", "HEAD"])]
    middleware = [Middleware(CountingMiddleware, tally=tally, root=resolved)] if tally else []
    return Starlette(routes=routes, middleware=middleware, exception_handlers={404: missing})


def run_server(application: ASGIApp, host: str, port: int, *, proxies: tuple[str, ...] = ()) -> None:
    """Serve an application until Ctrl-C; raise `PublishFailed` if the address is taken.

    `proxies` are addresses and networks of servers in front that are believed when they say who asks.
    """
    settings = uvicorn.Config(
        application,
        log_level="warning",
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        http=LimitedProtocol,
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


def _respond(root: Path, request: Request) -> Response:
    url_path = request.path_params["path"]
    path = _resolve_path(root, url_path)
    if path.is_dir() and not request.url.path.endswith("/"):
        return RedirectResponse(f"{request.url.path}/")
    path = path / "index.html" if path.is_dir() else path
    if path.is_file():
        return _file_response(request, path, _cache_headers(path))
    if path.name == LATEST and (newest := _newest_audio(path.parent)):
        return _file_response(
            request, newest, {"Cache-Control": REVALIDATED, "Content-Location": newest.name}
        )
    if path == root / "index.html":
        return _page_response(request, pages.render_shows(_list_shows(root)))
    if path == root / pages.STYLE:
        return _file_response(request, pages.TEMPLATES / pages.STYLE, {"Cache-Control": FIVE_MINUTES})
    raise HTTPException(404)


def _file_response(request: Request, path: Path, more: dict[str, str]) -> Response:
    """Respond with a file: 304, compressed, whole or in part."""
    stat = path.stat()
    headers = SECURITY_HEADERS | _cors_headers(path) | more
    response = FileResponse(path, headers=headers, media_type=content_type(path.name), stat_result=stat)
    response.headers["etag"] = _entity_tag(path, stat)
    if not path.name.endswith(COMPRESSED_ENDINGS):
        response.headers["vary"] = "Accept-Encoding"
    if _is_unchanged(request, response):
        headers_left = {name: value for name, value in response.headers.items() if name not in _BODY_HEADERS}
        return Response(status_code=304, headers=headers_left)
    packed = None if "range" in request.headers else _packed_copy(path, stat)
    if packed is None or not _accepts_gzip(request.headers.get("accept-encoding", "")):
        return response
    same = {name: value for name, value in response.headers.items() if name not in _BODY_HEADERS}
    encoded = same | {"content-encoding": "gzip"}
    answer = FileResponse(
        packed, headers=encoded, media_type=content_type(path.name), stat_result=packed.stat()
    )
    # A part of the packed bytes is of no use: requests with Range are given the plain file.
    del answer.headers["accept-ranges"]
    return answer


def _packed_copy(path: Path, stat: os.stat_result) -> Path | None:
    """Return the packed copy that publishing has left beside a text; None if it is of another version."""
    if path.name.endswith(COMPRESSED_ENDINGS):
        return None
    packed = path.with_name(packed_name(path.name))
    try:
        return packed if packed.stat().st_mtime_ns == stat.st_mtime_ns else None
    except OSError:
        return None


def _accepts_gzip(accepted: str) -> bool:
    """Return True if a client accepts gzip (RFC 9110 §12.5.3)."""
    for coding in accepted.lower().split(","):
        name, _, weight = coding.partition(";")
        if name.strip() in {"gzip", "x-gzip"}:
            return not re.fullmatch(r"q=0(?:\.0*)?", weight.strip())
    return False


def _resolve_path(root: Path, url_path: str) -> Path:
    """Return the file or folder of a URL path; raise 404 for hidden ones and any outside `root`."""
    try:
        path = (root / url_path).resolve()
        path.is_file()  # Also what is too long for a name is simply not there.
    except (OSError, ValueError) as error:
        raise HTTPException(404) from error
    if not path.is_relative_to(root) or any(part.startswith(".") for part in path.relative_to(root).parts):
        raise HTTPException(404)
    return path


def _cors_headers(path: Path) -> dict[str, str]:
    if not path.name.endswith(CORS_ENDINGS):
        return {}
    return {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Content-Range, ETag"}


def _cache_headers(path: Path) -> dict[str, str]:
    """Return the caching headers of a file."""
    return {"Cache-Control": cache_control(path.name)}


def _newest_audio(folder: Path) -> Path | None:
    """Return the newest recording that a show's latest.json names, or None."""
    match _read_newest(folder):
        case {"episode": {"audio": {"url": str(url)}}}:
            path = folder / url.rpartition("/")[2]
            return path if path.is_file() and path.parent == folder else None
    return None


def _list_shows(root: Path) -> list[pages.ListedShow]:
    """List the folders with a feed."""
    folders = sorted(path.parent for path in root.glob(f"[!.]*/{FEED}"))
    return [_describe_show(folder) for folder in folders]


def _describe_show(folder: Path) -> pages.ListedShow:
    match _read_newest(folder):
        case {"show": str(title), "episode": {"title": str(newest), "image": str(image)}}:
            return pages.ListedShow(
                folder.name, title, newest.removeprefix(title).strip(), image.rpartition("/")[2]
            )
        case {"show": str(title)}:
            return pages.ListedShow(folder.name, title)
    return pages.ListedShow(folder.name, folder.name)


def _read_newest(folder: Path) -> object:
    """Read a show's latest.json; None if it is missing or unreadable."""
    try:
        document: object = json.loads((folder / NEWEST_JSON).read_bytes())
    except (OSError, ValueError):
        return None
    return document


def _page_response(request: Request, page: bytes) -> Response:
    """Respond with a generated page."""
    etag = f'W/"{hashlib.sha256(page).hexdigest()[:32]}"'
    headers = SECURITY_HEADERS | {"Cache-Control": REVALIDATED, "ETag": etag}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    return Response(page, headers=headers, media_type="text/html; charset=utf-8")


def _entity_tag(path: Path, stat: os.stat_result) -> str:
    """Return an ETag from name, time and size: files are replaced, never changed in place.

    Weak for what is sent compressed or not: those are the same words in other bytes (RFC 9110 §8.8.1).
    """
    identity = f"{path.name} {stat.st_mtime_ns} {stat.st_size}"
    strong = f'"{hashlib.sha256(identity.encode()).hexdigest()[:32]}"'
    return strong if path.name.endswith(COMPRESSED_ENDINGS) else f"W/{strong}"


def _is_unchanged(request: Request, response: Response) -> bool:
    """Return True if the client's copy is current; If-None-Match wins (RFC 9110 §13.2.2)."""
    match = request.headers.get("if-none-match")
    if match is not None:
        tags = [tag.strip().removeprefix("W/") for tag in match.split(",")]
        return "*" in tags or response.headers["etag"].removeprefix("W/") in tags
    since = request.headers.get("if-modified-since")
    return since is not None and _not_newer(response.headers["last-modified"], since)


def _not_newer(modified: str, since: str) -> bool:
    """Return True if `modified` is not after `since`; False for unreadable dates."""
    try:
        return parsedate_to_datetime(modified) <= parsedate_to_datetime(since)
    except (ValueError, TypeError, OverflowError):
        return False

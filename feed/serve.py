"""What is published, over HTTP: HEAD, Range, conditional requests, right types. Home of starlette and uvicorn.

Speakers and apps seek with Range, Apple asks with HEAD, every app polls with If-None-Match; web players fetch
transcripts and chapters from other sites.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from feed.publish import content_type

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from starlette.requests import Request

SHARED = (".vtt", ".srt", ".json")
"""What web players on other sites fetch."""

FOREVER = "public, max-age=31536000, immutable"
BRIEFLY = "public, max-age=300"
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}


def app(root: Path) -> Starlette:
    """An application that serves the files below `root`; nothing else, whatever the path says."""
    resolved = root.resolve()

    async def serve(request: Request) -> Response:
        return _response(resolved, request)

    routes = [Route("/{path:path}", serve, methods=["GET", "HEAD"])]
    return Starlette(routes=routes, middleware=[Middleware(_SelectiveGZip)])


def run(root: Path, host: str, port: int) -> None:
    """Serve until Ctrl-C."""
    uvicorn.run(app(root), host=host, port=port, log_level="warning", server_header=False)


def _response(root: Path, request: Request) -> Response:
    asked = request.path_params["path"]
    if "\0" in asked:
        raise HTTPException(404)
    path = (root / asked).resolve()
    if not path.is_relative_to(root) or any(part.startswith(".") for part in path.relative_to(root).parts):
        raise HTTPException(404)
    if path.is_dir():
        if asked and not asked.endswith("/"):
            return RedirectResponse(f"{request.url.path}/")
        path /= "index.html"
    if not path.is_file():
        raise HTTPException(404)
    headers = SAFE | {"Cache-Control": FOREVER if _never_changes(path) else BRIEFLY}
    if path.name.endswith(SHARED):
        headers["Access-Control-Allow-Origin"] = "*"
    stat = path.stat()
    response = FileResponse(path, headers=headers, media_type=content_type(path.name), stat_result=stat)
    response.headers["etag"] = _etag(path, stat)
    if _unchanged(request, response):
        kept = {name: response.headers[name] for name in ("etag", "last-modified", "cache-control")}
        return Response(status_code=304, headers=kept)
    return response


def _never_changes(path: Path) -> bool:
    """Recordings and covers have a hash in their name."""
    return path.suffix in {".mp3", ".jpg"}


def _etag(path: Path, stat: os.stat_result) -> str:
    """Of the content's identity: a file is replaced, never changed, so time and size tell it."""
    known = f"{path.name} {stat.st_mtime_ns} {stat.st_size}"
    return f'"{hashlib.sha256(known.encode()).hexdigest()[:32]}"'


def _unchanged(request: Request, response: Response) -> bool:
    """RFC 9110 §13.2.2: If-None-Match decides where both are given."""
    match = request.headers.get("if-none-match")
    if match is not None:
        tags = [tag.strip().removeprefix("W/") for tag in match.split(",")]
        return "*" in tags or response.headers["etag"] in tags
    return request.headers.get("if-modified-since") == response.headers["last-modified"]


class _SelectiveGZip(GZipMiddleware):
    """Text is compressed, audio and pictures are not: a Range counts the bytes of the file."""

    async def __call__(self, scope, receive, send) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 - ASGI's own types
        if scope["type"] == "http" and str(scope["path"]).endswith((".mp3", ".jpg", ".png", ".m4a")):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)

"""Those who are told, on loopback: a service with webhooks, and a mail server."""

from __future__ import annotations

import asyncio
import email
import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator
    from email.message import EmailMessage

    from aiosmtpd.smtp import Envelope, LoginPassword, Session


@dataclass
class Hook:
    """What was posted: paths and documents; `answers` are given first, status and document, then a yes."""

    url: str = ""
    answers: list[tuple[int, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def hook() -> Iterator[Hook]:
    """A service with webhooks."""
    told = Hook()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with lock:
                told.paths.append(self.path)
                told.bodies.append(body)
                status, said = told.answers.pop(0) if told.answers else (200, '{"errcode": 0, "code": 0}')
            self.send_response(status)
            self.end_headers()
            self.wfile.write(said.encode())

        def log_message(self, *_what: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    told.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Post:
    """A mail server: its port, whom it lets in, and the letters that it took."""

    port: int = 0
    password: str = "correct horse"  # noqa: S105 - a made-up one
    letters: list[EmailMessage] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - its own name in aiosmtpd
        """Take a letter, or refuse it as `refusals` say."""
        if self.refusals:
            return self.refusals.pop(0)
        assert isinstance(envelope.content, bytes)
        self.letters.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 taken"

    def lets_in(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, who: LoginPassword
    ) -> AuthResult:
        """Whether the password is right."""
        return AuthResult(success=who.password == self.password.encode())


class _Controller(Controller):
    """One that takes any free port, and knows which."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # aiosmtpd gives it no types


@contextmanager
def post(trust: ssl.SSLContext, tls: str = "tls") -> Iterator[Post]:
    """A mail server that wants a password, over TLS from the first byte or by STARTTLS."""
    taken = Post()
    first = tls == "tls"
    controller = _Controller(
        taken,
        hostname="127.0.0.1",
        port=0,
        ssl_context=trust if first else None,
        tls_context=None if first else trust,
        require_starttls=not first,
        authenticator=taken.lets_in,
        auth_required=True,
        auth_require_tls=not first,
    )
    controller.start()
    taken.port = controller.port
    try:
        yield taken
    finally:
        controller.stop()

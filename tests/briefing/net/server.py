"""A web server on loopback for tests: answers by path, each a function that writes bytes as it likes."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator, Mapping

Answer: TypeAlias = "Callable[[socket.socket, dict[str, str]], None]"
"""Writes an answer on the connection; the request's headers are by name in lower case."""


def page(content: str | bytes, kind: str = "text/html; charset=utf-8", **headers: str) -> Answer:
    """An answer with this content."""
    body = content.encode() if isinstance(content, str) else content

    def answer(connection: socket.socket, _asked: dict[str, str]) -> None:
        more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
        connection.sendall(head.encode() + body)

    return answer


def status(line: str, **headers: str) -> Answer:
    """An answer without content."""

    def answer(connection: socket.socket, _asked: dict[str, str]) -> None:
        more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        connection.sendall(f"HTTP/1.1 {line}\r\nContent-Length: 0\r\n{more}\r\n".encode())

    return answer


class Site:
    """What is served, and the paths that were asked for, in order."""

    def __init__(self, answers: Mapping[str, Answer], port: int, tls: ssl.SSLContext | None) -> None:
        self.answers = dict(answers)
        self.port = port
        self._tls = tls
        self.asked: list[str] = []
        self.over = threading.Event()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of a path."""
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}{path}"

    def serve(self, connection: socket.socket) -> None:
        """Answer one request; a client that leaves is not missed."""
        with connection:
            try:
                if self._tls is None:
                    self._answer(connection)
                else:
                    with self._tls.wrap_socket(connection, server_side=True) as secret:
                        self._answer(secret)
            except (OSError, IndexError):
                return

    def _answer(self, connection: socket.socket) -> None:
        lines = _request(connection).split("\r\n")
        path = lines[0].split(" ")[1]
        self.asked.append(path)
        pairs = (line.partition(":") for line in lines[1:])
        headers = {name.lower(): value.strip() for name, _, value in pairs}
        self.answers.get(path, status("404 Not Found"))(connection, headers)


def _request(connection: socket.socket) -> str:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        if not piece:
            break
        data += piece
    return data.decode("latin-1")


@contextmanager
def serving(answers: Mapping[str, Answer], tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A site that is up within the block, over TLS when it is given a certificate."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        site = Site(answers, listener.getsockname()[1], tls)
        threads: list[threading.Thread] = []

        def accept() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                threads.append(threading.Thread(target=site.serve, args=(connection,)))
                threads[-1].start()

        accepting = threading.Thread(target=accept)
        accepting.start()
        try:
            yield site
        finally:
            site.over.set()
            listener.shutdown(socket.SHUT_RDWR)
            accepting.join()
            for thread in threads:
                thread.join()

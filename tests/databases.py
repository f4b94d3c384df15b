"""What tests of the store and of the clock need: the databases there are, and a clock that a test moves."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Iterator

DEBIAN = Path("/usr/lib/postgresql")
"""Where Debian keeps the programs of each version of PostgreSQL; they are not in the PATH."""


class Clock:
    """Says what time it is, in UTC or a zone; only a test moves it."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def __call__(self) -> datetime:
        """What time it is."""
        return self._now

    def move(self, **span: float) -> None:
        """Let some time pass; the arguments are a timedelta's, and may be less than nothing."""
        self._now = (self._now.astimezone(UTC) + timedelta(**span)).astimezone(self._now.tzinfo)

    def set(self, moment: datetime) -> None:
        """Let it be that moment."""
        self._now = moment.astimezone(self._now.tzinfo)


class Cluster:
    """A PostgreSQL of the tests' own on loopback."""

    def __init__(self, port: int) -> None:
        self._port = port

    @contextmanager
    def database(self) -> Iterator[str]:
        """The URL of an empty database, which is gone at the end of the block."""
        name = f"t{uuid4().hex}"
        self._tell(f"CREATE DATABASE {name}")
        try:
            yield f"postgresql+psycopg://postgres@127.0.0.1:{self._port}/{name}"
        finally:
            self._tell(f"DROP DATABASE {name} WITH (FORCE)")

    def _tell(self, what: str) -> None:
        address = f"host=127.0.0.1 port={self._port} user=postgres dbname=postgres"
        # Only who wants a PostgreSQL needs its driver.
        import psycopg  # noqa: PLC0415 - see above

        with psycopg.connect(address, autocommit=True) as db:
            db.execute(what.encode())


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Start a PostgreSQL in a folder of its own, and end it; it does not run as root, so root's is user postgres'."""
    folder = Path(tempfile.mkdtemp(prefix="briefing-postgres-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        _run("initdb", "-D", f"{folder}/data", "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        settings = f"-c listen_addresses=127.0.0.1 -c port={port} -c fsync=off -k {folder}"
        _run("pg_ctl", "-D", f"{folder}/data", "-w", "-l", f"{folder}/log", "-o", settings, "start")
        try:
            yield Cluster(port)
        finally:
            _run("pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _run(program: str, *arguments: str) -> None:
    found = max(DEBIAN.glob(f"*/bin/{program}"), default=None) or shutil.which(program)
    assert found, "install Debian's package postgresql"
    as_other = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
    # Its server keeps the output open, so a pipe would never end.
    done = subprocess.run(
        [*as_other, str(found), *arguments], check=False, stdout=subprocess.DEVNULL, cwd="/"
    )
    assert done.returncode == 0, f"{program} ended with status {done.returncode}"

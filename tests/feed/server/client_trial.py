"""Two editions of one day, fetched by every podcast client that is installed: both whole, each under its own name.

    python -m tests.feed.server.client_trial [FOLDER-OF-PROGRAMS]

Clients: gpo, greg, getpodcast (a library), newsboat with its podboat, poddl, podcast-archiver. Prints a line a client:
its files, and whether their bytes are the recordings. Exit status 1 when one that is installed has not both.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn

from feed import file_names
from feed.model import Chapter, Cue, Episode
from feed.publishers.local_folder import FolderPublisher
from feed.publishers.publish import Publication, publish_show
from feed.server import media_server
from tests.feed.airing import COVER, SHOW

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLES = ("3月2日早间｜新桥通车", "3月2日晚间｜新桥通车")
SECONDS = 120
NEWSBOAT_SETTINGS = 'download-path "%s/"\\npodcast-auto-enqueue yes\\ndownload-filename-format "%%t.%%e"\\n'
"""Settings of newsboat as a format of the shell's printf: every new item is queued for download under its title."""


def publish_two_editions(root: Path, address: str) -> set[str]:
    """Publish a morning and an evening of one day; return the SHA-256 of their sounds."""
    digests, episodes, files = set(), [], {}
    for number, (title, edition) in enumerate(zip(TITLES, ("morning", "evening"), strict=True), 1):
        sound = root.parent / f"{edition}.mp3"
        # Noise behind the header of a frame: nothing here decodes it.
        sound.write_bytes(b"\xff\xfb\x90\x00" + random.Random(number).randbytes(60_000))  # noqa: S311 - noise
        digests.add(hashlib.sha256(sound.read_bytes()).hexdigest())
        name = file_names.audio_name(f"2026-03-02-{edition}", sound)
        files[name] = sound
        episodes.append(
            Episode(
                guid=f"guid-{edition}",
                title=title,
                summary="新桥通车。",
                published=datetime(2026, 3, 1, 23, tzinfo=UTC) + timedelta(hours=11 * (number - 1)),
                audio=name,
                size=sound.stat().st_size,
                duration=timedelta(seconds=60),
                number=number,
                chapters=tuple(
                    Chapter(one, timedelta(seconds=at)) for at, one in ((0, "开场"), (9, "桥"), (50, "尾"))
                ),
                cues=(Cue("晓伊", "本节目由人工智能合成播报。", timedelta(0), timedelta(seconds=59)),),
            )
        )
    show = replace(SHOW, address=f"{address}demo/")
    for count in (1, 2):
        airing = Publication(
            show,
            COVER,
            tuple(episodes[:count]),
            lambda _one: files,
            datetime.now(UTC),
            fresh=episodes[count - 1],
        )
        publish_show(FolderPublisher(root / "demo", show.address), airing)
    return digests


@contextmanager
def serve_folder(root: Path) -> Iterator[str]:
    """Serve a folder on a free port of loopback."""
    settings = uvicorn.Config(media_server.build_app(root), host="127.0.0.1", port=0, log_level="critical")
    server, listener = uvicorn.Server(settings), settings.bind_socket()
    listener.listen()
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    finally:
        server.should_exit = True
        thread.join()


def commands_of(programs: Path | None, feed: str, home: Path) -> dict[str, list[list[str]]]:
    """Return the commands of each client that is installed."""
    path = f"{programs}{os.pathsep}{os.environ['PATH']}" if programs else os.environ["PATH"]
    python = shutil.which("python3", path=path) or sys.executable
    known = {
        "gpo": [["gpo", "subscribe", feed], ["gpo", "download"]],
        "poddl": [["poddl", "--url", feed, "--destination", str(home)]],
        "podcast-archiver": [["podcast-archiver", "--feed", feed, "--dir", str(home)]],
        "greg": [
            ["greg", "add", "demo", feed],
            ["greg", "edit", "-d", "2020-01-01", "demo"],
            ["greg", "sync", "-dd", str(home), "demo"],
        ],
        "newsboat": [
            ["sh", "-c", f"echo {feed} > urls; printf '{NEWSBOAT_SETTINGS}' \"$PWD\" > settings"],
            ["newsboat", "-u", "urls", "-c", "items.db", "-C", "settings", "-x", "reload"],
            # It wants a terminal, and ends only when a person says so.
            ["script", "-qec", "timeout 20 podboat -a -C settings", "/dev/null"],
        ],
    }
    found = {
        name: [[str(shutil.which(command[0], path=path)), *command[1:]] for command in commands]
        for name, commands in known.items()
        if shutil.which(name, path=path)
    }
    code = (
        "import getpodcast;"
        f"options = getpodcast.options(root_dir={str(home)!r}, date_from='2020-01-01', run=True, accept=['audio/mpeg']);"
        f"getpodcast.getpodcast({{'demo': {feed!r}}}, options)"
    )
    if subprocess.run([python, "-c", "import getpodcast"], capture_output=True, check=False).returncode == 0:
        found["getpodcast"] = [[python, "-c", code]]
    return found


def try_client(commands: list[list[str]], home: Path) -> tuple[list[str], set[str]]:
    """Run a client in a home of its own; return the names and the SHA-256 of what it has fetched."""
    environment = os.environ | {
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm",
        **dict.fromkeys(("HOME", "GPODDER_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(home)),
        "no_proxy": "127.0.0.1",
        "GREG_CONFIG": str(home),
    }
    for command in commands:
        subprocess.run(command, env=environment, cwd=home, capture_output=True, check=False, timeout=SECONDS)
    files = sorted(path for path in home.rglob("*.mp3"))
    return [path.name for path in files], {hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def main(programs: Path | None) -> int:
    """Try every client; return the number of those that have not both editions."""
    failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "public"
        root.mkdir()
        with serve_folder(root) as address:
            digests = publish_two_editions(root, address)
            names = commands_of(programs, f"{address}demo/feed.xml", Path(scratch))
            for name in names:
                home = Path(scratch) / name
                home.mkdir()
                commands = commands_of(programs, f"{address}demo/feed.xml", home)[name]
                files, fetched = try_client(commands, home)
                whole = fetched == digests and len(files) == len(digests)
                failed += not whole
                sys.stdout.write(f"{name}: {'both whole' if whole else 'NOT both'}: {', '.join(files)}\n")
    return failed


if __name__ == "__main__":
    sys.exit(min(1, main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)))

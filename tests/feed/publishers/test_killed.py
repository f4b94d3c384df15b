"""Kill -9 at random moments of publishing: what listeners can fetch is whole at every one of them.

`python -m tests.feed.publishers.killing` takes any number of moments.
"""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.feed.publishers import bucket

if TYPE_CHECKING:
    from pathlib import Path

TIMES, WHOLE = 40, 200
"""Kills in a test run, and in `make soak`."""

SERVERS = 5
"""Made-up S3 servers that share the times: one slows down with all that it keeps."""


def killed(place: str, times: int, scratch: Path, seed: int = 7) -> str:
    """What the trial says: it is a process of its own, since it forks."""
    scratch.mkdir()
    command = [
        sys.executable,
        "-m",
        "tests.feed.publishers.killing",
        place,
        str(seed),
        str(times),
        str(scratch),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    return done.stdout + done.stderr


def prove(place: str, times: int, scratch: Path, seed: int = 7) -> None:
    """So many kills, of which a good part met the moment between the first put and the feed."""
    said = re.fullmatch(
        r"(\d+) killed, (\d+) between the first put and the feed\n", killed(place, times, scratch, seed)
    )
    assert said is not None
    assert int(said[1]) == times
    assert int(said[2]) >= times // 5


def test_a_folder_is_whole_whenever_publishing_is_killed(tmp_path: Path) -> None:
    """New episodes, corrections, withdrawals, old ones that go: the feeds never name what is not there."""
    prove(str(tmp_path / "public"), TIMES, tmp_path / "scratch")


def test_a_bucket_is_whole_whenever_publishing_is_killed(tmp_path: Path) -> None:
    """The same over HTTP, killed between sending and hearing the answer too."""
    with bucket.serving() as endpoint:
        prove(endpoint, TIMES // 2, tmp_path / "scratch")


@pytest.mark.soak
def test_a_folder_is_whole_after_very_many_kills(tmp_path: Path) -> None:
    """The whole of it."""
    prove(str(tmp_path / "public"), WHOLE, tmp_path / "scratch", 11)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(SERVERS))
def test_a_bucket_is_whole_after_very_many_kills(seed: int, tmp_path: Path) -> None:
    """The whole of it, on several servers."""
    with bucket.serving() as endpoint:
        prove(endpoint, WHOLE // SERVERS, tmp_path / "scratch", seed)

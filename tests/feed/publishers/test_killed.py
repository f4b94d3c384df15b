"""Kill -9 at random moments of publishing: what listeners can fetch is whole at every one of them.

`python -m tests.feed.publishers.killing` takes any number of moments.
"""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.feed.publishers import bucket

if TYPE_CHECKING:
    from pathlib import Path

TIMES = 200
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


def test_a_folder_is_whole_whenever_publishing_is_killed(tmp_path: Path) -> None:
    """New episodes, corrections, withdrawals, old ones that go: the feeds never name what is not there."""
    assert killed(str(tmp_path / "public"), TIMES, tmp_path / "scratch") == f"{TIMES} killed\n"


@pytest.mark.parametrize("seed", range(SERVERS))
def test_a_bucket_is_whole_whenever_publishing_is_killed(seed: int, tmp_path: Path) -> None:
    """The same over HTTP, killed between sending and hearing the answer too."""
    times = TIMES // SERVERS
    with bucket.serving() as endpoint:
        assert killed(endpoint, times, tmp_path / "scratch", seed) == f"{times} killed\n"

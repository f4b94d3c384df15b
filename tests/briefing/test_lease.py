"""One run at a time for an edition."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from briefing import lease
from briefing.errors import EditionBusy

if TYPE_CHECKING:
    from pathlib import Path

HOLDER = """
import pathlib, sys
from briefing import lease
with lease.held(pathlib.Path(sys.argv[1]), "demo/2026-03-02/morning"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_another_process_is_told_at_once_and_a_kill_gives_the_lease_back(tmp_path: Path) -> None:
    """While a process works nobody else begins; when it is killed, the next run can start straight away."""
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(EditionBusy), lease.held(tmp_path, "demo/2026-03-02/morning"):
            pytest.fail("two runs at once")
        with lease.held(tmp_path, "demo/2026-03-03/morning"):
            pass
        holder.kill()
        holder.wait()
    with lease.held(tmp_path, "demo/2026-03-02/morning"):
        pass


def test_the_end_of_the_block_gives_the_lease_back(tmp_path: Path) -> None:
    """One process may hold the same lease again and again."""
    for _ in range(2):
        with lease.held(tmp_path, "x"):
            pass
    assert [path.name for path in tmp_path.iterdir()] == ["x.lock"]

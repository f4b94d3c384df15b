"""Start-up of commands, beside a bare interpreter and beside the libraries that they need.

Processor time of the child, the least of several runs in turns: the machine may be busy with something else.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

RUNS = 9
MAX_HELP_RATIO = 4.0
"""Times the bare interpreter that `briefing --help` may take."""

MAX_COMMAND_RATIO = 1.5
"""Times the import of sqlalchemy and pydantic that a quick command may take."""

BARE = "python -c pass"
LIBRARIES = "python -c 'import sqlalchemy, pydantic'"
QUICK = ("status", "hold", "approve", "history")
ROOT = Path(__file__).parents[1]


def main() -> int:
    """Print the processor time of each command and its ratio; exit status 1 if one is over its limit."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(ROOT / "seeds" / "briefing.toml", folder)
        least = _measure(_commands(), Path(folder))
    failed = False
    for name, seconds in least.items():
        base, limit = (BARE, MAX_HELP_RATIO) if "--help" in name else (LIBRARIES, MAX_COMMAND_RATIO)
        ratio = seconds / least[base]
        over = name.startswith("briefing") and ratio > limit
        failed |= over
        shown = f"{ratio:5.2f} (at most {limit})" if name.startswith("briefing") else ""
        print(f"{name:<42} {seconds * 1000:7.1f} ms {shown}{'  TOO SLOW' if over else ''}")
    return int(failed)


def _commands() -> dict[str, list[str]]:
    program = [sys.executable, "-m", "briefing"]
    return {
        BARE: [sys.executable, "-c", "pass"],
        "briefing --help": [*program, "--help"],
        LIBRARIES: [sys.executable, "-c", "import sqlalchemy, pydantic"],
        **{f"briefing {name}": [*program, name] for name in QUICK},
    }


def _measure(commands: dict[str, list[str]], folder: Path) -> dict[str, float]:
    """Return the least processor time of each command, in seconds."""
    # Bytecode of the program is kept, as in an installed one, whatever the caller's environment says.
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    for command in commands.values():
        _processor_time(command, folder, environment)
    least = dict.fromkeys(commands, float("inf"))
    for _ in range(RUNS):
        for name, command in commands.items():
            least[name] = min(least[name], _processor_time(command, folder, environment))
    return least


def _processor_time(command: list[str], folder: Path, environment: dict[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(  # noqa: S603 - the commands above
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    # Without an edition some of the commands end with a sentence and status 1, but none may fall.
    if "Traceback" in done.stderr:
        raise RuntimeError(done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main())

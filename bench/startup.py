"""How long `briefing --help` takes beside a bare interpreter: a person who mistypes should not wait."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = 15
MOST = 5.0
"""Times the bare interpreter that `briefing --help` may take."""

COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "briefing --help": [str(Path(sys.executable).with_name("briefing")), "--help"],
}


def timed(command: list[str]) -> float:
    """Seconds of one run."""
    start = time.perf_counter()
    subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - the two commands above
    return time.perf_counter() - start


def main() -> int:
    """Print the medians and their ratio, measured in turns."""
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(RUNS):
        for name, command in COMMANDS.items():
            taken[name].append(timed(command))
    medians = {name: statistics.median(times) for name, times in taken.items()}
    for name, seconds in medians.items():
        print(f"{name:<20} {seconds * 1000:7.1f} ms")
    ratio = medians["briefing --help"] / medians["python -c pass"]
    print(f"{'ratio':<20} {ratio:7.2f}    (at most {MOST})")
    return int(ratio > MOST)


if __name__ == "__main__":
    sys.exit(main())

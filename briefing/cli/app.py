"""`briefing …`: parse, call, print; no decisions.

Standard output holds what was asked for (with `--json`, one JSON document); everything for people in passing goes
to standard error. Exit status: 0 done, 1 could not be done (one sentence says why), 2 wrong usage, 130 stopped by Ctrl-C.
What a command needs is imported when it runs, so that `briefing --help` and the quick commands start at once.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

HELP = frozenset({("-h",), ("--help",), ("help",), ()})
"""Arguments that ask for the overview."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    typed = sys.argv[1:] if arguments is None else arguments
    if tuple(typed) in HELP:
        from briefing.cli.overview import format_overview  # noqa: PLC0415 - only for help

        # Without a command it is wrong usage, as every program says it.
        (sys.stdout if typed else sys.stderr).write(format_overview())
        return 0 if typed else 2
    from briefing.cli.dispatch import argument_parser, runner  # noqa: PLC0415 - not for help, see above

    options = argument_parser.build_parser().parse_args(typed)
    return runner.run_command(options.run, options)


if __name__ == "__main__":
    sys.exit(main())

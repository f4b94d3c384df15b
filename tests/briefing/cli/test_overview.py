"""`briefing --help`: every command once, in groups, without loading the parser of arguments."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections import Counter

import pytest

from briefing.cli.app import main
from briefing.cli.dispatch.argument_parser import build_parser
from briefing.cli.overview import EPILOG, GROUPS, USAGE, format_overview

MAX_LINE = 96
"""Columns of a line, so that it is not broken on most terminals."""


def test_the_overview_names_every_command_once() -> None:
    """A command that is added must be given its group."""
    listed = Counter(name for _title, commands in GROUPS for name, _summary in commands)
    (verbs,) = (one for one in build_parser()._actions if isinstance(one, argparse._SubParsersAction))
    assert listed == Counter(dict.fromkeys(verbs.choices, 1))


def test_the_overview_fits_a_terminal_and_begins_with_the_usage() -> None:
    """Groups in the order of a morning, each with a heading."""
    text = format_overview()
    assert text.startswith(USAGE)
    assert text.endswith(EPILOG)
    assert max(map(len, text.splitlines())) <= MAX_LINE + 10
    headings = [line for line in text.splitlines() if line.endswith(":") and not line.startswith(" ")]
    assert headings == [f"{title}:" for title, _commands in GROUPS]


@pytest.mark.parametrize(("arguments", "status"), [(["--help"], 0), (["-h"], 0), (["help"], 0), ([], 2)])
def test_help_is_printed_for_who_asks_and_for_who_names_no_command(
    arguments: list[str], status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first on standard output, the second as wrong usage on standard error."""
    assert main(arguments) == status
    printed = capsys.readouterr()
    assert (printed.err, printed.out)[status == 0] == format_overview()


def test_the_package_is_the_program() -> None:
    """`python -m briefing` needs no script in the path."""
    done = subprocess.run(
        [sys.executable, "-m", "briefing", "--help"], capture_output=True, text=True, check=True
    )
    assert done.stdout == format_overview()

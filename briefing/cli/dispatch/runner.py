"""What each command of `briefing` does: call a room, print what it says. One file a kind, one function a command."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from typing import TYPE_CHECKING

from briefing.errors import BriefingError
from briefing.monitoring import logs
from feed.errors import FeedError
from voices.errors import VoicesError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

STOPPED = 130
"""Exit status after Ctrl-C, as shells have it."""


def run_command(command: str, options: argparse.Namespace) -> int:
    """Run a command, named `file.function`; our errors become one sentence on standard error and exit status 1."""
    file, _, function = command.partition(".")
    options.logbook = logs.LogHandler(sys.stderr)
    try:
        return _load_command(file, function)(options) or 0
    except (BriefingError, VoicesError, FeedError) as error:
        return _complain(options.logbook.redact(str(error)), 1)
    except ModuleNotFoundError as error:
        from briefing.wiring.registry import missing_extra  # noqa: PLC0415 - only for who lacks a package

        sentence = missing_extra(error)
        if isinstance(sentence, ModuleNotFoundError):
            raise
        return _complain(str(sentence), 1)
    except KeyboardInterrupt:
        return _complain("stopped; what is done is kept, run it again to go on", STOPPED)
    except BrokenPipeError:
        # The reader of our output has gone: what is still buffered goes nowhere (Python's documentation of `signal`).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    finally:
        options.logbook.close()


def _load_command(file: str, function: str) -> Callable[[argparse.Namespace], int | None]:
    # Imports make much that stays and no garbage: looking for it takes a tenth of the time of a short command.
    gc.disable()
    try:
        command: Callable[[argparse.Namespace], int | None] = getattr(
            importlib.import_module(f"briefing.cli.{file}"), function
        )
    finally:
        gc.freeze()
        gc.enable()
    return command


def _complain(sentence: str, status: int) -> int:
    sys.stderr.write(f"briefing: {sentence}\n")
    return status

"""Output for a person while a command works: sentences, tables, progress. The home of rich.

Everything for people goes to standard error, so that standard output holds only what was asked for.
"""

from __future__ import annotations

import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from briefing.cli.printing.text_table import format_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class Speaker:
    """Prints to a person what is going on; a quiet one prints nothing."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet

    def say(self, text: str) -> None:
        """Print one line."""
        if not self._quiet:
            sys.stderr.write(f"{text}\n")

    def table(self, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Print a table, or that there is nothing for it; columns whose name ends in # hold numbers."""
        if not rows:
            self.say(f"{title}: none")
            return
        width = shutil.get_terminal_size().columns
        self.say(f"{title}\n{format_table(columns, rows, width)}")

    @contextmanager
    def progress(self, what: str) -> Iterator[Callable[[int, int], None]]:
        """Show a bar, which is told how much of how much is done."""
        # Only commands that speak show a bar: the others start without this package.
        from rich.console import Console  # noqa: PLC0415 - see above
        from rich.markup import escape  # noqa: PLC0415 - see above
        from rich.progress import (  # noqa: PLC0415 - see above
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=Console(stderr=True, quiet=self._quiet, highlight=False)) as bar:
            # Nothing is shown before there is something to do: most runs find every sentence spoken.
            task = bar.add_task(escape(what), total=None, visible=False)
            yield lambda done, total: bar.update(task, completed=done, total=total, visible=True)

"""What a person sees while the newsroom works: tables, progress, one-sentence errors. The home of rich.

Everything for people goes to standard error, so that standard output holds only what was asked for.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class Speaker:
    """Says to a person what is going on; a quiet one says nothing."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._console = Console(stderr=True, quiet=quiet, highlight=False)

    def say(self, text: str) -> None:
        """One line; what it quotes may be anybody's text, so markup in it is not obeyed."""
        self._console.print(escape(text), soft_wrap=True)

    def table(self, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table, or that there is nothing for it; columns whose name ends in # hold numbers."""
        if not rows:
            self.say(f"{title}: none")
            return
        table = Table(title=escape(title), title_justify="left")
        for column in columns:
            table.add_column(escape(column.rstrip("#")), justify="right" if column.endswith("#") else "left")
        for row in rows:
            table.add_row(*map(escape, row))
        self._console.print(table)

    @contextmanager
    def progress(self, what: str) -> Iterator[Callable[[int, int], None]]:
        """A bar that is told how much of how much is done."""
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=self._console) as bar:
            # Nothing is shown before there is something to do: most runs find every sentence spoken.
            task = bar.add_task(escape(what), total=None, visible=False)
            yield lambda done, total: bar.update(task, completed=done, total=total, visible=True)

"""One run at a time for an edition, across the processes of a machine.

The lock belongs to an open file, so the system gives it back when its process ends, however it ends:
a run that was killed never stands in the way of the next one.
"""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from typing import TYPE_CHECKING

from briefing.errors import EditionBusy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def held(folder: Path, name: str) -> Iterator[None]:
    """Hold the lease `name` during the block; raises `EditionBusy` at once when another process has it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name.replace('/', '-')}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise EditionBusy(
                f"{name} is being worked on by another process; wait for it, or see `briefing status`"
            ) from error
        yield

"""Source `folder`: what editors drop into a folder, in any format that is read.

The folder is looked through at every gathering, so that a file is in the pool of the day at once. A file that gives no
day of its own is of the day on which it was put there. A file that cannot be read is told of after the others.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from briefing.errors import SourceError
from briefing.sources import file_formats

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from briefing.model import Article
    from briefing.sources.protocol import Setup

SUFFIXES: Final = frozenset(
    {
        ".txt", ".md", ".markdown", ".html", ".htm", ".docx", ".pdf", ".xml", ".json", ".eml", ".mht", ".mhtml",
        ".odt", ".ofd", ".epub", ".rtf", ".nitf", ".doc", ".wps",
    }
)  # fmt: skip
"""Files with other names are not read: notes, pictures, what programs leave behind. .doc and .wps are told of."""
MOST_FILES: Final = 2000
"""Files of a folder that is looked through."""


def articles(setup: Setup, since: dt.datetime, until: dt.datetime) -> Iterator[Article]:
    """The articles of the span in the folder's files, by the files' names.

    Raises `SourceError` at the end, when all that can be read was given, for files that cannot.
    """
    troubles: list[str] = []
    for path in files(setup.path):
        try:
            file = file_formats.read_file(path, setup.zone)
        except SourceError as error:
            troubles.append(str(error))
            continue
        dropped = dt.datetime.fromtimestamp(path.stat().st_mtime, setup.zone)
        yield from file_formats.pooled(file, setup.name, dropped, since, until)
    if troubles:
        raise SourceError(
            "; ".join(troubles[:3]) + (f"; and {len(troubles) - 3} more" if troubles[3:] else "")
        )


def files(folder: Path) -> list[Path]:
    """The files of a folder that are read, by name; none that leads out of it. Raises `SourceError`."""
    if not folder.is_dir():
        raise SourceError(f"{folder}: there is no such folder; make it, or set the source's path to another")
    home = folder.resolve()
    paths = [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in SUFFIXES
        and not any(part.startswith((".", "~")) for part in path.relative_to(folder).parts)
        and path.is_file()
        and path.resolve().is_relative_to(home)
    ]
    if len(paths) > MOST_FILES:
        raise SourceError(
            f"{folder} holds {len(paths):,} files; keep at most {MOST_FILES:,} there, older ones elsewhere"
        )
    return paths

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
"""Endings of files that are read, or refused with how to export them (.doc, .wps)."""
LEFT_BEHIND: Final = frozenset(
    {
        "", ".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".bmp", ".tif", ".tiff", ".svg", ".mp3", ".wav",
        ".m4a", ".mp4", ".mov", ".avi", ".tmp", ".bak", ".old", ".log", ".ini", ".db", ".lnk", ".url", ".part",
        ".crdownload", ".download", ".lock", ".css", ".js", ".py", ".toml", ".yaml", ".yml", ".sha256", ".md5", ".ds_store",
    }
)  # fmt: skip
"""Endings of pictures, sound, settings and what programs leave behind, of which nothing is told."""
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
    troubles += [f"{path.name}: {_how_to_export(path)}" for path in other_documents(setup.path)]
    if troubles:
        raise SourceError(
            "; ".join(troubles[:3]) + (f"; and {len(troubles) - 3} more" if troubles[3:] else "")
        )


def _how_to_export(path: Path) -> str:
    return f"files that end in {path.suffix} are not read; save it as DOCX, PDF or TXT in the program that made it"


def other_documents(folder: Path) -> list[Path]:
    """Return the documents of a folder that are of no kind that is read, by name."""
    return [path for path in _own_files(folder) if path.suffix.lower() not in SUFFIXES | LEFT_BEHIND]


def files(folder: Path) -> list[Path]:
    """The files of a folder that are read, by name; none that leads out of it. Raises `SourceError`."""
    if not folder.is_dir():
        raise SourceError(f"{folder}: there is no such folder; make it, or set the source's path to another")
    paths = [path for path in _own_files(folder) if path.suffix.lower() in SUFFIXES]
    if len(paths) > MOST_FILES:
        raise SourceError(
            f"{folder} holds {len(paths):,} files; keep at most {MOST_FILES:,} there, older ones elsewhere"
        )
    return paths


def _own_files(folder: Path) -> Iterator[Path]:
    """Give the regular files of a folder by name, none that is hidden or leads out of it."""
    home = folder.resolve()
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith((".", "~")) for part in path.relative_to(folder).parts)
        if not hidden and path.is_file() and path.resolve().is_relative_to(home):
            yield path

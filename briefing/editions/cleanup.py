"""What may go from the working folder, so that no disk fills up in a year: what is long on the air, or was replaced.

Scripts and what they were made of stay in the database; what is published, publishing itself keeps in order. A recording
that is wanted again is made again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from briefing.model import EditionKey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from briefing.editions.show_context import ShowContext

HALF_WRITTEN = timedelta(days=1)
"""After which nobody is still writing a hidden file."""

REPLACED = timedelta(days=2)
"""After which nobody looks at the recording of a revision that was replaced."""

_NAME = re.compile(r"(\d{4}-\d\d-\d\d)-(.+?)-r(\d+)(?:-[a-z]+)?\.(?:mp3|m4a|md)")
"""A recording or a script: day, edition, revision."""


@dataclass(frozen=True, slots=True)
class Keep:
    """For how long: recordings, and scripts as files."""

    recordings: timedelta = timedelta(days=30)
    scripts: timedelta = timedelta(days=365)


class Gone(NamedTuple):
    """A file that may go, its bytes, and why."""

    path: Path
    size: int
    why: str


def found(context: ShowContext, public: Path, keep: Keep) -> tuple[Gone, ...]:
    """Return what of a show may go now, `public` being the folder where it is published."""
    slug, now = context.show.slug, context.now()
    gone = [
        *_recordings(context, now, now - keep.recordings),
        *_scripts(context, now - keep.scripts),
        *_half_written((context.folder / "recordings" / slug, context.scripts, public), now),
    ]
    return tuple(gone)


def remove(gone: tuple[Gone, ...]) -> int:
    """Delete the files; returns the bytes that are free now. What is gone already is no trouble."""
    freed = 0
    for removable in gone:
        removable.path.unlink(missing_ok=True)
        freed += removable.size
    return freed


def _recordings(context: ShowContext, now: datetime, before: datetime) -> Iterator[Gone]:
    """Those of days that are long over, and those of revisions that a newer one has replaced."""
    for path, key, revision in _named(context, context.folder / "recordings" / context.show.slug):
        if key.day < before.date():
            yield _gone(path, "its day is long over")
        elif revision < context.store.editions.find_standing(key).revision and _written(path, now - REPLACED):
            yield _gone(path, "a newer revision took its place")


def _scripts(context: ShowContext, before: datetime) -> Iterator[Gone]:
    """Files of scripts whose every word stands in the store."""
    for path, key, revision in _named(context, context.scripts):
        saved = {draft.revision: draft.text for draft in context.store.scripts.list_scripts(key)}
        # What somebody has changed in the file, and nobody has adopted, stays.
        if key.day < before.date() and saved.get(revision) == path.read_text(
            encoding="utf-8", errors="replace"
        ):
            yield _gone(path, "it is in the database")


def _half_written(folders: tuple[Path, ...], now: datetime) -> Iterator[Gone]:
    for folder in folders:
        for path in folder.glob(".*"):
            if path.is_file() and _written(path, now - HALF_WRITTEN):
                yield _gone(path, "it was never finished")


def _named(context: ShowContext, folder: Path) -> Iterator[tuple[Path, EditionKey, int]]:
    """The files of editions in a folder, by their names."""
    for path in _files(folder):
        if match := _NAME.fullmatch(path.name):
            key = EditionKey(context.show.slug, date.fromisoformat(match[1]), match[2])
            yield path, key, int(match[3])


def _files(folder: Path) -> list[Path]:
    """The plain files of a folder, in order of their names; a link is nobody's to follow."""
    if not folder.is_dir():
        return []
    return sorted(
        path for path in folder.iterdir() if path.is_file() and not path.is_symlink() and path.name[0] != "."
    )


def _written(path: Path, before: datetime) -> bool:
    return path.stat().st_mtime < before.timestamp()


def _gone(path: Path, why: str) -> Gone:
    return Gone(path, path.stat().st_size, why)

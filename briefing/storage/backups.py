"""Keeping what a newsroom has: a backup in one file, and a newsroom restored from it.

    briefing.tar.gz
        manifest.json           what is in it, each file with its SHA-256; when, and by which version of the database
        configuration/          briefing.toml, and the lexicons and music that it names and that lie beside it
        work/briefing.db        the database, copied while it is in use (SQLite's own backup)
        work/…                  scripts, the added words, and what is published

Not in it: sources' files, recordings and spoken sentences, which are made again when they are wanted, and environment
variables, which hold the secrets. A restored newsroom is put in its place by one rename, once every file is proved to be
what was saved.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing import config
from briefing.config.tables import COMPUTED_MUSIC
from briefing.errors import KeepingFailed
from briefing.storage.archives import FORM, MANIFEST, unpack_backup
from briefing.storage.atomic_file import open_atomic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from briefing.config import Config
    from briefing.storage.store import Store

SETTINGS, DATABASE = "briefing.toml", "briefing.db"
SAVED = ("scripts", "public", "lexicon.toml")
"""What of the working folder is saved besides the database."""


@dataclass(frozen=True, slots=True)
class Saved:
    """Contents of a backup: files, bytes, whether the database is in it, and what had to stay out."""

    files: int
    size: int
    database: bool
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """The working folder that was put back, the files of the configuration that were written, whether a database came.

    `elsewhere` says that the configuration keeps its database in another place than the working folder.
    """

    folder: Path
    written: tuple[Path, ...]
    database: bool
    elsewhere: bool


def backup(newsroom: Config, settings: Path, store: Store, target: Path, now: datetime) -> Saved:
    """Write a backup; what was at `target` stays until the new one is whole. Raises `KeepingFailed`."""
    beside, left_out = _beside(newsroom, settings)
    if not target.parent.is_dir():
        raise KeepingFailed(f"{target} cannot be written: there is no folder {target.parent}; make it first")
    mode = "w:gz" if target.suffix in {".gz", ".tgz"} else "w"
    try:
        with tempfile.TemporaryDirectory() as scratch:
            copy = Path(scratch) / DATABASE
            copied = store.copy_to(copy)
            files = [*beside, *([(f"work/{DATABASE}", copy)] if copied else []), *_work(newsroom.folder)]
            with (
                open_atomic(target) as raw,
                tarfile.open(fileobj=raw, mode=mode) as archive,  # type: ignore[call-overload]  # a mode of two
            ):
                listed = [_add(archive, name, path) for name, path in files]
                manifest = {"form": FORM, "saved": now.isoformat(), "revision": store.revision()}
                _add_manifest(archive, manifest | {"database": copied, "files": listed})
    except (OSError, tarfile.TarError) as error:
        raise KeepingFailed(f"{target} cannot be written: {error}; check the folder and the disk") from error
    return Saved(len(listed), sum(file["bytes"] for file in listed), copied, left_out)


def restore(archive: Path, settings: Path) -> Restored:
    """Put a newsroom back: its configuration where there is none, and the working folder, which must be missing or empty.

    Raises `KeepingFailed`, and changes nothing, for an archive that is not whole, and for a folder that holds something.
    """
    home = settings.resolve().parent
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home, prefix=".restoring-") as scratch:
        unpacked = Path(scratch)
        unpack_backup(archive, unpacked)
        saved = unpacked / "configuration"
        described = config.load(settings if settings.exists() else saved / SETTINGS)
        folder = (home / described.newsroom.folder).resolve()
        if not settings.exists():
            _refuse_elsewhere(archive, described, folder, home)
        _refuse_unnamed(archive, described, saved)
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise KeepingFailed(f"{folder} is not empty; move it away first: nothing was overwritten")
        (unpacked / "work").mkdir(exist_ok=True)
        database = (unpacked / "work" / DATABASE).is_file()
        try:
            written = tuple(_settled(saved, settings))
            _put(unpacked / "work", folder)
        except OSError as error:
            raise KeepingFailed(f"{folder} cannot be put in its place: {error}; check its parent") from error
    return Restored(folder, written, database, elsewhere=bool(described.newsroom.database))


def _beside(newsroom: Config, settings: Path) -> tuple[list[tuple[str, Path]], tuple[str, ...]]:
    """The configuration and the files that it names, by their names in the archive; and those that lie elsewhere."""
    files = [(f"configuration/{SETTINGS}", settings)]
    left_out = []
    for name in dict.fromkeys(_named_files(newsroom)):
        path = (newsroom.base / name).resolve()
        if path.is_relative_to(newsroom.base) and path.is_file():
            files.append((f"configuration/{path.relative_to(newsroom.base).as_posix()}", path))
        else:
            left_out.append(name)
    return files, tuple(left_out)


def _work(folder: Path) -> Iterator[tuple[str, Path]]:
    """The saved files of the working folder, but none that is hidden, half written, a link or a packed copy."""
    for name in SAVED:
        top = folder / name
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file() and not path.is_symlink() and path.name[0] != "." and path.suffix != ".gz":
                yield f"work/{path.relative_to(folder).as_posix()}", path


def _add(archive: tarfile.TarFile, name: str, path: Path) -> dict[str, Any]:
    """Add a file; what is read is what is counted, whatever happens to the file meanwhile."""
    with path.open("rb") as file:
        about = archive.gettarinfo(arcname=name, fileobj=file)
        about.mode, about.uid, about.gid, about.uname, about.gname = 0o600, 0, 0, "", ""
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        archive.addfile(about, file)
    return {"name": name, "bytes": about.size, "sha256": digest}


def _add_manifest(archive: tarfile.TarFile, manifest: dict[str, Any]) -> None:
    data = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    about = tarfile.TarInfo(MANIFEST)
    about.size, about.mode = len(data), 0o600
    archive.addfile(about, io.BytesIO(data))


def _refuse_elsewhere(archive: Path, described: Config, folder: Path, home: Path) -> None:
    """Raise `KeepingFailed` if the archive's own configuration would write outside the folder of the configuration."""
    if (
        not folder.is_relative_to(home)
        or folder == home
        or any(part[:1] == "." for part in folder.relative_to(home).parts)
    ):
        raise KeepingFailed(
            f"the configuration in {archive} names the working folder {described.newsroom.folder!r}, which is not below "
            f"{home}; if that is meant, put your configuration there first and restore again"
        )


def _refuse_unnamed(archive: Path, described: Config, saved: Path) -> None:
    """Raise `KeepingFailed` for files beside the configuration that it does not name."""
    named = {SETTINGS, *(Path(name).as_posix() for name in _named_files(described))}
    for path in saved.rglob("*"):
        name = path.relative_to(saved).as_posix()
        if path.is_file() and name not in named:
            raise KeepingFailed(
                f"{archive} holds {name}, which the configuration does not name; nothing was written, take another one"
            )


def _named_files(newsroom: Config) -> Iterator[str]:
    """Yield the files that a configuration names: lexicons and music."""
    for show in newsroom.shows.values():
        music = (show.sound.signature, show.sound.bed, show.sound.sting)
        yield from filter(None, (show.lexicon, *(name for name in music if name not in COMPUTED_MUSIC)))


def _settled(saved: Path, settings: Path) -> Iterator[Path]:
    """Put the configuration and its files where there are none."""
    for path in sorted(entry for entry in saved.rglob("*") if entry.is_file()):
        name = path.relative_to(saved)
        target = settings if name == Path(SETTINGS) else settings.parent / name
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
            yield target


def _put(unpacked: Path, folder: Path) -> None:
    """Put a folder in the place of an empty or missing one, whole or not at all, also on another disk."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists():
        folder.rmdir()
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".restoring-") as near:
        shutil.move(unpacked, Path(near) / "work")
        (Path(near) / "work").rename(folder)

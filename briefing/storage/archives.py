"""Unpacking of backups that may come from anybody: fixed names, plain files, limits on count, size and depth.

An archive is hostile until its manifest has proved every file. Python's own `extractall` keeps links and devices out, and
lets an archive of a few kilobytes fill the disk, and a manifest of brackets end the program.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tarfile
from typing import TYPE_CHECKING, Any

from briefing.errors import KeepingFailed
from briefing.storage.atomic_file import PASSED_FOLDER, PRIVATE_FILE, PRIVATE_FOLDER, PUBLIC_FILE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MANIFEST = "manifest.json"
FORM = 1
"""Of the archive; a later one is refused by name."""

MAX_MANIFEST_BYTES = 64_000_000
MAX_FILES = 200_000
MAX_HEADER_BYTES = 64 * 1024
"""Of an extended header, which tarfile reads into memory as a whole; a long name has 255 bytes."""

PUBLIC_FOLDER = 0o755
"""Mode of what is published: a web server reads it as another user."""

_PART = r"[^\W.][^/\\\x00-\x1f\x7f:]{0,150}"
_SETTINGS = re.compile(
    rf"configuration/(?:{_PART}/){{0,3}}{_PART}\.(?:toml|wav|mp3|flac|ogg|opus|m4a|aac|aif|aiff)"
)
_WORK = re.compile(
    rf"work/(?:briefing\.db|lexicon\.toml|scripts/{_PART}/{_PART}\.md|public/{_PART}/[A-Za-z0-9][A-Za-z0-9._-]{{0,200}})"
)


class _PlainMember(tarfile.TarInfo):
    """Member whose extended headers are small; tarfile would read one of any size into memory."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        kinds = (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME)
        if self.type in (*kinds, tarfile.GNUTYPE_LONGLINK) and self.size > MAX_HEADER_BYTES:
            raise tarfile.ReadError(f"a header of {self.size} bytes")
        member: tarfile.TarInfo = super()._proc_member(archive)  # type: ignore[misc]  # not in the stubs
        return member


def is_allowed_name(name: str) -> bool:
    """Return True for names that a backup may hold: none is hidden, absolute, or leads upwards."""
    return bool(name == MANIFEST or _SETTINGS.fullmatch(name) or _WORK.fullmatch(name))


def unpack_backup(archive: Path, target: Path) -> None:
    """Unpack a backup into an empty folder, and prove each file against the manifest; raise `KeepingFailed`."""
    try:
        with tarfile.open(archive, tarinfo=_PlainMember) as packed:
            _extract_members(archive, packed, target)
        manifest = _read_manifest(archive, target / MANIFEST)
    except FileNotFoundError as error:
        raise KeepingFailed(
            f"{archive} is no backup, or is not there; name a file that `briefing backup` wrote"
        ) from error
    except (OSError, tarfile.TarError, EOFError, ValueError, LookupError, TypeError, RecursionError) as error:
        reason = "its manifest is nested too deep" if isinstance(error, RecursionError) else f"{error}"
        raise KeepingFailed(f"{archive} is no whole backup: {reason}; take another one") from error
    _prove_files(archive, target, manifest)


def _extract_members(archive: Path, packed: tarfile.TarFile, target: Path) -> None:
    room = shutil.disk_usage(target).free
    for count, member in enumerate(packed, 1):
        room -= member.size
        if count > MAX_FILES:
            raise KeepingFailed(f"{archive} holds more than {MAX_FILES:,} files, which no backup does")
        if not (member.isreg() and is_allowed_name(member.name)):
            raise KeepingFailed(
                f"{archive} is no whole backup: it holds {member.name[:100]!r}, which no backup does; take another one"
            )
        if room < 0 or (member.name == MANIFEST and member.size > MAX_MANIFEST_BYTES):
            raise KeepingFailed(
                f"{archive} is no whole backup, or too large: {member.name[:100]} does not fit; make room or take another"
            )
        _extract_file(packed, member, target)


def _extract_file(packed: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    """Write a new file; one that comes twice is an error, so that the second never replaces the proved one."""
    path, public = target / member.name, member.name.startswith("work/public/")
    for folder in reversed(path.relative_to(target).parents[:-1]):
        whole = target / folder
        whole.mkdir(exist_ok=True)
        whole.chmod(_folder_mode(folder.as_posix()))
    source = packed.extractfile(member)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(file.fileno(), PUBLIC_FILE if public else PRIVATE_FILE)
        if source is not None:
            shutil.copyfileobj(source, file)


def _folder_mode(name: str) -> int:
    if name == "work":
        return PASSED_FOLDER
    return PUBLIC_FOLDER if name.startswith("work/public") else PRIVATE_FOLDER


def _read_manifest(archive: Path, path: Path) -> dict[str, str]:
    """Return the SHA-256 by name."""
    manifest: Any = json.loads(path.read_bytes())
    if manifest["form"] != FORM:
        raise KeepingFailed(f"{archive} is a backup of a later version; upgrade the program")
    return {str(file["name"]): str(file["sha256"]) for file in manifest["files"]}


def _prove_files(archive: Path, target: Path, wanted: Mapping[str, str]) -> None:
    files = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()} - {MANIFEST}
    if files != set(wanted):
        odd = min(files ^ set(wanted))
        raise KeepingFailed(f"{archive} is no whole backup: {odd} is missing or was added; take another one")
    for name, digest in wanted.items():
        with (target / name).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                raise KeepingFailed(f"{archive} is no whole backup: {name} was changed; take another one")

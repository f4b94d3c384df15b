"""Answers of language models, remembered as files: the same question is paid for once."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Iterator, MutableMapping
from pathlib import Path

_KEY = re.compile(r"[0-9a-f]{64}")


class AnswerFolder(MutableMapping[str, str]):
    """Texts by SHA-256 in a folder. A folder that cannot be written or read forgets, and stops nobody."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __getitem__(self, key: str) -> str:
        try:
            return self._path(key).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise KeyError(key) from error

    def __setitem__(self, key: str, text: str) -> None:
        path = self._path(key)
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self._folder, prefix=".new-")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            Path(temporary).replace(path)

    def __delitem__(self, key: str) -> None:
        try:
            self._path(key).unlink()
        except OSError as error:
            raise KeyError(key) from error

    def __iter__(self) -> Iterator[str]:
        names = sorted(path.name for path in self._folder.iterdir()) if self._folder.is_dir() else []
        return iter(name for name in names if _KEY.fullmatch(name))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise KeyError(key)
        return self._folder / key

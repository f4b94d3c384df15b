"""Place of the published files, found even where the configuration cannot be used."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from briefing.config.tables import Newsroom
from briefing.wiring.publishers import PUBLIC
from feed.rss.paging import FEED

if TYPE_CHECKING:
    from pathlib import Path

_FOLDER_LINE = re.compile(r"""(?m)^\s*folder\s*=\s*["']([^"'\n]+)["']\s*(?:#.*)?$""")


def find_published(settings: Path) -> Path | None:
    """Return the folder of the published shows of a configuration, broken or not; None where nothing is published."""
    try:
        text = settings.read_text(encoding="utf-8", errors="replace")
    except OSError:
        text = ""
    folder = settings.resolve().parent / _working_folder(text) / PUBLIC
    return folder if any(folder.glob(f"[!.]*/{FEED}")) else None


def _working_folder(text: str) -> str:
    """Return the working folder that a configuration names; a file that is no TOML is searched line by line."""
    default = Newsroom().folder
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        match = _FOLDER_LINE.search(text)
        return match[1] if match else default
    table = tables.get("newsroom") or tables.get("house")
    named = table.get("folder") if isinstance(table, dict) else None
    return named if isinstance(named, str) else default

"""Config → the show's cover."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from briefing.storage import downloads
from briefing.storage.atomic_file import PUBLIC_FILE, write_atomic
from feed.rss import cover

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.config import Show as Described


def load_cover(described: Described, folder: Path) -> bytes:
    """Return the show's cover, a JPEG that is drawn once for its words and kept below the working folder."""
    words = hashlib.sha256(f"{described.title}\n{described.author}".encode()).hexdigest()[:12]
    path = folder / "covers" / f"{words}.jpg"
    if not path.is_file():
        fonts = [downloads.folder() / asset.path for asset in downloads.FONTS]
        drawn = cover.draw_cover(described.title, described.author, *fonts)
        write_atomic(path, drawn, PUBLIC_FILE)
    return path.read_bytes()

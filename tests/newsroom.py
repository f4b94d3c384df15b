"""A small newsroom for tests: the sample pages, a silent voice, a minute of programme, a folder of its own."""

from __future__ import annotations

import re
from pathlib import Path

from briefing import config
from briefing.storage import downloads

SEEDS = Path(__file__).parents[1] / "seeds"


def furnished(folder: Path) -> Path:
    """A briefing.toml in a folder, with a cache beside it that has the user's fonts."""
    assert not downloads.missing(downloads.folder(), downloads.FONTS), "run `briefing fetch` first"
    (folder / "cache").mkdir()
    (folder / "cache" / "fonts").symlink_to(downloads.folder() / "fonts")
    text = config.sample().read_text(encoding="utf-8")
    text = re.sub(r'path = "', f'path = "{SEEDS}/', text)
    text = text.replace('voice = "kokoro"', 'voice = "silent"').replace("minutes = 6", "minutes = 1")
    path = folder / "briefing.toml"
    path.write_text(text, encoding="utf-8")
    return path

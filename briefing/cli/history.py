"""`briefing history`: what was broadcast, corrected and withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.cli.dispatch.common import edition, print_json

if TYPE_CHECKING:
    import argparse

    from briefing.storage.store import Aired


def history(options: argparse.Namespace) -> None:
    """All that listeners got of a show, newest first, with what became of it."""
    with edition(options) as (context, _key, speaker):
        aired = context.store.episodes.list_history(context.show.slug)
        rows = [
            (str(aired_episode.episode.number), str(aired_episode.key), *_told(aired_episode))
            for aired_episode in aired
        ]
        speaker.table("History", ("number#", "edition", "published", "what became of it"), rows)
        if options.json:
            print_json([_entry(aired_episode) for aired_episode in aired])


def _told(one: Aired) -> tuple[str, str]:
    became = [
        f"{correction.when:%Y-%m-%d %H:%M} corrected: {correction.what}"
        for correction in one.episode.corrections
    ]
    if one.withdrawn:
        became.append(f"{one.withdrawn:%Y-%m-%d %H:%M} withdrawn: {one.why}")
    return f"{one.episode.published:%Y-%m-%d %H:%M}", "\n".join(became)


def _entry(one: Aired) -> dict[str, Any]:
    return {
        "number": one.episode.number,
        "edition": str(one.key),
        "guid": one.episode.guid,
        "title": one.episode.title,
        "audio": one.episode.audio,
        "published": one.episode.published.isoformat(),
        "corrections": [
            {"when": correction.when.isoformat(), "what": correction.what}
            for correction in one.episode.corrections
        ],
        "withdrawn": one.withdrawn.isoformat() if one.withdrawn else None,
        "why": one.why,
    }

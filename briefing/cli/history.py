"""What was broadcast: correct it, take it off the air, look back at it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from briefing.cli import report
from briefing.cli.common import edition, print_json
from briefing.editions import decisions, stages

if TYPE_CHECKING:
    import argparse

    from briefing.storage.store import Aired


def correct(options: argparse.Namespace) -> None:
    """Put the edited script on the air in place of what is there, with a note of what was wrong."""
    with edition(options) as (production, key, speaker), speaker.progress("Speaking") as bar:
        episode = stages.correct(production, key, options.what, report.Told(speaker, bar))
        speaker.say(f"{key} is corrected: {production.show.address}{episode.audio}")
        if options.json:
            print_json(report.standing(production, key))


def withdraw(options: argparse.Namespace) -> None:
    """Take the episode off the air everywhere."""
    with edition(options) as (production, key, speaker):
        stages.withdraw(production, key, options.why, report.Told(speaker))
        speaker.say(f"{key} is withdrawn. Only `briefing reinstate` brings it back.")
        if options.json:
            print_json(report.standing(production, key))


def reinstate(options: argparse.Namespace) -> None:
    """Put a withdrawn episode on the air again, with a reason for the log."""
    with edition(options) as (production, key, speaker), speaker.progress("Speaking") as bar:
        decision = decisions.Decision(os.environ.get("USER", ""), "command line", options.why)
        revision = production.store.standing(key).revision
        episode = stages.reinstate(production, key, revision, decision, report.Told(speaker, bar))
        speaker.say(f"{key} is on the air again: {production.show.address}{episode.audio}")
        if options.json:
            print_json(report.standing(production, key))


def history(options: argparse.Namespace) -> None:
    """All that listeners got of a show, newest first, with what became of it."""
    with edition(options) as (production, _key, speaker):
        aired = production.store.history(production.show.slug)
        rows = [(str(one.episode.number), str(one.key), *_told(one)) for one in aired]
        speaker.table("History", ("number#", "edition", "published", "what became of it"), rows)
        if options.json:
            print_json([_entry(one) for one in aired])


def _told(one: Aired) -> tuple[str, str]:
    became = [f"{made.when:%Y-%m-%d %H:%M} corrected: {made.what}" for made in one.episode.corrections]
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
            {"when": made.when.isoformat(), "what": made.what} for made in one.episode.corrections
        ],
        "withdrawn": one.withdrawn.isoformat() if one.withdrawn else None,
        "why": one.why,
    }

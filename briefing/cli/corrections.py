"""Commands on what is on the air: correct it, withdraw it, reinstate it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from briefing.cli.dispatch.common import edition, print_json
from briefing.cli.printing import report
from briefing.editions import edition_decisions, stages

if TYPE_CHECKING:
    import argparse


def correct(options: argparse.Namespace) -> None:
    """Put the edited script on the air in place of what is there, with a note of what was wrong."""
    with edition(options) as (context, key, speaker), speaker.progress("Speaking") as bar:
        episode = stages.correct(context, key, options.what, report.Told(speaker, bar))
        speaker.say(f"{key} is corrected: {context.show.address}{episode.audio}")
        if options.json:
            print_json(report.standing(context, key))


def withdraw(options: argparse.Namespace) -> None:
    """Take the episode off the air everywhere."""
    with edition(options) as (context, key, speaker):
        stages.withdraw(context, key, options.why, report.Told(speaker))
        speaker.say(f"{key} is withdrawn. Only `briefing reinstate` brings it back.")
        if options.json:
            print_json(report.standing(context, key))


def reinstate(options: argparse.Namespace) -> None:
    """Put a withdrawn episode on the air again, with a reason for the log."""
    with edition(options) as (context, key, speaker), speaker.progress("Speaking") as bar:
        decision = edition_decisions.Decision(os.environ.get("USER", ""), "command line", options.why)
        revision = context.store.editions.find_standing(key).revision
        episode = stages.reinstate(context, key, revision, decision, report.Told(speaker, bar))
        speaker.say(f"{key} is on the air again: {context.show.address}{episode.audio}")
        if options.json:
            print_json(report.standing(context, key))

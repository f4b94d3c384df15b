"""Commands that decide whether an edition goes on the air: approve, hold, release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.cli.dispatch.common import edition
from briefing.editions import edition_decisions

if TYPE_CHECKING:
    import argparse


def approve(options: argparse.Namespace) -> None:
    """Let the script be rendered."""
    with edition(options) as (context, key, speaker):
        adopted = edition_decisions.adopt(context, key)
        edition_decisions.approve(context, key)
        if adopted:
            # The warnings of an earlier revision were shown when it was made; reading a script takes a second to load.
            from briefing.cli.printing.report import say_warnings  # noqa: PLC0415 - see above

            say_warnings(context, key, speaker)
        speaker.say(f"{key} is approved. Next: briefing render")


def hold(options: argparse.Namespace) -> None:
    """Keep the edition off the air."""
    with edition(options) as (context, key, speaker):
        edition_decisions.hold(context, key)
        speaker.say(f"{key} is held. `briefing approve` lets it go on the air.")


def release(options: argparse.Namespace) -> None:
    """Hold the edition no longer."""
    with edition(options) as (context, key, speaker):
        edition_decisions.release(context, key)
        speaker.say(f"{key} is not held any more. Next: briefing approve")

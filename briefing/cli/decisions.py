"""Commands that decide whether an edition goes on the air: approve, hold, release."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from briefing.cli.dispatch.common import edition
from briefing.editions import edition_decisions
from briefing.editions.show_context import newest_draft
from briefing.errors import StageError
from briefing.model import Stage
from briefing.storage.store import AuditEntry

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from briefing.cli.printing.console import Speaker
    from briefing.editions.approvals.approval import GraveFinding
    from briefing.editions.show_context import ShowContext
    from briefing.model import EditionKey

PLACE = "command line"
"""Address that the log gives for what is decided here."""
EVERYTHING = "all"
"""Name after --confirm that confirms every finding that is printed."""


def approve(options: argparse.Namespace) -> None:
    """Let the script be rendered; what is grave in it is confirmed one by one, and logged."""
    with edition(options) as (context, key, speaker):
        edition_decisions.adopt(context, key)
        newest = newest_draft(context, key)
        context.store.editions.check_move(key, Stage.APPROVED)
        confirmed = _confirm_findings(context, key, set(options.confirm), speaker)
        edition_decisions.approve(context, key, newest.revision)
        _log_confirmations(context, f"{key} r{newest.revision}", confirmed)
        speaker.say(f"{key} is approved. Next: briefing render")


def _confirm_findings(
    context: ShowContext, key: EditionKey, names: set[str], speaker: Speaker
) -> Sequence[GraveFinding]:
    """Return what is grave and confirmed; raises `StageError` for what nobody confirms."""
    from briefing.editions.approvals import approval  # noqa: PLC0415 - it reads Mandarin, which takes a second to load

    grave = approval.find_grave(context, key)
    open_findings = [finding for finding in grave if not names & {finding.name, EVERYTHING}]
    if sys.stdin.isatty():
        refused = [finding for finding in open_findings if not _ask_person(finding)]
    else:
        # The clock airs by the show's rule what the programme itself wrote; a cron job may approve that as well.
        added = {finding.name for finding in approval.added_by_hand(context, key)}
        refused = [finding for finding in open_findings if finding.name in added]
        for finding in open_findings:
            speaker.say(f"Look at this: {finding.text} ({finding.name})")
    if refused:
        wanted = " ".join(f"--confirm {finding.name}" for finding in refused)
        raise StageError(
            f"{key} has {len(refused)} grave findings that nobody confirmed; mend them, or approve with {wanted}"
        )
    return grave


def _ask_person(finding: GraveFinding) -> bool:
    """Ask at the terminal whether this may go on the air."""
    sys.stderr.write(f"{finding.text}\n确认可以播出吗？[y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes", "是"}


def _log_confirmations(context: ShowContext, about: str, findings: Sequence[GraveFinding]) -> None:
    for finding in findings:
        deed = AuditEntry(
            context.now(), os.environ.get("USER", ""), "confirm", f"{about}: {finding.text}"[:300], PLACE
        )
        context.store.desk.log_entry(deed)


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

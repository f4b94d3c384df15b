"""A newsroom's things: back them up, put them back, let go what is no longer wanted."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from briefing.cli.dispatch.common import configured, open_newsroom, print_json
from briefing.cli.printing.console import Speaker
from briefing.cli.voices import MEGABYTE
from briefing.editions import cleanup
from briefing.storage import backups
from briefing.storage.store import opened
from briefing.wiring.publishers import PUBLIC

if TYPE_CHECKING:
    import argparse

    from briefing.config import Config


def backup(options: argparse.Namespace) -> None:
    """Write everything that cannot be made again into one file."""
    speaker = Speaker(quiet=options.quiet)
    configuration = configured(options)
    with opened(configuration.database, configuration.folder) as store:
        saved = backups.backup(
            configuration, options.config, store, options.file, datetime.now().astimezone()
        )
    speaker.say(f"{options.file}: {saved.files} files, {saved.size / MEGABYTE:.1f} MB before packing")
    if not saved.database:
        speaker.say("The database is not in it: save it with its own program (pg_dump), at the same hour.")
    for name in saved.left_out:
        speaker.say(f"{name} is not in it: it does not lie beside the configuration; save it yourself")
    if options.json:
        print_json(
            {"file": str(options.file), "files": saved.files, "bytes": saved.size, "database": saved.database}
        )


def restore(options: argparse.Namespace) -> None:
    """Put a newsroom back from a backup, and bring its database to this version."""
    speaker = Speaker(quiet=options.quiet)
    restored = backups.restore(options.file, options.config)
    configuration = configured(options)
    for path in restored.written:
        speaker.say(f"Wrote {path}")
    speaker.say(f"Restored {restored.folder}")
    if restored.elsewhere:
        speaker.say(
            "The configuration keeps its database elsewhere: put it back there, with its own program."
        )
    elif restored.database:
        with opened(configuration.database, configuration.folder) as store:
            speaker.say(f"The database is at {store.revision()}. Next: briefing check, then briefing serve")
    if options.json:
        print_json({"folder": str(restored.folder), "wrote": [str(path) for path in restored.written]})


def tidy(options: argparse.Namespace) -> None:
    """Let go what `keep` of the configuration says may go."""
    speaker = Speaker(quiet=options.quiet)
    configuration = configured(options)
    with open_newsroom(configuration, configuration.folder) as newsroom:
        gone = tuple(
            removable
            for slug, context in newsroom.contexts.items()
            for removable in cleanup.found(context, configuration.folder / PUBLIC / slug, keep(configuration))
        )
    freed = sum(removable.size for removable in gone) if options.dry_run else cleanup.remove(gone)
    rows = [(str(removable.path), f"{removable.size / MEGABYTE:.1f}", removable.why) for removable in gone]
    speaker.table("May go" if options.dry_run else "Gone", ("file", "MB#", "why"), rows)
    speaker.say(f"{len(gone)} files, {freed / MEGABYTE:.1f} MB")
    if options.json:
        print_json(
            [
                {"file": str(removable.path), "bytes": removable.size, "why": removable.why}
                for removable in gone
            ]
        )


def keep(configuration: Config) -> cleanup.Keep:
    """For how long the configuration keeps what."""
    return cleanup.Keep(
        timedelta(days=configuration.keep.recordings), timedelta(days=configuration.keep.scripts)
    )

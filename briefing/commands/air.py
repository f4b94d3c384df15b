"""What is on the air: serve it, check it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from briefing import config, wiring
from briefing.commands.common import print_json
from briefing.console import Speaker
from briefing.errors import StageError
from feed import check
from feed import serve as transmitter
from feed.errors import FeedError

if TYPE_CHECKING:
    import argparse


def serve(options: argparse.Namespace) -> None:
    """Serve what is published until Ctrl-C."""
    speaker = Speaker(quiet=options.quiet)
    described = config.load(config.sample() if options.demo else options.config)
    folder = options.folder if options.demo else described.folder
    root = folder / wiring.PUBLIC
    if not root.is_dir():
        raise StageError(
            f"nothing is published in {root} yet; run `briefing {'demo' if options.demo else 'run'}`"
        )
    for slug in described.shows:
        address = f"http://{options.host}:{options.port}/{slug}/"
        speaker.say(f"Open {address}")
        speaker.say(f"Subscribe to {address}feed.xml")
    speaker.say("Ctrl-C stops.")
    transmitter.run(root, options.host, options.port)


def feed_check(options: argparse.Namespace) -> int:
    """The findings in a feed; exit status 1 when one of them is an error."""
    path = Path(options.path)
    try:
        findings = check.check(path.read_bytes())
    except OSError as error:
        raise FeedError(f"{path} cannot be read: {error.strerror}; check the path") from error
    if options.json:
        print_json([finding._asdict() for finding in findings])
    else:
        rows = [(one.severity, one.place, one.message, one.cure, one.source) for one in findings]
        Speaker().table("Findings", ("severity", "place", "finding", "cure", "source"), rows)
    return int(any(finding.severity == "error" for finding in findings))

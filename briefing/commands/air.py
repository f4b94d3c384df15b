"""What is on the air: serve it, check it."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from briefing import config, serving, wiring
from briefing.commands.asking import asker
from briefing.commands.common import house_of, one_of, print_json
from briefing.console import Speaker
from briefing.errors import StageError
from feed import check, kinds, reach, web
from feed import serve as transmitter
from feed.errors import Unreadable

if TYPE_CHECKING:
    import argparse

    from briefing.house import House

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
"""Hosts that only this machine reaches."""


def serve(options: argparse.Namespace) -> None:
    """Serve the editors' desk and what is published until Ctrl-C."""
    speaker = Speaker(quiet=options.quiet)
    described = config.load(config.sample() if options.demo else options.config)
    folder = options.folder if options.demo else described.folder
    if options.demo and not (folder / wiring.PUBLIC).is_dir():
        raise StageError(f"nothing is published in {folder / wiring.PUBLIC} yet; run `briefing demo`")
    with house_of(described, folder) as house:
        application = serving.build(house, desk=_desk_opens(house, options.host, speaker))
        origin = f"http://{options.host}:{options.port}"
        for slug in described.shows:
            speaker.say(f"Open {origin}/{slug}/")
            speaker.say(f"Subscribe to {origin}/{slug}/feed.xml")
        speaker.say("Ctrl-C stops.")
        transmitter.run(application, options.host, options.port, proxy=described.desk.proxy)


def _desk_opens(house: House, host: str, speaker: Speaker) -> bool:
    """Whether the desk is served there: never to other machines while nobody has an account."""
    address = house.config.desk.address or f"http://{host}"
    if not house.store.accounts():
        speaker.say("The desk needs an account: briefing user add NAME --role chief")
        if host not in LOOPBACK:
            speaker.say(f"Until there is one it is not served on {host}; it would be on 127.0.0.1")
            return False
    if host not in LOOPBACK and not address.startswith("https://"):
        speaker.say("Look at this: passwords travel unencrypted; see docs/desk.md for https")
    speaker.say(
        f"Edit at {house.config.desk.address.rstrip('/')}/desk/"
        if house.config.desk.address
        else "Edit at /desk/"
    )
    return True


def feed_check(options: argparse.Namespace) -> int:
    """The findings in a file or at an address; exit status 1 when one is an error, 2 when there is nothing to check."""
    speaker = Speaker(quiet=options.quiet)
    try:
        findings = _findings(options, speaker)
    except Unreadable as error:
        sys.stderr.write(f"briefing: {error}\n")
        return 2
    if options.json:
        print_json([finding._asdict() for finding in findings])
    else:
        columns = ("severity", "rule", "place", "line#", "finding", "cure", "source")
        rows = [
            (one.severity, one.rule, one.place, str(one.line or ""), one.message, one.cure, one.source)
            for one in findings
        ]
        speaker.table("Findings", columns, rows)
    return int(any(finding.severity == "error" for finding in findings))


def _findings(options: argparse.Namespace, speaker: Speaker) -> tuple[check.Finding, ...]:
    now = datetime.now(UTC)
    kind = one_of("kind", options.kind, list(kinds.KINDS)) if options.kind else ""
    if not options.path.startswith(("http://", "https://")):
        data = _read(Path(options.path))
        return check.check_file(data, kind or kinds.recognised(data, options.path), now=now)
    ask = asker(private=options.allow_private)
    reply = web.fetched(ask, options.path)
    kind = kind or kinds.recognised(reply.content, options.path)
    with speaker.progress("Asking the servers") as told:
        return reach.look(reply, options.path, kind, ask, now=now, episodes=options.episodes, told=told)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}; check the path") from error

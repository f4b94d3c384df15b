"""Everything that could go wrong tomorrow morning, found today. Each check is one function in `CHECKS`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from briefing import config
from briefing.cli.checking import morning_checks, publishing_checks, studio_checks
from briefing.cli.checking.findings import Finding
from briefing.cli.dispatch.common import print_json
from briefing.cli.printing.console import Speaker
from briefing.errors import ConfigError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from briefing.config import Config


def run(options: argparse.Namespace) -> int:
    """Print every finding; exit status 1 when one is an error."""
    results = list(findings(options.config, ring=options.ring))
    rows = [(finding.state, finding.name, finding.sentence, finding.cure) for finding in results]
    Speaker(quiet=options.quiet).table("Check", ("state", "what", "finding", "cure"), rows)
    if options.json:
        print_json([finding._asdict() for finding in results])
    return int(any(finding.state == "error" for finding in results))


def findings(path: Path, *, ring: bool = False) -> Iterator[Finding]:
    """Yield what all checks find; without a configuration that can be read there is nothing else to check.

    `ring` sends a trial alarm by every way there is.
    """
    try:
        configuration = config.load(path)
    except ConfigError as error:
        yield Finding("configuration", "error", str(error), "correct the file")
        return
    yield Finding("configuration", "ok", f"{path} can be used")
    for check in CHECKS:
        yield from check(configuration)
    if ring:
        yield from morning_checks.ring(configuration, datetime.now().astimezone())


CHECKS: tuple[Callable[[Config], Iterable[Finding]], ...] = (
    *studio_checks.CHECKS,
    *publishing_checks.CHECKS,
    *morning_checks.CHECKS,
)
"""A new check is a function: it is given the configuration and yields what it found."""

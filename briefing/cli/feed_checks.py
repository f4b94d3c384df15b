"""Look at feeds: by the rules of directories, apps and speakers; and at how often they are heard."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from briefing import config
from briefing.cli.checking.feed_probe import asker
from briefing.cli.dispatch.common import day_of, one_of, print_json
from briefing.cli.printing.console import Speaker
from briefing.storage.store import opened
from feed.checker import check_feed as checker
from feed.checker import detect, link_checks, probe
from feed.errors import UnreadableFeed

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from briefing.storage.store import Downloads


def check(options: argparse.Namespace) -> int:
    """The findings in a file or at an address; exit status 1 when one is an error, 2 when there is nothing to check."""
    speaker = Speaker(quiet=options.quiet)
    try:
        findings = _findings(options, speaker)
    except UnreadableFeed as error:
        sys.stderr.write(f"briefing: {error}\n")
        return 2
    if options.json:
        print_json([finding._asdict() for finding in findings])
    else:
        columns = ("severity", "rule", "place", "line#", "finding", "cure", "source")
        rows = [
            (
                finding.severity,
                finding.rule,
                finding.place,
                str(finding.line or ""),
                finding.message,
                finding.cure,
                finding.source,
            )
            for finding in findings
        ]
        speaker.table("Findings", columns, rows)
    return int(any(finding.severity == "error" for finding in findings))


def counts(options: argparse.Namespace) -> None:
    """Print the downloads of each episode, newest first."""
    described = config.load(options.config)
    slug = one_of("show", options.show, list(described.shows))
    since = day_of(options.since, described.shows[slug].zone) if options.since else None
    with opened(described.database, described.folder) as store:
        counted = store.downloads.list_downloads(slug, since)
    if options.json:
        print_json(
            [
                {"episode": count.episode, "day": count.day.isoformat(), "count": count.count}
                for count in counted
            ]
        )
        return
    speaker = Speaker(quiet=options.quiet)
    speaker.table(
        f"Downloads of {slug}", ("episode", "downloads#", "on the first day#", "last day"), _summed(counted)
    )
    if not described.newsroom.counts:
        speaker.say("Nothing is counted now; `counts = true` in [newsroom] lets `briefing serve` count")


def _summed(counted: Sequence[Downloads]) -> list[tuple[str, str, str, str]]:
    """A row an episode: all of its downloads, those of the day with the first, and the last day with one."""
    rows = []
    for episode, group in groupby(counted, key=lambda one: one.episode):
        days = list(group)
        total = sum(day.count for day in days)
        rows.append((episode, str(total), str(days[-1].count), days[0].day.isoformat()))
    return rows


def _findings(options: argparse.Namespace, speaker: Speaker) -> tuple[checker.Finding, ...]:
    now = datetime.now(UTC)
    kind = one_of("kind", options.kind, list(detect.KINDS)) if options.kind else ""
    if not options.path.startswith(("http://", "https://")):
        data = _read(Path(options.path))
        return checker.check_file(data, kind or detect.detect_kind(data, options.path), now=now)
    ask = asker(private=options.allow_private)
    reply = probe.fetch_file(ask, options.path)
    kind = kind or detect.detect_kind(reply.content, options.path)
    with speaker.progress("Asking the servers") as step:
        return link_checks.check_links(
            reply, options.path, kind, ask, now=now, episodes=options.episodes, report=step
        )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFeed(f"{path} cannot be read: {error.strerror}; check the path") from error

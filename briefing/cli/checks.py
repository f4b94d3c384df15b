"""Everything that could go wrong tomorrow morning, found today. Each check is one function in `CHECKS`."""

from __future__ import annotations

import os
import shutil
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from briefing import config
from briefing.cli import voices
from briefing.cli.checking import morning_checks
from briefing.cli.checking.findings import Finding
from briefing.cli.dispatch.common import print_json
from briefing.cli.printing.console import Speaker
from briefing.editorial.show_wording import render_title
from briefing.errors import ConfigError
from briefing.storage import downloads
from briefing.wiring.engines import CLIPS, engine_assets
from briefing.wiring.publishers import show_address, try_publisher
from briefing.wiring.registry import load_object
from briefing.wiring.show_contexts import describe_feed_show, first_guid
from briefing.wiring.show_music import load_sound
from feed.checker.check_show import check_show
from feed.errors import PublishFailed
from feed.speakers import speaker_items as speakers
from voices.errors import AudioFailed
from voices.synthesis import clip_cache

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from briefing.config import Config

ROOM = 1024
"""Megabytes that should be free: a week of recordings, and the clips of a day."""

FULL = 0.9
"""Share of the clips' limit from which on the oldest may go any day."""


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


def check_files(configuration: Config) -> Iterator[Finding]:
    """The voices' files and the fonts are there, and are what they should be."""
    assets = (*engine_assets(*configuration.anchors.values()), *downloads.FONTS)
    lacking = downloads.missing(downloads.folder(), assets)
    spoilt = downloads.damaged(downloads.folder(), assets)
    for asset in lacking:
        yield Finding("files", "error", f"{asset.path} is missing", "run `briefing fetch`")
    for asset in spoilt:
        path = downloads.folder() / asset.path
        yield Finding("files", "error", f"{path} is damaged", "delete it and run `briefing fetch`")
    if not (lacking or spoilt):
        yield Finding("files", "ok", f"{len(assets)} files in {downloads.folder()} are whole")


def check_voices(configuration: Config) -> Iterator[Finding]:
    """Every voice of every anchor speaks; an anchor without any is an error, one with another left a warning."""
    results = {
        engine: voices.tried(engine, users) for engine, users in voices.engines(configuration) if users
    }
    speaking = {name for result in results.values() if not result.wrong for name in result.used_by}
    for result in results.values():
        name = f"voice {result.engine} {result.speaker}".strip()
        if not result.wrong:
            yield Finding(name, "ok", f"spoke a sentence in {result.seconds:.1f} s")
        elif mute := [anchor for anchor in result.used_by if anchor not in speaking]:
            yield Finding(
                name, "error", f"{'、'.join(mute)} cannot speak: {result.wrong}", "give the anchor a fallback"
            )
        else:
            sentence = f"{'、'.join(result.used_by)} will be spoken by the fallback: {result.wrong}"
            yield Finding(name, "warn", sentence, "see docs/voices.md")


def check_folders(configuration: Config) -> Iterator[Finding]:
    """Yield what is made can be written, and there is room for it."""
    for name, folder in (("output", configuration.folder), ("cache", downloads.folder())):
        existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
        if not (existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)):
            yield Finding(name, "error", f"{folder} cannot be written", f"make {existing} a folder of yours")
            continue
        free = shutil.disk_usage(existing).free // voices.MEGABYTE
        state: Literal["ok", "warn"] = "ok" if free >= ROOM else "warn"
        yield Finding(name, state, f"{folder} has {free} MB free", "" if free >= ROOM else "make room")


def check_clips(configuration: Config) -> Iterator[Finding]:
    """The cache of spoken sentences is within its limit."""
    contents = clip_cache.cache_contents(downloads.folder() / CLIPS)
    used = contents.size // voices.MEGABYTE
    sentence = f"{contents.clips} spoken sentences, {used} of {configuration.newsroom.clips} MB"
    if used > FULL * configuration.newsroom.clips:
        yield Finding("clips", "warn", sentence, "raise `newsroom.clips`, or run `briefing cache prune`")
    else:
        yield Finding("clips", "ok", sentence)


def check_sound(configuration: Config) -> Iterator[Finding]:
    """The music of every show can be played, and every show says that it is synthesised."""
    for slug, show in configuration.shows.items():
        name = f"sound of {slug}"
        try:
            load_sound(show, configuration.base)
        except AudioFailed as error:
            yield Finding(name, "error", str(error), f"mend `shows.{slug}.sound`")
        else:
            yield Finding(name, "ok", "its music and its pauses can be used")
        if problem := config.unlabelled(show):
            yield Finding(f"label of {slug}", "warn", problem, f"set `shows.{slug}.label.kind`")


def check_publishing(configuration: Config) -> Iterator[Finding]:
    """Every show can be put where it goes out, and speakers may fetch it there."""
    for slug in configuration.shows:
        name = f"publishing of {slug}"
        try:
            try_publisher(configuration, slug)
        except (ConfigError, PublishFailed) as error:
            yield Finding(name, "error", str(error), f"mend `newsroom.publish`, or `shows.{slug}.publish`")
        else:
            yield Finding(name, "ok", f"files can be put for {show_address(configuration, slug)}")
        if problem := speakers.https_problem(show_address(configuration, slug)):
            yield Finding(f"speakers of {slug}", "warn", problem, "see docs/publishing.md")


def check_feeds(configuration: Config) -> Iterator[Finding]:
    """Each show passes the rules of directories and speakers, by which publishing refuses a feed."""
    for slug in configuration.shows:
        name = f"feed of {slug}"
        try:
            wording = load_object("briefing.wiring.writers:build_wording")(configuration, slug)
            title = render_title(wording, date(2026, 3, 2), "早间", "新桥今天通车")
        except ConfigError as error:
            yield Finding(name, "error", str(error), f"mend `shows.{slug}.templates`")
            continue
        problems = check_show(describe_feed_show(configuration, slug, first_guid(configuration, slug)), title)
        for fault in problems:
            yield Finding(name, "error", f"{fault.place} {fault.message} ({fault.source})", fault.cure)
        if not problems:
            yield Finding(name, "ok", "directories and speakers take it")


CHECKS: tuple[Callable[[Config], Iterable[Finding]], ...] = (
    check_files,
    check_folders,
    check_clips,
    check_voices,
    check_sound,
    check_publishing,
    check_feeds,
    *morning_checks.CHECKS,
)
"""A new check is a function here: it is given the configuration and yields what it found."""

"""Checks of what goes out: where files are put, and whether directories and speakers take the feed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from briefing.cli.checking.findings import Finding
from briefing.editorial.show_wording import render_title
from briefing.errors import ConfigError
from briefing.wiring.publishers import show_address, try_publisher
from briefing.wiring.registry import load_object
from briefing.wiring.show_contexts import describe_feed_show, first_guid
from feed.checker.check_show import check_show
from feed.errors import PublishFailed
from feed.speakers import speaker_items as speakers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.config import Config


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


CHECKS = (check_publishing, check_feeds)

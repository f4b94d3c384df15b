"""What the commands share: the edition that the options name, its show, and printing."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from briefing import config
from briefing.cli.printing.console import Speaker
from briefing.errors import ConfigError
from briefing.model import EditionKey
from briefing.storage.store import opened
from briefing.wiring.secrets import read_secrets
from briefing.wiring.show_contexts import build_newsroom, build_show_context

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from briefing.config import Config
    from briefing.editions.newsroom import Newsroom
    from briefing.editions.show_context import ShowContext
    from briefing.storage.store import Store


def print_json(value: object) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


@contextmanager
def store_of(described: Config, folder: Path) -> Iterator[Store]:
    """The store of a working folder."""
    folder = folder.resolve()
    with opened(described.newsroom.database or f"sqlite:///{folder / 'briefing.db'}", folder) as store:
        yield store


@contextmanager
def open_newsroom(described: Config, folder: Path) -> Iterator[Newsroom]:
    """The newsroom on the store of the working folder."""
    with store_of(described, folder) as store:
        yield build_newsroom(described, store, folder.resolve())


@contextmanager
def context_of(described: Config, slug: str, folder: Path) -> Iterator[ShowContext]:
    """A show's context on the store of the working folder."""
    with store_of(described, folder) as store:
        yield build_show_context(described, slug, store, folder.resolve()).with_fixed_inputs()


@contextmanager
def edition(options: argparse.Namespace) -> Iterator[tuple[ShowContext, EditionKey, Speaker]]:
    """The show context and the edition that the options name."""
    described = configured(options)
    slug = one_of("show", options.show, list(described.shows))
    show = described.shows[slug]
    name = one_of("edition", options.edition or next(iter(show.editions)), list(show.editions))
    key = EditionKey(slug, day_of(options.day, show.zone), name)
    with context_of(described, slug, described.folder) as context:
        yield context, key, Speaker(quiet=options.quiet)


def described(options: argparse.Namespace) -> Config:
    """The configuration; for looking at readings the sample will do where there is none."""
    if options.config == Path("briefing.toml") and not options.config.exists():
        return config.load(config.sample()).model_copy(update={"base": Path.cwd()})
    return configured(options)


def configured(options: argparse.Namespace, path: Path | None = None, *, unwatched: bool = False) -> Config:
    """The configuration that is named, or the one at `path`; from now on the log hides its secrets.

    Every event is written where `--log-format` asks for it, and by a command that runs `unwatched`.
    """
    configuration = config.load(path or options.config)
    form = getattr(options, "log_format", None) or (configuration.newsroom.log if unwatched else "")
    if form:
        options.logbook.open(form, read_secrets(configuration))
    else:
        options.logbook.hide_secrets(read_secrets(configuration))
    return configuration


def one_of(what: str, asked: str | None, known: list[str]) -> str:
    """The name that was asked for, or the only one there is; raises `ConfigError` with those to choose from."""
    if asked is None and len(known) == 1:
        return known[0]
    if asked not in known:
        raise ConfigError(
            f"{asked or 'no ' + what} is named; name a {what} with --{what}: {', '.join(known)}"
        )
    return asked


def day_of(text: str | None, zone: ZoneInfo) -> date:
    """The day that is written, or today in the zone; raises `ConfigError`."""
    if text is None:
        return datetime.now(zone).date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ConfigError(f"{text!r} is no day; write it as YYYY-MM-DD") from error


def zone_of(name: str) -> ZoneInfo:
    """The time zone of that name; raises `ConfigError`."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ConfigError(f"{name!r} is no time zone; name one such as Asia/Shanghai") from error

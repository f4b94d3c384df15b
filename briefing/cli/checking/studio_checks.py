"""Checks of what is needed to make a programme: files, folders, clips, voices, music."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Literal

from briefing import config
from briefing.cli.checking import voice_trials
from briefing.cli.checking.findings import Finding
from briefing.storage import downloads
from briefing.wiring.engines import CLIPS, engine_assets
from briefing.wiring.show_music import load_sound
from voices.errors import AudioFailed
from voices.synthesis import clip_cache

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.config import Config

MEGABYTE = 1024 * 1024

ROOM = 1024
"""Megabytes that should be free: a week of recordings, and the clips of a day."""

FULL = 0.9
"""Share of the clips' limit from which on the oldest may go any day."""


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
    engines = voice_trials.list_engines(configuration)
    results = {engine: voice_trials.try_engine(engine, users) for engine, users in engines if users}
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
        free = shutil.disk_usage(existing).free // MEGABYTE
        state: Literal["ok", "warn"] = "ok" if free >= ROOM else "warn"
        yield Finding(name, state, f"{folder} has {free} MB free", "" if free >= ROOM else "make room")


def check_clips(configuration: Config) -> Iterator[Finding]:
    """The cache of spoken sentences is within its limit."""
    contents = clip_cache.cache_contents(downloads.folder() / CLIPS)
    used = contents.size // MEGABYTE
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


CHECKS = (check_files, check_folders, check_clips, check_voices, check_sound)

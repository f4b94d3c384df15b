"""The commands that stand at a point of the line: one stage each, all that are due, and where it stands."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from briefing import config
from briefing.cli.asset_download import fetched
from briefing.cli.dispatch.common import configured, context_of, day_of, edition, print_json
from briefing.cli.printing import report
from briefing.cli.printing.console import Speaker
from briefing.editions import edition_decisions, gathering, render_edition, stages
from briefing.editions.approvals import script_review
from briefing.errors import BriefingError, ConfigError, StageError
from briefing.model import EditionKey
from briefing.wiring.engines import needed_assets

if TYPE_CHECKING:
    import argparse

    from briefing.editions.show_context import ShowContext


def demo(options: argparse.Namespace) -> None:
    """Make the sample edition, and say where it is and how to hear it."""
    speaker = Speaker(quiet=options.quiet)
    described = configured(options, config.sample())
    slug, show = next(iter(described.shows.items()))
    fetched(speaker, needed_assets(described, slug))
    with context_of(described, slug, options.folder) as context:
        key = EditionKey(slug, day_of(options.day, show.zone), next(iter(show.editions)))
        _run(context, key, speaker)
        report.where(context, key, speaker, "briefing serve --demo")
        if options.json:
            print_json(report.standing(context, key))


def init(options: argparse.Namespace) -> None:
    """Write a commented configuration; what is there is not overwritten."""
    text = config.sample().read_text(encoding="utf-8")
    try:
        with options.path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise ConfigError(f"{options.path} exists already; edit it, or name another file") from error
    except OSError as error:
        raise ConfigError(f"{options.path} cannot be written: {error.strerror}; name another file") from error
    Speaker().say(
        f"Wrote {options.path}. Point its sources at your pages, then: briefing run --config {options.path}"
    )


def gather(options: argparse.Namespace) -> None:
    """Collect the day's articles."""
    with edition(options) as (context, key, speaker):
        articles = gathering.gather(context, key, report.Told(speaker))
        speaker.say(f"{key}: {len(articles)} articles. Next: briefing draft")
        if options.json:
            print_json([report.article(article) for article in articles])


def draft(options: argparse.Namespace) -> None:
    """Write the script."""
    with edition(options) as (context, key, speaker):
        edition_decisions.adopt(context, key)
        stages.draft(context, key, report.Told(speaker))
        _say_script(context, key, speaker)


def edit(options: argparse.Namespace) -> None:
    """Open the script in $EDITOR; a text that cannot be used is kept and said why."""
    with edition(options) as (context, key, speaker):
        edition_decisions.adopt(context, key)
        newest = context.store.scripts.newest_script(key)
        if newest is None:
            raise StageError(f"{key} has no script yet; run `briefing draft` first")
        text = _edited(newest.text)
        if text == newest.text:
            speaker.say("Nothing was changed.")
            return
        try:
            edition_decisions.save(
                context, key, text, base=newest.revision, author=os.environ.get("USER", "editor")
            )
        except BriefingError as error:
            copy = Path(tempfile.mkstemp(prefix="briefing-", suffix=".md")[1])
            copy.write_text(text, encoding="utf-8")
            raise StageError(f"{error} (your text is kept in {copy})") from error
        _say_script(context, key, speaker)


def render(options: argparse.Namespace) -> None:
    """Speak and mix."""
    with edition(options) as (context, key, speaker):
        recording = stages.render(context, key, report.Told(speaker))
        if options.plot:
            _draw(options.plot, render_edition.draw_edition(context, key))
            speaker.say(f"{options.plot}: the programme as a picture")
        speaker.say(f"{recording.path}: {report.length(recording.duration / 1000)}. Next: briefing publish")


def _draw(path: Path, picture: str) -> None:
    try:
        path.write_text(picture, encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be written: {error.strerror}; name another file with --plot"
        ) from error


def publish(options: argparse.Namespace) -> None:
    """Put the episode on the air."""
    with edition(options) as (context, key, speaker):
        stages.publish(context, key, may_drop=options.drop)
        report.where(context, key, speaker, "briefing serve")


def run(options: argparse.Namespace) -> None:
    """Every stage that is due."""
    with edition(options) as (context, key, speaker):
        _run(context, key, speaker)
        report.where(context, key, speaker, "briefing serve")
        if options.json:
            print_json(report.standing(context, key))


def rundown(options: argparse.Namespace) -> None:
    """Print the rundown: stories in, articles out, and the reasons."""
    with edition(options) as (context, key, speaker):
        chosen = gathering.choose(context, key)
        report.show_rundown(speaker, chosen, why=options.why)
        if options.json:
            print_json(report.rundown(chosen))


def _run(context: ShowContext, key: EditionKey, speaker: Speaker) -> None:
    with speaker.progress("Speaking") as bar:
        stages.run(context, key, report.Told(speaker, bar))


def _say_script(context: ShowContext, key: EditionKey, speaker: Speaker) -> None:
    newest = context.store.scripts.newest_script(key)
    if newest is None:
        return
    length = script_review.length(context, key)
    path = context.script_file(key, newest.revision)
    speaker.say(
        f"{path}: revision {newest.revision}, about {report.length(length.seconds)} of {report.length(length.target)}. "
        "Next: briefing approve"
    )
    report.say_warnings(context, key, speaker)


def _edited(text: str) -> str:
    """The text after the person's editor has had it."""
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    with tempfile.NamedTemporaryFile("w+", suffix=".md", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        try:
            done = subprocess.run([*command, file.name], check=False)  # noqa: S603 - the person's own editor
        except OSError as error:
            raise StageError(f"{command[0]} cannot be started: {error.strerror}; set EDITOR") from error
        if done.returncode:
            raise StageError(f"{command[0]} ended with status {done.returncode}; nothing was changed")
        return Path(file.name).read_text(encoding="utf-8")

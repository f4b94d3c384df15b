"""How text is read aloud, and the words that an editor adds."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from briefing import mandarin
from briefing.cli.asset_download import fetched
from briefing.cli.dispatch.common import described, one_of, print_json
from briefing.cli.printing import playback, report
from briefing.cli.printing.console import Speaker
from briefing.editions import utterances
from briefing.mandarin import lexicon
from briefing.wiring.engines import build_voice, engine_assets
from briefing.wiring.lexicons import ADDED_WORDS, load_lexicon
from voices.model import PinyinSupport

if TYPE_CHECKING:
    import argparse

    from briefing.config import Config
    from voices.model import Clip


def read(_options: argparse.Namespace) -> None:
    """Each line of standard input, as it is spoken."""
    for line in sys.stdin:
        reading = report.reading(mandarin.read(line.rstrip("\n")))
        sys.stdout.write(json.dumps(reading, ensure_ascii=False) + "\n")


def say(options: argparse.Namespace) -> None:
    """Print the reading of a sentence with its reasons; speak it where that is asked for."""
    configuration = described(options)
    words = load_lexicon(configuration, _show(options, configuration), configuration.folder)
    reading = mandarin.read(options.text, words)
    name = one_of("anchor", options.anchor or next(iter(configuration.anchors)), list(configuration.anchors))
    voice = build_voice(configuration.anchors[name])
    lost = mandarin.misread(reading, words, respelled=voice.obeys is PinyinSupport.SPELLING)
    lost = () if voice.obeys is PinyinSupport.PINYIN else lost
    if options.json:
        print_json(report.reading(reading) | {"why": report.why(reading), "misread": [*map(asdict, lost)]})
    else:
        report.say_reading(reading, lost)
    if options.out or options.play:
        speaker = Speaker(quiet=options.json)
        fetched(speaker, engine_assets(configuration.anchors[name]))
        clip = playback.joined(
            [
                (voice.speak(utterance), utterance.pause_after)
                for piece in mandarin.pieces(options.text)
                for utterance in [utterances.utterance(mandarin.read(piece, words), voice, words)]
            ]
        )
        _heard(clip, options, speaker)


def _heard(clip: Clip, options: argparse.Namespace, speaker: Speaker) -> None:
    if options.out:
        playback.write(options.out, clip)
        speaker.say(f"{options.out}: {clip.duration / 1000:.1f} s")
    if options.play:
        playback.play(clip)


def _show(options: argparse.Namespace, configuration: Config) -> str | None:
    """The show whose lexicon is used: the one that is named, the only one, or none."""
    if options.show is None and len(configuration.shows) != 1:
        return None
    return one_of("show", options.show, list(configuration.shows))


def lexicon_add(options: argparse.Namespace) -> None:
    """Add a word to the newsroom's own lexicon; a wrong entry is refused with the reason."""
    path = described(options).folder / ADDED_WORDS
    entry = lexicon.entry(
        options.word, pinyin=options.pinyin, say=options.say, before=options.before, after=options.after
    )
    lexicon.add(path, entry)
    Speaker().say(
        f"{path}: {entry.word} → {' '.join(entry.pinyin) or entry.say}. Try: briefing say {entry.word}"
    )


def lexicon_list(options: argparse.Namespace) -> None:
    """The words that were added in this newsroom."""
    path = described(options).folder / ADDED_WORDS
    entries = lexicon.read(path) if path.exists() else ()
    if options.json:
        print_json([asdict(entry) for entry in entries])
    else:
        rows = [
            (entry.word, " ".join(entry.pinyin), entry.say, entry.after, entry.before) for entry in entries
        ]
        Speaker().table(str(path), ("word", "pinyin", "say", "after", "before"), rows)


def lexicon_test(options: argparse.Namespace) -> None:
    """Which entries a text uses, and how it is read with them."""
    configuration = described(options)
    known = load_lexicon(configuration, _show(options, configuration), configuration.folder)
    used = [entry for _place, entry in known.matches(options.text)]
    reading = mandarin.read(options.text, known)
    if options.json:
        print_json({"entries": [asdict(entry) for entry in used]} | report.reading(reading))
    else:
        rows = [(used_entry.word, " ".join(used_entry.pinyin) or used_entry.say) for used_entry in used]
        Speaker().table("Entries used", ("word", "reading"), rows)
        report.say_reading(reading, ())

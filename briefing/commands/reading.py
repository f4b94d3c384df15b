"""How text is read aloud, and the words that an editor adds."""

from __future__ import annotations

import json
import sys
import wave
from dataclasses import asdict
from typing import TYPE_CHECKING

from briefing import mandarin, report, wiring
from briefing.commands.common import described, fetched, one_of, print_json
from briefing.console import Speaker
from briefing.mandarin import lexicon
from voices.model import Millis, Utterance

if TYPE_CHECKING:
    import argparse


def read(_options: argparse.Namespace) -> None:
    """Each line of standard input, as it is spoken."""
    for line in sys.stdin:
        said = report.reading(mandarin.read(line.rstrip("\n")))
        sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")


def say(options: argparse.Namespace) -> None:
    """How a sentence is read, and its sound where a file is asked for."""
    house = described(options)
    reading = mandarin.read(options.text, wiring.lexicon(house.folder))
    if options.json:
        print_json(report.reading(reading))
    else:
        report.say_reading(reading)
    if options.out:
        name = one_of("anchor", options.anchor or next(iter(house.anchors)), list(house.anchors))
        speaker = Speaker()
        fetched(speaker, wiring.NEEDS[house.anchors[name].voice])
        clip = wiring.voice(house.anchors[name]).speak(
            Utterance(reading.words, reading.pinyin, Millis(reading.pause_after))
        )
        with wave.open(str(options.out), "wb") as file:
            file.setparams((1, 2, clip.rate, 0, "NONE", ""))
            file.writeframes(clip.pcm)
        speaker.say(f"{options.out}: {clip.duration / 1000:.1f} s by {house.anchors[name].name}")


def lexicon_add(options: argparse.Namespace) -> None:
    """Add a word to the house's own lexicon; a wrong entry is refused with the reason."""
    path = described(options).folder / wiring.ADDED_WORDS
    entry = lexicon.entry(
        options.word, pinyin=options.pinyin, say=options.say, before=options.before, after=options.after
    )
    lexicon.add(path, entry)
    Speaker().say(
        f"{path}: {entry.word} → {' '.join(entry.pinyin) or entry.say}. Try: briefing say {entry.word}"
    )


def lexicon_list(options: argparse.Namespace) -> None:
    """The words that were added in this house."""
    path = described(options).folder / wiring.ADDED_WORDS
    entries = lexicon.read(path) if path.exists() else ()
    if options.json:
        print_json([asdict(entry) for entry in entries])
    else:
        rows = [(one.word, " ".join(one.pinyin), one.say, one.after, one.before) for one in entries]
        Speaker().table(str(path), ("word", "pinyin", "say", "after", "before"), rows)


def lexicon_test(options: argparse.Namespace) -> None:
    """Which entries a text uses, and how it is read with them."""
    known = wiring.lexicon(described(options).folder)
    used = [entry for _place, entry in known.matches(options.text)]
    reading = mandarin.read(options.text, known)
    if options.json:
        print_json({"entries": [asdict(entry) for entry in used]} | report.reading(reading))
    else:
        rows = [(one.word, " ".join(one.pinyin) or one.say) for one in used]
        Speaker().table("Entries used", ("word", "reading"), rows)
        report.say_reading(reading)

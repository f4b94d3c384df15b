"""Which voices there are, how well they speak now, and what they have spoken."""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import TYPE_CHECKING

from briefing.cli.asset_download import fetched
from briefing.cli.checking import voice_trials
from briefing.cli.dispatch.common import described, print_json
from briefing.cli.printing import playback
from briefing.cli.printing.console import Speaker
from briefing.config import Engine
from briefing.errors import ConfigError
from briefing.storage import downloads
from briefing.wiring.engines import CLIPS, NEEDS, VOICES, build_engine
from briefing.wiring.lexicons import load_lexicon
from voices.engines.kokoro_speakers import PROFILES
from voices.synthesis import clip_cache

if TYPE_CHECKING:
    import argparse

    from briefing.config import Config

MEGABYTE = 1024 * 1024


def listing(options: argparse.Namespace) -> int:
    """Try every voice that is configured or usual; exit status 1 when one that an anchor needs does not speak."""
    configuration = described(options)
    speaker = Speaker(quiet=options.quiet)
    speaker.say("Having each voice speak a sentence …")
    results = [
        voice_trials.try_engine(engine, users) for engine, users in voice_trials.list_engines(configuration)
    ]
    rows = [
        (
            result.engine,
            result.speaker,
            "、".join(result.used_by),
            result.wrong or "speaks",
            _seconds(result),
            _ratio(result),
        )
        for result in results
    ]
    speaker.table("Voices", ("engine", "speaker", "anchors", "state", "seconds#", "× real time#"), rows)
    speaker_names = voice_trials.list_speakers(configuration)
    for engine, names in speaker_names.items():
        described_names = "; ".join(map(_described, names))
        speaker.say(f"{engine}: {described_names or 'no Mandarin speakers are known here'}")
    speaker.say('Hear one: briefing voices try kokoro:zf_xiaoxiao "各位听众早上好。" --play')
    if options.json:
        traits = {name: profile.traits for name, profile in PROFILES.items()}
        print_json(
            {"voices": [asdict(result) for result in results], "speakers": speaker_names, "traits": traits}
        )
    return int(any(result.wrong and result.used_by for result in results))


def _described(name: str) -> str:
    """Return a speaker's name, with what it is like where that is known."""
    profile = PROFILES.get(name)
    return f"{name}（{profile.traits}）" if profile else name


def _seconds(one: voice_trials.Trial) -> str:
    return "" if one.wrong else f"{one.seconds:.1f}"


def _ratio(one: voice_trials.Trial) -> str:
    return "" if one.wrong else f"{one.ratio:.2f}"


def attempt(options: argparse.Namespace) -> None:
    """Speak a sentence with a voice that is named, and say how long that took."""
    configuration = described(options)
    engine = _named(options.name, configuration)
    speaker = Speaker(quiet=options.json)
    if packages := NEEDS.get(engine.voice, ()):
        fetched(speaker, packages)
    voice = build_engine(engine, voice_trials.HURRY)
    lexicon = load_lexicon(configuration, None, configuration.folder)
    begun = time.perf_counter()
    spoken = voice_trials.speak_text(voice, options.text, lexicon)
    clip, seconds = playback.joined(spoken), time.perf_counter() - begun
    if options.out:
        playback.write(options.out, clip)
    speaker.say(f"{voice.identity}: {clip.duration / 1000:.1f} s of speech in {seconds:.1f} s")
    if options.json:
        print_json({"identity": voice.identity, "milliseconds": clip.duration, "seconds": seconds})
    if options.play:
        playback.play(clip)


def _named(name: str, configuration: Config) -> Engine:
    """An anchor's first voice, an engine, or an engine and its speaker joined by a colon."""
    if name in configuration.anchors:
        return configuration.anchors[name]
    kind, _, speaker = name.partition(":")
    if kind not in VOICES or kind == "openai":
        raise ConfigError(
            f"{name} is no voice; name an anchor ({', '.join(configuration.anchors)}), or an engine and its speaker "
            "such as kokoro:zf_xiaoni"
        )
    return Engine.model_validate({"voice": kind, "speaker": speaker})


def cache_info(options: argparse.Namespace) -> None:
    """Print the contents of the cache of spoken sentences."""
    folder = downloads.folder() / CLIPS
    _say_kept(options, f"{folder} holds", clip_cache.cache_contents(folder))


def cache_prune(options: argparse.Namespace) -> None:
    """Remove what rested longest, until the cache is as small as it should be."""
    limit = options.to if options.to is not None else described(options).newsroom.clips
    gone = clip_cache.prune_cache(downloads.folder() / CLIPS, limit * MEGABYTE)
    _say_kept(options, "Removed", gone)


def _say_kept(options: argparse.Namespace, what: str, kept: clip_cache.CacheContents) -> None:
    last = f", the oldest last used on {kept.oldest:%Y-%m-%d}" if kept.oldest else ""
    if options.json:
        oldest = kept.oldest.isoformat() if kept.oldest else None
        print_json({"clips": kept.clips, "bytes": kept.size, "oldest": oldest})
    else:
        Speaker().say(f"{what} {kept.clips} sentences, {kept.size / MEGABYTE:.1f} MB{last}")

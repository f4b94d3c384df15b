"""Trials of voices: each speaks a sentence now, whatever it has spoken before."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing import mandarin
from briefing.config import Engine
from briefing.editions import utterances
from briefing.storage import downloads
from briefing.wiring.engines import SPEAKERS, SPEAKERS_FILE, build_engine
from voices.engines import edge
from voices.engines.remote import Patience
from voices.errors import VoicesError
from voices.synthesis import verify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.config import Config
    from briefing.mandarin import Lexicon
    from voices.model import Clip, Millis
    from voices.voice_protocol import Voice

TRIAL = "各位听众早上好，现在为您播报今天的新闻。"
"""Made up: long enough to have a pace."""

WARM = "你好。"

HURRY = Patience(tries=2, base=10.0, longest=1.0)
"""A person is waiting."""

USUAL = ("edge", "espeak", "kokoro")
"""Engines that are looked at also when no anchor uses them."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Trial of a voice: `seconds` for a sentence, their `ratio` to its length, and what is `wrong` if it did not speak."""

    engine: str
    speaker: str
    used_by: tuple[str, ...]
    seconds: float
    ratio: float
    wrong: str = ""


def list_engines(configuration: Config) -> list[tuple[Engine, tuple[str, ...]]]:
    """Return every different voice of the anchors' chains with its anchors, then the usual ones that none uses."""
    used: dict[Engine, list[str]] = {}
    for anchor in configuration.anchors.values():
        for engine in anchor.chain:
            plain = Engine(**engine.model_dump(exclude={"name", "fallback"}))
            used.setdefault(plain, []).append(anchor.name)
    kinds = {engine.voice for engine in used}
    others = [Engine.model_validate({"voice": kind}) for kind in USUAL if kind not in kinds]
    return [(engine, tuple(names)) for engine, names in used.items()] + [(engine, ()) for engine in others]


def try_engine(engine: Engine, users: Sequence[str]) -> Trial:
    """Have a voice speak now, whatever it has spoken before."""
    speaker = engine.speaker or SPEAKERS.get(engine.voice, "")
    try:
        # What is loaded once a day is not what a sentence takes.
        _spoken(engine, WARM)
        begun = time.perf_counter()
        clip = _spoken(engine, TRIAL)
    except VoicesError as error:
        return Trial(engine.voice, speaker, tuple(users), 0.0, 0.0, str(error))
    seconds = time.perf_counter() - begun
    return Trial(engine.voice, speaker, tuple(users), seconds, seconds * 1000 / clip.duration)


def _spoken(engine: Engine, text: str) -> Clip:
    voice = build_engine(engine, HURRY)
    utterance = utterances.utterance(mandarin.read(text), voice, mandarin.newsroom_lexicon())
    clip = voice.speak(utterance)
    verify.verify_clip(utterance, clip)
    return clip


def speak_text(voice: Voice, text: str, lexicon: Lexicon) -> list[tuple[Clip, Millis]]:
    """Speak a text of any length; return the proved clips, each with the milliseconds of pause after it."""
    spoken = []
    for piece in mandarin.pieces(text):
        utterance = utterances.utterance(mandarin.read(piece, lexicon), voice, lexicon)
        spoken.append((voice.speak(utterance), utterance.pause_after))
        verify.verify_clip(utterance, spoken[-1][0])
    return spoken


def list_speakers(configuration: Config) -> dict[str, list[str]]:
    """Return the Mandarin speakers of the engines that have several; none where an engine cannot be asked."""
    chains = [engine for anchor in configuration.anchors.values() for engine in anchor.chain]
    proxy = next((engine.proxy for engine in chains if engine.voice == "edge" and engine.proxy), "")
    try:
        online = edge.list_speakers(downloads.folder() / SPEAKERS_FILE, proxy)
    except VoicesError:
        online = ()
    offline = (downloads.folder() / "kokoro" / "voices").glob("z*.bin")
    return {
        "edge": sorted(speaker.name for speaker in online if speaker.locale.startswith("zh-")),
        "kokoro": sorted(path.stem for path in offline),
    }

"""Config → voices and music. A new voice is one file behind its protocol and one line in `VOICES`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.editions.context import Sounding
from briefing.storage import downloads
from voices.audio import mastering, music, rendering, timeline
from voices.engines.edge import Edge
from voices.engines.espeak import Espeak
from voices.engines.kokoro import Kokoro
from voices.engines.openai import OpenAI
from voices.engines.remote import Patience
from voices.engines.silent import Silent
from voices.model import Millis
from voices.synthesis import verify
from voices.synthesis.clip_cache import Remembering
from voices.synthesis.fallback import Chain
from voices.synthesis.verify import Checked, Pace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from briefing.config import Anchor, Engine
    from briefing.config import Show as Described
    from voices.model import Clip
    from voices.voice_protocol import Voice

SPEAKERS = {"edge": "zh-CN-XiaoxiaoNeural", "kokoro": "zf_xiaoyi", "openai": "alloy"}
"""Who speaks when the configuration names no speaker; the other engines have only one."""

VOICES: dict[str, Callable[[Engine, Path, Patience], Voice]] = {
    "edge": lambda engine, _cache, patience: Edge(
        engine.speaker or SPEAKERS["edge"],
        speed=engine.speed,
        pitch=engine.pitch,
        volume=engine.volume,
        proxy=engine.proxy,
        patience=patience,
    ),
    "espeak": lambda engine, _cache, _patience: Espeak(engine.speed),
    "kokoro": lambda engine, cache, _patience: Kokoro(
        cache / "kokoro", engine.speaker or SPEAKERS["kokoro"], engine.speed, engine.quality
    ),
    "openai": lambda engine, _cache, patience: OpenAI(
        engine.address,
        engine.speaker or SPEAKERS["openai"],
        model=engine.model,
        speed=engine.speed,
        key=engine.key,
        proxy=engine.proxy,
        patience=patience,
    ),
    "silent": lambda _engine, _cache, _patience: Silent(),
}
"""Engines by the name that the configuration gives them."""

NEEDS: dict[str, tuple[downloads.Asset, ...]] = {"kokoro": downloads.KOKORO}
"""What an engine needs in the cache before it can speak."""

SPEAKERS_FILE = "edge-speakers.json"
"""The list of edge's speakers below the cache."""

CLIPS = "clips"
"""The spoken sentences below the cache, shared by all shows."""


def needs(*anchors: Anchor) -> tuple[downloads.Asset, ...]:
    """The files that these anchors cannot speak without."""
    engines = sorted({engine.voice for anchor in anchors for engine in anchor.chain})
    return tuple(asset for engine in engines for asset in NEEDS.get(engine, ()))


def voice(anchor: Anchor, megabytes: int = 2048) -> Voice:
    """An anchor's engines, of which the first that can speaks the whole edition."""
    return Chain([remembered(engine, megabytes) for engine in anchor.chain])


def remembered(engine: Engine, megabytes: int = 2048) -> Voice:
    """An engine whose clips are proved whole, and then remembered for every show."""
    cache = downloads.folder()
    pace = None if engine.voice == "silent" else Pace(verify.NEWSREADER / engine.speed)
    made = VOICES[engine.voice](engine, cache, Patience())
    return Remembering(Checked(made, pace), cache / CLIPS, megabytes * 1024 * 1024)


def sounding(described: Described, base: Path) -> Sounding:
    """A show's pauses, its music and its masters; raises `AudioFailed` for a file that is no music."""
    sound, label = described.sound, described.label
    programme = rendering.Programme(
        pauses=timeline.Pauses(**{name: Millis(length) for name, length in sound.pauses}),
        imaging=music.Imaging(
            signature=_tune(sound.signature, base, music.signature, music.own_signature),
            bed=_tune(sound.bed, base, music.bed, music.own_bed),
            sting=_tune(sound.sting, base, music.sting, music.own_sting),
            headlines=sound.headlines == "sting",
            stories=sound.stories == "sting",
            label_first=label.says("tone", "start"),
            label_last=label.says("tone", "end"),
        ),
    )
    return Sounding(programme, mastering.Aim(bitrate=sound.bitrate), m4a=sound.m4a, speakers=sound.speakers)


def _tune(said: str, base: Path, house: Callable[[], Clip], own: Callable[[Path], Clip]) -> Clip | None:
    """A piece of music as the configuration names it."""
    if said in {"", music.OWN}:
        return house() if said else None
    return own(base / said)

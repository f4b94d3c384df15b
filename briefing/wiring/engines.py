"""Config → voices. A new voice is one file behind its protocol and one line in `VOICES`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from briefing.storage import downloads
from briefing.wiring.registry import load_object
from voices.engines.remote import Patience
from voices.engines.speech_servers import ServerOptions
from voices.synthesis import verify
from voices.synthesis.clip_cache import CachedVoice
from voices.synthesis.fallback import FallbackVoice
from voices.synthesis.verify import Pace, VerifiedVoice

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from briefing.config import Anchor, Config, Engine
    from voices.voice_protocol import Voice

SPEAKERS = {"edge": "zh-CN-XiaoxiaoNeural", "kokoro": "zf_xiaoxiao", "openai": "alloy"}
"""Who speaks when the configuration names no speaker; the other engines have only one."""


class EngineKind(NamedTuple):
    """Engine class as "module:attribute", and what it is made with from its configuration and the cache folder."""

    target: str
    arguments: Callable[[Engine, Path], dict[str, Any]]


VOICES: dict[str, EngineKind] = {
    "edge": EngineKind(
        "voices.engines.edge:Edge",
        lambda engine, _cache: {
            "speaker": engine.speaker or SPEAKERS["edge"],
            "speed": engine.speed,
            "pitch": engine.pitch,
            "volume": engine.volume,
            "proxy": engine.proxy,
        },
    ),
    "espeak": EngineKind("voices.engines.espeak:Espeak", lambda engine, _cache: {"speed": engine.speed}),
    "kokoro": EngineKind(
        "voices.engines.kokoro:Kokoro",
        lambda engine, cache: {
            "folder": cache / "kokoro",
            "speaker": engine.speaker or SPEAKERS["kokoro"],
            "speed": engine.speed,
            "quality": engine.quality,
        },
    ),
    "openai": EngineKind(
        "voices.engines.openai:OpenAI",
        lambda engine, _cache: {
            "address": engine.address,
            "speaker": engine.speaker or SPEAKERS["openai"],
            "model": engine.model,
            "speed": engine.speed,
            "key": engine.key,
            "proxy": engine.proxy,
            "options": ServerOptions(
                server=engine.server,
                path=engine.path,
                extra=json.loads(engine.extra or "{}"),
                format=engine.format,
                rate=engine.rate,
                reference=engine.reference,
                reference_text=engine.reference_text,
                consent=engine.consent,
                upload=engine.upload,
                pinyin=engine.pinyin,
            ),
        },
    ),
    "silent": EngineKind("voices.engines.silent:Silent", lambda _engine, _cache: {}),
}
"""Engines by the name that the configuration gives them."""

REMOTE = frozenset({"edge", "openai"})
"""Engines that take a `Patience`: how often and how long a service is asked."""

NEEDS: dict[str, tuple[downloads.Asset, ...]] = {"kokoro": downloads.KOKORO}
"""What an engine needs in the cache before it can speak."""

SPEAKERS_FILE = "edge-speakers.json"
"""The list of edge's speakers below the cache."""

CLIPS = "clips"
"""The spoken sentences below the cache, shared by all shows."""


def build_engine(engine: Engine, patience: Patience | None = None) -> Voice:
    """Return an engine by itself; `patience` is for the remote ones, the usual one if None."""
    kind = VOICES[engine.voice]
    usual = Patience(base=engine.timeout, most=engine.at_once)
    more = {"patience": patience or usual} if engine.voice in REMOTE else {}
    voice: Voice = load_object(kind.target)(**kind.arguments(engine, downloads.folder()), **more)
    return voice


def needed_assets(config: Config, slug: str) -> tuple[downloads.Asset, ...]:
    """Return the files that a show cannot be made without."""
    return engine_assets(*(config.anchors[name] for name in config.shows[slug].anchors)) + downloads.FONTS


def engine_assets(*anchors: Anchor) -> tuple[downloads.Asset, ...]:
    """Return the files that these anchors cannot speak without."""
    engines = sorted({engine.voice for anchor in anchors for engine in anchor.chain})
    return tuple(asset for engine in engines for asset in NEEDS.get(engine, ()))


def build_voice(anchor: Anchor, megabytes: int = 2048) -> Voice:
    """Return the voice of an anchor: of its engines, the first that can speaks the whole edition."""
    return FallbackVoice([build_cached_voice(engine, megabytes) for engine in anchor.chain])


def build_cached_voice(engine: Engine, megabytes: int = 2048) -> Voice:
    """Return an engine whose clips are verified, and then cached for every show."""
    cache = downloads.folder()
    pace = None if engine.voice == "silent" else Pace(verify.NEWSREADER / engine.speed)
    voice = build_engine(engine)
    return CachedVoice(VerifiedVoice(voice, pace), cache / CLIPS, megabytes * 1024 * 1024)

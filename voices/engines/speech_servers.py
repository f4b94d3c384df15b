"""Requests as the speech servers want them that people run themselves. Pure, but for reading the reference sound.

| `server` | address and body |
|---|---|
| `openai` | POST /v1/audio/speech, JSON: OpenAI, Kokoro-FastAPI, vLLM-Omni (Qwen3-TTS, CosyVoice3, Fish, VoxCPM2) |
| `fish` | POST /v1/tts, JSON: fish-speech's own server |
| `gpt-sovits` | POST /tts, JSON: GPT-SoVITS api_v2 |
| `cosyvoice` | POST /inference_sft or /inference_zero_shot, form: CosyVoice's FastAPI, which answers PCM without a header |

Sources: the servers' own files and documentation, read November 2026.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voices.errors import VoiceUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

COSYVOICE_RATE = 22_050
"""Hz of CosyVoice's first model; its second and third want `rate = 24000`."""

_HAN = re.compile(r"[〇\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")

MAX_REFERENCE_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ServerOptions:
    """Settings of a self-hosted server beside address, speaker and speed."""

    server: str = "openai"
    """Kind of the server: openai, fish, gpt-sovits or cosyvoice."""
    path: str = ""
    """Path of the request where it is not the kind's usual one."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further fields of the body, which win over ours."""
    format: str = "wav"
    """Sound to ask for: wav, flac, mp3 or pcm."""
    rate: int = 0
    """Hz of an answer without a header (pcm)."""
    reference: str = ""
    """Path of a sound whose voice is to be cloned, as WAV."""
    reference_text: str = ""
    """Words of that sound."""
    consent: str = ""
    """Operator's statement that the speaker has agreed."""
    upload: bool = False
    """Whether the reference is uploaded once under the speaker's name instead of being sent with each request."""
    pinyin: bool = False
    """Whether the server takes pinyin in the text, as IndexTTS2 does."""

    @property
    def identity(self) -> str:
        """Everything here that changes the sound; empty for the usual settings, so that old clips keep their names."""
        if self == ServerOptions():
            return ""
        facts = [
            self.server,
            self.path,
            dict(self.extra),
            self.format,
            self.rate,
            self.reference_text,
            self.pinyin,
        ]
        digest = hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode())
        digest.update(self.reference.encode())
        if self.reference:
            with suppress(
                VoiceUnavailable
            ):  # a path on the server's own disk, or one that speaking will complain of
                digest.update(read_reference(self.reference))
        return f"options={digest.hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class SpeechRequest:
    """One POST: a JSON body, or a form whose bytes are files."""

    path: str
    json: Mapping[str, Any] | None = None
    form: Mapping[str, str | bytes] | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence for a server: the words, who speaks, with which model, and how fast."""

    text: str
    speaker: str
    model: str
    speed: float


def build_request(options: ServerOptions, sentence: Sentence) -> SpeechRequest:
    """Return the request that a kind of server wants; raises `VoiceUnavailable` for a reference that cannot be read."""
    request = BUILDERS[options.server](options, sentence)
    path = options.path or request.path
    if request.json is not None:
        return SpeechRequest(path, json={**request.json, **options.extra})
    form = {name: str(value) for name, value in options.extra.items()}
    return SpeechRequest(path, form={**(request.form or {}), **form})


def _openai_request(options: ServerOptions, sentence: Sentence) -> SpeechRequest:
    body: dict[str, Any] = {
        "model": sentence.model,
        "input": sentence.text,
        "voice": sentence.speaker,
        "response_format": options.format,
        "speed": sentence.speed,
    }
    if options.reference and not options.upload:
        sound = base64.b64encode(read_reference(options.reference)).decode()
        body |= {"ref_audio": f"data:audio/wav;base64,{sound}", "ref_text": options.reference_text}
    return SpeechRequest("/v1/audio/speech", json=body)


def _fish_request(options: ServerOptions, sentence: Sentence) -> SpeechRequest:
    body: dict[str, Any] = {"text": sentence.text, "format": options.format, "streaming": False}
    if options.reference:
        sound = base64.b64encode(read_reference(options.reference)).decode()
        body["references"] = [{"audio": sound, "text": options.reference_text}]
    elif sentence.speaker:
        body["reference_id"] = sentence.speaker
    return SpeechRequest("/v1/tts", json=body)


def _gpt_sovits_request(options: ServerOptions, sentence: Sentence) -> SpeechRequest:
    # The server reads the reference itself: the path is one on its own disk.
    body = {
        "text": sentence.text,
        "text_lang": "zh",
        "ref_audio_path": options.reference or sentence.speaker,
        "prompt_text": options.reference_text,
        "prompt_lang": "zh",
        "speed_factor": sentence.speed,
        "media_type": options.format,
        "streaming_mode": False,
    }
    return SpeechRequest("/tts", json=body)


def _cosyvoice_request(options: ServerOptions, sentence: Sentence) -> SpeechRequest:
    if not options.reference:
        return SpeechRequest("/inference_sft", form={"tts_text": sentence.text, "spk_id": sentence.speaker})
    form: dict[str, str | bytes] = {
        "tts_text": sentence.text,
        "prompt_text": options.reference_text,
        "prompt_wav": read_reference(options.reference),
    }
    return SpeechRequest("/inference_zero_shot", form=form)


BUILDERS: dict[str, Callable[[ServerOptions, Sentence], SpeechRequest]] = {
    "openai": _openai_request,
    "fish": _fish_request,
    "gpt-sovits": _gpt_sovits_request,
    "cosyvoice": _cosyvoice_request,
}
"""Builders of requests by kind of server."""


def build_upload(options: ServerOptions, speaker: str) -> SpeechRequest:
    """Return the request that gives vLLM-Omni a voice under a name, with the operator's statement of consent."""
    form: dict[str, str | bytes] = {
        "audio_sample": read_reference(options.reference),
        "consent": options.consent,
        "name": speaker,
    }
    if options.reference_text:
        form["ref_text"] = options.reference_text
    return SpeechRequest("/v1/audio/voices", form=form)


def answer_rate(options: ServerOptions) -> int:
    """Return the Hz of an answer that is PCM without a header; 0 for one that tells its own."""
    if options.rate:
        return options.rate
    return COSYVOICE_RATE if options.server == "cosyvoice" else 0


def read_reference(path: str) -> bytes:
    """Return the sound whose voice is cloned; raises `VoiceUnavailable`."""
    try:
        sound = Path(path).read_bytes()
    except OSError as error:
        raise VoiceUnavailable(
            f"the reference sound {path} cannot be read: {error}; name another file"
        ) from error
    if len(sound) > MAX_REFERENCE_BYTES:
        raise VoiceUnavailable(f"the reference sound {path} is larger than 20 MB; cut it to ten seconds")
    return sound


def mark_pinyin(text: str, respelled: str, syllables: tuple[str, ...]) -> str:
    """Return a text with pinyin in the place of each character that would be misread: 重庆 as CHONG2庆.

    Those are the characters that the respelled text has otherwise; IndexTTS2 reads capitals with a tone digit so.
    """
    if len(text) != len(respelled):
        return respelled
    remaining = iter(syllables)
    pieces = []
    for char, other in zip(text, respelled, strict=True):
        syllable = next(remaining, "") if _HAN.match(char) else ""
        pieces.append(syllable.upper() if syllable and char != other else char)
    return "".join(pieces)

"""Client of any server that speaks the OpenAI speech API: POST {address}/v1/audio/speech, and sound comes back.

Servers for CosyVoice, MeloTTS, Kokoro and others that one runs oneself speak it; so does OpenAI.
The request is https://platform.openai.com/docs/api-reference/audio/createSpeech (read November 2026).
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from voices.audio import decode, dsp
from voices.engines import remote
from voices.engines.remote import Patience, PendingCalls, RemoteService
from voices.errors import SpeechFailed, VoiceUnavailable
from voices.model import PinyinSupport
from voices.synthesis import verify

if TYPE_CHECKING:
    from voices.model import Clip, Utterance

LONGEST = 4096
"""Characters of a request's text that the API allows."""


class OpenAI:
    """One speaker of one server.

    `address` is the server's, with or without /v1; `key` names the environment variable that holds the secret, and
    is empty for a server that wants none. `speed` 1 is the speaker's own pace.
    """

    obeys = PinyinSupport.SPELLING

    def __init__(
        self,
        address: str,
        speaker: str,
        *,
        model: str = "tts-1",
        speed: float = 1.0,
        key: str = "",
        proxy: str = "",
        patience: Patience = Patience(),
    ) -> None:
        self._address = f"{address.rstrip('/').removesuffix('/v1')}/v1/audio/speech"
        self._speaker = speaker
        self._model = model
        self._speed = speed
        self._key = key
        self._proxy = proxy
        # Host and port: on one machine several servers may stand behind each other in a chain.
        self._service = shared_service(urlsplit(address).netloc or address, patience)
        self._pace = verify.Pace(verify.NEWSREADER / speed)
        self._calls = PendingCalls()

    @property
    def identity(self) -> str:
        """Address, model, speaker and speed, and how the sound is trimmed."""
        return f"openai {self._address} {self._model} {self._speaker} speed={self._speed} {dsp.TRIMMED}"

    def speak(self, utterance: Utterance) -> Clip:
        """Speak one utterance; raises as `Voice` says."""
        if not any(map(str.isalnum, utterance.spelling)):
            raise SpeechFailed("there is nothing to say; remove the sentence")
        if len(utterance.spelling) > LONGEST:
            raise SpeechFailed(f"the sentence is longer than {LONGEST} characters; cut it in two")
        return self._calls.run_call(self._speak_whole(utterance))

    def stop(self) -> None:
        """Let go of every request of this speaker."""
        self._calls.stop_calls()

    async def _speak_whole(self, utterance: Utterance) -> Clip:
        body = {
            "model": self._model,
            "input": utterance.spelling.encode("utf-8", "replace").decode(),
            "voice": self._speaker,
            "response_format": "wav",
            "speed": round(self._speed * utterance.delivery.speed, 3),
        }
        key, name = self._read_key(), self._service.name

        async def once() -> bytes:
            connect = self._service.patience.connect
            return await remote.post_json(
                self._address, body, key=key, proxy=self._proxy, connect=connect, service=name
            )

        def made(sound: bytes) -> Clip:
            clip = dsp.trim_silence(decode.decode_clip(sound, name))
            verify.verify_clip(utterance, clip, self._pace)
            return clip

        return await self._service.ask_service(once, made, verify.count_syllables(utterance))

    def _read_key(self) -> str:
        secret = os.environ.get(self._key, "").strip() if self._key else ""
        if self._key and not secret:
            raise VoiceUnavailable(
                f"the environment variable {self._key} is not set; put the server's key into it"
            )
        if not (secret.isascii() and secret.isprintable()):
            raise VoiceUnavailable(
                f"the environment variable {self._key} holds what is no key; put the server's key into it"
            )
        return secret


@cache
def shared_service(name: str, patience: Patience) -> RemoteService:
    """Return a server, shared by all its speakers in this process."""
    return RemoteService(name, patience)

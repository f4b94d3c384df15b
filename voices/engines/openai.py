"""Client of any server that speaks the OpenAI speech API: POST {address}/v1/audio/speech, and sound comes back.

Servers for CosyVoice, MeloTTS, Kokoro and others that one runs oneself speak it; so does OpenAI.
The request is https://platform.openai.com/docs/api-reference/audio/createSpeech (read November 2026).
"""

from __future__ import annotations

import asyncio
import os
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from voices.audio import decode, dsp
from voices.engines import remote
from voices.engines.remote import Patience, PendingCalls, RemoteService
from voices.engines.speech_servers import (
    Sentence,
    ServerOptions,
    SpeechRequest,
    answer_rate,
    build_request,
    build_upload,
    mark_pinyin,
)
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
        options: ServerOptions = ServerOptions(),
    ) -> None:
        self._address = address.rstrip("/").removesuffix("/v1")
        self._speaker = speaker
        self._model = model
        self._speed = speed
        self._key = key
        self._proxy = proxy
        # Host and port: on one machine several servers may stand behind each other in a chain.
        self._service = shared_service(urlsplit(address).netloc or address, patience)
        self._pace = verify.Pace(verify.NEWSREADER / speed)
        self._calls = PendingCalls()
        self._options = options
        self._uploading = asyncio.Lock()
        self._uploaded = not options.upload

    @property
    def identity(self) -> str:
        """Address, model, speaker and speed, and how the sound is trimmed."""
        address = f"{self._address}{self._options.path or '/v1/audio/speech'}"
        settings = f"{self._model} {self._speaker} speed={self._speed} {dsp.TRIMMED}"
        return f"openai {address} {settings} {self._options.identity}".rstrip()

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

    def learn_clip(self, utterance: Utterance, clip: Clip) -> None:
        """Count in a sentence that was spoken and verified another day."""
        self._pace.learn_pace(utterance, clip)

    async def _speak_whole(self, utterance: Utterance) -> Clip:
        sentence = Sentence(
            self._text_of(utterance),
            self._speaker,
            self._model,
            round(self._speed * utterance.delivery.speed, 3),
        )
        request, key = build_request(self._options, sentence), self._read_key()

        async def once() -> bytes:
            await self._upload_reference(key)
            return await self._post(request, key)

        def made(sound: bytes) -> Clip:
            clip = decode.decode_clip(sound, self._service.name, answer_rate(self._options))
            trimmed = dsp.trim_silence(clip)
            verify.verify_clip(utterance, trimmed, self._pace)
            return trimmed

        return await self._service.ask_service(once, made, verify.count_syllables(utterance))

    async def _upload_reference(self, key: str) -> None:
        """Give the server the reference under the speaker's name, once, where it is to have it."""
        async with self._uploading:
            if not self._uploaded:
                await self._post(build_upload(self._options, self._speaker), key)
                self._uploaded = True

    async def _post(self, request: SpeechRequest, key: str) -> bytes:
        return await remote.post_request(
            self._address + request.path,
            body=request.json,
            form=request.form,
            key=key,
            proxy=self._proxy,
            connect=self._service.patience.connect,
            service=self._service.name,
        )

    def _text_of(self, utterance: Utterance) -> str:
        text = utterance.spelling
        if self._options.pinyin and utterance.respelled:
            text = mark_pinyin(utterance.text, utterance.respelled, utterance.pinyin)
        return text.encode("utf-8", "replace").decode()

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

"""Servers that people run themselves, as each of them wants to be asked and as each of them answers."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from tests.voices.fakes import utterance
from tests.voices.speech_server import Server, serving, sound
from voices.engines import openai
from voices.engines.openai import OpenAI
from voices.engines.remote import Patience
from voices.engines.silent import Silent
from voices.engines.speech_servers import ServerOptions, mark_pinyin
from voices.errors import VoiceUnavailable
from voices.model import Utterance

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SENTENCE = utterance("今天重庆晴，明天有雨。")
HASTE = Patience(tries=2, faults=1000, base=2, each=0, first=0.001, longest=0.002, connect=1)
MURMUR = Silent().speak(SENTENCE)


@pytest.fixture
def server() -> Server:
    """Return a server that does no wrong."""
    openai.shared_service.cache_clear()
    return Server()


@pytest.fixture
def address(server: Server) -> Iterator[str]:
    """Return where it is."""
    with serving(server) as place:
        yield place


@pytest.fixture
def reference(tmp_path: Path) -> str:
    """Return a sound whose voice is to be cloned."""
    path = tmp_path / "reference.wav"
    path.write_bytes(sound("大家好"))
    return str(path)


def speak(address: str, options: ServerOptions, speaker: str = "anna", said: Utterance = SENTENCE) -> int:
    """Have a sentence spoken; returns its milliseconds."""
    return OpenAI(address, speaker, model="m", patience=HASTE, options=options).speak(said).duration


def test_further_fields_go_into_the_body_and_win(server: Server, address: str) -> None:
    """Kokoro-FastAPI wants lang_code and no stream, Qwen3-TTS a language and instructions."""
    speak(address, ServerOptions(extra={"lang_code": "z", "stream": False, "model": "kokoro"}))
    assert server.asked[0] | {"lang_code": "z", "stream": False, "model": "kokoro"} == server.asked[0]
    assert server.asked[0]["input"] == SENTENCE.text


def test_a_server_of_openai_s_kind_may_have_another_path(server: Server, address: str) -> None:
    """Behind a gateway it seldom has the usual one."""
    speak(address, ServerOptions(path="/tts/v2/speech"))
    assert server.posts[0][0] == "/tts/v2/speech"


def test_cosyvoice3_of_vllm_is_sent_the_reference_each_time(
    server: Server, address: str, reference: str
) -> None:
    """The sound as a data URL, and its words."""
    speak(address, ServerOptions(reference=reference, reference_text="大家好", consent="本人同意"))
    kind, _, data = server.asked[0]["ref_audio"].partition(",")
    assert (kind, base64.b64decode(data)) == ("data:audio/wav;base64", sound("大家好"))
    assert server.asked[0]["ref_text"] == "大家好"


def test_qwen3_base_of_vllm_is_given_the_voice_once(server: Server, address: str, reference: str) -> None:
    """Uploaded with the operator's statement before the first sentence, and named from then on."""
    options = ServerOptions(reference=reference, consent="本人同意，2026年3月1日", upload=True)
    voice = OpenAI(address, "anna", patience=HASTE, options=options)
    voice.speak(SENTENCE)
    voice.speak(utterance("明天有雨，出门带伞。"))
    assert [path for path, _ in server.posts] == ["/v1/audio/voices"]
    assert server.posts[0][1] == {
        "audio_sample": sound("大家好"),
        "consent": "本人同意，2026年3月1日",
        "name": "anna",
    }
    assert [asked["voice"] for asked in server.asked] == ["anna", "anna"]


def test_fish_speech_is_asked_by_its_own_path(server: Server, address: str, reference: str) -> None:
    """A voice that it knows, or a sound."""
    speak(address, ServerOptions(server="fish"))
    speak(address, ServerOptions(server="fish", reference=reference, reference_text="大家好", consent="是"))
    (path, known), (_, cloned) = server.posts
    assert (path, known["reference_id"], known["text"]) == ("/v1/tts", "anna", SENTENCE.text)
    assert base64.b64decode(cloned["references"][0]["audio"]) == sound("大家好")


def test_gpt_sovits_is_given_the_path_of_a_sound_on_its_own_disk(server: Server, address: str) -> None:
    """api_v2: what stands in its documentation."""
    options = ServerOptions(
        server="gpt-sovits", reference="/voices/anna.wav", reference_text="大家好", consent="本人同意"
    )
    speak(address, options)
    path, body = server.posts[0]
    assert path == "/tts"
    assert body == {
        "text": SENTENCE.text,
        "text_lang": "zh",
        "ref_audio_path": "/voices/anna.wav",
        "prompt_text": "大家好",
        "prompt_lang": "zh",
        "speed_factor": 1.0,
        "media_type": "wav",
        "streaming_mode": False,
    }


def test_cosyvoice_s_own_server_answers_pcm_without_a_header(
    server: Server, address: str, reference: str
) -> None:
    """A form is posted; the rate is the model's, or what the configuration says."""
    server.pcm = MURMUR.pcm
    assert speak(address, ServerOptions(server="cosyvoice", rate=24_000)) == MURMUR.duration
    options = ServerOptions(server="cosyvoice", rate=24_000, reference=reference, reference_text="大家好")
    speak(address, options)
    assert server.posts == [
        ("/inference_sft", {"tts_text": SENTENCE.text, "spk_id": "anna"}),
        (
            "/inference_zero_shot",
            {"tts_text": SENTENCE.text, "prompt_text": "大家好", "prompt_wav": sound("大家好")},
        ),
    ]


@pytest.mark.parametrize("size", [b"\0\0\0\0", b"\xff\xff\xff\xff"])
def test_a_wav_that_was_streamed_is_read_to_its_end(server: Server, address: str, size: bytes) -> None:
    """Whoever streams does not know the length when the header goes."""
    whole = sound(SENTENCE.text)
    place = whole.index(b"data")
    server.pcm = whole[:4] + size + whole[8 : place + 4] + size + whole[place + 8 :]
    assert speak(address, ServerOptions(path="/streamed")) == MURMUR.duration


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"detail": "Base task requires 'ref_audio'"}, "Base task requires 'ref_audio'"),
        ({"error": {"message": "unknown voice"}}, "unknown voice"),
        ({"detail": [{"loc": ["body"], "msg": "field required"}]}, "field required"),
        ("plain words", "plain words"),
    ],
)
def test_the_server_s_own_words_are_shown(server: Server, address: str, body: object, reason: str) -> None:
    """They say what is missing, which we cannot know."""
    text = body if isinstance(body, str) else json.dumps(body)
    server.answers = [web.Response(status=400, text=text)]
    with pytest.raises(VoiceUnavailable, match="does not take the request") as raised:
        speak(address, ServerOptions())
    assert f"(status 400: {reason}); check its settings" in str(raised.value)


def test_a_server_s_page_of_error_is_cut(server: Server, address: str) -> None:
    """A proxy's HTML does not fill the log, and no control character reaches it."""
    server.answers = [web.Response(status=404, text="<html>\x1b[31m" + "x" * 5000)]
    with pytest.raises(VoiceUnavailable) as raised:
        speak(address, ServerOptions())
    assert len(str(raised.value)) < 350
    assert "\x1b" not in str(raised.value)


def test_indextts2_is_told_the_readings_that_it_would_miss(server: Server, address: str) -> None:
    """Pinyin in capitals in the place of the character that has several."""
    said = Utterance(("重庆", "很", "大", "。"), ("chong2", "qing4", "hen3", "da4"), respelled="虫庆很大。")
    speak(address, ServerOptions(pinyin=True), said=said)
    assert server.asked[0]["input"] == "CHONG2庆很大。"


def test_a_respelling_of_another_length_stays_a_respelling() -> None:
    """Places cannot be told then."""
    assert mark_pinyin("重庆", "虫庆市", ("chong2", "qing4")) == "虫庆市"


def test_a_reference_that_cannot_be_read_is_named(server: Server, address: str) -> None:
    """The file is told before anybody is asked."""
    with pytest.raises(VoiceUnavailable, match=r"the reference sound /no/such\.wav cannot be read"):
        speak(address, ServerOptions(reference="/no/such.wav", consent="本人同意"))
    assert (server.asked, server.posts) == ([], [])


def test_what_changes_the_sound_is_in_the_identity(reference: str) -> None:
    """And the usual settings are not: old clips keep their names."""
    usual = OpenAI("http://h:1", "a").identity
    assert usual == "openai http://h:1/v1/audio/speech tts-1 a speed=1.0 edge=-50/40"
    others = [
        ServerOptions(extra={"language": "Chinese"}),
        ServerOptions(server="fish"),
        ServerOptions(reference=reference),
    ]
    assert len({usual, *(OpenAI("http://h:1", "a", options=one).identity for one in others)}) == 4

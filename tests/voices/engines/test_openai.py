"""A server of the OpenAI speech API on loopback, and the voice that asks it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from tests.voices.fakes import utterance
from tests.voices.speech_server import Server, serving, sound
from voices.engines import openai
from voices.engines.openai import OpenAI
from voices.engines.remote import Patience
from voices.errors import SpeechFailed, VoiceUnavailable
from voices.synthesis import verify
from voices.synthesis.verify import Pace, VerifiedVoice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voices.model import Clip, Utterance

SENTENCE = utterance("今天重庆晴，明天有雨。")
HASTE = Patience(tries=2, faults=1000, base=2, each=0, first=0.001, longest=0.002, connect=1)


@pytest.fixture
def server() -> Server:
    """A server that does no wrong."""
    openai.shared_service.cache_clear()
    return Server()


@pytest.fixture
def address(server: Server) -> Iterator[str]:
    """Where it is."""
    with serving(server) as place:
        yield place


@pytest.mark.parametrize("ending", ["", "/", "/v1", "/v1/"])
def test_the_request_is_what_the_api_wants(
    server: Server, address: str, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Model, words, speaker, form and speed as JSON, the key as a bearer; the address with or without /v1."""
    monkeypatch.setenv("SPEECH_KEY", "s3cret")
    OpenAI(address + ending, "alloy", model="cosyvoice", speed=1.2, key="SPEECH_KEY").speak(SENTENCE)
    assert server.asked == [
        {
            "model": "cosyvoice",
            "input": SENTENCE.text,
            "voice": "alloy",
            "response_format": "wav",
            "speed": 1.2,
        }
    ]
    assert server.keys == ["Bearer s3cret"]


@pytest.mark.parametrize("form", ["WAV", "FLAC", "OGG"])
def test_sound_of_any_form_is_taken(server: Server, address: str, form: str) -> None:
    """Servers send what they like, whatever they were asked for."""
    server.form = form
    assert OpenAI(address, "alloy").speak(SENTENCE).duration == pytest.approx(2200, abs=5)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"status": 401}, "127.0.0.1:[0-9]+ refuses us .status 401.; check the key"),
        ({"status": 400}, "127.0.0.1:[0-9]+ does not take the request .status 400."),
        ({"status": 302, "headers": {"Location": "/elsewhere"}}, "does not take the request .status 302."),
    ],
)
def test_what_is_no_use_is_not_asked_again(
    server: Server, address: str, answer: dict[str, Any], said: str
) -> None:
    """A key that is refused, a request that is wrong, an address that has moved: the person is told at once."""
    server.answers = [web.Response(**answer)]
    with pytest.raises(VoiceUnavailable, match=said):
        OpenAI(address, "alloy", patience=HASTE).speak(SENTENCE)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"status": 500}, "has a fault .status 500."),
        ({"status": 503, "headers": {"Retry-After": "0"}}, "is asked too often .status 503."),
        ({"text": '{"error": "no"}'}, "is no sound that can be decoded"),
        ({"body": b""}, "is no sound that can be decoded"),
        ({"body": sound("今天重庆")}, "0.8 s cannot be 9 syllables"),
    ],
    ids=["500", "503", "JSON", "nothing", "half"],
)
def test_what_may_pass_is_asked_again(
    server: Server, address: str, answer: dict[str, Any], said: str
) -> None:
    """Once it passes; when it stays, the voice is of no use and says what was seen."""
    server.answers = [web.Response(**answer)]
    voice = OpenAI(address, "alloy", patience=HASTE)
    assert voice.speak(SENTENCE).duration == 2200
    server.answers = [web.Response(**answer) for _ in range(2)]
    with pytest.raises(VoiceUnavailable, match=said):
        voice.speak(SENTENCE)


def test_a_key_that_is_not_set_is_named(
    server: Server, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The variable's name is told, and nobody is asked."""
    monkeypatch.delenv("SPEECH_KEY", raising=False)
    with pytest.raises(VoiceUnavailable, match="environment variable SPEECH_KEY is not set"):
        OpenAI(address, "alloy", key="SPEECH_KEY").speak(SENTENCE)
    assert server.asked == []


def test_the_key_is_in_no_identity_and_no_error(
    server: Server, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written into names of clips, notes and logs holds no secret."""
    monkeypatch.setenv("SPEECH_KEY", "s3cret")
    server.answers = [web.Response(status=401)]
    voice = OpenAI(address, "alloy", key="SPEECH_KEY")
    with pytest.raises(VoiceUnavailable) as raised:
        voice.speak(SENTENCE)
    assert "s3cret" not in f"{raised.value} {voice.identity}"


def test_a_server_that_is_not_there_is_named() -> None:
    """Nobody listens on that port."""
    with serving(Server()) as address:
        pass
    with pytest.raises(VoiceUnavailable, match=r"127\.0\.0\.1:\d+ cannot be reached; check the network"):
        OpenAI(address, "alloy", patience=HASTE).speak(SENTENCE)


def test_a_sentence_that_the_api_does_not_take_is_refused(server: Server, address: str) -> None:
    """Its limit is 4096 characters."""
    with pytest.raises(SpeechFailed, match="longer than 4096 characters"):
        OpenAI(address, "alloy").speak(utterance("字" * 4097))
    assert server.asked == []


def test_a_server_that_wants_a_long_pause_is_not_asked_again(server: Server, address: str) -> None:
    """Ten minutes are more than an edition can wait: the next voice speaks."""
    server.answers = [web.Response(status=429, headers={"Retry-After": "600"})]
    voice = OpenAI(address, "alloy", patience=HASTE)
    for _ in range(2):
        with pytest.raises(VoiceUnavailable, match="wants to be left alone for 600 s"):
            voice.speak(SENTENCE)
    assert len(server.asked) == 1


def test_two_servers_of_one_machine_are_two_services(server: Server, address: str) -> None:
    """The first one is given up; the one behind it in the chain, at another port, is asked all the same."""
    given_up = replace(HASTE, faults=1)
    with serving(Server()) as gone:
        pass
    with pytest.raises(VoiceUnavailable, match="again and again"):
        OpenAI(gone, "alloy", patience=given_up).speak(SENTENCE)
    assert OpenAI(address, "alloy", patience=given_up).speak(SENTENCE).duration == 2200
    assert len(server.asked) == 1


def test_a_key_that_was_read_from_a_file_may_end_its_line(
    server: Server, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Blanks around it are none of it."""
    monkeypatch.setenv("SPEECH_KEY", "s3cret\n")
    OpenAI(address, "alloy", key="SPEECH_KEY").speak(SENTENCE)
    assert server.keys == ["Bearer s3cret"]


@pytest.mark.parametrize("secret", ["两个字", "s3\ncret"])
def test_what_cannot_be_a_key_is_refused(
    server: Server, address: str, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The variable is named, its content is not told."""
    monkeypatch.setenv("SPEECH_KEY", secret)
    with pytest.raises(VoiceUnavailable, match=r"^the environment variable SPEECH_KEY holds what is no key"):
        OpenAI(address, "alloy", key="SPEECH_KEY").speak(SENTENCE)
    assert server.asked == []


def test_a_clip_is_proved_once_and_asked_again_in_one_place(
    server: Server, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine proves what its service sends and asks it again; what wraps it does neither a second time."""
    proved: list[Utterance] = []
    prove = verify.verify_clip

    def count(utterance: Utterance, clip: Clip, pace: Pace) -> None:
        proved.append(utterance)
        prove(utterance, clip, pace)

    monkeypatch.setattr(verify, "verify_clip", count)
    voice = VerifiedVoice(OpenAI(address, "alloy", patience=HASTE))
    voice.speak(SENTENCE)
    assert len(proved) == 1
    server.answers = [web.Response(status=500) for _ in range(9)]
    with pytest.raises(VoiceUnavailable):
        voice.speak(SENTENCE)
    assert len(server.asked) == 1 + HASTE.tries

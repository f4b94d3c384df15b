"""The voices of Edge: the unchanged client against the service on loopback, and each fault's own answer."""

from __future__ import annotations

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.voices.edge_service import VOICES, EdgeService, Fault, point, running, spoken
from tests.voices.fakes import utterance
from voices.audio import decode, dsp
from voices.engines import edge
from voices.engines.edge import Edge
from voices.engines.remote import Patience
from voices.errors import SpeechFailed, VoicesError, VoiceUnavailable
from voices.model import Millis, WordTime
from voices.synthesis import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SENTENCE = utterance("今天重庆晴，明天有雨。")
SPEAKER = "zh-CN-XiaoxiaoNeural"
HASTE = Patience(tries=3, faults=1000, base=2, each=0, first=0.001, longest=0.002, connect=1)
"""Three tries and no time to lose; the service itself is never given up."""


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[EdgeService]:
    """A service that does no wrong, and the client pointed at it."""
    made = EdgeService()
    with running(made) as place:
        point(monkeypatch, place)
        yield made


@pytest.fixture(autouse=True)
def fresh() -> None:
    """What one test's service did wrong is not held against the next."""
    edge.forget_services()


def once(fault: Fault) -> Callable[[str, int], Fault | None]:
    """The fault meets the first request, and only that."""
    met: list[str] = []

    def cue(text: str, _turn: int) -> Fault | None:
        early = fault in {Fault.REFUSED, Fault.TOO_OFTEN, Fault.OVERLOADED}
        if met or bool(text) is early:
            return None
        met.append(text)
        return fault

    return cue


def always(fault: Fault) -> Callable[[str, int], Fault | None]:
    """The fault meets every request."""
    return lambda _text, _turn: fault


def test_the_sound_is_what_the_service_sent(service: EdgeService) -> None:
    """Decoded and without silence at its ends, to the sample."""
    sent = dsp.trim_silence(decode.decode_clip(spoken(SENTENCE.text)[0], "test"))
    assert Edge(SPEAKER).speak(SENTENCE).pcm == sent.pcm
    assert service.asked == [SENTENCE.text]


def test_boundaries_become_word_times(service: EdgeService) -> None:
    """Ticks of 100 ns become milliseconds from the clip's start."""
    clip = Edge(SPEAKER).speak(SENTENCE)
    assert clip.words[:3] == (
        WordTime("今天", Millis(0), Millis(384)),
        WordTime("重庆", Millis(384), Millis(768)),
        WordTime("晴", Millis(768), Millis(960)),
    )
    assert service.most == 1


def test_a_respelled_sentence_is_asked_respelled_and_timed_as_written(service: EdgeService) -> None:
    """The service gets 虫庆, the transcript's words say 重庆."""
    respelled = replace(SENTENCE, respelled="今天虫庆晴，明天有雨。")
    words = Edge(SPEAKER).speak(respelled).words
    assert service.asked == ["今天虫庆晴，明天有雨。"]
    assert [word.text for word in words] == ["今天", "重庆", "晴", "明天", "有雨"]


def test_settings_reach_the_service(service: EdgeService) -> None:
    """Speed, pitch and volume as the protocol writes them; each is part of the identity."""
    voice = Edge(SPEAKER, speed=1.1, pitch=-5, volume=20)
    voice.speak(SENTENCE)
    assert "<prosody pitch='-5Hz' rate='+10%' volume='+20%'>" in service.ssml[0]
    assert voice.identity == f"edge {SPEAKER} rate=+10% pitch=-5Hz volume=+20% edge=-50/40"


def test_text_is_text_and_never_markup(service: EdgeService) -> None:
    """What looks like SSML is said; controls, marks without a width and halves of characters are not sent."""
    hostile = utterance("晴<break time='9s'/>&\x0b\u202e\ud800雨")
    Edge(SPEAKER).speak(hostile)
    assert "晴&lt;break time='9s'/&gt;&amp;" in service.ssml[0]
    assert not {"\x0b", "\u202e"} & set(service.ssml[0])


@pytest.mark.parametrize("fault", Fault)
def test_a_fault_that_passes_is_not_heard(service: EdgeService, fault: Fault) -> None:
    """Whatever goes wrong once, the next try brings the whole sentence."""
    service.cue = once(fault)
    sent = dsp.trim_silence(decode.decode_clip(spoken(SENTENCE.text)[0], "test"))
    assert Edge(SPEAKER, patience=replace(HASTE, base=0.5)).speak(SENTENCE).pcm == sent.pcm


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Fault.REFUSED, "edge-tts is refused by the service .*pip install -U edge-tts"),
        (Fault.TOO_OFTEN, "edge-tts is asked too often .status 429"),
        (Fault.OVERLOADED, "edge-tts is asked too often .status 503"),
        (Fault.NO_AUDIO, "edge-tts sent no audio"),
        (Fault.CUT_BEFORE, "edge-tts sent no audio"),
        (Fault.CUT_HALF, "the last word is missing after “今天重庆”"),
        (Fault.RESET, "the sound ends 0.9 s before the last word"),
        (Fault.HALF, "the sound ends 0.9 s before the last word"),
        (Fault.SILENCE, "there is no sound"),
        (Fault.NOISE, "what edge-tts sent is no sound that can be decoded"),
        (Fault.NONSENSE, "edge-tts does not understand the service"),
        (Fault.MUD, "edge-tts did not answer within 0.4 s"),
    ],
)
def test_a_fault_that_stays_is_named(service: EdgeService, fault: Fault, said: str) -> None:
    """After the last try the voice is of no use, and one sentence says what was seen and what to do."""
    service.cue = always(fault)
    with pytest.raises(VoiceUnavailable, match=said):
        Edge(SPEAKER, patience=replace(HASTE, tries=2, base=0.4)).speak(SENTENCE)


def test_a_withdrawn_voice_is_named_with_those_that_are_there(service: EdgeService) -> None:
    """No audio for a voice that the list does not have: no second try, and the Mandarin voices by name."""
    service.cue, service.voices = always(Fault.NO_AUDIO), VOICES[1:]
    with pytest.raises(VoiceUnavailable, match=f"has no voice {SPEAKER} any more; name one of {VOICES[2]}"):
        Edge(SPEAKER, patience=HASTE).speak(SENTENCE)
    assert len(service.asked) == 1


@pytest.mark.parametrize("text", ["", "。", "……", "😀"])
def test_what_has_no_word_is_not_asked(service: EdgeService, text: str) -> None:
    """The service answers marks without audio: they never reach it."""
    with pytest.raises(SpeechFailed, match="nothing to say"):
        Edge(SPEAKER).speak(utterance(text))
    assert service.asked == []


def test_a_speaker_that_only_fails_is_left_alone(service: EdgeService) -> None:
    """After so many faults in a row nobody asks for that speaker any more, whichever show wants it."""
    service.cue = always(Fault.NO_AUDIO)
    hasty = replace(HASTE, tries=2, faults=4)
    for _ in range(3):
        with pytest.raises(VoiceUnavailable):
            Edge(SPEAKER, patience=hasty).speak(SENTENCE)
    assert len(service.asked) == 4


def test_another_speaker_speaks_while_one_gets_no_audio(service: EdgeService) -> None:
    """Seen since April 2026: one voice gets nothing and another works, so it can be the first fallback."""
    service.cue = always(Fault.NO_AUDIO)
    hasty = replace(HASTE, tries=2, faults=2)
    with pytest.raises(VoiceUnavailable, match="again and again"):
        Edge(SPEAKER, patience=hasty).speak(SENTENCE)
    service.cue = lambda _text, _turn: None
    with pytest.raises(VoiceUnavailable, match="again and again"):
        Edge(SPEAKER, patience=hasty).speak(SENTENCE)
    assert Edge(VOICES[1], patience=hasty).speak(SENTENCE).duration > 0


def test_a_busy_service_is_asked_less_at_once(service: EdgeService) -> None:
    """Four in flight, then two: after the first 429 there are never more until it has answered for a while."""
    service.cue = once(Fault.TOO_OFTEN)
    voice = Edge(SPEAKER, patience=HASTE)
    voice._service.gate.narrow_limit()
    assert voice._service.gate.allowed == 2
    voice._service.gate.narrow_limit()
    voice._service.gate.narrow_limit()
    assert voice._service.gate.allowed == 1
    with ThreadPoolExecutor(8) as executor:
        assert len(list(executor.map(voice.speak, [SENTENCE] * 8))) == 8
    assert 1 < voice._service.gate.allowed <= 4


def test_no_more_are_in_flight_than_allowed(service: EdgeService) -> None:
    """Eight threads, four requests at once."""
    service.delay = 0.05
    with ThreadPoolExecutor(8) as executor:
        list(executor.map(Edge(SPEAKER, patience=HASTE).speak, [SENTENCE] * 12))
    assert service.most == 4


def test_stopping_ends_what_hangs(service: EdgeService) -> None:
    """A request that is not answered is let go at once, and the voice can be asked again."""
    arrived = threading.Event()

    def cue(text: str, turn: int) -> Fault | None:
        if text:
            arrived.set()
        return Fault.MUD if text and turn == 1 else None

    service.cue = cue
    voice = Edge(SPEAKER, patience=replace(HASTE, base=60))
    with ThreadPoolExecutor(1) as executor:
        asked = executor.submit(voice.speak, SENTENCE)
        assert arrived.wait(10)
        voice.stop()
        with pytest.raises(VoiceUnavailable, match="it was stopped"):
            asked.result(10)
    verify.verify_clip(SENTENCE, voice.speak(SENTENCE))


def test_a_long_sentence_is_cut_by_us(service: EdgeService) -> None:
    """Each request stays below the client's limit, cut at the marks; nothing is lost, and the times go on."""
    clause = "今天重庆晴明天有雨，"
    long = utterance(clause * 130 + "完。")
    clip = Edge(SPEAKER, patience=replace(HASTE, base=30)).speak(long)
    assert len(service.asked) == 2
    assert "".join(service.asked) == long.text
    assert all(len(text.encode()) <= edge.LONGEST for text in service.asked)
    assert "".join(word.text for word in clip.words) == long.text.replace("，", "").replace("。", "")


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("一。二" * 400, "。"),
        ("一，二" * 400, "，"),
        ("一二三" * 400, "一二三"),
        ("<" * 800 + "一二" * 10 + "<" * 700, "<一二"),
    ],
    ids=["sentences", "clauses", "no marks", "escapes"],
)
def test_pieces_join_to_the_text(text: str, cut: str) -> None:
    """Every piece fits into a request, ends with what it may, and none of the words is lost."""
    found = edge.split_text(text)
    assert all(edge._request_bytes(piece) <= edge.LONGEST for piece in found)
    assert [char for piece in found for char in piece if char.isalnum()] == [*filter(str.isalnum, text)]
    assert all(piece[-1] in cut for piece in found[:-1])


def test_the_list_of_voices_is_asked_once_a_day(service: EdgeService, tmp_path: Path) -> None:
    """The second time it comes from the file; a damaged file is asked for again."""
    path = tmp_path / "voices.json"
    assert [one.name for one in edge.list_speakers(path)] == list(VOICES)
    assert [one.name for one in edge.list_speakers(path)] == list(VOICES)
    assert service.listed == 1
    path.write_text("{")
    assert edge.list_speakers(path)[0] == edge.Speaker(SPEAKER, "Female", "zh-CN")
    assert service.listed == 2


def closed_port() -> str:
    """A place where nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{one.getsockname()[1]}"


@pytest.mark.parametrize(
    ("place", "secure", "said"),
    [
        (closed_port(), False, "edge-tts cannot be reached; check the network, the proxy and the firewall"),
        (
            "no-such-host.invalid",
            False,
            "the name of edge-tts cannot be looked up; check the network and the DNS",
        ),
        ("127.0.0.1:tls", True, "edge-tts cannot (prove who it is|be reached)"),
    ],
    ids=["nobody listens", "no such name", "no TLS"],
)
def test_no_way_to_the_service_is_named(
    service: EdgeService, monkeypatch: pytest.MonkeyPatch, place: str, said: str, *, secure: bool
) -> None:
    """Network, name or trust: each has its own sentence."""
    point(monkeypatch, place.replace("tls", str(service.port)), secure=secure)
    with pytest.raises(VoiceUnavailable, match=said):
        Edge(SPEAKER, patience=HASTE).speak(SENTENCE)


def test_a_proxy_is_used(service: EdgeService, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a proxy that is not there, the way to it is what fails, although the service is there."""
    del monkeypatch
    with pytest.raises(VoiceUnavailable, match="edge-tts cannot be reached; check the network, the proxy"):
        Edge(SPEAKER, proxy=f"http://{closed_port()}", patience=HASTE).speak(SENTENCE)
    assert service.asked == []


def test_an_older_list_will_do_while_the_service_is_away(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without a list the error is raised; with yesterday's the voices are known."""
    point(monkeypatch, closed_port())
    path = tmp_path / "voices.json"
    with pytest.raises(VoicesError, match="cannot be reached"):
        edge.list_speakers(path)
    path.write_text('[["zh-CN-XiaoyiNeural", "Female", "zh-CN"]]')
    monkeypatch.setattr(edge, "KEPT", 0)
    assert [one.name for one in edge.list_speakers(path)] == ["zh-CN-XiaoyiNeural"]


def test_a_service_that_never_ends_is_let_go(service: EdgeService, monkeypatch: pytest.MonkeyPatch) -> None:
    """No answer fills the memory."""
    monkeypatch.setattr("voices.engines.remote.LARGEST", 5000)
    with pytest.raises(VoiceUnavailable, match="edge-tts answers without end"):
        Edge(SPEAKER, patience=HASTE).speak(SENTENCE)
    assert len(service.asked) == HASTE.tries


def test_a_list_that_cannot_be_kept_is_told_all_the_same(service: EdgeService, tmp_path: Path) -> None:
    """A cache that may not be written costs one more request the next time."""
    (tmp_path / "cache").write_text("")
    path = tmp_path / "cache" / "voices.json"
    assert len(edge.list_speakers(path)) == len(edge.list_speakers(path)) == len(VOICES)
    assert service.listed == 2


def test_the_list_is_asked_through_the_proxy(service: EdgeService, tmp_path: Path) -> None:
    """Where only a proxy leads out, a proxy that is not there is the trouble."""
    with pytest.raises(VoicesError, match="cannot be reached; check the network, the proxy"):
        edge.list_speakers(tmp_path / "voices.json", f"http://{closed_port()}")
    assert service.listed == 0

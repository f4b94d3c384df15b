"""Whatever the service does, an edition is whole, in order, and each anchor has one voice."""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.voices.edge_service import VOICES, EdgeService, Fault, point, running, spoken
from tests.voices.fakes import line
from voices.audio import decode, dsp
from voices.engines import edge
from voices.engines.edge import Edge
from voices.engines.remote import Patience
from voices.engines.silent import Silent
from voices.synthesis import synthesize
from voices.synthesis.clip_cache import CachedVoice
from voices.synthesis.fallback import FallbackVoice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from voices.model import Clip, Line
    from voices.synthesis.synthesize import ReplacedVoice
    from voices.voice_protocol import Voice

EPISODES, SENTENCES = 100, 60
FAILING = 0.3
DIGITS = "零一二三四五六七八九"
EARLY = (Fault.REFUSED, Fault.TOO_OFTEN, Fault.OVERLOADED)
LATE = tuple(fault for fault in Fault if fault not in EARLY)

SELDOM = 0.1
"""How often no answer comes, beside the other faults: each of them takes the whole patience."""

HASTE = Patience(most=8, tries=6, base=0.7, each=0, first=0.001, longest=0.004, connect=2, rest=0)
SPEAKERS = {"a": VOICES[0], "b": VOICES[1]}
INSTEAD = Silent(rate=24_000, millis=250)


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[EdgeService]:
    """A service that does no wrong, and the client pointed at it."""
    edge.forget_services()
    made = EdgeService()
    with running(made) as place:
        point(monkeypatch, place)
        yield made


def edition(count: int = SENTENCES) -> list[Line]:
    """Two anchors in turn, each sentence with words of its own."""
    return [line(f"今天{DIGITS[n // 10]}{DIGITS[n % 10]}", "ab"[n % 2]) for n in range(count)]


def anchors(folder: Path, patience: Patience = HASTE) -> dict[str, Voice]:
    """Two anchors of the service, each with a voice that never fails behind it, over a cache."""
    return {
        name: FallbackVoice(
            [CachedVoice(Edge(speaker, patience=patience), folder), CachedVoice(INSTEAD, folder)]
        )
        for name, speaker in SPEAKERS.items()
    }


def speak(
    lines: Sequence[Line], voices: dict[str, Voice], on_clip: Callable[[int, int], None] = lambda _d, _t: None
) -> tuple[list[Clip], list[ReplacedVoice]]:
    """An edition as the newsroom has it spoken."""
    told: list[ReplacedVoice] = []
    with ThreadPoolExecutor(8) as executor:
        clips = list(synthesize.speak_lines(lines, voices, executor, on_clip, told.append))
    return clips, told


def sent(text: str) -> bytes:
    """What the service sends for a sentence, as it is to be heard."""
    return dsp.trim_silence(decode.decode_clip(spoken(text)[0], "test")).pcm


def expected(lines: Sequence[Line], replaced: Sequence[str]) -> list[bytes]:
    """Every sentence in its place: by the service, or for a replaced anchor by the other voice."""
    return [
        INSTEAD.speak(one.utterance).pcm if one.speaker in replaced else sent(one.utterance.text)
        for one in lines
    ]


def test_a_hundred_episodes_come_through_a_third_of_failing_requests(
    service: EdgeService, tmp_path: Path
) -> None:
    """30 % of all requests fail in every way there is: each episode has its sentences once, in order, unpatched."""
    chance = random.Random(2026)  # noqa: S311 - faults, not secrets
    deciding = threading.Lock()
    early = FAILING * len(EARLY) / len(Fault)

    def cue(text: str, _turn: int) -> Fault | None:
        kinds, share = (LATE, (FAILING - early) / (1 - early)) if text else (EARLY, early)
        with deciding:
            weights = [SELDOM if kind is Fault.MUD else 1 for kind in kinds]
            return chance.choices(kinds, weights)[0] if chance.random() < share else None

    service.cue = cue
    lines = edition()
    by_service = expected(lines, ())
    replaced = 0
    for number in range(EPISODES):
        clips, told = speak(lines, anchors(tmp_path / str(number)))
        pcm = [clip.pcm for clip in clips]
        assert pcm == (expected(lines, [one.speaker for one in told]) if told else by_service)
        replaced += len(told)
    assert replaced < EPISODES / 4
    assert len(service.asked) > EPISODES * SENTENCES


@pytest.mark.parametrize("fault", [Fault.REFUSED, Fault.OVERLOADED, Fault.CUT_BEFORE, Fault.HALF, Fault.MUD])
def test_a_service_that_is_of_no_use_is_replaced(service: EdgeService, tmp_path: Path, fault: Fault) -> None:
    """Dead, too busy, slow as mud or cutting every clip in half: the other voice speaks all, one line an anchor."""
    service.cue = lambda _text, _turn: fault
    lines = edition(20)
    clips, told = speak(lines, anchors(tmp_path, replace(HASTE, tries=2, base=0.2, rest=60)))
    assert [clip.pcm for clip in clips] == expected(lines, ["anchor a", "anchor b"])
    assert sorted(one.speaker for one in told) == ["anchor a", "anchor b"]
    assert all(str(one).count("\n") == 0 and "because edge zh-CN-" in str(one) for one in told)


@pytest.mark.parametrize("fault", [Fault.REFUSED, Fault.CUT_HALF, Fault.RESET, Fault.MUD])
def test_a_service_that_dies_in_the_middle_leaves_no_patchwork(
    service: EdgeService, tmp_path: Path, fault: Fault
) -> None:
    """After half the edition: what the service spoke is thrown away, and each anchor is heard with one voice."""
    done = threading.Event()

    def die(count: int, _total: int) -> None:
        if count >= SENTENCES // 2:
            done.set()

    service.cue = lambda _text, _turn: fault if done.is_set() else None
    lines = edition()
    voices = anchors(tmp_path, replace(HASTE, tries=2, base=0.3, rest=60))
    clips, told = speak(lines, voices, die)
    assert [clip.pcm for clip in clips] == expected(lines, [one.speaker for one in told])
    assert told


def test_what_the_service_spoke_before_it_died_is_remembered(service: EdgeService, tmp_path: Path) -> None:
    """The next day it is well again, and only what it had not said is asked."""
    first = edition(10)
    speak(first, anchors(tmp_path))
    service.cue = lambda _text, _turn: Fault.REFUSED
    speak(edition(20), anchors(tmp_path, replace(HASTE, tries=1)))
    service.cue = lambda _text, _turn: None
    edge.forget_services()
    service.asked.clear()
    clips, told = speak(edition(20), anchors(tmp_path))
    assert [clip.pcm for clip in clips] == expected(edition(20), ())
    assert (len(service.asked), told) == (10, [])


def test_only_what_is_whole_is_in_the_cache(service: EdgeService, tmp_path: Path) -> None:
    """A service that cuts every clip in half leaves nothing of its own behind."""
    service.cue = lambda _text, _turn: Fault.HALF
    speak(edition(6), {"a": anchors(tmp_path / "a")["a"], "b": anchors(tmp_path / "b")["b"]})
    kept = [path.read_bytes() for path in (tmp_path / "a").rglob("*.clip")]
    assert len(kept) == 3
    assert all(any(data.endswith(INSTEAD.speak(one.utterance).pcm) for one in edition(6)) for data in kept)


def test_ctrl_c_lets_go_of_what_hangs_and_keeps_what_was_said(service: EdgeService, tmp_path: Path) -> None:
    """Stopped while the service is slow as mud: no waiting, no half file, and the next run goes on from there."""
    service.cue = lambda text, _turn: Fault.MUD if text.endswith("九") else None

    def interrupt(done: int, _total: int) -> None:
        if done == 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        speak(edition(20), anchors(tmp_path, replace(HASTE, base=600)), interrupt)
    kept = sorted(tmp_path.rglob("*.*"))
    assert len(kept) >= 10
    assert {path.suffix for path in kept} == {".clip"}
    service.cue = lambda _text, _turn: None
    service.asked.clear()
    clips, _told = speak(edition(20), anchors(tmp_path))
    assert [clip.pcm for clip in clips] == expected(edition(20), ())
    assert len(service.asked) == 20 - len(kept)

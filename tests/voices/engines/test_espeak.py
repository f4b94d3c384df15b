"""espeak-ng as a voice, with the real program."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import pytest

from tests.voices.fakes import utterance
from voices.engines.espeak import Espeak
from voices.errors import SpeechFailed, Stopped, VoiceUnavailable
from voices.model import Utterance
from voices.synthesis import verify

if TYPE_CHECKING:
    from pathlib import Path

SENTENCE = Utterance(
    ("今天", "，", "重庆", "晴", "。"),
    ("jin1", "tian1", "chong2", "qing4", "qing2"),
    respelled="今天，虫庆晴。",
)


def test_a_sentence_is_whole() -> None:
    """The proof that every clip has to pass, at a newsreader's pace."""
    clip = Espeak().speak(SENTENCE)

    verify.verify_clip(SENTENCE, clip)
    assert clip.rate == 22_050


def test_speed_is_heard() -> None:
    """Twice as fast takes about half of the time."""
    slow, fast = (Espeak(speed).speak(SENTENCE).duration for speed in (1.0, 2.0))

    assert 0.35 < fast / slow < 0.7


def test_a_sentence_is_no_option_and_no_notation() -> None:
    """What begins with a hyphen, holds brackets or marks of direction is text, and is spoken."""
    assert Espeak().speak(utterance("-v en 你好 [[h@l'oU]] \u202e晴")).duration > 1000


@pytest.mark.parametrize("text", ["", "。", "[[]]", "\u202e"])
def test_what_has_no_word_is_refused(text: str) -> None:
    """Silence never stands for speech."""
    with pytest.raises(SpeechFailed, match="nothing to say"):
        Espeak().speak(Utterance((text,), ()))


def test_a_machine_without_the_program_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What to install, or what else to do."""
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(
        VoiceUnavailable, match="espeak-ng is not installed; install the package of that name"
    ):
        Espeak().speak(SENTENCE)


def installed(folder: Path, content: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program in espeak's place."""
    program = folder / "espeak-ng"
    program.write_text(content, encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)


def test_another_version_is_another_voice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """After an upgrade no sentence of the older program is heard among those of the newer."""
    before = Espeak().identity
    installed(tmp_path, "#!/bin/sh\necho eSpeak NG text-to-speech: 9.87.6\n", monkeypatch)
    assert Espeak().identity == "espeak-ng 9.87.6 cmn 300 edge=-50/40"
    assert before.startswith("espeak-ng 1.")


def test_a_program_that_crashes_was_not_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The next voice speaks: nobody is told to run it again."""
    installed(tmp_path, "#!/bin/sh\nkill -SEGV $$\n", monkeypatch)
    with pytest.raises(SpeechFailed, match="espeak-ng ended with status -11"):
        Espeak().speak(SENTENCE)


def test_a_program_that_cannot_be_run_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Of another machine, or broken."""
    installed(tmp_path, "\x7fELF nothing", monkeypatch)
    with pytest.raises(VoiceUnavailable, match=r"espeak-ng cannot be run .*; install espeak-ng again"):
        Espeak().speak(SENTENCE)


def test_stopping_ends_what_is_spoken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A program that hangs is killed, and the call says so."""
    installed(tmp_path, "#!/bin/sh\nexec sleep 60\n", monkeypatch)
    voice, heard = Espeak(), []

    def speak() -> None:
        try:
            voice.speak(SENTENCE)
        except Stopped as error:
            heard.append(str(error))

    speaking = threading.Thread(target=speak)
    speaking.start()
    while speaking.is_alive():
        voice.stop()
        speaking.join(0.01)

    assert heard == ["it was stopped; run it again to go on"]


def test_the_pace_is_a_newsreaders() -> None:
    """At half of it an episode is twice as long as planned, and the proof refuses long sentences."""
    said = Utterance(("渝中区启动专项行动", "，", "全力保障群众安全", "。"), ("ma1",) * 17)
    assert 3.8 < 17_000 / Espeak().speak(said).duration < 5.2

"""`briefing say`, a show's own lexicon, and pauses: what an editor tries before the render."""

from __future__ import annotations

import json
import re
import wave
from typing import TYPE_CHECKING

import pytest

from briefing.cli import app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def say(
    newsroom: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run a command in the newsroom's folder: its status, output and what it told the person."""
    monkeypatch.chdir(newsroom.parent)

    def run(*arguments: str) -> tuple[int, str, str]:
        status = app.main(arguments)
        out, err = capsys.readouterr()
        return status, out, err

    return run


def test_a_sentence_is_shown_with_the_reasons(say: Callable[..., tuple[int, str, str]]) -> None:
    """Doubtful syllables have a question mark, and every polyphone says what its reading rests on."""
    _, out, _ = say("say", "重庆，薄。")

    lines = out.splitlines()
    assert lines[:4] == [
        "printed   重庆，薄。",
        "spoken    重庆，薄。",
        "pinyin    chong2 qing4 bao2?",
        "why       重 chong2: lexicon 重庆",
    ]
    assert re.fullmatch(r"why       薄 bao2\?: model \d\d%, or bo2 bo4", lines[4])


def test_a_program_gets_the_reasons_too(say: Callable[..., tuple[int, str, str]]) -> None:
    """With their places in the spoken form."""
    _, out, _ = say("say", "5日重庆", "--json")

    told = json.loads(out)
    assert told["spoken"] == "五日重庆"
    assert told["misread"] == []
    assert told["why"] == [
        {"index": 2, "char": "重", "chosen": "chong2", "why": "lexicon 重庆", "sure": True}
    ]


def test_a_pause_inside_is_heard_where_it_stands(
    say: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    """The silent voice takes 200 ms a character; the pause is silence between the two parts, and one is at the end."""
    status, _, err = say("say", "获奖的是{停0.5}三中。{停1}", "--out", "said.wav")

    assert status == 0, err
    with wave.open(str(tmp_path / "said.wav")) as file:
        rate, samples = file.getframerate(), file.readframes(file.getnframes())
    assert len(samples) / 2 / rate == pytest.approx(4 * 0.2 + 0.5 + 3 * 0.2 + 1)
    assert not any(samples[2 * int(0.8 * rate) : 2 * int(1.3 * rate)])


def test_a_sentence_is_played_by_what_the_machine_has(
    say: Callable[..., tuple[int, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A player on the path is given a WAV file."""
    player = tmp_path / "bin" / "aplay"
    player.parent.mkdir()
    player.write_text(f'#!/bin/sh\nhead -c 4 "$2" > "{tmp_path}/heard"\n', encoding="utf-8")
    player.chmod(0o755)
    monkeypatch.setenv("PATH", f"{player.parent}:/bin:/usr/bin")
    monkeypatch.setattr("briefing.cli.printing.playback.PLAYERS", (("aplay", "--quiet"),))

    status, _, err = say("say", "早上好。", "--play")

    assert status == 0, err
    assert (tmp_path / "heard").read_bytes() == b"RIFF"


def test_a_machine_without_a_player_says_so(
    say: Callable[..., tuple[int, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And names what to install."""
    monkeypatch.setenv("PATH", str(tmp_path))

    status, _, err = say("say", "早上好。", "--play")

    assert status == 1
    assert "no player is installed; install one of afplay" in err


def test_a_show_reads_in_its_own_way(say: Callable[..., tuple[int, str, str]], newsroom: Path) -> None:
    """Its lexicon wins over the newsroom's, and what an editor adds wins over both."""
    (newsroom.parent / "words.toml").write_text('[words]\n"重庆" = "zhong4 qing4"\n', encoding="utf-8")
    _configured(newsroom, "words.toml")

    assert "zhong4 qing4" in say("say", "重庆")[1]
    assert say("lexicon", "add", "重庆", "chong2 qing5")[0] == 0
    assert "chong2 qing5" in say("say", "重庆")[1]


def test_a_show_s_lexicon_that_is_missing_is_refused(
    say: Callable[..., tuple[int, str, str]], newsroom: Path
) -> None:
    """Before anything is spoken wrongly."""
    _configured(newsroom, "gone.toml")

    status, _, err = say("run", "--day", "2023-06-09")

    assert status == 1
    assert "gone.toml cannot be read: No such file or directory; mend the lexicon's path" in err


def _configured(newsroom: Path, lexicon: str) -> None:
    text = newsroom.read_text(encoding="utf-8")
    newsroom.write_text(text.replace('lexicon = ""', f'lexicon = "{lexicon}"'), encoding="utf-8")

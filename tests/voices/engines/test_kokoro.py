"""The offline voice, as far as it can be looked into without its 92 MB; the conformance suite lets it speak."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voices.fakes import utterance
from voices.engines import kokoro
from voices.engines.kokoro import Kokoro, split_breaths
from voices.errors import VoiceUnavailable

if TYPE_CHECKING:
    from pathlib import Path

SENTENCE = utterance("今天晴。")


def folder_with(folder: Path, **files: bytes) -> Path:
    """A voice's folder with some of its files."""
    names = {"model": kokoro.MODEL, "config": "config.json", "speaker": "voices/zf_xiaoyi.bin"}
    for what, content in files.items():
        path = folder / names[what]
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    return folder


def test_a_missing_file_is_named_with_the_command_that_brings_it(tmp_path: Path) -> None:
    """The first file that is missing, and `briefing fetch`."""
    with pytest.raises(VoiceUnavailable, match=r"lacks .*config\.json; run `briefing fetch`$"):
        Kokoro(folder_with(tmp_path, speaker=b"\0" * 522_240), "zf_xiaoyi").speak(SENTENCE)


def test_an_unknown_speaker_is_told_who_there_is(tmp_path: Path) -> None:
    """A misspelled name is not a missing file."""
    folder_with(tmp_path, speaker=b"", config=b"{}", model=b"")
    with pytest.raises(VoiceUnavailable, match=r"there is no speaker 'zf_xiaoy'; there are zf_xiaoyi$"):
        Kokoro(tmp_path, "zf_xiaoy").speak(SENTENCE)


@pytest.mark.parametrize("config", [b"{}", b"no json", b'{"vocab": {"a": 1}}'])
def test_a_damaged_model_is_named(tmp_path: Path, config: bytes) -> None:
    """A file that is there and is not what it should be is to be fetched anew."""
    folder_with(tmp_path, speaker=b"\0" * 522_240, config=config, model=b"garbage")
    with pytest.raises(
        VoiceUnavailable, match=rf"{tmp_path} is damaged .*; delete it and run `briefing fetch`$"
    ):
        Kokoro(tmp_path, "zf_xiaoyi").speak(SENTENCE)


def test_a_disk_without_room_is_no_damaged_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the model cannot be prepared, fetching it anew would not help."""
    folder_with(tmp_path, speaker=b"\0" * 522_240, config=b'{"vocab": {"a": 1}}', model=b"garbage")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "no such folder"))
    with pytest.raises(
        VoiceUnavailable, match=r"cannot be opened .*no such folder.*; free 100 MB of disk and see"
    ):
        Kokoro(tmp_path, "zf_xiaoyi").speak(SENTENCE)


def test_a_damaged_speaker_is_named(tmp_path: Path) -> None:
    """A table of styles that was cut short."""
    folder_with(tmp_path, speaker=b"\0" * 1000)
    with pytest.raises(VoiceUnavailable, match=r"zf_xiaoyi\.bin is damaged; delete it and run"):
        Kokoro(tmp_path, "zf_xiaoyi").speak(SENTENCE)


def test_the_identity_tells_speakers_and_speeds_apart(tmp_path: Path) -> None:
    """What sounds different has another key in the cache."""
    voices = [Kokoro(tmp_path, "zf_xiaoyi"), Kokoro(tmp_path, "zm_yunxi"), Kokoro(tmp_path, "zf_xiaoyi", 1.1)]
    assert len({voice.identity for voice in voices}) == 3


def test_a_sentence_is_said_in_one_breath() -> None:
    """What the model takes in one call is not cut."""
    said = "ma " * 100
    assert split_breaths(said) == [said]


def test_a_long_sentence_is_cut_at_the_mark_nearest_to_its_middle() -> None:
    """Both breaths are as even as the marks allow, and end where a reader breathes."""
    said = f"{'a' * 200}, {'b' * 100}, {'c' * 300}."
    assert split_breaths(said) == [f"{'a' * 200}, {'b' * 100},", f"{'c' * 300}."]


def test_a_long_sentence_without_marks_is_cut_between_words() -> None:
    """A list without any mark: no word is torn."""
    said = " ".join(["abcd"] * 150)
    breaths = split_breaths(said)
    assert (" ".join(breaths), [len(breath) for breath in breaths]) == (said, [374, 374])


def test_a_word_without_end_is_cut_anywhere() -> None:
    """2,000 letters in a row, as from a broken page, do not stop the voice."""
    breaths = split_breaths("a" * 2000)
    assert ("".join(breaths), {len(breath) for breath in breaths}) == ("a" * 2000, {500})


@given(st.text("ab ,.!?…— ", min_size=1, max_size=3000).map(str.strip))
def test_nothing_is_lost_between_breaths(said: str) -> None:
    """However a sentence is cut, its phonemes are all said, and each breath fits the model."""
    breaths = split_breaths(said)
    assert re.sub(r"\W", "", "".join(breaths)) == re.sub(r"\W", "", said)
    assert all(len(breath) <= kokoro.LONGEST for breath in breaths)

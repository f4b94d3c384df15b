"""The voice that remembers."""

from __future__ import annotations

import dataclasses
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.voices.fakes import Scripted, clip, utterance
from voices.errors import SpeechFailed, SpeechNotWhole
from voices.model import Clip, Millis, Utterance, WordTime
from voices.synthesis.clip_cache import CachedVoice, clip_path, load_clip, prune_cache, save_clip

SENTENCE = utterance("今天晴。")
TIMED = Clip(
    clip(0.8).pcm, 1000, (WordTime("今天", Millis(0), Millis(500)), WordTime("晴", Millis(500), Millis(800)))
)


def only_file(folder: Path) -> Path:
    """The one file of the cache."""
    (path,) = (path for path in folder.rglob("*") if path.is_file())
    return path


def test_a_sentence_is_spoken_once(tmp_path: Path) -> None:
    """The second time the clip comes from the folder, word times and all."""
    voice = Scripted({SENTENCE.text: [TIMED]})
    assert [CachedVoice(voice, tmp_path).speak(SENTENCE) for _ in range(2)] == [TIMED, TIMED]
    assert voice.asked == [SENTENCE.text]


def test_hits_and_misses_are_counted(tmp_path: Path) -> None:
    """One voice, three questions, two sentences."""
    voice = CachedVoice(Scripted(), tmp_path)
    for text in ("今天晴。", "明天雨。", "今天晴。"):
        voice.speak(utterance(text))
    assert (voice.hits, voice.misses) == (1, 2)


def test_the_pause_after_a_sentence_is_not_part_of_its_clip(tmp_path: Path) -> None:
    """An editor who moves a sentence to a paragraph's end does not have it spoken again."""
    voice = CachedVoice(Scripted(), tmp_path)
    voice.speak(SENTENCE)
    voice.speak(dataclasses.replace(SENTENCE, pause_after=Millis(700)))
    assert (voice.hits, voice.misses) == (1, 1)


@pytest.mark.parametrize(
    ("identity", "other"),
    [
        ("x 2", SENTENCE),
        ("x 1", utterance("今天阴。")),
        ("x 1", dataclasses.replace(SENTENCE, pinyin=("ma1", "ma1", "ma2"))),
        ("x 1", dataclasses.replace(SENTENCE, words=("今天", "晴。"))),
    ],
    ids=["voice", "words", "reading", "cut"],
)
def test_what_changes_the_sound_changes_the_name(identity: str, other: Utterance) -> None:
    """Voice and settings, words, reading and the cut into words are each part of the key."""
    assert clip_path(identity, other) != clip_path("x 1", SENTENCE)


def test_the_name_of_a_clip_stays() -> None:
    """A cache that was filled yesterday is found today, on any machine."""
    assert (
        clip_path("x 1", SENTENCE)
        == "15/15e94ccbc1b16771964aceade4dac1edfd3180599a954a744ea84d53a63b7b3f.clip"
    )


@pytest.mark.parametrize("kept", [0, 1, 70, 200, -1], ids=["empty", "one byte", "head", "half", "last byte"])
def test_a_file_that_was_cut_is_spoken_again(tmp_path: Path, kept: int) -> None:
    """A damaged clip is replaced, wherever it was cut."""
    CachedVoice(Scripted(), tmp_path).speak(SENTENCE)
    path = only_file(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:kept])
    voice = CachedVoice(Scripted(), tmp_path)
    voice.speak(SENTENCE)
    assert (voice.misses, path.read_bytes()) == (1, whole)


def test_a_changed_sample_is_noticed(tmp_path: Path) -> None:
    """One flipped bit, and the clip is not what was written."""
    path = tmp_path / "a.clip"
    save_clip(path, TIMED)
    damaged = bytearray(path.read_bytes())
    damaged[-7] ^= 1
    path.write_bytes(damaged)
    assert load_clip(path) is None


def test_a_folder_in_the_place_of_a_clip_is_no_clip(tmp_path: Path) -> None:
    """What cannot be read is not there."""
    assert load_clip(tmp_path) is None


def test_what_is_not_whole_is_never_kept(tmp_path: Path) -> None:
    """An engine that answers with silence leaves nothing behind."""
    voice = CachedVoice(Scripted({SENTENCE.text: [clip(0.8, 0)] * 2}), tmp_path)
    with pytest.raises(SpeechNotWhole):
        voice.speak(SENTENCE)
    assert list(tmp_path.rglob("*")) == []


def test_an_error_is_not_remembered(tmp_path: Path) -> None:
    """What failed today may work tomorrow."""
    voice = CachedVoice(Scripted({SENTENCE.text: [SpeechFailed("busy")] * 2}), tmp_path)
    with pytest.raises(SpeechFailed):
        voice.speak(SENTENCE)
    assert voice.speak(SENTENCE).duration == 800


def test_a_folder_that_cannot_be_written_is_named_and_stops_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A file where the folder should be, or a full disk: the sentence is spoken, and the log says what to do."""
    blocked = tmp_path / "clips"
    blocked.write_text("")
    assert CachedVoice(Scripted(), blocked).speak(SENTENCE).duration == 800
    (told,) = caplog.messages
    assert told.startswith(f"the clips cannot be kept in {blocked}: [Errno 20] Not a directory")
    assert told.endswith("; make room there, or let it be written")


def test_a_cache_that_may_only_be_read_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another user's clips cannot be marked as used, and are whole all the same."""
    path = tmp_path / "a.clip"
    save_clip(path, TIMED)

    def refuse(_path: Path) -> None:
        raise PermissionError

    monkeypatch.setattr("os.utime", refuse)
    assert load_clip(path) == TIMED


def test_the_first_new_clip_of_a_process_sweeps(tmp_path: Path) -> None:
    """A process that speaks a few sentences a day keeps the cache within its limit, as one that runs for weeks does."""
    for text in ("今天晴。", "明天雨。", "后天雪。"):
        CachedVoice(Scripted(), tmp_path, limit=1).speak(utterance(text))
    assert list(tmp_path.rglob("*.clip")) == []


def test_a_clip_that_may_not_be_removed_stays_and_the_next_one_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sweeping never ends a programme."""
    for number, text in enumerate(("今天晴。", "明天雨。")):
        save_clip(path := tmp_path / "aa" / f"{number}.clip", clip(len(text)))
        os.utime(path, (number, number))
    unlink = Path.unlink

    def refuse_first(path: Path, *, missing_ok: bool = False) -> None:
        if path.name == "0.clip":
            raise PermissionError
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse_first)
    assert prune_cache(tmp_path, 1).clips == 1
    assert [path.name for path in tmp_path.rglob("*.clip")] == ["0.clip"]


def test_a_stop_in_the_middle_of_writing_leaves_no_half_clip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C between write and rename: neither the clip nor its temporary file is there."""

    def stop(_file: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        save_clip(tmp_path / "a.clip", TIMED)
    assert list(tmp_path.iterdir()) == []


def test_many_threads_may_write_and_read_the_same_clip(tmp_path: Path) -> None:
    """Eight voices over one folder, as in eight processes: every reader gets the whole clip."""
    start = threading.Barrier(8)

    def speak(_number: int) -> Clip:
        start.wait()
        return CachedVoice(Scripted({SENTENCE.text: [TIMED]}), tmp_path).speak(SENTENCE)

    with ThreadPoolExecutor(8) as executor:
        assert list(executor.map(speak, range(8))) == [TIMED] * 8
    assert load_clip(only_file(tmp_path)) == TIMED

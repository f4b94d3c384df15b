"""Whole programmes with music, of 1, 10 and 60 minutes, measured in the encoded file as a listener's player decodes it.

The clips are noise in syllables: sharp enough at their ends to be found to the millisecond.
"""

from __future__ import annotations

import math
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.voices.sounds import TAGS, speech
from voices.audio import dsp, ffmpeg, loudness, mixing, music, rendering, timeline
from voices.audio.mastering import Aim
from voices.errors import AudioFailed
from voices.model import Clip, Cue, Line, Millis, Part, Recording, Role, Sound, Utterance

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

RATE = rendering.RATE
PROGRAMME = rendering.Programme(
    imaging=music.Imaging(music.signature(), music.bed(), music.sting(), stories=True)
)


@cache
def clips() -> tuple[Clip, ...]:
    """Sentences of four to seven seconds by two voices, one of them half as loud, with silence of engines around."""
    quiet = bytes(2 * 24_000 // 5)
    return tuple(
        Clip(quiet + speech(4 + seed / 2, 0.1 / (1 + seed % 2), seed).pcm + quiet, 24_000)
        for seed in range(7)
    )


def parts(minutes: int) -> tuple[list[Part], list[Clip]]:
    """An opening, four headlines, stories of about a minute, and a closing; who speaks goes from part to part."""
    lengths = [2, 4, *[10] * max(1, minutes - 1), 1]
    roles = [Role.OPENING, Role.HEADLINES, *[Role.STORY] * (len(lengths) - 3), Role.CLOSING]
    made, sounds = [], []
    for number, (count, role) in enumerate(zip(lengths, roles, strict=True)):
        voice = "甲乙"[number % 2]
        utterance = Utterance(("好",), ("hao3",))
        made.append(
            Part(
                f"第{number}条",
                tuple(Line(voice, voice, utterance, f"第{number}条。") for _ in range(count)),
                role,
            )
        )
        sounds += [clips()[(2 * one + number % 2) % 6] for one in range(count)]
    return made, sounds


@cache
def framed(number: int) -> NDArray[np.floating[Any]]:
    """A clip at the mix's rate, from its first sound to its last."""
    clip = dsp.frame_clip(clips()[number])
    margin = mixing.sample_at(dsp.KEPT)
    return dsp.resample_sound(dsp.to_samples(clip.pcm), clip.rate, RATE)[margin:-margin]


@pytest.fixture(name="episode", scope="module", params=[1, 10, 60], ids=lambda minutes: f"{minutes} min")
def _episode(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Recording, list[Clip], Path]:
    """The programme, its clips, and its sound as raw samples in a file."""
    spoken, sounds = parts(request.param)
    folder = tmp_path_factory.mktemp("programme")
    made = rendering.render_programme(spoken, sounds, folder / "a.mp3", TAGS, programme=PROGRAMME)
    ffmpeg.decode_into(made.path, folder / "pcm")
    return made, sounds, folder / "pcm"


def heard(pcm: Path, start: int, end: int) -> NDArray[np.float32]:
    """The sound between two times in milliseconds."""
    first, after = (max(0, mixing.sample_at(Millis(at))) for at in (start, end))
    with pcm.open("rb") as file:
        file.seek(2 * first)
        return dsp.to_samples(file.read(2 * (after - first)))


def found(pcm: Path, cue: Cue, clip: NDArray[np.floating[Any]]) -> float:
    """When the clip is heard near its cue, in milliseconds: where the cross-correlation is highest."""
    first = max(0, cue.start - 200)
    window = heard(pcm, first, cue.end + 200)
    size = len(window) + len(clip)
    match = np.fft.irfft(np.fft.rfft(window, size) * np.fft.rfft(clip, size).conj(), size)
    return first + int(match[: len(window)].argmax()) * 1000 / RATE


def test_it_is_as_loud_as_it_should_be(episode: tuple[Recording, list[Clip], Path]) -> None:
    """−16 ± 0.3 LUFS (dual mono), at most −2 dBTP, a range for a car, as ffmpeg measures the file."""
    made, _, _ = episode
    measured = ffmpeg.measure_file(made.path)
    assert measured.loudness == pytest.approx(-16, abs=0.3)
    assert measured.true_peak <= -2
    assert measured.loudness_range < 8
    assert (made.loudness, made.true_peak, made.loudness_range) == (
        measured.loudness,
        measured.true_peak,
        measured.loudness_range,
    )


def test_every_sentence_is_heard_at_its_cue(episode: tuple[Recording, list[Clip], Path]) -> None:
    """All of them within 5 ms, found by cross-correlation with the clips; chapters begin with a sentence, or at 0."""
    made, sounds, pcm = episode
    numbers = [clips().index(clip) for clip in sounds]
    off = [
        found(pcm, cue, framed(number)) - cue.start for cue, number in zip(made.cues, numbers, strict=True)
    ]
    assert max(map(abs, off)) <= 5
    assert {chapter.start for chapter in made.chapters} <= {0, *(cue.start for cue in made.cues)}


def test_every_pause_is_as_long_as_planned(episode: tuple[Recording, list[Clip], Path]) -> None:
    """Within 20 ms, from the last sound to the first one, as the level shows it."""
    made, _, pcm = episode
    silent = [
        (cue, following)
        for cue, following in pairwise(made.cues)
        if not any(one.start < following.start and one.end > cue.end for one in made.music)
    ]
    assert len(silent) >= len(made.cues) / 2
    for cue, following in silent:
        sound = np.abs(heard(pcm, cue.end - 100, following.start + 100))
        loud = np.flatnonzero(sound > 0.02)
        middle = len(sound) // 2
        gap = (loud[loud > middle].min() - loud[loud < middle].max()) * 1000 / RATE
        assert gap == pytest.approx(following.start - cue.end, abs=20)


def test_stings_stand_in_the_middle_of_their_pauses(episode: tuple[Recording, list[Clip], Path]) -> None:
    """Never over a word."""
    made, _, _ = episode
    stings = [one for one in made.music if one.sound is Sound.STING]
    assert len(stings) == 3 + sum(chapter.title != "" for chapter in made.chapters) - 4
    for sting in stings:
        before = max(cue.end for cue in made.cues if cue.end <= sting.start)
        after = min(cue.start for cue in made.cues if cue.start >= sting.end)
        assert sting.start - before == pytest.approx(after - sting.end, abs=1)
        assert not [cue for cue in made.cues if cue.start < sting.end and cue.end > sting.start]


def test_speech_is_far_above_the_bed(tmp_path: Path) -> None:
    """At least 14 LU while somebody speaks, and the bed comes up by more than 6 in the open."""
    # Two mixes, with and without: the difference is the bed as it is played.
    spoken, sounds = parts(1)
    lines = [line for part in spoken for line in part.lines]
    ready = [dsp.frame_clip(clip) for clip in sounds]
    levels = mixing.plan_gains(lines, ready)
    durations = [Millis(clip.duration - 2 * dsp.KEPT) for clip in ready]
    imaging = music.Imaging(bed=music.bed())
    planned = timeline.plan_timeline(spoken, durations, timeline.Pauses(), imaging.shape)
    whole, bare = (
        _mixed(tmp_path / name, planned, ready, levels, one)
        for name, one in (("a", imaging), ("b", music.Imaging()))
    )
    bed = whole - bare
    spans = [one for one in planned.music if one.sound is Sound.BED]
    under = [cue for cue in planned.cues if any(one.start <= cue.start < one.end for one in spans)]
    assert len(under) == 7
    for cue in under:
        first, after = mixing.sample_at(cue.start), mixing.sample_at(cue.end)
        voice, music_there = (_loudest(one[first:after]) for one in (bare, bed))
        assert voice - music_there >= 14
    open_air = bed[mixing.sample_at(Millis(planned.cues[-1].end + 900)) :][:RATE]
    assert _loudest(open_air) - _loudest(bed[mixing.sample_at(planned.cues[-1].start) :][: 2 * RATE]) > 6


def _mixed(
    path: Path, planned: timeline.Timeline, ready: list[Clip], levels: list[float], imaging: music.Imaging
) -> NDArray[np.float32]:
    with path.open("w+b") as mix:
        mixing.fill_mix(mix, planned, ready, levels, imaging)
        return mixing.read_samples(mix, 0, mixing.count_samples(mix))


def _loudest(sound: NDArray[np.floating[Any]]) -> float:
    """LUFS of the loudest 400 ms."""
    return float(max(loudness.momentary_loudness(loudness.step_energies(sound, RATE)), default=-math.inf))


def test_a_master_for_speakers_is_louder_and_short_enough(tmp_path: Path) -> None:
    """−14 LUFS, −2 dBTP, at most so long, by whole stories; the programme itself keeps them all."""
    spoken, sounds = parts(5)
    also = rendering.ExtraMaster(tmp_path / "b.mp3", Aim(-14, -2), Millis(180_000))
    made = rendering.render_programme(
        spoken, sounds, tmp_path / "a.mp3", TAGS, programme=PROGRAMME, also=[also]
    )
    short = made.others[0]
    assert (round(short.loudness), short.true_peak <= -2) == (-14, True)
    assert short.duration <= 180_000 < made.duration
    assert [one.title for one in short.chapters] == ["第0条", "第1条", "第2条", "第5条", "第6条"]


def test_an_m4a_is_the_same_programme(tmp_path: Path) -> None:
    """As long, as loud, with the words at the same places."""
    spoken, sounds = parts(1)
    also = rendering.ExtraMaster(tmp_path / "a.m4a")
    made = rendering.render_programme(
        spoken, sounds, tmp_path / "a.mp3", TAGS, programme=PROGRAMME, also=[also]
    )
    other = made.others[0]
    assert (other.cues, other.chapters, other.music) == (made.cues, made.chapters, made.music)
    assert other.loudness == pytest.approx(-16, abs=0.3)
    assert other.duration == pytest.approx(made.duration, abs=50)
    ffmpeg.decode_into(other.path, tmp_path / "pcm")
    last = made.cues[-1]
    assert found(tmp_path / "pcm", last, framed(clips().index(sounds[-1]))) == pytest.approx(
        last.start, abs=25
    )


def test_too_short_a_limit_is_refused(tmp_path: Path) -> None:
    """What is too long without any story is not published half."""
    spoken, sounds = parts(1)
    also = rendering.ExtraMaster(tmp_path / "b.mp3", most=Millis(5000))
    with pytest.raises(AudioFailed, match="without any story"):
        rendering.render_programme(spoken, sounds, tmp_path / "a.mp3", TAGS, also=[also])
    assert not (tmp_path / "b.mp3").exists()

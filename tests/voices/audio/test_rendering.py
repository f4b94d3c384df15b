"""The finished file: placed, levelled, limited, whole, the same every time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from mutagen.mp3 import MP3

from tests.voices.sounds import RATE, TAGS, line, silence, speech, spoken, tone
from voices.audio import dsp, ffmpeg, loudness, mastering, mixing, rendering
from voices.audio.timeline import Pauses
from voices.errors import AudioFailed
from voices.model import Clip, Millis, Part

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from voices.model import Recording


def heard(made: Recording) -> NDArray[np.float32]:
    """What a player decodes."""
    return dsp.to_samples(rendering.decode_recording(made.path).pcm)


def at(millis: float) -> int:
    """The sample of a time."""
    return round(millis * rendering.RATE / 1000)


def level(sound: NDArray[np.float32]) -> float:
    """Its loudness."""
    return loudness.integrated_loudness(loudness.step_energies(sound, rendering.RATE))


@pytest.mark.parametrize("strength", [0.003, 0.05, 2.0], ids=["quiet", "usual", "clipped"])
def test_loudness_and_peak_are_right_whatever_came_in(tmp_path: Path, strength: float) -> None:
    """−16 LUFS within 0.3, true peak under −2 dBTP, as measured on the encoded file."""
    clips = [speech(4, strength), speech(5, strength, 1)]
    made = rendering.render_programme(spoken("甲", "甲"), clips, tmp_path / "a.mp3", TAGS)
    assert made.loudness == pytest.approx(-16, abs=0.2)
    assert made.true_peak <= -2
    assert rendering.measure_loudness(made.path) == (made.loudness, made.true_peak)


def test_one_short_word_is_a_programme(tmp_path: Path) -> None:
    """A fifth of a second of sound: shorter than what the standard's meter takes for one block."""
    made = rendering.render_programme(spoken("甲"), [speech(0.2, 0.05)], tmp_path / "a.mp3", TAGS)
    assert made.loudness == pytest.approx(-16, abs=0.5)
    assert made.duration == pytest.approx(400 + 200 + 700, abs=2)


def test_ten_minutes_are_a_programme(tmp_path: Path) -> None:
    """Many pieces of ten seconds: as loud, as clean and as long as planned, with the last word at its place."""
    clips = [speech(14, 0.1, seed) for seed in range(3)] * 14
    made = rendering.render_programme(spoken(*"甲乙丙" * 14), clips, tmp_path / "a.mp3", TAGS)
    assert made.loudness == pytest.approx(-16, abs=0.2)
    assert made.true_peak <= -2
    assert made.duration == 400 + 42 * 14_000 + 40 * 900 + 1200 + 700
    assert np.abs(heard(made)[at(made.cues[-1].end) + 2000 :]).max() < 0.01


def test_another_aim_makes_another_master(tmp_path: Path) -> None:
    """Alexa's flash briefings want −14 LUFS and −2 dBTP."""
    made = rendering.render_programme(
        spoken("甲"), [speech(5, 0.1)], tmp_path / "a.mp3", TAGS, aim=mastering.Aim(-14, -2)
    )
    assert made.loudness == pytest.approx(-14, abs=0.2)
    assert made.true_peak <= -2


def test_voices_are_as_loud_as_one_another(tmp_path: Path) -> None:
    """Forty decibels apart before, within a quarter of one afterwards."""
    made = rendering.render_programme(
        spoken("甲", "乙"), [speech(4, 0.004), speech(4, 0.4, 1)], tmp_path / "a.mp3", TAGS
    )
    sound = heard(made)
    soft, loud = (level(sound[at(cue.start) : at(cue.end)]) for cue in made.cues)
    assert soft == pytest.approx(loud, abs=0.25)


def test_a_voice_keeps_its_life_within_bounds() -> None:
    """Sentences half a dB apart stay so; one that is 20 dB softer than the rest is brought to 1 below it."""
    clips = [tone(4, 0.1), tone(4, 0.094), tone(4, 0.1), tone(1, 0.01)]
    after = [
        loudness.integrated_loudness(loudness.step_energies(dsp.to_samples(clip.pcm), clip.rate)) + gain
        for clip, gain in zip(clips, mixing.plan_gains([line()] * 4, clips), strict=True)
    ]
    assert after[0] - after[1] == pytest.approx(0.54, abs=0.01)
    assert after[0] == after[2]
    assert mixing.MIX - after[3] == pytest.approx(1, abs=0.01)


def test_each_clip_is_heard_at_its_cue_to_the_millisecond(tmp_path: Path) -> None:
    """Of three rates; found in the decoded file by cross-correlation with the clip itself."""
    clips = [speech(1.5, 0.2), speech(2, 0.2, 1, 16_000), speech(1, 0.2, 2, 44_100)]
    made = rendering.render_programme(spoken("甲", "乙", "甲"), clips, tmp_path / "a.mp3", TAGS)
    sound = heard(made)
    for clip, cue in zip(clips, made.cues, strict=True):
        said = dsp.resample_sound(dsp.to_samples(clip.pcm), clip.rate, rendering.RATE)
        window = sound[max(0, at(cue.start) - 4410) :][: len(said) + 8820]
        size = len(window) + len(said)
        match = np.fft.irfft(np.fft.rfft(window, size) * np.fft.rfft(said, size).conj(), size)
        found = int(match.argmax()) + max(0, at(cue.start) - 4410)
        assert found == pytest.approx(at(cue.start), abs=44)
        heard_there = sound[found : found + len(said)]
        assert np.corrcoef(heard_there, said[: len(heard_there)])[0, 1] > 0.95


def test_silence_at_the_ends_of_clips_is_not_in_the_programme(tmp_path: Path) -> None:
    """An engine that adds a second makes no pause longer: they pass from the last sound to the first."""
    sound = tone(2, 0.1)
    padded = Clip(silence(1) + sound.pcm + silence(1), RATE)
    made = rendering.render_programme(spoken("甲", "甲"), [padded, padded], tmp_path / "a.mp3", TAGS)
    assert [(cue.start, cue.end) for cue in made.cues] == [(400, 2400), (3600, 5600)]
    assert made.duration == pytest.approx(6300, abs=2)


def test_chapters_and_cues_are_those_of_the_plan(tmp_path: Path) -> None:
    """In the record, with what is printed and who says it."""
    parts = [
        Part("开场", (line("小雨", printed="大家好。"),)),
        Part("再见", (line("云希", printed="再见。"),)),
    ]
    pauses = Pauses(lead_in=Millis(100), closing=Millis(500), tail=Millis(300))
    made = rendering.render_programme(
        parts,
        [speech(1, 0.1), speech(1, 0.1)],
        tmp_path / "a.mp3",
        TAGS,
        programme=rendering.Programme(pauses),
    )
    assert [(one.title, one.start) for one in made.chapters] == [("开场", 0), ("再见", 1600)]
    assert [(cue.speaker, cue.text, cue.start) for cue in made.cues] == [
        ("小雨", "大家好。", 100),
        ("云希", "再见。", 1600),
    ]
    assert made.duration == pytest.approx(2900, abs=2)


def mute_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the room tone away, below which clicks would hide."""
    monkeypatch.setattr(mixing, "room_tone", lambda: np.zeros(RATE, dtype=np.float32))


def test_a_clip_that_starts_at_full_strength_does_not_click(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step from silence to a steady tone sounds at every pitch; after the fades almost nothing is above 6 kHz."""
    mute_room(monkeypatch)
    clip = Clip(dsp.to_pcm(0.5 * np.cos(2 * np.pi * 300 * np.arange(RATE) / RATE)), RATE)
    made = rendering.render_programme(spoken("甲"), [clip], tmp_path / "a.mp3", TAGS)
    spectrum = np.abs(np.fft.rfft(heard(made))) ** 2
    high = spectrum[len(spectrum) * 6000 // 22_050 :].sum()
    assert 10 * np.log10(high / spectrum.sum()) < -70


def between_two_clips(folder: Path) -> NDArray[np.float32]:
    """Return the pause between two clips, as a listener's player decodes it."""
    made = rendering.render_programme(
        spoken("甲", "甲"), [speech(1, 0.1), speech(1, 0.1)], folder / "a.mp3", TAGS
    )
    return heard(made)[at(made.cues[0].end) + 1500 : at(made.cues[1].start) - 1500]


def test_pauses_hold_nothing_but_the_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its tone there is nothing but what the encoder smears."""
    mute_room(monkeypatch)
    assert np.abs(between_two_clips(tmp_path)).max() < 0.001


def test_the_room_is_heard_in_pauses_near_minus_65_dbfs(tmp_path: Path) -> None:
    """Soft enough that nobody notices it, and loud enough that no pause sounds cut out."""
    level = 20 * np.log10(between_two_clips(tmp_path).std())
    assert level == pytest.approx(-65, abs=3)


def test_the_room_has_no_seam() -> None:
    """Its end meets its beginning: the step between them is like any other."""
    tone_of_room = mixing.room_tone()
    steps = np.abs(np.diff(np.append(tone_of_room, tone_of_room[0])))
    assert steps[-1] < 4 * steps.std()
    assert len(tone_of_room) == 10 * mixing.RATE


def test_the_same_clips_give_the_same_bytes(tmp_path: Path) -> None:
    """No clock and no chance in the file."""
    clips = [speech(2, 0.1)]
    one = rendering.render_programme(spoken("甲"), clips, tmp_path / "1.mp3", TAGS).path.read_bytes()
    other = rendering.render_programme(spoken("甲"), clips, tmp_path / "2.mp3", TAGS).path.read_bytes()
    assert one == other


def test_the_file_is_a_mono_mp3_of_96_kbit(tmp_path: Path) -> None:
    """What Apple recommends for speech, and what every speaker plays; the record has its size."""
    made = rendering.render_programme(spoken("甲"), [speech(10, 0.1)], tmp_path / "a.mp3", TAGS)
    facts: Any = MP3(made.path).info
    assert (facts.sample_rate, facts.channels, facts.bitrate) == (44_100, 1, 96_000)
    assert made.size == made.path.stat().st_size


def test_it_is_told_what_takes_a_while(tmp_path: Path) -> None:
    """One step after the other; one encoding is enough for ordinary speech."""
    steps: list[str] = []
    rendering.render_programme(spoken("甲"), [speech(5, 0.1)], tmp_path / "a.mp3", TAGS, on_step=steps.append)
    assert steps == ["Levelling the voices", "Mastering", "Encoding and measuring"]


@pytest.mark.parametrize("pcm", [b"", silence(1), b"\0\0\1"], ids=["empty", "silent", "half a sample"])
def test_one_clip_without_sound_makes_no_file(tmp_path: Path, pcm: bytes) -> None:
    """An error, though the other clip is fine; what was there before is still there, and nothing else."""
    target = tmp_path / "a.mp3"
    target.write_bytes(b"yesterday")
    with pytest.raises(AudioFailed, match=r"spoken again|speak the sentence again"):
        rendering.render_programme(spoken("甲", "乙"), [speech(1, 0.1), Clip(pcm, RATE)], target, TAGS)
    assert target.read_bytes() == b"yesterday"
    assert list(tmp_path.iterdir()) == [target]


def test_no_line_makes_no_file(tmp_path: Path) -> None:
    """A programme without speech is none."""
    with pytest.raises(AudioFailed, match="no speech"):
        rendering.render_programme([Part("空", ())], [], tmp_path / "a.mp3", TAGS)
    assert not list(tmp_path.iterdir())


def test_a_failure_at_the_last_step_leaves_nothing(tmp_path: Path) -> None:
    """Encoded and measured, but it cannot be tagged: no file, no temporary file."""
    with pytest.raises(AudioFailed, match="cannot be tagged"):
        rendering.render_programme(
            spoken("甲"), [speech(1, 0.1)], tmp_path / "a.mp3", replace(TAGS, language="中文")
        )
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    """The file is named, and why."""
    with pytest.raises(AudioFailed, match=r"a\.mp3 cannot be written: .*No such file"):
        rendering.render_programme(spoken("甲"), [speech(1, 0.1)], tmp_path / "none" / "a.mp3", TAGS)


@pytest.mark.parametrize("task", [rendering.decode_recording, rendering.measure_loudness])
def test_what_is_no_sound_cannot_be_read(tmp_path: Path, task: Any) -> None:  # noqa: ANN401 - either of two
    """The file is named, with what ffmpeg said last."""
    path = tmp_path / "a.mp3"
    path.write_bytes(b"no sound")
    with pytest.raises(AudioFailed, match=r"a\.mp3 cannot be (decoded|measured): .*[Ii]nvalid"):
        task(path)


def test_a_file_that_lost_its_end_is_not_whole(tmp_path: Path) -> None:
    """Whole is what can be decoded and is as long as planned."""
    made = rendering.render_programme(spoken("甲"), [speech(5, 0.1)], tmp_path / "a.mp3", TAGS)
    rendering.verify_recording(made.path, made.duration)
    cut = tmp_path / "cut.mp3"
    cut.write_bytes(made.path.read_bytes()[:-6000])
    with pytest.raises(AudioFailed, match=r"cut\.mp3 is 56\d\d ms long instead of 6100 ms"):
        rendering.verify_recording(cut, made.duration)


def test_names_are_never_taken_for_options_or_addresses(tmp_path: Path) -> None:
    """A file may be called like a protocol of ffmpeg's, or have a space in its name."""
    made = rendering.render_programme(spoken("甲"), [speech(1, 0.1)], tmp_path / "concat:a 甲.mp3", TAGS)
    assert rendering.decode_recording(made.path).duration == made.duration


def test_a_program_that_is_not_there_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It names the program that was wanted."""
    monkeypatch.setattr(ffmpeg, "ffmpeg_path", lambda: str(tmp_path / "no-ffmpeg"))
    with pytest.raises(AudioFailed, match="no-ffmpeg"):
        rendering.decode_recording(tmp_path / "a.mp3")

"""The show's music: what is computed here, and files of a show, good ones and bad ones."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from briefing.config.tables import COMPUTED_MUSIC
from tests.voices.sounds import silence, tone
from voices.audio import dsp, ffmpeg, loudness, music
from voices.errors import AudioFailed
from voices.model import Clip

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray


def loudest(clip: Clip) -> float:
    """LUFS of its loudest 400 ms."""
    return float(
        max(loudness.momentary_loudness(loudness.step_energies(dsp.to_samples(clip.pcm), clip.rate)))
    )


def file(folder: Path, clip: Clip, name: str = "a.wav") -> Path:
    """The clip as a file of that kind."""
    path = folder / name
    subprocess.run(
        [
            ffmpeg.ffmpeg_path(),
            "-v",
            "error",
            "-f",
            "s16le",
            "-ar",
            str(clip.rate),
            "-ac",
            "1",
            "-i",
            "pipe:0",
            str(path),
        ],
        input=clip.pcm,
        check=True,
    )
    return path


def jump(sound: NDArray[np.floating[Any]]) -> float:
    """The widest step from one sample to the next."""
    return float(np.abs(np.diff(sound)).max())


@pytest.mark.parametrize(
    ("made", "seconds", "level"),
    [
        (music.signature, 5.2, music.SIGNATURE_LEVEL),
        (music.bed, 16.0, music.BED_LEVEL),
        (music.sting, 1.0, music.STING_LEVEL),
        (music.label, 1.44, music.LABEL_LEVEL),
    ],
)
def test_what_is_computed_has_its_length_and_its_level(
    made: Callable[[], Clip], seconds: float, level: float
) -> None:
    """At the mix's rate, the loudest 400 ms at the level that is written down, without a clipped sample."""
    clip = made()
    assert (clip.rate, clip.duration) == (music.RATE, round(seconds * 1000))
    assert loudest(clip) == pytest.approx(level, abs=0.05)
    assert np.abs(dsp.to_samples(clip.pcm)).max() < 0.5


def test_signature_and_sting_begin_and_end_in_silence() -> None:
    """No click where they are put."""
    for clip in (music.signature(), music.sting(), music.label()):
        sound = dsp.to_samples(clip.pcm)
        assert max(abs(sound[0]), abs(sound[-1])) < 0.001


def test_the_bed_runs_into_its_beginning() -> None:
    """The step over the seam is no wider than any inside."""
    sound = dsp.to_samples(music.bed().pcm)
    assert abs(sound[-1] - sound[0]) <= jump(sound)


def test_the_label_is_short_long_short_short() -> None:
    """Sounding and silent stretches in units of 160 ms, as in Morse: 1, 1, 3, 1, 1, 1, 1."""
    unit = round(music.UNIT * music.RATE)
    sound = dsp.to_samples(music.label().pcm)
    heard = [bool(np.abs(piece).max() > 0.01) for piece in np.split(sound, len(sound) // unit)]
    assert heard == [True, False, True, True, True, False, True, False, True]


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.mp3", "a.m4a"])
def test_a_show_may_bring_its_own(tmp_path: Path, name: str) -> None:
    """Whatever kind of file, at whatever level, it comes at the mix's rate and the level of its purpose."""
    clip = music.own_signature(file(tmp_path, tone(3, 0.9, rate=22_050), name))
    assert clip.rate == music.RATE
    assert clip.duration == pytest.approx(3000, abs=80)
    assert loudest(clip) == pytest.approx(music.SIGNATURE_LEVEL, abs=0.05)


def test_an_own_bed_becomes_endless(tmp_path: Path) -> None:
    """A second shorter, and without a click where it begins anew."""
    sound = dsp.to_samples(music.own_bed(file(tmp_path, tone(4, 0.5, 440))).pcm)
    assert len(sound) == 3 * music.RATE
    assert abs(sound[-1] - sound[0]) <= jump(sound) * 1.05


@pytest.mark.parametrize(
    ("own", "clip", "told"),
    [
        (music.own_sting, tone(7, 0.1), "longer than 6 s"),
        (music.own_signature, tone(31, 0.1), "longer than 30 s"),
        (music.own_bed, Clip(silence(3), 24_000), "no sound in it"),
    ],
)
def test_what_does_not_fit_is_refused(
    tmp_path: Path, own: Callable[[Path], Clip], clip: Clip, told: str
) -> None:
    """Too long for its purpose, or silent: said with the file's name."""
    with pytest.raises(AudioFailed, match=rf"a\.wav .*{told}"):
        own(file(tmp_path, clip))


def test_what_is_not_there_or_no_music_is_refused(tmp_path: Path) -> None:
    """With what may stand there."""
    with pytest.raises(AudioFailed, match="name a file of music, `house`, or nothing"):
        music.own_bed(tmp_path / "none.wav")
    (tmp_path / "text.wav").write_text("no music at all", encoding="utf-8")
    with pytest.raises(AudioFailed, match="name a WAV, FLAC, MP3 or M4A file"):
        music.own_bed(tmp_path / "text.wav")


def test_a_playlist_reaches_no_address(tmp_path: Path) -> None:
    """A file that names an address is no music; nothing is fetched."""
    (tmp_path / "list.m3u8").write_text("#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n", encoding="utf-8")
    with pytest.raises(AudioFailed, match=r"list\.m3u8 is no music"):
        music.own_signature(tmp_path / "list.m3u8")


def test_no_music_has_no_shape() -> None:
    """Everything is optional."""
    shape_of_none = music.Imaging().shape
    assert (shape_of_none.signature, shape_of_none.sting, shape_of_none.label, shape_of_none.bed) == (
        0,
        0,
        0,
        False,
    )


@pytest.mark.parametrize("name", sorted(music.THEMES))
def test_every_theme_is_as_loud_as_the_others_and_of_its_own(name: str) -> None:
    """A show may choose: each at the levels of the mix, and none like another."""
    pieces = (music.signature(name), music.bed(name), music.sting(name))
    levels = (music.SIGNATURE_LEVEL, music.BED_LEVEL, music.STING_LEVEL)
    for piece, level in zip(pieces, levels, strict=True):
        energies = loudness.step_energies(dsp.to_samples(piece.pcm), piece.rate)
        assert max(loudness.momentary_loudness(energies)) == pytest.approx(level, abs=0.1)
    others = [other for other in music.THEMES if other != name]
    assert all(music.signature(other).pcm != pieces[0].pcm for other in others)


def test_the_house_s_music_is_that_of_the_news() -> None:
    """A configuration of before sounds as before."""
    assert music.signature("house").pcm == music.signature().pcm
    assert music.signature().pcm == music.signature("news").pcm


def test_the_configuration_knows_the_same_names() -> None:
    """What it takes for computed music is computed here; everything else is a file."""
    assert set(music.NAMES) == COMPUTED_MUSIC

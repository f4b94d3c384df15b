"""The meter: what the standard says, and what ffmpeg measures."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.voices.sounds import silence, speech, tone
from voices.audio import dsp, ffmpeg, loudness, rendering
from voices.model import Clip

if TYPE_CHECKING:
    from pathlib import Path


def heard(clip: Clip) -> float:
    """Integrated loudness of a clip."""
    return loudness.integrated_loudness(loudness.step_energies(dsp.to_samples(clip.pcm), clip.rate))


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 24_000, 44_100, 48_000])
def test_a_tone_of_one_kilohertz_shows_its_level(rate: int) -> None:
    """BS.1770: 997 Hz at full scale on one of two speakers is −3.01 LUFS, on both 0; at any rate."""
    assert heard(tone(5, 0.1, rate=rate)) == pytest.approx(-20.0, abs=0.05)


def test_low_tones_count_less_and_high_ones_more() -> None:
    """K-weighting: −24.6 dB at 20 Hz would be lost in rounding, so a bass tone and one of 8 kHz stand for it."""
    assert heard(tone(5, 0.1, 40)) < -25
    assert heard(tone(5, 0.1, 8000)) == pytest.approx(-16.7, abs=0.2)


def test_pauses_do_not_count() -> None:
    """Half the time silence, and the same loudness: the gates of the standard."""
    clip = tone(5, 0.1)
    assert heard(Clip(clip.pcm + silence(5), clip.rate)) == pytest.approx(heard(clip), abs=0.15)


def test_a_syllable_is_as_loud_as_a_sentence() -> None:
    """Shorter than a gating block, even shorter than a step of it."""
    assert heard(tone(0.25, 0.1)) == pytest.approx(-20, abs=0.1)
    assert heard(tone(0.08, 0.1)) == pytest.approx(-20, abs=0.2)


@pytest.mark.parametrize("pcm", [b"", bytes(2), silence(3)], ids=["empty", "one sample", "long"])
def test_silence_has_no_loudness(pcm: bytes) -> None:
    """Minus infinity, no warning and no division by zero."""
    assert heard(Clip(pcm, 24_000)) == -math.inf


def test_it_agrees_with_ffmpeg(tmp_path: Path) -> None:
    """A mix of soft and loud syllables and pauses: within a tenth of a unit."""
    sound = np.concatenate(
        [dsp.to_samples(speech(4, level, rate=rendering.RATE).pcm) for level in (0.2, 0.01, 0.05)]
    )
    path = tmp_path / "a.mp3"
    raw = tmp_path / "raw"
    raw.write_bytes(dsp.to_pcm(sound))
    with raw.open("rb") as pcm:
        ffmpeg.encode_pcm(pcm, path)
    decoded = Clip(ffmpeg.decode_file(path), rendering.RATE)
    assert heard(decoded) == pytest.approx(rendering.measure_loudness(path)[0], abs=0.1)

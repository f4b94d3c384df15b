"""What is done to samples: edges, rates, peaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voices.sounds import RATE, silence, speech, tone
from voices.audio import dsp
from voices.errors import AudioFailed
from voices.model import Clip, Millis, WordTime

if TYPE_CHECKING:
    from numpy.typing import NDArray


def test_silent_ends_are_cut_to_a_margin() -> None:
    """40 ms stay on both sides, to a hundredth of a second; the words move with the sound."""
    word = WordTime("好", Millis(1000), Millis(3000))
    clip = Clip(silence(1) + tone(2, 0.5).pcm + silence(0.5), RATE, (word,))
    cut = dsp.trim_silence(clip)
    assert cut.pcm == silence(0.04) + tone(2, 0.5).pcm + silence(0.04)
    assert cut.words == (WordTime("好", Millis(40), Millis(2040)),)


def test_the_noise_of_an_engine_is_silence_and_a_soft_consonant_is_not() -> None:
    """60 dB below the voice is cut; 40 dB below it belongs to the word."""
    noise, consonant, vowel = tone(1, 0.0005), tone(0.1, 0.005), tone(1, 0.5)
    cut = dsp.trim_silence(Clip(noise.pcm + consonant.pcm + vowel.pcm, RATE))
    assert cut.duration == 1140


def test_a_clip_without_silence_stays_as_it_is() -> None:
    """Nothing is cut that sounds, and what has no sound at all is left for the meter to refuse."""
    for clip in (speech(1, 0.1), tone(0.005, 0.1), Clip(silence(1), RATE), Clip(b"", RATE)):
        assert dsp.trim_silence(clip) == clip


def test_half_a_sample_is_no_sound() -> None:
    """A cut-off file is refused, not read shifted by a byte."""
    with pytest.raises(AudioFailed, match="3 bytes"):
        dsp.to_samples(b"\0\0\0")


@given(st.binary(max_size=200).filter(lambda pcm: len(pcm) % 2 == 0))
def test_samples_survive_the_way_to_floats_and_back(pcm: bytes) -> None:
    """PCM → sound → PCM is the same PCM."""
    assert dsp.to_pcm(dsp.to_samples(pcm)) == pcm


def test_what_is_beyond_full_scale_is_cut_not_wrapped() -> None:
    """An overflow would be the loudest click there is."""
    assert dsp.to_pcm(np.array([2.0, -2.0])) == b"\xff\x7f\x00\x80"


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 24_000, 32_000, 48_000])
def test_another_rate_is_the_same_sound(rate: int) -> None:
    """A tone that fades in and out is, at 44.1 kHz, the tone that is computed there, sample for sample."""

    def sung(at: int) -> NDArray[np.float64]:
        time = np.arange(at) / at
        return np.asarray(np.sin(2 * np.pi * 1000 * time) * np.sin(np.pi * time) ** 4)

    assert np.abs(dsp.resample_sound(sung(rate), rate, 44_100) - sung(44_100)).max() < 1e-6


def test_the_same_rate_changes_nothing() -> None:
    """Not even by rounding."""
    sound = dsp.to_samples(speech(1, 0.3).pcm)
    assert dsp.resample_sound(sound, RATE, RATE) is sound


@pytest.mark.parametrize("seed", range(3))
def test_no_sample_passes_the_limiter(seed: int) -> None:
    """Whatever comes in: noise, clicks, steps."""
    chance = np.random.default_rng(seed)
    sound = chance.standard_normal(dsp.STEP * 400) * chance.choice([0.01, 0.5, 30], dsp.STEP * 400)
    assert np.abs(dsp.limit_peaks(sound, 0.7)).max() <= 0.7 + 1e-12


def test_what_is_soft_enough_passes_untouched() -> None:
    """No peak, no change."""
    sound = np.sin(np.arange(dsp.STEP * 100))
    assert dsp.limit_peaks(sound, 1.0) is sound


def test_the_limiter_turns_down_around_a_peak_only() -> None:
    """20 ms before and after it everything is as it was, and the gain never jumps."""
    sound = np.full(dsp.STEP * 400, 0.5)
    sound[dsp.STEP * 200] = 1.0
    limited = dsp.limit_peaks(sound, 0.7)
    away = np.abs(np.arange(len(sound)) - dsp.STEP * 200) > 0.025 * 44_100
    assert np.abs(limited[away] - 0.5).max() < 1e-12
    assert np.abs(np.diff(limited / sound)).max() < 0.002

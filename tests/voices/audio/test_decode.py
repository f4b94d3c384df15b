"""Sound as services send it: of any form, and nothing that is no speech."""

from __future__ import annotations

import io
import struct

import numpy as np
import pytest
import soundfile

from voices.audio import decode
from voices.errors import SpeechNotWhole

PCM = (np.sin(np.arange(24_000) / 10) * 8000).astype("<i2").tobytes()
"""A second of a tone at 24 kHz."""


def wav(size: int, rate: int = 24_000) -> bytes:
    """The tone as WAV, with whatever the head says of its size and rate."""
    form = struct.pack("<IHHIIHH", 16, 1, 1, rate, rate * 2 & 0xFFFFFFFF, 2, 16)
    head = b"RIFF" + struct.pack("<I", size) + b"WAVEfmt " + form
    return head + b"data" + struct.pack("<I", size) + PCM


def packed(samples: np.ndarray, form: str, kind: str | None = None) -> bytes:
    """Samples at 24 kHz in a file."""
    file = io.BytesIO()
    soundfile.write(file, samples, 24_000, format=form, subtype=kind)
    return file.getvalue()


@pytest.mark.parametrize("size", [len(PCM), 0x7FFFFFFF, 0xFFFFFFFF])
def test_a_file_may_be_sent_before_its_size_is_known(size: int) -> None:
    """Servers that stream WAV write a size that is none, and the sound is whole."""
    heard = np.frombuffer(decode.decode_clip(wav(size), "x").pcm, "<i2")
    assert np.abs(heard - np.frombuffer(PCM, "<i2")).max() <= 1


def test_two_channels_are_mixed() -> None:
    """Left and right count as much."""
    both = np.stack([np.full(9000, 0.5), np.full(9000, -0.25)], axis=1)
    assert set(np.frombuffer(decode.decode_clip(packed(both, "WAV"), "x").pcm, "<i2")) == {4095}


def test_hours_in_few_bytes_are_refused() -> None:
    """Half a megabyte of FLAC that would be gigabytes of samples."""
    bomb = packed(np.zeros(24_000 * 3600, dtype="int16"), "FLAC")
    assert len(bomb) < 500_000
    with pytest.raises(SpeechNotWhole, match=r"what x sent is no speech .43200001 samples at 24000 Hz"):
        decode.decode_clip(bomb, "x")


@pytest.mark.parametrize("rate", [1, 7999, 192_001, 2**31 - 1])
def test_rates_that_no_speech_has_are_refused(rate: int) -> None:
    """A second of sound that is said to last hours, or no time."""
    with pytest.raises(SpeechNotWhole, match=rf"no speech .* at {rate} Hz"):
        decode.decode_clip(wav(len(PCM), rate), "x")


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_samples_that_are_no_numbers_are_refused(value: float) -> None:
    """They would come out as cracks."""
    with pytest.raises(SpeechNotWhole, match="no speech"):
        decode.decode_clip(packed(np.full(9000, value), "WAV", "FLOAT"), "x")

"""Sound as services send it → a clip. The home of soundfile, whose libsndfile reads WAV, MP3, FLAC and Ogg."""

from __future__ import annotations

import io

import numpy as np
import soundfile

from voices.errors import SpeechNotWhole
from voices.model import Clip

LOWEST, HIGHEST = 8_000, 192_000
"""Samples a second that speech may have."""

LONGEST = 1800
"""Seconds that one answer may last: a few bytes of FLAC can be days of silence, and would fill the memory."""


def decode_clip(sound: bytes, service: str) -> Clip:
    """Return the sound of an answer with its channels mixed to one; raises `SpeechNotWhole` for what is no speech."""
    try:
        with soundfile.SoundFile(io.BytesIO(sound)) as file:
            rate = int(file.samplerate)
            samples = file.read(LONGEST * min(rate, HIGHEST) + 1, dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, RuntimeError, ValueError) as error:
        shown = sound[:40].decode("ascii", "replace")
        raise SpeechNotWhole(f"what {service} sent is no sound that can be decoded ({shown!r})") from error
    if not LOWEST <= rate <= HIGHEST or len(samples) > LONGEST * rate or not np.isfinite(samples).all():
        raise SpeechNotWhole(f"what {service} sent is no speech ({len(samples)} samples at {rate} Hz)")
    return Clip((np.clip(samples.mean(axis=1), -1, 1) * 32767).astype("<i2").tobytes(), rate)

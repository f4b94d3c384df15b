"""Sound as services send it → a clip. The home of soundfile, whose libsndfile reads WAV, MP3, FLAC and Ogg."""

from __future__ import annotations

import io

import numpy as np
import soundfile

from voices.errors import SpeechNotWhole
from voices.model import Clip


def clip(sound: bytes, service: str) -> Clip:
    """The first channels mixed to one; raises `SpeechNotWhole` for what is no sound."""
    try:
        samples, rate = soundfile.read(io.BytesIO(sound), dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, RuntimeError, ValueError) as error:
        shown = sound[:40].decode("ascii", "replace")
        raise SpeechNotWhole(f"what {service} sent is no sound that can be decoded ({shown!r})") from error
    mono = np.clip(samples.mean(axis=1), -1, 1)
    return Clip((mono * 32767).astype("<i2").tobytes(), int(rate))

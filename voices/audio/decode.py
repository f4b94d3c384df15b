"""Sound as services send it → a clip. The home of soundfile, whose libsndfile reads WAV, MP3, FLAC and Ogg."""

from __future__ import annotations

import io

import numpy as np
import soundfile

from voices.errors import SpeechNotWhole
from voices.model import SAMPLE_BYTES, Clip

LOWEST, HIGHEST = 8_000, 192_000
"""Samples a second that speech may have."""

HEADERS = (b"RIFF", b"fLaC", b"OggS", b"ID3", b"\xff\xfb", b"\xff\xf3")
"""First bytes of files that tell their own rate."""

UNKNOWN_SIZES = (b"\0\0\0\0", b"\xff\xff\xff\xff")
HEADER_BYTES = 4096
"""Bytes of a WAV among which its data begins."""

LONGEST = 1800
"""Seconds that one answer may last: a few bytes of FLAC can be days of silence, and would fill the memory."""


def decode_clip(sound: bytes, service: str, rate: int = 0) -> Clip:
    """Return the sound of an answer with its channels mixed to one; raises `SpeechNotWhole` for what is no speech.

    With a `rate` in Hz, what has no header is 16-bit PCM of it. Samples beyond full scale are scaled, not cut.
    """
    if rate and not sound.startswith(HEADERS):
        return Clip(sound[: len(sound) // SAMPLE_BYTES * SAMPLE_BYTES], rate)
    try:
        with soundfile.SoundFile(io.BytesIO(_with_size(sound))) as file:
            rate = int(file.samplerate)
            samples = file.read(LONGEST * min(rate, HIGHEST) + 1, dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, RuntimeError, ValueError) as error:
        shown = sound[:40].decode("ascii", "replace")
        raise SpeechNotWhole(f"what {service} sent is no sound that can be decoded ({shown!r})") from error
    if not LOWEST <= rate <= HIGHEST or len(samples) > LONGEST * rate or not np.isfinite(samples).all():
        raise SpeechNotWhole(f"what {service} sent is no speech ({len(samples)} samples at {rate} Hz)")
    mono = samples.mean(axis=1)
    scaled = mono / max(1.0, float(np.abs(mono).max(initial=0)))
    return Clip((scaled * 32767).astype("<i2").tobytes(), rate)


def _with_size(sound: bytes) -> bytes:
    """Return a WAV with the size of its data where a server that streams did not know it yet: 0 or 0xFFFFFFFF."""
    offset = sound.find(b"data", 12, HEADER_BYTES) if sound.startswith(b"RIFF") else -1
    if offset < 0 or sound[offset + 4 : offset + 8] not in UNKNOWN_SIZES:
        return sound
    size = (len(sound) - offset - 8).to_bytes(4, "little")
    whole = (len(sound) - 8).to_bytes(4, "little")
    return sound[:4] + whole + sound[8 : offset + 4] + size + sound[offset + 8 :]

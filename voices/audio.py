"""Clips → the finished programme: placed, levelled, limited, encoded once, measured, tagged. Home of pydub.

Loudness convention: EBU R 128 integrated, dual mono. A mono file plays on two speakers, which adds 3 LU to
what a plain meter shows: −16 LUFS here is what Apple asks for, and −19 on a meter that hears one speaker.
"""

from __future__ import annotations

import os
import warnings
from typing import TYPE_CHECKING

from voices import ffmpeg, stitch, tags
from voices.errors import AudioFailed
from voices.model import SAMPLE_BYTES, Clip, Millis, Recording

with warnings.catch_warnings():
    # pydub 0.25.1 has invalid escapes, imports the audioop that Python 3.12 calls deprecated, and misses a
    # system ffmpeg that we do not use.
    warnings.simplefilter("ignore")
    from pydub import AudioSegment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from voices.model import Line, Part, Tags

TARGET = -16.0
"""LUFS, dual mono: Apple's recommendation for podcasts (−16 ± 1), inside what Alexa takes (−19 to −9)."""

CEILING = -1.0
"""dBTP that the published file stays under."""

LIMIT = -2.0
"""dBFS at which the limiter holds: the encoder overshoots by up to a decibel."""

TOLERANCE = 0.2
"""LU by which the limiter and the encoder may have moved the loudness before it is encoded again."""

BITRATE = "96k"
FADE = 5
"""Milliseconds at both ends of a clip: no click, no lost consonant."""

ENCODINGS = 4
OVERSAMPLED = 4 * ffmpeg.RATE
"""Hz: peaks between samples show at four times the rate (ITU-R BS.1770, annex 2)."""


def render(
    parts: Sequence[Part],
    clips: Sequence[Clip],
    target: Path,
    about: Tags,
    *,
    pauses: stitch.Pauses = stitch.Pauses(),
    on_step: Callable[[str], None] = lambda _step: None,
) -> Recording:
    """Make the programme at `target` and prove that it is whole; a failure leaves there what was there.

    `clips` are in the order of the parts' lines. Raises `AudioFailed`.
    """
    timeline = stitch.plan(parts, [clip.duration for clip in clips], pauses)
    lines = [line for part in parts for line in part.lines]
    if not any(clip.pcm for clip in clips):
        raise AudioFailed("there is no speech to mix; check the script")
    on_step("Levelling the voices")
    rate = max(clip.rate for clip in clips)
    pcm = _assemble(timeline, _levelled(lines, clips), rate)
    temporary = target.with_name(f".{target.name}")
    try:
        measured = _master(pcm, rate, temporary, on_step)
        _prove(measured, timeline.length, target)
        tags.write(temporary, about, timeline.chapters, timeline.length)
        _sync(temporary)
        size = temporary.stat().st_size
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return Recording(
        path=target,
        size=size,
        duration=_length(measured),
        loudness=measured.loudness,
        true_peak=measured.true_peak,
        chapters=timeline.chapters,
        cues=timeline.cues,
    )


def _levelled(lines: Sequence[Line], clips: Sequence[Clip]) -> list[tuple[Clip, float]]:
    """Each clip and the gain in dB that brings its voice to the target; its sentences keep their life."""
    gains = {}
    for voice in dict.fromkeys(line.voice for line in lines):
        own = [clip for line, clip in zip(lines, clips, strict=True) if line.voice == voice]
        joined = b"".join(clip.pcm for clip in own)
        gains[voice] = TARGET - ffmpeg.measure(ffmpeg.raw(own[0].rate), joined).loudness
    return [(clip, gains[line.voice]) for line, clip in zip(lines, clips, strict=True)]


def _assemble(timeline: stitch.Timeline, levelled: Sequence[tuple[Clip, float]], rate: int) -> bytes:
    """One buffer of the programme's length, every clip at its place: linear, whatever the number of clips."""
    buffer = bytearray(_offset(timeline.length, rate))
    for cue, (clip, gain) in zip(timeline.cues, levelled, strict=True):
        sound = _segment(clip).set_frame_rate(rate)
        # Headroom for the gain: the limiter, not the sample's width, decides about peaks.
        headroom = min(gain, -sound.max_dBFS)
        faded = sound.apply_gain(headroom).fade_in(FADE).fade_out(FADE).raw_data
        start = _offset(cue.start, rate)
        buffer[start : start + len(faded)] = faded
    return bytes(buffer)


def _segment(clip: Clip) -> AudioSegment:
    return AudioSegment(data=clip.pcm, sample_width=SAMPLE_BYTES, frame_rate=clip.rate, channels=1)


def _offset(at: Millis, rate: int) -> int:
    return round(at * rate / 1000) * SAMPLE_BYTES


def _master(pcm: bytes, rate: int, target: Path, on_step: Callable[[str], None]) -> ffmpeg.Measured:
    """Encode at the target loudness; again, a little corrected, when the limiter moved it."""
    gain = TARGET - ffmpeg.measure(ffmpeg.raw(rate), pcm).loudness
    for _ in range(ENCODINGS):
        on_step("Encoding and measuring")
        limiter = f"alimiter=limit={LIMIT}dB:level=false:attack=2:release=60"
        filters = f"volume={gain:.2f}dB,aresample={OVERSAMPLED},{limiter},aresample={ffmpeg.RATE}"
        # An encoder of a killed run may still be writing: it keeps the old file, we begin a new one.
        target.unlink(missing_ok=True)
        ffmpeg.encode(pcm, rate, filters, target, BITRATE)
        measured = ffmpeg.measure(["-i", str(target)])
        if abs(measured.loudness - TARGET) <= TOLERANCE:
            break
        gain += TARGET - measured.loudness
    return measured


def _prove(measured: ffmpeg.Measured, planned: Millis, target: Path) -> None:
    """What was encoded is as long, as loud and as clean as it was meant to be."""
    if abs(_length(measured) - planned) > 100:  # noqa: PLR2004 - milliseconds: two MP3 frames and the encoder's delay
        raise AudioFailed(
            f"{target.name} is {_length(measured)} ms long instead of {planned} ms; render again"
        )
    if measured.true_peak > CEILING or abs(measured.loudness - TARGET) > 1:
        raise AudioFailed(
            f"{target.name} has {measured.loudness} LUFS and {measured.true_peak} dBTP instead of {TARGET} "
            f"and at most {CEILING}; listen to the voices, one of them must be damaged"
        )


def _length(measured: ffmpeg.Measured) -> Millis:
    return Millis(round(measured.samples * 1000 / ffmpeg.RATE))


def decode(path: Path) -> Clip:
    """A file's sound; raises `AudioFailed` when it cannot be decoded."""
    return Clip(ffmpeg.decode(path), ffmpeg.RATE)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())

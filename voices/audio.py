"""Clips → the finished programme: trimmed, levelled, placed, limited, encoded once, measured, tagged.

    clips ─trim, level, fade─► mix at −23 LUFS ─gain, limiter─► master ─MP3─► measured ─tags─► renamed

Home of pydub. The mix and the master lie in files without a name beside the target, and are read in pieces of ten
seconds: memory does not grow with the programme, and a killed run leaves nothing behind but `.<name>`.

Loudness convention: EBU R 128 integrated, dual mono. A mono file plays on two speakers, which adds 3 LU to
what a plain meter shows: −16 LUFS here is what Apple asks for, and −19 on a meter that hears one speaker.
"""

from __future__ import annotations

import math
import os
import tempfile
import warnings
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

import numpy as np

from voices import ffmpeg, meter, shape, stitch, tags
from voices.errors import AudioFailed
from voices.model import SAMPLE_BYTES, Clip, Millis, Recording

with warnings.catch_warnings():
    # pydub 0.25.1 has invalid escapes, imports the audioop that Python 3.12 calls deprecated, and misses a
    # system ffmpeg that we do not use.
    warnings.filterwarnings("ignore", module=".*pydub")
    from pydub import AudioSegment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from voices.model import Line, Part, Tags

RATE = ffmpeg.RATE
MIX = -23.0
"""LUFS of every voice in the mix: the level of EBU R 128, which leaves room for any peak of speech."""

SWING = 3.0
"""LU by which a sentence may be louder or softer than its voice is on the whole. A reader's life stays; a sentence
that an engine mumbled, or that another engine had to speak, is brought back to this."""

FADE = 5
"""Milliseconds at both ends of a clip: no click, no lost consonant."""

PIECE = 10 * RATE
"""Samples that are worked on at a time; whole steps of the meter and of the limiter."""

ACCURACY = 0.05
"""LU by which the master may miss its loudness before it is made again with another gain."""

MOVED = 0.2
"""LU by which the encoder may move it before it is mastered and encoded again."""

TOLERANCE = 0.5
"""LU by which the encoded file may miss it."""

LONGER = Millis(50)
"""Milliseconds by which it may be longer or shorter than planned: two frames of MP3."""

SPARE = 1.0
"""dB that the limiter keeps below the ceiling at first: peaks between the samples, and what the encoder adds."""

PASSES = 8
ENCODINGS = 4


@dataclass(frozen=True, slots=True)
class Aim:
    """What the published file is to measure: integrated LUFS (dual mono), and dBTP that it stays under.

    The default is Apple's −16 ± 1 LUFS and −1 dBTP; Alexa's flash briefings want −14 and −2.
    """

    loudness: float = -16.0
    true_peak: float = -1.0


def render(
    parts: Sequence[Part],
    clips: Sequence[Clip],
    target: Path,
    about: Tags,
    *,
    pauses: stitch.Pauses = stitch.Pauses(),
    aim: Aim = Aim(),
    on_step: Callable[[str], None] = lambda _step: None,
) -> Recording:
    """Make the programme at `target` and prove that it is whole; a failure leaves there what was there.

    `clips` are in the order of the parts' lines, of any rates. The same clips give the same bytes. Raises
    `AudioFailed`.
    """
    lines = [line for part in parts for line in part.lines]
    if not lines:
        raise AudioFailed(f"there is no speech for {target}; check the script")
    sounds = [shape.trimmed(clip) for clip in clips]
    timeline = stitch.plan(parts, [sound.duration for sound in sounds], pauses)
    try:
        with tempfile.TemporaryFile(dir=target.parent) as mix:
            on_step("Levelling the voices")
            _mix(mix, timeline, sounds, gains(lines, sounds))
            return _publish(mix, timeline, target, about, aim, on_step)
    except OSError as error:
        raise AudioFailed(f"{target} cannot be written: {error}; check the folder and the disk") from error


def decode(path: Path) -> Clip:
    """A file's sound; raises `AudioFailed` when it cannot be decoded."""
    return Clip(ffmpeg.decode(path), RATE)


def loudness(path: Path) -> tuple[float, float]:
    """A file's integrated loudness in LUFS (dual mono) and true peak in dBTP, as it is decoded."""
    measured = ffmpeg.measure(path)
    return measured.loudness, measured.true_peak


def whole(path: Path, expected: Millis) -> None:
    """Raise `AudioFailed` unless the file can be decoded to its end and is as long as expected."""
    _prove_length(path, ffmpeg.measure(path), expected)


def gains(lines: Sequence[Line], clips: Sequence[Clip]) -> list[float]:
    """For each clip the dB that bring its voice to the level of the mix; raises `AudioFailed` for silence.

    One gain a voice, so that its sentences keep their life, save for those that are far from the others.
    """
    heard = [meter.energies(shape.samples(clip.pcm), clip.rate) for clip in clips]
    own = [meter.integrated(energies) for energies in heard]
    for line, level in zip(lines, own, strict=True):
        if level == -math.inf:
            raise AudioFailed(f"there is no sound for “{line.printed}”; have it spoken again")
    voices = {
        voice: meter.integrated(
            np.concatenate([e for e, line in zip(heard, lines, strict=True) if line.voice == voice])
        )
        for voice in {line.voice for line in lines}
    }
    return [
        MIX + max(-SWING, min(SWING, level - voices[line.voice])) - level
        for line, level in zip(lines, own, strict=True)
    ]


def _mix(mix: IO[bytes], timeline: stitch.Timeline, clips: Sequence[Clip], levels: Sequence[float]) -> None:
    """Put every clip at its place; what nobody wrote is silence. Linear, whatever the number of clips."""
    mix.truncate(_place(timeline.length) * SAMPLE_BYTES)
    for cue, clip, level in zip(timeline.cues, clips, levels, strict=True):
        mix.seek(_place(cue.start) * SAMPLE_BYTES)
        mix.write(_faded(clip, level))


def _faded(clip: Clip, gain: float) -> bytes:
    """The clip at the mix's rate and level."""
    sound = AudioSegment(data=clip.pcm, sample_width=SAMPLE_BYTES, frame_rate=clip.rate, channels=1)
    ready = sound.apply_gain(gain).fade_in(FADE).fade_out(FADE)
    return shape.pcm(shape.resampled(shape.samples(ready.raw_data), clip.rate, RATE))


def _place(at: Millis) -> int:
    """The sample that is heard at a time."""
    return round(at * RATE / 1000)


def _publish(
    mix: IO[bytes],
    timeline: stitch.Timeline,
    target: Path,
    about: Tags,
    aim: Aim,
    on_step: Callable[[str], None],
) -> Recording:
    temporary = target.with_name(f".{target.name}")
    try:
        measured = _encoded(mix, temporary, aim, on_step)
        _prove(target, measured, timeline.length, aim)
        tags.write(temporary, about, timeline)
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


def _encoded(mix: IO[bytes], temporary: Path, aim: Aim, on_step: Callable[[str], None]) -> ffmpeg.Measured:
    """Master, encode and measure; again, a little corrected, should the encoder have moved peaks or loudness."""
    wanted, limit = aim.loudness, aim.true_peak - SPARE
    for _ in range(ENCODINGS):
        with tempfile.TemporaryFile(dir=temporary.parent) as master:
            on_step("Mastering")
            _master(mix, master, wanted, 10 ** (limit / 20))
            on_step("Encoding and measuring")
            # The encoder of a killed run may still be writing: it keeps the old file, we begin a new one.
            temporary.unlink(missing_ok=True)
            ffmpeg.encode(master, temporary)
        measured = ffmpeg.measure(temporary)
        over, missing = measured.true_peak - aim.true_peak, aim.loudness - measured.loudness
        if over <= 0 and abs(missing) <= MOVED:
            break
        limit -= max(0, over + 0.1)
        wanted += missing
    return measured


def _master(mix: IO[bytes], master: IO[bytes], wanted: float, ceiling: float) -> None:
    """Bring the mix to a loudness with every sample below a ceiling (a share of full scale).

    What the limiter takes, a little more gain gives back, until both are right.
    """
    gain = wanted - MIX
    for _ in range(PASSES):
        master.seek(0)
        steps = [_write(master, piece) for piece in _pieces(mix, 10 ** (gain / 20), ceiling)]
        missing = wanted - meter.integrated(np.concatenate(steps))
        if abs(missing) <= ACCURACY:
            break
        gain += missing
    master.truncate()
    master.seek(0)


def _write(master: IO[bytes], piece: NDArray[np.floating]) -> NDArray[np.float64]:
    """Add a piece to the master; returns its energies."""
    master.write(shape.pcm(piece))
    return meter.energies(piece, RATE)


def _pieces(mix: IO[bytes], factor: float, ceiling: float) -> Iterator[NDArray[np.floating]]:
    """The mix piece by piece, amplified and limited as if it were in one piece."""
    length = mix.seek(0, os.SEEK_END) // SAMPLE_BYTES
    for start in range(0, length, PIECE):
        around = _read(mix, start - shape.CONTEXT, PIECE + 2 * shape.CONTEXT)
        ready = shape.limited(around * factor, ceiling)
        yield ready[shape.CONTEXT :][: min(PIECE, length - start)]


def _read(mix: IO[bytes], start: int, count: int) -> NDArray[np.float32]:
    """So many samples from a place on; what lies outside the mix is silence."""
    before = max(0, -start)
    mix.seek((start + before) * SAMPLE_BYTES)
    inside = shape.samples(mix.read((count - before) * SAMPLE_BYTES))
    return np.pad(inside, (before, count - before - len(inside)))


def _prove(target: Path, measured: ffmpeg.Measured, planned: Millis, aim: Aim) -> None:
    """What was encoded is as long, as loud and as clean as it was meant to be."""
    _prove_length(target, measured, planned)
    if measured.true_peak > aim.true_peak or abs(measured.loudness - aim.loudness) > TOLERANCE:
        raise AudioFailed(
            f"{target} has {measured.loudness} LUFS and {measured.true_peak} dBTP instead of {aim.loudness} "
            f"and at most {aim.true_peak}; listen to the voices, one of them must be damaged"
        )


def _prove_length(path: Path, measured: ffmpeg.Measured, planned: Millis) -> None:
    if abs(_length(measured) - planned) > LONGER:
        raise AudioFailed(
            f"{path} is {_length(measured)} ms long instead of {planned} ms; it is damaged, render it again"
        )


def _length(measured: ffmpeg.Measured) -> Millis:
    return Millis(round(measured.samples * 1000 / RATE))


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())

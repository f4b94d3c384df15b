"""The mix → a finished file: as loud as it is to be, no peak too high, encoded once, measured, proved."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

import numpy as np

from voices.audio import dsp, ffmpeg, loudness, mixing
from voices.errors import AudioFailed
from voices.model import Millis

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

ACCURACY = 0.05
"""LU by which the master may miss its loudness before it is made again with another gain."""

MOVED = 0.2
"""LU by which the encoder may move it before it is mastered and encoded again."""

TOLERANCE = 0.3
"""LU by which the encoded file may miss it."""

LONGER = Millis(50)
"""Milliseconds by which it may be longer or shorter than planned: two frames of MP3."""

SPARE = 1.0
"""dB that the limiter keeps below the ceiling at first: peaks between the samples, and what the encoder adds."""

PASSES = 8
ENCODINGS = 4


@dataclass(frozen=True, slots=True)
class Aim:
    """Target of a published file: integrated LUFS (dual mono), dBTP that it stays under, and kbit/s.

    The default is Apple’s −16 LUFS (±1) with a dB to spare under its −1 dBTP: other codecs made of it overshoot.
    """

    loudness: float = -16.0
    true_peak: float = -2.0
    bitrate: int = ffmpeg.BITRATE


SPEAKERS = Aim(-14.0, -2.0)
"""What Alexa asks of a flash briefing."""

SPEAKERS_LENGTH = Millis(600_000)
"""The most that it plays."""


def master_and_encode(
    mix: IO[bytes], temporary: Path, aim: Aim, chapters: str, on_step: Callable[[str], None]
) -> ffmpeg.Measured:
    """Master, encode and measure; again, a little corrected, should the encoder have moved peaks or loudness."""
    target, limit = aim.loudness, aim.true_peak - SPARE
    for _ in range(ENCODINGS):
        with tempfile.TemporaryFile(dir=temporary.parent) as master:
            on_step("Mastering")
            _write_master(mix, master, target, 10 ** (limit / 20))
            on_step("Encoding and measuring")
            # The encoder of a killed run may still be writing: it keeps the old file, we begin a new one.
            temporary.unlink(missing_ok=True)
            ffmpeg.encode_pcm(master, temporary, aim.bitrate, chapters)
        measured = ffmpeg.measure_file(temporary)
        over, missing = measured.true_peak - aim.true_peak, aim.loudness - measured.loudness
        if over <= 0 and abs(missing) <= MOVED:
            break
        limit -= max(0, over + 0.1)
        target += missing
    return measured


def _write_master(mix: IO[bytes], master: IO[bytes], wanted: float, ceiling: float) -> None:
    """Bring the mix to a loudness with every sample below a ceiling (a share of full scale).

    What the limiter takes, a little more gain gives back, until both are right.
    """
    gain = wanted - mixing.MIX
    for _ in range(PASSES):
        master.seek(0)
        steps = [_write_piece(master, piece) for piece in _limited_pieces(mix, 10 ** (gain / 20), ceiling)]
        missing = wanted - loudness.integrated_loudness(np.concatenate(steps))
        if abs(missing) <= ACCURACY:
            break
        gain += missing
    master.truncate()
    master.seek(0)


def _write_piece(master: IO[bytes], piece: NDArray[np.floating]) -> NDArray[np.float64]:
    """Add a piece to the master; returns its energies."""
    master.write(dsp.to_pcm(piece))
    return loudness.step_energies(piece, mixing.RATE)


def _limited_pieces(mix: IO[bytes], factor: float, ceiling: float) -> Iterator[NDArray[np.floating]]:
    """Yield the mix piece by piece, amplified and limited as if it were in one piece."""
    length = mixing.count_samples(mix)
    for start in range(0, length, mixing.PIECE):
        around = mixing.read_samples(mix, start - dsp.CONTEXT, mixing.PIECE + 2 * dsp.CONTEXT)
        ready = dsp.limit_peaks(around * factor, ceiling)
        yield ready[dsp.CONTEXT :][: min(mixing.PIECE, length - start)]


def verify_master(target: Path, measured: ffmpeg.Measured, planned: Millis, aim: Aim) -> None:
    """Raise `AudioFailed` unless the encoded file is as long, as loud and as clean as planned."""
    verify_length(target, measured, planned)
    if measured.true_peak > aim.true_peak or abs(measured.loudness - aim.loudness) > TOLERANCE:
        raise AudioFailed(
            f"{target} has {measured.loudness} LUFS and {measured.true_peak} dBTP instead of {aim.loudness} "
            f"and at most {aim.true_peak}; listen to the voices, one of them must be damaged"
        )


def verify_length(path: Path, measured: ffmpeg.Measured, planned: Millis) -> None:
    """Raise `AudioFailed` unless a measured file is as long as planned."""
    if abs(measured_length(measured) - planned) > LONGER:
        raise AudioFailed(
            f"{path} is {measured_length(measured)} ms long instead of {planned} ms; it is damaged, render it again"
        )


def measured_length(measured: ffmpeg.Measured) -> Millis:
    """Return the length of a measured file in milliseconds."""
    return Millis(round(measured.samples * 1000 / mixing.RATE))

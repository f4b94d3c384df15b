"""The ffmpeg of the package imageio-ffmpeg, whose home this is: no program of the system is needed."""

from __future__ import annotations

import re
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from typing import IO, TYPE_CHECKING

import imageio_ffmpeg

from voices.errors import AudioFailed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TIMEOUT = 1800
"""Seconds; an hour of programme takes about a minute."""

RATE = 44_100
"""Hz of what is published: Apple's minimum for MP3, and one of the rates that every speaker plays."""

BITRATE = 96
"""kbit/s, constant, for mono: what Apple recommends at least, and what no player has to guess a length from."""

METER = "ebur128=peak=true:dualmono=true:framelog=quiet"
"""EBU R 128 loudness of a mono file as heard from two speakers, and its true peak."""

FAINT = -60
"""dBFS, below which nobody hears anything in a programme at −16 LUFS."""

COUNTER = "astats=measure_perchannel=none:measure_overall=Number_of_samples"

MONO = ("-map", "0:a:0", "-ac", "1", "-ar", str(RATE))
"""The first sound of a file, never its cover."""

RAW = ("-f", "s16le", "-ar", str(RATE), "-ac", "1")
"""PCM as it flows through the studio."""

UNSCALED = "aformat=sample_fmts=fltp,volume=1/0.95"
"""LAME 3.100 turns whatever it gets at a constant bitrate down to 0.95 (its presets' scale; measured −0.446 dB with
tones, noise and speech from 64 to 128 kbit/s): taken back before, in floats, so that what is decoded is as loud
as what was encoded."""

EXACT = ("-fflags", "+bitexact", "-flags:a", "+bitexact")
"""No clock and no version of ffmpeg in the file: the same samples give the same bytes."""

MP3 = ("-map_metadata", "-1", "-af", UNSCALED, "-c:a", "libmp3lame", "-f", "mp3", "-id3v2_version", "0")
"""Without tags, which come later; the first frame tells players how much of the beginning is the encoder's delay."""

LISTED = ("-map", "0:a", "-map_chapters", "1", "-map_metadata", "1")
"""Sound from the first input; chapters, and their titles, from the second."""

M4A = ("-c:a", "aac", "-f", "ipod", "-movflags", "+faststart")
"""AAC for players that go by MP4's chapters; its edit list tells the delay, its index stands in front."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Integrated loudness in LUFS (dual mono), true peak in dBTP, loudness range in LU, length in samples at `RATE`."""

    loudness: float
    true_peak: float
    loudness_range: float
    samples: int


@cache
def ffmpeg_path() -> str:
    """Return the path of the ffmpeg binary; raises `AudioFailed` when the package brings none for this machine."""
    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise AudioFailed(
            "imageio-ffmpeg has no ffmpeg for this machine; set IMAGEIO_FFMPEG_EXE to one"
        ) from error


def measure_file(path: Path) -> Measured:
    """Decode a file and measure what is heard."""
    filters = f"aresample={RATE},{METER},{COUNTER}"
    # A playlist may name addresses: only what lies in files is read.
    options = ["-protocol_whitelist", "file", "-i", f"file:{path}", "-map", "0:a:0"]
    report = _run_ffmpeg("measured", path, [*options, "-af", filters, "-f", "null", "-"])[1]
    summary = report[report.rfind("Summary:") :]
    return Measured(
        loudness=_find_number(r"I:\s+(\S+) LUFS", summary, path),
        true_peak=_find_number(r"Peak:\s+(\S+) dBFS", summary, path),
        loudness_range=_find_number(r"LRA:\s+(\S+) LU", summary, path),
        samples=int(_find_number(r"Number of samples:\s+(\d+)", report, path)),
    )


def longest_silence(path: Path) -> float:
    """Return the longest stretch in seconds in which nothing is louder than `FAINT`; 0 for none of a second."""
    options = ["-protocol_whitelist", "file", "-i", f"file:{path}", "-map", "0:a:0"]
    report = _run_ffmpeg(
        "searched", path, [*options, "-af", f"silencedetect=noise={FAINT}dB:d=1", "-f", "null", "-"]
    )[1]
    return max(map(float, re.findall(r"silence_duration: ([\d.]+)", report)), default=0.0)


def encode_pcm(pcm: IO[bytes], target: Path, bitrate: int = BITRATE, chapters: str = "") -> None:
    """Encode PCM at `RATE`, an open file at its start, as the name says: MP3, or `.m4a` with its chapters.

    `chapters` is a text in ffmpeg's metadata format. The same samples give the same bytes.
    """
    source = [*RAW, "-i", "pipe:0"]
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as listed:
        listed.write(chapters)
        listed.flush()
        listing = [
            "-f",
            "ffmetadata",
            "-i",
            f"file:{listed.name}",
            "-map",
            "0:a",
            "-map_chapters",
            "1",
            "-map_metadata",
            "1",
        ]
        coder = [*listing, *M4A] if target.suffix == ".m4a" else MP3
        rate = ["-b:a", f"{bitrate}k"]
        _run_ffmpeg("encoded", target, [*source, *coder, *rate, *EXACT, "-y", f"file:{target}"], pcm)


def decode_file(path: Path, seconds: float | None = None) -> bytes:
    """Return a file's sound, or so much of its beginning, as mono 16-bit PCM at `RATE`."""
    most = [] if seconds is None else ["-t", str(seconds)]
    # A playlist may name addresses: only what lies in files is read.
    local = ["-protocol_whitelist", "file"]
    return _run_ffmpeg(
        "decoded", path, [*local, "-i", f"file:{path}", *MONO, *most, "-f", "s16le", "pipe:1"]
    )[0]


def decode_into(path: Path, pcm: Path) -> None:
    """Write a file's sound into another file, for what may be long."""
    _run_ffmpeg("decoded", path, ["-i", f"file:{path}", *MONO, "-f", "s16le", "-y", f"file:{pcm}"])


def _run_ffmpeg(
    done: str, path: Path, arguments: Sequence[str], feed: IO[bytes] | None = None
) -> tuple[bytes, str]:
    """Run ffmpeg; returns what came out and what it said. Raises `AudioFailed` with its last line."""
    # A file of its own on standard input, so that neither side ever waits for the other.
    command = [ffmpeg_path(), "-hide_banner", "-nostats", "-v", "info", *arguments]
    try:
        result = subprocess.run(  # noqa: S603 - our own program and arguments
            command, stdin=feed or subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT, check=False
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise AudioFailed(f"{path} cannot be {done}: {error}; try again") from error
    report = result.stderr.decode(errors="replace")
    if result.returncode:
        raise AudioFailed(
            f"{path} cannot be {done}: {_last_line(report)}; check the file and the disk, try again"
        )
    return result.stdout, report


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1].strip() if lines else "ffmpeg gave no reason"


def _find_number(pattern: str, text: str, path: Path) -> float:
    match = re.search(pattern, text)
    if not match:
        raise AudioFailed(f"{path} cannot be measured: {_last_line(text)}; is there any sound in it?")
    return float(match[1])

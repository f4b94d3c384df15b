"""The ffmpeg of the package imageio-ffmpeg, whose home this is: no program of the system is needed."""

from __future__ import annotations

import re
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from typing import IO, TYPE_CHECKING, cast

import imageio_ffmpeg

from voices.errors import AudioFailed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TIMEOUT = 1800
"""Seconds; an hour of programme takes about a minute."""

CHUNK = 1 << 20

RATE = 44_100
"""Hz of what is published: Apple's minimum for MP3, and one of the rates that every speaker plays."""

METER = "ebur128=peak=true:dualmono=true:framelog=quiet"
"""EBU R 128 loudness of a mono file as heard from two speakers, and its true peak."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Integrated loudness in LUFS (dual mono), true peak in dBTP, and length in samples at `RATE`."""

    loudness: float
    true_peak: float
    samples: int


@cache
def program() -> str:
    """The path of the ffmpeg binary; raises `AudioFailed` when the package brings none for this machine."""
    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise AudioFailed(
            "imageio-ffmpeg has no ffmpeg for this machine; set IMAGEIO_FFMPEG_EXE to one"
        ) from error


def raw(rate: int) -> list[str]:
    """Input options for our PCM on standard input."""
    return ["-f", "s16le", "-ar", str(rate), "-ac", "1", "-i", "pipe:0"]


def measure(source: Sequence[str], pcm: bytes | None = None) -> Measured:
    """Measure a file (`["-i", path]`) or PCM (`raw(rate)`)."""
    command = [
        *source,
        "-af",
        f"aresample={RATE},{METER}",
        "-f",
        "s16le",
        "-ar",
        str(RATE),
        "-ac",
        "1",
        "pipe:1",
    ]
    length, told = _run(command, pcm)
    summary = told[told.rfind("Summary:") :]
    loudness, peak = _number(r"I:\s+(\S+) LUFS", summary), _number(r"Peak:\s+(\S+) dBFS", summary)
    return Measured(loudness, peak, length // 2)


def encode(pcm: bytes, rate: int, filters: str, target: Path, bitrate: str) -> None:
    """Filter PCM and encode it as a constant-bitrate MP3 at `RATE`, the same bytes every time."""
    exact = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact", "-id3v2_version", "0"]
    coder = ["-c:a", "libmp3lame", "-b:a", bitrate, "-ac", "1", "-ar", str(RATE), "-f", "mp3"]
    _run([*raw(rate), "-af", filters, *coder, *exact, "-y", str(target)], pcm)


def decode(path: Path, rate: int = RATE) -> bytes:
    """A file's sound as mono 16-bit PCM."""
    command = [
        program(),
        "-v",
        "error",
        "-nostdin",
        "-i",
        str(path),
        "-f",
        "s16le",
        "-ar",
        str(rate),
        "-ac",
        "1",
        "-",
    ]
    done = subprocess.run(command, capture_output=True, timeout=TIMEOUT, check=False)  # noqa: S603 - our own arguments
    if done.returncode:
        raise AudioFailed(
            f"{path} cannot be decoded: {_last(done.stderr.decode(errors='replace'))}; make it again"
        )
    return done.stdout


def _run(arguments: Sequence[str], pcm: bytes | None) -> tuple[int, str]:
    """Run ffmpeg; returns how many bytes came out and what it said."""
    command = [program(), "-hide_banner", "-nostats", "-v", "info", *arguments]
    with tempfile.TemporaryFile() as feed, tempfile.TemporaryFile() as told:
        # Files on both sides of the pipe, so that neither side ever waits for the other.
        feed.write(pcm or b"")
        feed.seek(0)
        with subprocess.Popen(command, stdin=feed, stdout=subprocess.PIPE, stderr=told) as process:  # noqa: S603 - our own arguments
            out = cast("IO[bytes]", process.stdout)
            length = sum(len(chunk) for chunk in iter(lambda: out.read(CHUNK), b""))
            status = process.wait(TIMEOUT)
        told.seek(0)
        text = told.read().decode(errors="replace")
    if status:
        raise AudioFailed(f"ffmpeg failed: {_last(text)}; check the disk and the clips, and render again")
    return length, text


def _last(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1].strip() if lines else "no reason given"


def _number(pattern: str, text: str) -> float:
    found = re.search(pattern, text)
    if not found:
        raise AudioFailed(f"ffmpeg gave no loudness: {_last(text)}; is there any sound?")
    return float(found[1])

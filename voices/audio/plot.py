"""A recording as a picture: waveform and loudness, with who speaks, music and chapters marked. An SVG, made by hand.

It is drawn from the file as it is decoded, so it shows what listeners hear, read in pieces: memory does not grow with
the programme.
"""

from __future__ import annotations

import math
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

import numpy as np

from voices.audio import dsp, ffmpeg, loudness
from voices.errors import AudioFailed
from voices.model import SAMPLE_BYTES, Sound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from voices.model import Music, Recording

WIDTH, HEIGHT = 1600, 420
LEFT, RIGHT = 60, 20
WAVE = (70, 230)
"""Top and bottom of the waveform; below it the rows of speech and music, then the loudness."""

SPEECH, MUSIC = 240, 258
LOUD = (285, 385)
QUIETEST, LOUDEST = -50.0, -5.0
"""LUFS at the bottom and the top of the loudness."""

STEPS = 10 * ffmpeg.RATE
"""Samples that are looked at at a time."""

LATE = 0.78
"""The share of the programme from which on a chapter's title stands before its line."""

SPEAKERS = ("#2f6f9f", "#b5651d", "#4f7f3f", "#8a4f8f")
TUNES = {Sound.SIGNATURE: "#c9a227", Sound.BED: "#d9cfa0", Sound.STING: "#e07b39", Sound.LABEL: "#c0392b"}
NAMES = {Sound.SIGNATURE: "片头", Sound.BED: "垫乐", Sound.STING: "间奏", Sound.LABEL: "标识音"}
"""Colours and names of what is heard."""


class _Seen(NamedTuple):
    """Highest sample (0 to 1) and momentary loudness (LUFS) of each 100 ms."""

    peaks: NDArray[np.float64]
    loudness: NDArray[np.float64]


def draw_recording(recording: Recording) -> str:
    """Return the picture as SVG; raises `AudioFailed` for a file that cannot be read."""
    try:
        peaks = _scan_file(recording.path)
    except OSError as error:
        raise AudioFailed(f"{recording.path} cannot be drawn: {error}; render it again") from error
    length = max(1, recording.duration)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        _draw_text(LEFT, 16, f"{_clock_text(recording.duration)} · {describe_measures(recording)}", size=13),
        *_draw_chapters(recording, length),
        _draw_wave(peaks.peaks),
        *_draw_speech(recording, length),
        *_draw_music(recording.music, length),
        *_draw_scale(recording.loudness),
        _draw_loudness(peaks.loudness),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def describe_measures(recording: Recording) -> str:
    """Return the measured figures of a recording on one line."""
    return (
        f"{recording.loudness:.1f} LUFS · {recording.true_peak:.1f} dBTP · LRA {recording.loudness_range:.1f}"
    )


def _scan_file(path: Path) -> _Seen:
    with tempfile.TemporaryDirectory() as folder:
        pcm = Path(folder) / "sound"
        ffmpeg.decode_into(path, pcm)
        pieces = [
            (_peak_levels(piece), loudness.step_energies(piece, ffmpeg.RATE)) for piece in _read_pieces(pcm)
        ]
    if not pieces:
        raise AudioFailed(f"{path} has no sound to draw; render it again")
    peaks, energies = (np.concatenate(row) for row in zip(*pieces, strict=True))
    return _Seen(peaks, loudness.momentary_loudness(energies))


def _read_pieces(pcm: Path) -> Iterator[NDArray[np.float32]]:
    with pcm.open("rb") as file:
        while data := file.read(STEPS * SAMPLE_BYTES):
            yield dsp.to_samples(data)


def _peak_levels(piece: NDArray[np.float32]) -> NDArray[np.float64]:
    size = ffmpeg.RATE // loudness.FRAMES_A_SECOND
    whole = piece[: len(piece) // size * size].reshape(-1, size)
    return np.asarray(np.abs(whole).max(axis=1), dtype=np.float64)


def _draw_wave(peaks: NDArray[np.float64]) -> str:
    """Draw the loudest sample of each column, above and below the middle."""
    middle, half = sum(WAVE) / 2, (WAVE[1] - WAVE[0]) / 2
    points = [(x, half * high) for x, high in _column_maxima(peaks)]
    upper = [f"{x:.1f},{middle - high:.1f}" for x, high in points]
    lower = [f"{x:.1f},{middle + high:.1f}" for x, high in reversed(points)]
    return f'<polygon class="wave" fill="#7d97ad" points="{" ".join(upper + lower)}"/>'


def _column_maxima(values: NDArray[np.float64]) -> list[tuple[float, float]]:
    """Return the highest value of each column of the picture, and where the column begins."""
    count = min(len(values), WIDTH - LEFT - RIGHT)
    firsts = np.arange(count) * len(values) // count
    highest = np.maximum.reduceat(values, firsts)
    places = (_x_of(float(first) / len(values)) for first in firsts)
    return list(zip(places, highest.tolist(), strict=True))


def _draw_loudness(levels: NDArray[np.float64]) -> str:
    points = [f"{x:.1f},{_y_of(level):.1f}" for x, level in _column_maxima(levels)]
    return f'<polyline class="loudness" fill="none" stroke="#333" points="{" ".join(points)}"/>'


def _draw_scale(aim: float) -> Iterable[str]:
    for level in (-40, -30, -20, -10):
        yield _draw_line(LEFT, _y_of(level), WIDTH - RIGHT, _y_of(level), "#ddd")
        yield _draw_text(8, _y_of(level) + 4, f"{level} LUFS")
    yield _draw_line(LEFT, _y_of(aim), WIDTH - RIGHT, _y_of(aim), "#c0392b")


def _draw_speech(recording: Recording, length: int) -> Iterable[str]:
    speakers = list(dict.fromkeys(cue.speaker for cue in recording.cues))
    yield _draw_text(8, SPEECH + 10, "播报")
    for cue in recording.cues:
        colour = SPEAKERS[speakers.index(cue.speaker) % len(SPEAKERS)]
        yield _draw_block("speech", cue.start, cue.end, length, SPEECH, colour, f"{cue.speaker}：{cue.text}")


def _draw_music(music: Sequence[Music], length: int) -> Iterable[str]:
    yield _draw_text(8, MUSIC + 10, "音乐")
    for cue in music:
        yield _draw_block("music", cue.start, cue.end, length, MUSIC, TUNES[cue.sound], NAMES[cue.sound])


def _draw_chapters(recording: Recording, length: int) -> Iterable[str]:
    """Draw a line and a title each, in three rows, so that short chapters do not write over one another."""
    for number, chapter in enumerate(recording.chapters):
        x = _x_of(chapter.start / length)
        yield _draw_line(x, 28, x, LOUD[1], "#bbb")
        label = f"{_clock_text(chapter.start)} {chapter.title[:24]}"
        # A title that would run over the edge stands before its line.
        late = chapter.start / length > LATE
        yield _draw_text(
            x - 3 if late else x + 3, 34 + 13 * (number % 3), label, anchor="end" if late else "start"
        )


def _draw_block(kind: str, start: int, end: int, length: int, top: int, colour: str, told: str) -> str:
    x, width = _x_of(start / length), (end - start) / length * (WIDTH - LEFT - RIGHT)
    return (
        f'<rect class="{kind}" x="{x:.1f}" y="{top}" width="{width:.1f}" height="14" fill="{colour}">'
        f"<title>{_escape_text(told)}</title></rect>"
    )


def _draw_line(x: float, y: float, to_x: float, to_y: float, colour: str) -> str:
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" stroke="{colour}"/>'


def _draw_text(x: float, y: float, text: str, size: int = 11, anchor: str = "start") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}">{_escape_text(text)}</text>'
    )


def _escape_text(text: str) -> str:
    """Escape a text, and leave out what XML cannot hold."""
    return escape("".join(char if char.isprintable() else " " for char in text))


def _x_of(share: float) -> float:
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _y_of(lufs: float) -> float:
    level = min(LOUDEST, max(QUIETEST, lufs if math.isfinite(lufs) else QUIETEST))
    return LOUD[1] - (level - QUIETEST) / (LOUDEST - QUIETEST) * (LOUD[1] - LOUD[0])


def _clock_text(millis: int) -> str:
    return f"{millis // 60_000}:{millis // 1000 % 60:02}"

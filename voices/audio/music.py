"""The show's music: a small signature, a bed and a sting that are computed here, or the show's own files.

What is computed is calm and in the five notes of the 宫 mode on C, played by a soft vibraphone over a warm pad: it can
stand beside any news. Nobody else has a right in it. All sounds come at the mix's rate and level, as clips.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from voices.audio import dsp, ffmpeg, loudness
from voices.audio.timeline import Shape
from voices.errors import AudioFailed
from voices.model import Clip, Millis

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

RATE = ffmpeg.RATE

SIGNATURE_LEVEL = -24.0
STING_LEVEL = -27.0
LABEL_LEVEL = -26.0
BED_LEVEL = -33.0
"""LUFS of the loudest 400 ms in the mix, where speech is −23: the bed is 10 LU below it in the open, and
`ducking.DEPTH` more under words."""

LONGEST_SIGNATURE = 30
LONGEST_STING = 6
LONGEST_BED = 600
"""Seconds that a show's own file may have."""

SEAM = 1.0
"""Seconds over which the end of a show's own bed is led into its beginning."""

OWN = "house"
"""What a configuration says for the music that is computed here."""

C, D, E, G, A = (261.63, 293.66, 329.63, 392.00, 440.00)
"""Hz of the mode's notes from middle C on, in equal temperament."""

F = 349.23
UNIT = 0.16
"""Seconds of a short tone of the label; a long one has three of them."""

NEWS_CHORDS = (
    (C / 2, G / 2, D, E),
    (A / 4, E / 2, G / 2, C),
    (F / 4, C / 2, A / 2, E),
    (G / 4, D / 2, G / 2, D),
)
LIGHT_CHORDS = (
    (C / 2, E, G, 2 * D),
    (F / 2, A / 2, C, 2 * D),
    (A / 4, C, E, G),
    (G / 4, D, G, 2 * C),
)
EVENING_CHORDS = (
    (A / 4, E / 2, A / 2, C),
    (F / 4, C / 2, A / 2, D),
    (C / 4, G / 2, C, E),
    (D / 4, A / 2, D, G),
)


@dataclass(frozen=True, slots=True)
class Theme:
    """Set of pieces that belong together: signature, bed and sting."""

    chords: tuple[tuple[float, float, float, float], ...]
    """Hz of the bed's chords, four to a round; the first one lies under the signature."""
    chord_seconds: float
    pulse: tuple[int, ...]
    """Note of the chord on each beat of it."""
    pulse_level: float
    melody: tuple[tuple[float, float], ...]
    """Seconds and Hz of the signature's notes."""
    sting: tuple[tuple[float, float], ...]
    """Seconds and Hz of the sting's notes."""


THEMES: dict[str, Theme] = {
    "news": Theme(
        NEWS_CHORDS,
        4.0,
        (0, 2, 3, 2, 1, 2, 3, 2),
        0.16,
        ((0.0, G), (0.3, 2 * C), (0.6, 2 * D), (0.9, 2 * E), (1.5, 2 * G), (2.1, 2 * D), (2.7, 2 * C)),
        ((0.0, 2 * D), (0.13, 2 * G)),
    ),
    "light": Theme(
        LIGHT_CHORDS,
        3.2,
        (0, 3, 1, 3, 2, 3, 1, 2),
        0.2,
        (
            (0.0, 2 * E),
            (0.2, 2 * G),
            (0.4, 2 * A),
            (0.8, 2 * G),
            (1.2, 4 * C),
            (1.6, 2 * A),
            (2.0, 2 * G),
            (2.6, 4 * C),
        ),
        ((0.0, 2 * G), (0.1, 2 * A), (0.2, 4 * C)),
    ),
    "evening": Theme(
        EVENING_CHORDS,
        5.6,
        (0, 2, 3, 1),
        0.13,
        ((0.0, A), (0.7, 2 * C), (1.4, 2 * D), (2.3, A), (3.0, G)),
        ((0.0, 2 * C), (0.25, A)),
    ),
}
"""Music that is computed here, by the name that a show chooses."""

NAMES = (OWN, *THEMES)
"""Everything that a configuration may say for computed music; `OWN` is the news'."""


@dataclass(frozen=True, slots=True)
class Imaging:
    """Sounds of a show besides speech; None is none.

    `headlines` and `stories` say whether the sting stands between headlines and between stories, `label_first` and
    `label_last` where the tone of the label stands.
    """

    signature: Clip | None = None
    bed: Clip | None = None
    sting: Clip | None = None
    headlines: bool = True
    stories: bool = False
    label_first: bool = False
    label_last: bool = False

    @property
    def shape(self) -> Shape:
        """Sounds and their lengths as the timeline has to know them."""
        return Shape(
            signature=_clip_length(self.signature),
            sting=_clip_length(self.sting),
            label=label().duration if self.label_first or self.label_last else Millis(0),
            bed=self.bed is not None,
            headlines=self.headlines,
            stories=self.stories,
            label_first=self.label_first,
            label_last=self.label_last,
        )


def find_theme(name: str) -> Theme:
    """Return a theme by its name."""
    return THEMES["news" if name == OWN else name]


@cache
def signature(name: str = OWN) -> Clip:
    """Compute five seconds: a call over a chord that the bed takes up."""
    theme, sound = find_theme(name), np.zeros(round(5.2 * RATE))
    for start, pitch in theme.melody:
        _add_note(sound, start, _bell_tone(pitch, 2.4))
    for pitch in theme.chords[0]:
        _add_note(sound, 0.0, 0.5 * _pad_tone(pitch, 5.2))
    return level_music(_fade_ends(sound, 0.01, 1.4), SIGNATURE_LEVEL)


@cache
def bed(name: str = OWN) -> Clip:
    """Compute a round of four chords with a soft pulse, whose end runs into its beginning."""
    theme = find_theme(name)
    length = theme.chord_seconds
    sound = np.zeros(round(len(theme.chords) * length * RATE))
    for number, chord in enumerate(theme.chords):
        for pitch in chord:
            _add_note(sound, number * length, _pad_tone(pitch, length + 1.2))
        for beat, step in enumerate(theme.pulse):
            start = number * length + beat * length / len(theme.pulse)
            _add_note(sound, start, theme.pulse_level * _bell_tone(2 * chord[step], 1.0))
    return level_music(sound, BED_LEVEL)


@cache
def sting(name: str = OWN) -> Clip:
    """Compute two or three notes, a second."""
    sound = np.zeros(round(1.0 * RATE))
    for start, pitch in find_theme(name).sting:
        _add_note(sound, start, _bell_tone(pitch, 0.9))
    return level_music(_fade_ends(sound, 0.002, 0.5), STING_LEVEL)


@cache
def label() -> Clip:
    """Compute the rhythm 短长短短, which GB 45438-2025 (5.3) lets stand for the spoken label: a·i in Morse."""
    pieces = []
    for units in (1, 3, 1, 1):
        time = np.arange(round(units * UNIT * RATE)) / RATE
        pieces += [_fade_ends(np.sin(2 * np.pi * 2 * G * time), 0.012, 0.012), np.zeros(round(UNIT * RATE))]
    return level_music(np.concatenate(pieces[:-1]), LABEL_LEVEL)


def level_music(sound: NDArray[np.floating[Any]], lufs: float) -> Clip:
    """Return the sound with its loudest 400 ms at a loudness; raises `AudioFailed` for silence."""
    loudest = max(loudness.momentary_loudness(loudness.step_energies(sound, RATE)), default=-math.inf)
    if loudest < loudness.ABSOLUTE_GATE:
        raise AudioFailed("there is no sound in it")
    return Clip(dsp.to_pcm(sound * 10 ** ((lufs - loudest) / 20)), RATE)


def own_signature(path: Path) -> Clip:
    """Read a show's own signature; raises `AudioFailed`."""
    return level_file(path, _fade_ends(_read_file(path, LONGEST_SIGNATURE), 0.005, 0.5), SIGNATURE_LEVEL)


def own_sting(path: Path) -> Clip:
    """Read a show's own sting; raises `AudioFailed`."""
    return level_file(path, _fade_ends(_read_file(path, LONGEST_STING), 0.005, 0.1), STING_LEVEL)


def own_bed(path: Path) -> Clip:
    """Read a show's own bed and make it endless; raises `AudioFailed`."""
    return level_file(path, _make_endless(_read_file(path, LONGEST_BED)), BED_LEVEL)


def level_file(path: Path, sound: NDArray[np.floating[Any]], lufs: float) -> Clip:
    """Return the sound of a file at a loudness; raises `AudioFailed` with the file's name for silence."""
    try:
        return level_music(sound, lufs)
    except AudioFailed as error:
        raise AudioFailed(f"{path} cannot be used as music: {error}; name another file") from error


def _read_file(path: Path, longest: int) -> NDArray[np.float32]:
    """Read a file as sound; raises `AudioFailed` for what is none, or is too long."""
    if not path.is_file():
        raise AudioFailed(f"{path} is not there; name a file of music, `{OWN}`, or nothing")
    try:
        sound = dsp.to_samples(ffmpeg.decode_file(path, longest + 1))
    except AudioFailed as error:
        raise AudioFailed(
            f"{path} is no music that can be played ({error}); name a WAV, FLAC, MP3 or M4A file"
        ) from error
    if len(sound) > longest * RATE:
        raise AudioFailed(f"{path} is longer than {longest} s; cut it to what is to be heard")
    return sound


def _make_endless(sound: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    """Return the sound with its end led into its beginning, as loud in the middle of the seam as before."""
    seam = min(round(SEAM * RATE), len(sound) // 3)
    rise = np.sin(np.linspace(0, np.pi / 2, seam))
    body = np.array(sound[: len(sound) - seam])
    body[:seam] = body[:seam] * rise + sound[len(sound) - seam :] * rise[::-1]
    return body


def _add_note(sound: NDArray[np.float64], at: float, note: NDArray[np.float64]) -> None:
    """Add a note from a second on; what is beyond the end sounds at the beginning, as in a round."""
    places = (round(at * RATE) + np.arange(len(note))) % len(sound)
    np.add.at(sound, places, note)


def _bell_tone(pitch: float, seconds: float) -> NDArray[np.float64]:
    """Compute a soft mallet: the bar's own tone, a little of its double octave, both dying away."""
    time = np.arange(round(seconds * RATE)) / RATE
    tone = np.sin(2 * np.pi * pitch * time) * np.exp(-2.6 * time)
    shine = 0.18 * np.sin(2 * np.pi * 4 * pitch * time) * np.exp(-9 * time)
    return _fade_ends(tone + shine, 0.006, 0.3)


def _pad_tone(pitch: float, seconds: float) -> NDArray[np.float64]:
    """Compute a warm, slowly swelling tone, a little wide."""
    time = np.arange(round(seconds * RATE)) / RATE
    voices: Iterable[tuple[float, float]] = ((1, 0.5), (1.003, 0.35), (2, 0.12), (3, 0.04))
    tone = np.sum([share * np.sin(2 * np.pi * pitch * ratio * time) for ratio, share in voices], axis=0)
    return _fade_ends(0.4 * tone, 0.9, 1.2)


def _fade_ends(sound: NDArray[np.floating[Any]], rise: float, fall: float) -> NDArray[np.float64]:
    """Return the sound with soft ends; the seconds shrink with a sound that is shorter than both."""
    share = min(1.0, len(sound) / RATE / (rise + fall)) if len(sound) else 0.0
    up, down = (round(seconds * share * RATE) for seconds in (rise, fall))
    ready = np.array(sound, dtype=np.float64)
    ready[:up] *= np.sin(np.linspace(0, np.pi / 2, up)) ** 2
    ready[len(ready) - down :] *= np.cos(np.linspace(0, np.pi / 2, down)) ** 2
    return ready


def _clip_length(clip: Clip | None) -> Millis:
    return clip.duration if clip else Millis(0)

"""Edges, rate and peaks of the samples of a clip or a mix. Pure.

Sound is an array of floats between −1 and 1; PCM is mono, 16 bits, little-endian.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from voices.errors import AudioFailed
from voices.model import SAMPLE_BYTES, Clip, Millis, WordTime

if TYPE_CHECKING:
    from numpy.typing import NDArray

FULL = 32768
EDGE = -50.0
"""dB below the loudest stretch of a clip: what is softer at its ends is silence. The softest consonants of
Mandarin (f, h, s) lie 30 to 40 dB below its vowels, the noise floor of a speech engine 60 and more."""

STRETCH = 0.01
"""Seconds over which the level is taken when edges are looked for."""

KEPT = Millis(40)
"""Milliseconds of that silence that stay at both ends, so that a first consonant and a last breath are whole."""

TRIMMED = f"edge={EDGE:g}/{KEPT}"
"""How clips are trimmed, for the identity of a voice whose sound depends on it."""

SOFT = 5
"""Milliseconds over which sound that has no silence at its end is led into what is added: no click."""

STEP = 49
"""Samples in which the limiter decides, 1.1 ms at 44.1 kHz."""

REACH = 9
"""Steps (10 ms) before and after a peak over which the limiter turns the gain down and up again: slow enough
that no vowel is distorted, short enough that no syllable is lost."""

CONTEXT = STEP * 4 * REACH
"""Samples on both sides of a piece that decide about the gain inside it."""


def to_samples(pcm: bytes) -> NDArray[np.float32]:
    """Return PCM as sound; raises `AudioFailed` for half a sample."""
    if len(pcm) % SAMPLE_BYTES:
        raise AudioFailed(f"{len(pcm)} bytes are no 16-bit sound; speak the sentence again")
    return np.frombuffer(pcm, dtype="<i2").astype(np.float32) / np.float32(FULL)


def to_pcm(sound: NDArray[np.floating[Any]]) -> bytes:
    """Return sound as PCM; what is beyond full scale is cut."""
    return bytes(np.rint(np.clip(sound * FULL, -FULL, FULL - 1)).astype("<i2").data)


def trim_silence(clip: Clip) -> Clip:
    """Return the clip without the silence at its ends, save a margin; its words keep their places in the sound.

    A clip without any sound is returned as it is.
    """
    edges = _find_edges(to_samples(clip.pcm), clip.rate)
    if edges is None:
        return clip
    margin = _margin_samples(clip.rate)
    first, last = max(0, edges[0] - margin), edges[1] + margin
    earlier = round(first * 1000 / clip.rate)
    return replace(
        clip,
        pcm=clip.pcm[first * SAMPLE_BYTES : last * SAMPLE_BYTES],
        words=tuple(_shift_word(word, earlier) for word in clip.words),
    )


def frame_clip(clip: Clip) -> Clip:
    """Return the clip trimmed, with a margin of exactly `KEPT` at both ends around what is heard.

    A clip without any sound is returned as it is.
    """
    cut = trim_silence(clip)
    sound = to_samples(cut.pcm)
    edges = _find_edges(sound, cut.rate)
    if edges is None:
        return clip
    margin = _margin_samples(cut.rate)
    before, after = max(0, margin - edges[0]), max(0, edges[1] + margin - len(sound))
    soft = round(SOFT * cut.rate / 1000)
    ends = np.ones(len(sound), dtype=np.float32)
    if before:
        ends[:soft] = np.linspace(0, 1, len(ends[:soft]))
    if after:
        ends[-soft:] *= np.linspace(1, 0, len(ends[-soft:]))
    added = round(before * 1000 / cut.rate)
    return replace(
        cut,
        pcm=to_pcm(np.pad(sound * ends, (before, after))),
        words=tuple(_shift_word(word, -added) for word in cut.words),
    )


def _find_edges(sound: NDArray[np.float32], rate: int) -> tuple[int, int] | None:
    """Return the first sample that is heard and the one after the last; None when there is none."""
    size = max(1, round(STRETCH * rate))
    powers = (np.pad(sound, (0, -len(sound) % size)).reshape(-1, size) ** 2).mean(axis=1)
    loud = np.flatnonzero(powers > powers.max(initial=0) * 10 ** (EDGE / 10))
    return (int(loud[0]) * size, min(len(sound), (int(loud[-1]) + 1) * size)) if loud.size else None


def _margin_samples(rate: int) -> int:
    return round(KEPT * rate / 1000)


def _shift_word(word: WordTime, millis: int) -> WordTime:
    return replace(word, start=Millis(max(0, word.start - millis)), end=Millis(max(0, word.end - millis)))


def resample_sound(sound: NDArray[np.floating[Any]], rate: int, wanted: int) -> NDArray[np.floating[Any]]:
    """Return the same sound at another rate, without a trace above what both rates can hold.

    The whole spectrum is kept, so no filter has to be chosen; the ends must be silent, for they meet.
    """
    if rate == wanted:
        return sound
    common = math.gcd(rate, wanted)
    length = math.ceil(len(sound) * wanted / rate)
    # The padded length must come out whole at both rates, and be one that the transform likes.
    unit = rate // common
    pieces = _smooth_number(math.ceil(len(sound) / unit) + 1)
    size, new = pieces * unit, pieces * (wanted // common)
    spectrum = np.fft.rfft(sound, size)[: new // 2 + 1]
    return np.asarray(np.fft.irfft(spectrum, new)[:length] * (new / size))


def _smooth_number(least: int) -> int:
    """Return the smallest number from `least` on that has no prime factor above 5."""
    number = least
    while _strip_small_primes(number) > 1:
        number += 1
    return number


def _strip_small_primes(number: int) -> int:
    for prime in (2, 3, 5):
        while number % prime == 0:
            number //= prime
    return number


def limit_peaks(sound: NDArray[np.floating[Any]], ceiling: float) -> NDArray[np.floating[Any]]:
    """Return the sound with every sample within ±`ceiling` (a share of full scale), its gain moving smoothly.

    A look-ahead limiter: the gain that the loudest sample near needs is held, then smoothed by a window no
    wider than the hold, so it is always low enough and never jumps. The length must be whole `STEP`s.
    """
    peaks = np.abs(sound).reshape(-1, STEP).max(axis=1)
    if peaks.max(initial=0) <= ceiling:
        return sound
    needed = np.minimum(1, ceiling / np.maximum(peaks, ceiling))
    floor = _sliding_windows(needed, REACH + 1).min(axis=1)
    window = np.hanning(2 * REACH + 3)[1:-1]
    smooth = _sliding_windows(floor, REACH) @ (window / window.sum())
    centres = np.arange(len(peaks)) * STEP + (STEP - 1) / 2
    return np.asarray(sound * np.interp(np.arange(len(sound)), centres, smooth))


def _sliding_windows(values: NDArray[np.floating[Any]], reach: int) -> NDArray[np.floating[Any]]:
    """Return for each value the ones around it; the ends are repeated."""
    return np.lib.stride_tricks.sliding_window_view(np.pad(values, reach, mode="edge"), 2 * reach + 1)

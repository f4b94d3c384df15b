"""Clips and music → the mix: every voice at one level, every sound at its place, the bed out of the way of speech.

Home of pydub. The mix lies in a file and is worked on in pieces of ten seconds: memory does not grow with the
programme.
"""

from __future__ import annotations

import math
import os
import warnings
from functools import cache
from typing import IO, TYPE_CHECKING

import numpy as np

from voices.audio import dsp, ducking, ffmpeg, loudness, music
from voices.audio.timeline import CROSS
from voices.errors import AudioFailed
from voices.model import SAMPLE_BYTES, Clip, Millis, Sound

with warnings.catch_warnings():
    # pydub 0.25.1 has invalid escapes, imports the audioop that Python 3.12 calls deprecated, and misses a
    # system ffmpeg that we do not use.
    warnings.filterwarnings("ignore", module=".*pydub")
    from pydub import AudioSegment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from voices.audio.timeline import Timeline
    from voices.model import Line, Music

RATE = ffmpeg.RATE
MIX = -23.0
"""LUFS of every voice in the mix: the level of EBU R 128, which leaves room for any peak of speech."""

SWING = 1.0
"""LU by which a sentence may be louder or softer than its voice is on the whole. Engines give one sentence in fifty
that is 5 dB too soft, and short ones that are too loud; a reader at a microphone keeps within this."""

ROOM_TONE = -72.0
"""dBFS of the noise under the whole programme, −65 in a master at −16 LUFS: pauses of digital zero sound cut out."""

ROOM_SECONDS = 10
ROOM_BAND = (60, 8000)
"""Length of the endless room tone in seconds, and the Hz between which it lies."""

FADE = 5
"""Milliseconds at both ends of a clip: no click, no lost consonant."""

FALL = Millis(2600)
"""Milliseconds over which a bed goes at its end, at most half of what it has."""

PIECE = 10 * RATE
"""Samples that are worked on at a time; whole steps of the meter, of the limiter and of the ducking."""


def plan_gains(lines: Sequence[Line], clips: Sequence[Clip]) -> list[float]:
    """Return for each clip the dB that bring its voice to the level of the mix; raises `AudioFailed` for silence.

    One gain a voice, so that its sentences keep their life, save for those that are far from the others.
    """
    step_energies = [loudness.step_energies(dsp.to_samples(clip.pcm), clip.rate) for clip in clips]
    own = [loudness.integrated_loudness(energies) for energies in step_energies]
    for line, level in zip(lines, own, strict=True):
        if level == -math.inf:
            raise AudioFailed(f"there is no sound for “{line.printed}”; have it spoken again")
    voices = {
        voice: loudness.integrated_loudness(
            np.concatenate([e for e, line in zip(step_energies, lines, strict=True) if line.voice == voice])
        )
        for voice in {line.voice for line in lines}
    }
    return [
        MIX + max(-SWING, min(SWING, level - voices[line.voice])) - level
        for line, level in zip(lines, own, strict=True)
    ]


def fill_mix(
    mix: IO[bytes],
    timeline: Timeline,
    clips: Sequence[Clip],
    levels: Sequence[float],
    imaging: music.Imaging = music.Imaging(),
) -> None:
    """Put every sound of framed clips at its place, and the room tone under all. Linear in the number of clips."""
    mix.truncate(sample_at(timeline.length) * SAMPLE_BYTES)
    for cue, clip, level in zip(timeline.cues, clips, levels, strict=True):
        # Its margin lies before the cue, where another clip's may lie as well.
        _add_sound(mix, sample_at(Millis(cue.start - dsp.KEPT)), dsp.to_samples(_level_clip(clip, level)))
    # The tone of the label is a message: the bed makes way for it as for speech.
    _add_music(mix, timeline, Sound.LABEL, music.label())
    if imaging.bed is not None:
        _lay_bed(
            mix, [bed for bed in timeline.music if bed.sound is Sound.BED], dsp.to_samples(imaging.bed.pcm)
        )
    _add_music(mix, timeline, Sound.SIGNATURE, imaging.signature)
    _add_music(mix, timeline, Sound.STING, imaging.sting)
    _lay_room_tone(mix)


def read_samples(mix: IO[bytes], start: int, count: int) -> NDArray[np.float32]:
    """Return so many samples from a place on; what lies outside the mix is silence."""
    before = max(0, -start)
    mix.seek((start + before) * SAMPLE_BYTES)
    inside = dsp.to_samples(mix.read((count - before) * SAMPLE_BYTES))
    return np.pad(inside, (before, count - before - len(inside)))


def count_samples(mix: IO[bytes]) -> int:
    """Return the number of samples of the mix."""
    return mix.seek(0, os.SEEK_END) // SAMPLE_BYTES


def sample_at(at: Millis) -> int:
    """Return the sample that is heard at a time."""
    return round(at * RATE / 1000)


def _level_clip(clip: Clip, gain: float) -> bytes:
    """Return the clip at the mix's rate and level."""
    sound = AudioSegment(data=clip.pcm, sample_width=SAMPLE_BYTES, frame_rate=clip.rate, channels=1)
    ready = sound.apply_gain(gain).fade_in(FADE).fade_out(FADE)
    return dsp.to_pcm(dsp.resample_sound(dsp.to_samples(ready.raw_data), clip.rate, RATE))


def _add_music(mix: IO[bytes], timeline: Timeline, sound: Sound, clip: Clip | None) -> None:
    """Add a sound wherever the timeline has it."""
    for cue in timeline.music:
        if cue.sound is sound and clip is not None:
            _add_sound(mix, sample_at(cue.start), dsp.to_samples(clip.pcm))


def _lay_bed(mix: IO[bytes], spans: Sequence[Music], bed: NDArray[np.float32]) -> None:
    """Lay the bed under the programme, out of the way of the speech that is in the mix by now."""
    reductions = ducking.plan_reductions(
        np.concatenate([ducking.step_levels(piece) for piece in _whole_pieces(mix)])
    )
    for span in spans:
        first, after = sample_at(span.start), sample_at(span.end)
        for start in range(first, after, PIECE):
            places = np.arange(start, min(after, start + PIECE))
            gain = ducking.gain_factors(reductions, start, len(places)) * _bed_envelope(places, first, after)
            _add_sound(mix, start, bed[(places - first) % len(bed)] * gain)


def _lay_room_tone(mix: IO[bytes]) -> None:
    tone = room_tone()
    for start in range(0, count_samples(mix), len(tone)):
        _add_sound(mix, start, tone)


@cache
def room_tone() -> NDArray[np.float32]:
    """Compute the soft noise of a studio, which falls by 3 dB an octave and whose end meets its beginning."""
    count = ROOM_SECONDS * RATE
    hertz = np.fft.rfftfreq(count, 1 / RATE)
    inside = (hertz > ROOM_BAND[0]) & (hertz < ROOM_BAND[1])
    phases = np.random.default_rng(0).uniform(0, 2 * np.pi, len(hertz))
    spectrum = np.where(inside, np.exp(1j * phases) / np.sqrt(np.maximum(hertz, 1)), 0)
    noise = np.fft.irfft(spectrum, count)
    return np.asarray(noise / noise.std() * 10 ** (ROOM_TONE / 20), dtype=np.float32)


def _bed_envelope(places: NDArray[np.int64], first: int, after: int) -> NDArray[np.float64]:
    """Return the gain of a bed at places of the mix: it comes and goes softly."""
    fall = min(sample_at(FALL), (after - first) // 2)
    rise = min(sample_at(CROSS), (after - first) // 2)
    up = np.clip((places - first) / max(1, rise), 0, 1)
    down = np.clip((after - places) / max(1, fall), 0, 1)
    return np.asarray(np.sin(up * np.pi / 2) ** 2 * np.sin(down * np.pi / 2) ** 2)


def _add_sound(mix: IO[bytes], start: int, sound: NDArray[np.floating]) -> None:
    """Add a sound to what is in the mix already; what would lie before it or behind it is silence, and is left out."""
    sound = sound[max(0, -start) : count_samples(mix) - start]
    start = max(0, start)
    samples = read_samples(mix, start, len(sound))
    mix.seek(start * SAMPLE_BYTES)
    mix.write(dsp.to_pcm(samples + sound))


def _whole_pieces(mix: IO[bytes]) -> Iterator[NDArray[np.float32]]:
    """Yield the mix, filled up to whole pieces."""
    for start in range(0, count_samples(mix), PIECE):
        yield read_samples(mix, start, PIECE)

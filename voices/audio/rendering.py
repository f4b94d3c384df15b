"""Clips → the finished programme: trimmed, levelled, placed, limited, encoded once, measured, tagged.

    clips ─trim, level, fade─► mix at −23 LUFS ─gain, limiter─► master ─MP3─► measured ─tags─► renamed
    music ─level, duck, fade──┘

The mix and the master lie in files without a name beside the target, and are read in pieces of ten seconds: memory
does not grow with the programme, and a killed run leaves nothing behind but `.<name>`.

Loudness convention: EBU R 128 integrated, dual mono. A mono file plays on two speakers, which adds 3 LU to
what a plain meter shows: −16 LUFS here is what Apple asks for, and −19 on a meter that hears one speaker.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, replace
from typing import IO, TYPE_CHECKING

from voices.audio import dsp, ffmpeg, mastering, mixing, music, tags, timeline
from voices.audio.mastering import Aim
from voices.clip_store import Clips, ClipStore
from voices.errors import AudioFailed
from voices.model import Clip, Millis, Recording

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from voices.model import Part, Tags

RATE = ffmpeg.RATE


@dataclass(frozen=True, slots=True)
class Programme:
    """Pauses and music of a show."""

    pauses: timeline.Pauses = timeline.Pauses()
    imaging: music.Imaging = music.Imaging()


@dataclass(frozen=True, slots=True)
class ExtraMaster:
    """Further master of the same programme: where, at which level, how long it may be at most.

    A name that ends in `.m4a` makes it AAC. What is too long loses whole stories, with their headlines.
    """

    path: Path
    aim: Aim = Aim()
    most: Millis | None = None


@dataclass(frozen=True, slots=True)
class _Material:
    """Parts, framed clips and the dB that level each: what all masters of a programme are made from."""

    parts: Sequence[Part]
    clips: Sequence[Clip]
    levels: Sequence[float]
    programme: Programme

    @property
    def heard(self) -> list[Millis]:
        """Length of what is heard of each clip: its margins belong to the pauses around it."""
        return [Millis(clip.duration - 2 * dsp.KEPT) for clip in self.clips]

    def plan(self) -> timeline.Timeline:
        """Plan the timeline of the programme."""
        return timeline.plan_timeline(
            self.parts, self.heard, self.programme.pauses, self.programme.imaging.shape
        )

    def within(self, most: Millis) -> _Material:
        """Return the same without the stories that are too much."""
        settings = self.programme
        shortened = timeline.shorten_programme(
            self.parts, self.heard, most, settings.pauses, settings.imaging.shape
        )
        return replace(
            self,
            parts=shortened.parts,
            clips=[self.clips[number] for number in shortened.lines],
            levels=[self.levels[number] for number in shortened.lines],
        )


def render_programme(
    parts: Sequence[Part],
    clips: Sequence[Clip],
    target: Path,
    about: Tags,
    *,
    programme: Programme = Programme(),
    aim: Aim = Aim(),
    also: Sequence[ExtraMaster] = (),
    on_step: Callable[[str], None] = lambda _step: None,
) -> Recording:
    """Make the programme at `target` and prove that it is whole; a failure leaves there what was there.

    `clips` are in the order of the parts' lines, of any rates. The same clips give the same bytes. Raises
    `AudioFailed`.
    """
    lines = [line for part in parts for line in part.lines]
    if not lines:
        raise AudioFailed(f"there is no speech for {target}; check the script")
    on_step("Levelling the voices")
    sounds = _framed_clips(clips)
    studio = _Material(parts, sounds, mixing.plan_gains(lines, sounds), programme)
    masters = [_make_master(studio, master, about, on_step) for master in (ExtraMaster(target, aim), *also)]
    return replace(masters[0], others=tuple(masters[1:]))


def _framed_clips(clips: Sequence[Clip]) -> Clips:
    """Return the clips framed, in a store: a list of them held the whole programme in memory, beside the caller's."""
    store = ClipStore()
    return Clips(store, [store.add_clip(dsp.frame_clip(clip)) for clip in clips])


def decode_recording(path: Path) -> Clip:
    """Return a file's sound; raises `AudioFailed` when it cannot be decoded."""
    return Clip(ffmpeg.decode_file(path), RATE)


def measure_loudness(path: Path) -> tuple[float, float]:
    """Measure a file's integrated loudness in LUFS (dual mono) and true peak in dBTP, as it is decoded."""
    measured = ffmpeg.measure_file(path)
    return measured.loudness, measured.true_peak


def measure_recording(path: Path) -> tuple[float, float, float]:
    """Measure a file's length in seconds, LUFS (dual mono), and longest silence in seconds.

    Raises `AudioFailed` for what is no sound.
    """
    measured = ffmpeg.measure_file(path)
    return measured.samples / RATE, measured.loudness, ffmpeg.longest_silence(path)


def verify_recording(path: Path, expected: Millis) -> None:
    """Raise `AudioFailed` unless the file can be decoded to its end and is as long as expected."""
    mastering.verify_length(path, ffmpeg.measure_file(path), expected)


def _make_master(
    studio: _Material, wanted: ExtraMaster, about: Tags, on_step: Callable[[str], None]
) -> Recording:
    """Mix one master, finish it, and put it at its place."""
    if wanted.most is not None:
        studio = studio.within(wanted.most)
    timeline = studio.plan()
    if wanted.most is not None and timeline.length > wanted.most:
        raise AudioFailed(
            f"{wanted.path} would be {timeline.length // 1000} s long without any story, but may be "
            f"{wanted.most // 1000} s; shorten the opening and the closing"
        )
    try:
        with tempfile.TemporaryFile(dir=wanted.path.parent) as mix:
            mixing.fill_mix(mix, timeline, studio.clips, studio.levels, studio.programme.imaging)
            return _finish_master(mix, timeline, wanted, about, on_step)
    except OSError as error:
        raise AudioFailed(
            f"{wanted.path} cannot be written: {error}; check the folder and the disk"
        ) from error


def _finish_master(
    mix: IO[bytes],
    timeline: timeline.Timeline,
    wanted: ExtraMaster,
    about: Tags,
    on_step: Callable[[str], None],
) -> Recording:
    target = wanted.path
    # The kind of the file shows in its name, also while it is made.
    temporary = target.with_name(f".{target.name}")
    try:
        measured = mastering.master_and_encode(
            mix, temporary, wanted.aim, tags.list_chapters(timeline), on_step
        )
        mastering.verify_master(target, measured, timeline.length, wanted.aim)
        tags.write_tags(temporary, about, timeline)
        _sync_file(temporary)
        size = temporary.stat().st_size
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return Recording(
        path=target,
        size=size,
        duration=mastering.measured_length(measured),
        loudness=measured.loudness,
        true_peak=measured.true_peak,
        loudness_range=measured.loudness_range,
        chapters=timeline.chapters,
        cues=timeline.cues,
        music=timeline.music,
    )


def _sync_file(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())

"""Config → the sound around the sentences of a show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.editions.sound import Sounding
from voices.audio import mastering, music, rendering, timeline
from voices.model import Millis

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from briefing.config import Show as Described
    from voices.model import Clip


def load_sound(described: Described, base: Path) -> Sounding:
    """Load a show's pauses, music and masters; raises `AudioFailed` for a file that is no music."""
    sound, label = described.sound, described.label
    programme = rendering.Programme(
        pauses=timeline.Pauses(**{name: Millis(length) for name, length in sound.pauses}),
        imaging=music.Imaging(
            signature=_tune(sound.signature, base, music.signature, music.own_signature),
            bed=_tune(sound.bed, base, music.bed, music.own_bed),
            sting=_tune(sound.sting, base, music.sting, music.own_sting),
            headlines=sound.headlines == "sting",
            stories=sound.stories == "sting",
            label_first=label.says("tone", "start"),
            label_last=label.says("tone", "end"),
        ),
    )
    return Sounding(programme, mastering.Aim(bitrate=sound.bitrate), m4a=sound.m4a, speakers=sound.speakers)


def _tune(name: str, base: Path, compute: Callable[[str], Clip], read: Callable[[Path], Clip]) -> Clip | None:
    """Return a piece of music as the configuration names it: computed, a file of the show, or none."""
    if name in music.NAMES:
        return compute(name)
    return read(base / name) if name else None

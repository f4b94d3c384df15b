"""Sound of a show around its sentences: music, pauses, and the masters that are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.editions.show_context import SPEAKERS
from voices.audio import mastering, rendering

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sounding:
    """Sound of a show around its sentences, loudness of its file, and the masters made besides.

    `m4a` is AAC with chapters; `speakers` is loud and short enough for Alexa.
    """

    programme: rendering.Programme = rendering.Programme()
    aim: mastering.Aim = mastering.Aim()
    m4a: bool = False
    speakers: bool = False

    def also(self, target: Path) -> list[rendering.ExtraMaster]:
        """The further masters, beside the recording."""
        masters = []
        if self.m4a:
            masters.append(rendering.ExtraMaster(target.with_suffix(".m4a"), self.aim))
        if self.speakers:
            path = target.with_name(f"{target.stem}{SPEAKERS}.mp3")
            masters.append(rendering.ExtraMaster(path, mastering.SPEAKERS, mastering.SPEAKERS_LENGTH))
        return masters

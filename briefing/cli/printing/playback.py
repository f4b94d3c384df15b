"""Single sentences for a person's ears: joined, written as WAV, played with whatever player the machine has."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import wave
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.errors import SoundError
from voices.model import SAMPLE_BYTES, Clip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voices.model import Millis

PLAYERS = (
    ("afplay",),
    ("paplay",),
    ("pw-play",),
    ("aplay", "--quiet"),
    ("mpv", "--no-video", "--really-quiet"),
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "quiet"),
)
"""What plays a WAV file on macOS, PulseAudio, PipeWire and ALSA, and two that many people have."""


def joined(clips: Sequence[tuple[Clip, Millis]]) -> Clip:
    """Clips of one voice, each followed by its pause."""
    rate = clips[0][0].rate
    pcm = b"".join(clip.pcm + bytes(rate * pause // 1000 * SAMPLE_BYTES) for clip, pause in clips)
    return Clip(pcm, rate)


def write(path: Path, clip: Clip) -> None:
    """Write a clip as WAV; raises `SoundError`."""
    try:
        with wave.open(str(path), "wb") as file:
            file.setparams((1, SAMPLE_BYTES, clip.rate, 0, "NONE", ""))
            file.writeframes(clip.pcm)
    except OSError as error:
        raise SoundError(
            f"{path} cannot be written: {error.strerror}; name another file with --out"
        ) from error


def play(clip: Clip) -> None:
    """Play a clip to its end; raises `SoundError` where the machine has no player or no sound."""
    player = next((command for command in PLAYERS if shutil.which(command[0])), None)
    if player is None:
        names = ", ".join(command[0] for command in PLAYERS)
        raise SoundError(f"no player is installed; install one of {names}, or write a file with --out")
    with tempfile.TemporaryDirectory(prefix="briefing-") as folder:
        path = Path(folder) / "said.wav"
        write(path, clip)
        done = subprocess.run([*player, str(path)], check=False)  # noqa: S603 - a player from the list above
    if done.returncode:
        raise SoundError(
            f"{player[0]} ended with status {done.returncode}; check the machine's sound, or use --out"
        )

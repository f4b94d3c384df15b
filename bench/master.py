"""What mixing, levelling and encoding cost beside the plain ffmpeg commands that do the same; time and memory by length.

The plain way joins the clips by ffmpeg's concat, brings them to the target by a measuring and a correcting run of
loudnorm, and encodes: it places nothing, levels no voice to another and proves nothing. Both are run in turns on the
same made-up speech, each in a process of its own, whose peak memory is read when it ends (its ffmpeg included, the
clips themselves too). The rows below a line are ratios.

    python bench/master.py [MINUTES LONG_MINUTES]
"""

from __future__ import annotations

import json
import multiprocessing
import re
import resource
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from voices.audio import dsp, ffmpeg, music, rendering
from voices.model import Clip, Line, Part, Role, Tags, Utterance

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

RATE = 24_000
SECONDS = 6
"""Length of a sentence."""

TAGS = Tags("bench", "bench", "bench", "2023-06-09", b"\xff\xd8")
ROUNDS = 3


@cache
def voices() -> tuple[Clip, ...]:
    """Ten sentences of noise in syllables, every second one by a voice half as loud."""
    chance = np.random.default_rng(0)
    time_of = np.arange(SECONDS * RATE) / RATE
    syllables = 0.55 - 0.45 * np.cos(2 * np.pi * 5 * time_of)
    return tuple(
        Clip(dsp.to_pcm(chance.standard_normal(len(time_of)) * syllables * level), RATE)
        for level in (0.1, 0.05) * 5
    )


def clips(minutes: int) -> list[Clip]:
    """As many sentences as fill the minutes; each has its own memory, as spoken ones have."""
    known = voices()
    return [Clip(bytes(bytearray(known[n % len(known)].pcm)), RATE) for n in range(minutes * 60 // SECONDS)]


def ours(minutes: int, folder: Path) -> None:
    """The studio's way."""
    sounds = clips(minutes)
    lines = tuple(Line("ab"[n % 2], "a", Utterance(("a",), ()), "a") for n in range(len(sounds)))
    # The bed lies under all of it: the most that music can cost.
    sound = music.Imaging(music.signature(), music.bed(), music.sting())
    programme = rendering.Programme(imaging=sound)
    rendering.render_programme(
        [Part("bench", lines, Role.HEADLINES)], sounds, folder / "ours.mp3", TAGS, programme=programme
    )


def plain(minutes: int, folder: Path) -> None:
    """Join, measure by loudnorm, correct by loudnorm and encode."""
    joined = folder / "joined.raw"
    joined.write_bytes(b"".join(clip.pcm for clip in clips(minutes)))
    source = ["-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", str(joined)]
    norm = "loudnorm=I=-16:TP=-1:LRA=11:dual_mono=true"
    told = _ffmpeg([*source, "-af", f"{norm}:print_format=json", "-f", "null", "-"])
    found = re.search(r"\{[^{}]*\}", told)
    if found is None:
        raise SystemExit(f"loudnorm gave no figures: {told[-200:]}")
    was = json.loads(found[0])
    known = ":".join(
        f"measured_{name}={was[f'input_{key}']}"
        for name, key in (("I", "i"), ("TP", "tp"), ("LRA", "lra"), ("thresh", "thresh"))
    )
    coder = ["-ar", str(rendering.RATE), "-c:a", "libmp3lame", "-b:a", f"{ffmpeg.BITRATE}k", "-y"]
    _ffmpeg([*source, "-af", f"{norm}:{known}:linear=true", *coder, str(folder / "plain.mp3")])


def _ffmpeg(arguments: list[str]) -> str:
    command = [ffmpeg.ffmpeg_path(), "-hide_banner", "-nostats", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stderr  # noqa: S603 - our own arguments


def cost(task: Callable[[int, Path], None], minutes: int) -> tuple[float, float]:
    """Seconds, and MiB at the peak, of a task in a process of its own."""
    context = multiprocessing.get_context("spawn")
    ours_end, other_end = context.Pipe()
    process = context.Process(target=_measure, args=(task, minutes, other_end))
    process.start()
    seconds, memory = ours_end.recv()
    process.join()
    return seconds, memory


def _measure(task: Callable[[int, Path], None], minutes: int, answer: Connection) -> None:
    with tempfile.TemporaryDirectory() as name:
        start = time.perf_counter()
        task(minutes, Path(name))
        seconds = time.perf_counter() - start
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    answer.send((seconds, max(peaks) / 1024))


def main() -> None:
    """Measure in turns and print."""
    short, long = map(int, sys.argv[1:] or (10, 60))
    turns = [(cost(ours, short), cost(plain, short)) for _ in range(ROUNDS)]
    ours_short, plain_short = (min(turn[way][0] for turn in turns) for way in (0, 1))
    memory_short = max(turn[0][1] for turn in turns)
    ours_long, memory_long = cost(ours, long)
    held = (long - short) * 60 * RATE * 2 / 2**20
    print(f"{f'{short} min, the studio':<40} {ours_short:8.2f} s {memory_short:8.0f} MiB")
    print(f"{f'{short} min, two-pass loudnorm and encoder':<40} {plain_short:8.2f} s")
    print(f"{f'{long} min, the studio':<40} {ours_long:8.2f} s {memory_long:8.0f} MiB")
    print("-" * 64)
    print(f"{'studio / plain':<40} {ours_short / plain_short:8.2f}     at most 1.2")
    print(
        f"{f'{long} min / {short} min':<40} {ours_long / ours_short:8.2f}     at most {1.1 * long / short:.1f}"
    )
    print(
        f"{'memory that grew, without the clips':<40} {memory_long - memory_short - held:8.0f} MiB at most 32"
    )


if __name__ == "__main__":
    main()

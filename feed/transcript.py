"""Who said what, in the three forms that players read: WebVTT, SubRip and the JSON of Podcasting 2.0."""

from __future__ import annotations

import html
import json
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    from feed.model import Cue

VTT_LINE = 65
SRT_LINE = 32
"""Columns a line may have (podcast-namespace, docs/examples/transcripts); a Han character takes two."""

SRT_LINES = 2


def vtt(cues: Sequence[Cue]) -> str:
    """WebVTT with the anchors' names."""
    rows = ["WEBVTT", ""]
    for cue in cues:
        lines = wrapped(cue.text, VTT_LINE)
        rows += [f"{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}"]
        rows += [f"<v {_escaped(cue.speaker)}>{_escaped(lines[0])}", *map(_escaped, lines[1:]), ""]
    return "\n".join(rows)


def srt(cues: Sequence[Cue]) -> str:
    """SubRip: at most two short lines at a time, so a long sentence becomes several, its time shared by length."""
    rows: list[str] = []
    number = 0
    for cue in cues:
        lines = wrapped(cue.text, SRT_LINE)
        groups = [lines[start : start + SRT_LINES] for start in range(0, len(lines), SRT_LINES)]
        sizes = [sum(map(len, group)) for group in groups]
        for place, group in enumerate(groups):
            number += 1
            start = cue.start + (cue.end - cue.start) * sum(sizes[:place]) / sum(sizes)
            end = cue.start + (cue.end - cue.start) * sum(sizes[: place + 1]) / sum(sizes)
            rows += [str(number), f"{_clock(start, ',')} --> {_clock(end, ',')}", *group, ""]
    return "\n".join(rows)


def as_json(cues: Sequence[Cue]) -> str:
    """The transcript JSON 1.0.0 of podcast-namespace."""
    segments = [
        {
            "speaker": cue.speaker,
            "startTime": cue.start.total_seconds(),
            "endTime": cue.end.total_seconds(),
            "body": cue.text,
        }
        for cue in cues
    ]
    return json.dumps({"version": "1.0.0", "segments": segments}, ensure_ascii=False, indent=1)


def wrapped(text: str, columns: int) -> list[str]:
    """Cut a text into lines of at most `columns`, behind a comma where one is near the end."""
    lines, line, width = [], "", 0
    for char in " ".join(text.split()):
        wide = 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if width + wide > columns:
            cut = max(line.rfind(mark) for mark in "，。；：、！？") + 1
            cut = cut if cut > len(line) // 2 else len(line)
            lines.append(line[:cut])
            line = line[cut:]
            width = sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in line)
        line += char
        width += wide
    return [*lines, line] if line or not lines else lines


def _escaped(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", " ")


def _clock(at: timedelta, point: str) -> str:
    millis = round(at.total_seconds() * 1000)
    seconds = millis // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{millis % 1000:03}"

"""Transcripts in the three forms that players read: WebVTT, SubRip, Podcasting 2.0 JSON.

WebVTT is the one that names the speaker and that Apple takes; AntennaPod likes JSON best; SubRip is for the rest.
"""

from __future__ import annotations

import html
import json
import unicodedata
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from feed import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import timedelta

    from feed.model import Cue

VTT_LINE = 65
SRT_LINE = 32
"""Columns a line may have (podcast-namespace, docs/examples/transcripts); a Han character takes two."""

LINES = 2
"""Lines that are shown at a time."""

MARKS = "，。；：、！？"
"""A line is best cut behind one of these."""


def render_vtt(cues: Sequence[Cue]) -> str:
    """Return WebVTT with speakers; long sentences become several cues of two lines."""
    rows = ["WEBVTT", ""]
    for cue in _spoken_cues(cues):
        name = _escape_text(plain_text.single_line(cue.speaker))
        for start, end, lines in _split_cue(cue, VTT_LINE):
            words = "\n".join(map(_escape_text, lines))
            rows += [
                f"{plain_text.format_millis(start)} --> {plain_text.format_millis(end)}",
                f"<v {name}>{words}",
                "",
            ]
    return "\n".join(rows)


def render_srt(cues: Sequence[Cue]) -> str:
    """Return SubRip; long sentences become several cues that share its time by length."""
    rows: list[str] = []
    pieces = (piece for cue in _spoken_cues(cues) for piece in _split_cue(cue, SRT_LINE))
    for number, (start, end, lines) in enumerate(pieces, 1):
        times = f"{plain_text.format_millis(start, ',')} --> {plain_text.format_millis(end, ',')}"
        rows += [str(number), times, *(line.replace("-->", "→") for line in lines), ""]
    return "\n".join(rows)


def render_json(cues: Sequence[Cue]) -> str:
    """Return the transcript JSON 1.0.0 of podcast-namespace."""
    segments = [
        {
            "speaker": plain_text.single_line(cue.speaker),
            "startTime": cue.start.total_seconds(),
            "endTime": cue.end.total_seconds(),
            "body": plain_text.single_line(cue.text),
        }
        for cue in _spoken_cues(cues)
    ]
    return json.dumps({"version": "1.0.0", "segments": segments}, ensure_ascii=False, indent=1)


def wrap_columns(text: str, columns: int) -> list[str]:
    """Cut a text into lines of at most `columns`, behind a comma where one is near the end."""
    lines, line, width = [], "", 0
    for char in plain_text.single_line(text):
        wide = _column_width(char)
        if width + wide > columns:
            cut = max(line.rfind(mark) for mark in MARKS) + 1
            cut = cut if cut > len(line) // 2 else len(line)
            lines.append(line[:cut])
            line = line[cut:]
            width = sum(map(_column_width, line))
        line += char
        width += wide
    return [*lines, line] if line or not lines else lines


def _spoken_cues(cues: Sequence[Cue]) -> Iterator[Cue]:
    """Return the cues with text."""
    return (cue for cue in cues if plain_text.single_line(cue.text))


def _split_cue(cue: Cue, columns: int) -> Iterator[tuple[timedelta, timedelta, list[str]]]:
    """Split a cue into pieces of two lines, each with its share of the time."""
    lines = wrap_columns(cue.text, columns)
    pieces = [lines[start : start + LINES] for start in range(0, len(lines), LINES)]
    ends = list(accumulate((sum(map(len, piece)) for piece in pieces), initial=0))
    times = [cue.start + (cue.end - cue.start) * (end / ends[-1]) for end in ends]
    return ((start, end, piece) for (start, end), piece in zip(pairwise(times), pieces, strict=True))


def _column_width(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _escape_text(text: str) -> str:
    return html.escape(text, quote=False)

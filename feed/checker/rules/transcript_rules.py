"""Who said what: WebVTT, SubRip and the JSON of Podcasting 2.0.

Parsers of these files forgive nearly everything and then show nothing: a comma in a time stamp, an end before its
start, a line too long for a screen (podcast-namespace, docs/examples/transcripts; W3C WebVTT).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from feed.checker.rules.finding import P20, Finding, shown
from feed.checker.rules.json_entries import entries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

VTT_LINE = 65
SRT_LINE = 32
"""Characters."""

SRT_LINES = 2
VTT = "WebVTT"
SRT = "SubRip"
_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)%s(\d{3})"
VTT_TIMES = re.compile(rf"{_TIME % r'[.]'}[ \t]+-->[ \t]+{_TIME % r'[.]'}(?:[ \t].*)?", re.ASCII)
SRT_TIMES = re.compile(rf"{_TIME % ','}[ \t]+-->[ \t]+{_TIME % ','}[ \t]*", re.ASCII)
TAG = re.compile(r"</?(?:v|c|b|i|u|lang|ruby|rt)(?:[.\s][^>]*)?>|<[\d:.]+>")
_ASIDE = ("NOTE", "STYLE", "REGION")


@dataclass(frozen=True, slots=True)
class Said:
    """A cue: its line in the file, from when to when in seconds, and its text, line by line."""

    line: int
    start: float
    end: float
    rows: tuple[str, ...]


def vtt(text: str) -> Iterator[Finding]:
    """WebVTT."""
    rows = text.removeprefix("\ufeff").splitlines()
    if not rows or not re.fullmatch(r"WEBVTT(?:[ \t].*)?", rows[0]):
        yield _found("vtt-header", VTT, "does not begin with WEBVTT", "write it as the first line", 1)
    cues: list[Said] = []
    for line, block in _blocks(rows[1:], 2):
        if block[0].split(maxsplit=1)[0] in _ASIDE:
            continue
        named = 0 if "-->" in block[0] else 1
        times = VTT_TIMES.fullmatch(block[named].strip()) if len(block) > named else None
        if times is None:
            cure = "write 00:00:08.250 --> 00:00:49.000, with points"
            yield _found(
                "vtt-time", VTT, f"has the time stamps {shown(block[min(named, len(block) - 1)])}", cure, line
            )
            continue
        cues.append(_cue(line + named, times, block[named + 1 :]))
    yield from _timed("vtt", VTT, cues)
    for cue in cues:
        yield from _vtt_text(cue)
    if cues and not any("<v " in row for cue in cues for row in cue.rows):
        cure = "begin each cue with its speaker, such as <v 晓伊>"
        yield _found("vtt-speaker", VTT, "names no speaker", cure, cues[0].line, "warning")


def _vtt_text(cue: Said) -> Iterator[Finding]:
    for line, row in enumerate(cue.rows, cue.line + 1):
        bare = TAG.sub("", row)
        if "<" in bare or "-->" in bare:
            cure = "write &lt; for < and &gt; for > in a text"
            yield _found("vtt-markup", VTT, f"has what is no tag in {shown(row)}", cure, line)
        if len(bare) > VTT_LINE:
            cure = f"wrap it at {VTT_LINE}"
            yield _found("vtt-line", VTT, f"has a line of {len(bare)} characters", cure, line, "warning")


def srt(text: str) -> Iterator[Finding]:
    """SubRip."""
    cues: list[Said] = []
    for line, block in _blocks(text.removeprefix("\ufeff").splitlines(), 1):
        times = SRT_TIMES.fullmatch(block[1]) if len(block) > 1 else None
        if not re.fullmatch(r"\d+", block[0].strip(), re.ASCII) or times is None:
            cure = "write a number, then 00:00:08,250 --> 00:00:49,000 with commas, then the text"
            yield _found("srt-block", SRT, f"has a block that begins {shown(block[0])}", cure, line)
            continue
        cues.append(_cue(line + 1, times, block[2:]))
    if not cues:
        yield _found("srt-empty", SRT, "has no cue", "write what is said", 0)
    yield from _timed("srt", SRT, cues)
    for cue in cues:
        if len(cue.rows) > SRT_LINES or any(len(row) > SRT_LINE for row in cue.rows):
            message = f"has a cue beyond {SRT_LINES} lines of {SRT_LINE} characters"
            yield _found("srt-line", SRT, message, "make several of it", cue.line, "warning")


def as_json(text: str) -> Iterator[Finding]:
    """The transcript JSON of Podcasting 2.0."""
    whole, listed = entries(text, "segments", "segment", P20)
    yield from whole.faults
    if whole.faults:
        return
    if not whole.text("version"):
        yield whole.error("transcript-version", "has no version", 'write "version": "1.0.0"')
    if not listed:
        yield whole.error("transcript-empty", "has no segment", "write what is said")
    for one in listed:
        start, end = one.number("startTime"), one.number("endTime")
        if start is None or end is None or start < 0 or end < start:
            cure = "give startTime and endTime in seconds, in this order"
            yield one.error("transcript-time", "has no times that can be", cure)
        if not one.text("body").strip():
            yield one.error("transcript-body", "has no body", "write what is said")
        if not one.text("speaker").strip():
            yield one.warning("transcript-speaker", "has no speaker", "name who speaks")
    begun = [(one, start) for one in listed if (start := one.number("startTime")) is not None]
    for (_, earlier), (one, later) in pairwise(begun):
        if later < earlier:
            yield one.error("transcript-order", "starts before the one above it", "sort them by startTime")


def _blocks(rows: Sequence[str], first: int) -> Iterator[tuple[int, list[str]]]:
    """What stands between empty lines, with the number of its first line."""
    block: list[str] = []
    for number, row in enumerate([*rows, ""], first):
        if row.strip():
            block.append(row)
        elif block:
            yield number - len(block), block
            block = []


def _cue(line: int, times: re.Match[str], rows: Sequence[str]) -> Said:
    hours, minutes, seconds, millis, *end = (int(part or 0) for part in times.groups())
    start = hours * 3600 + minutes * 60 + seconds + millis / 1000
    return Said(line, start, end[0] * 3600 + end[1] * 60 + end[2] + end[3] / 1000, tuple(rows))


def _timed(rule: str, source: str, cues: Sequence[Said]) -> Iterator[Finding]:
    for cue in cues:
        if cue.end <= cue.start:
            cure = "let it end after its start"
            yield _found(f"{rule}-span", source, "has a cue that ends before it starts", cure, cue.line)
        if not any(row.strip() for row in cue.rows):
            yield _found(f"{rule}-text", source, "has a cue without text", "write what is said", cue.line)
    for earlier, later in pairwise(cues):
        if later.start < earlier.start:
            cure = "sort the cues by their start"
            yield _found(
                f"{rule}-order", source, "has a cue that starts before the one above", cure, later.line
            )
        elif later.start < earlier.end:
            cure = "end the one above earlier"
            message = "has a cue that starts while the one above is shown"
            yield _found(f"{rule}-overlap", source, message, cure, later.line, "warning")


def _found(rule: str, source: str, message: str, cure: str, line: int, severity: str = "error") -> Finding:
    return Finding(rule, severity, "the file", message, cure, source, line)

"""Rules of transcripts: WebVTT, SubRip and the JSON of Podcasting 2.0.

Parsers of these files forgive nearly everything and then show nothing: a comma in a time stamp, an end before its
start, a line too long for a screen (podcast-namespace, docs/examples/transcripts; W3C WebVTT).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from feed.checker.rules.finding import P20, Finding, quote_value
from feed.checker.rules.json_entries import read_entries

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
class ParsedCue:
    """Cue of a file: its line number, start and end in seconds, and its rows of text."""

    line: int
    start: float
    end: float
    rows: tuple[str, ...]


def check_vtt(text: str) -> Iterator[Finding]:
    """Check WebVTT."""
    rows = text.removeprefix("\ufeff").splitlines()
    if not rows or not re.fullmatch(r"WEBVTT(?:[ \t].*)?", rows[0]):
        yield _line_finding("vtt-header", VTT, "does not begin with WEBVTT", "write it as the first line", 1)
    cues: list[ParsedCue] = []
    for line, block in _split_blocks(rows[1:], 2):
        if block[0].split(maxsplit=1)[0] in _ASIDE:
            continue
        named = 0 if "-->" in block[0] else 1
        times = VTT_TIMES.fullmatch(block[named].strip()) if len(block) > named else None
        if times is None:
            cure = "write 00:00:08.250 --> 00:00:49.000, with points"
            yield _line_finding(
                "vtt-time",
                VTT,
                f"has the time stamps {quote_value(block[min(named, len(block) - 1)])}",
                cure,
                line,
            )
            continue
        cues.append(_parse_cue(line + named, times, block[named + 1 :]))
    yield from _check_times("vtt", VTT, cues)
    for cue in cues:
        yield from _check_vtt_text(cue)
    if cues and not any("<v " in row for cue in cues for row in cue.rows):
        cure = "begin each cue with its speaker, such as <v 晓伊>"
        yield _line_finding("vtt-speaker", VTT, "names no speaker", cure, cues[0].line, "warning")


def _check_vtt_text(cue: ParsedCue) -> Iterator[Finding]:
    for line, row in enumerate(cue.rows, cue.line + 1):
        bare = TAG.sub("", row)
        if "<" in bare or "-->" in bare:
            cure = "write &lt; for < and &gt; for > in a text"
            yield _line_finding("vtt-markup", VTT, f"has what is no tag in {quote_value(row)}", cure, line)
        if len(bare) > VTT_LINE:
            cure = f"wrap it at {VTT_LINE}"
            yield _line_finding(
                "vtt-line", VTT, f"has a line of {len(bare)} characters", cure, line, "warning"
            )


def check_srt(text: str) -> Iterator[Finding]:
    """Check SubRip."""
    cues: list[ParsedCue] = []
    for line, block in _split_blocks(text.removeprefix("\ufeff").splitlines(), 1):
        times = SRT_TIMES.fullmatch(block[1]) if len(block) > 1 else None
        if not re.fullmatch(r"\d+", block[0].strip(), re.ASCII) or times is None:
            cure = "write a number, then 00:00:08,250 --> 00:00:49,000 with commas, then the text"
            yield _line_finding(
                "srt-block", SRT, f"has a block that begins {quote_value(block[0])}", cure, line
            )
            continue
        cues.append(_parse_cue(line + 1, times, block[2:]))
    if not cues:
        yield _line_finding("srt-empty", SRT, "has no cue", "write what is said", 0)
    yield from _check_times("srt", SRT, cues)
    for cue in cues:
        if len(cue.rows) > SRT_LINES or any(len(row) > SRT_LINE for row in cue.rows):
            message = f"has a cue beyond {SRT_LINES} lines of {SRT_LINE} characters"
            yield _line_finding("srt-line", SRT, message, "make several of it", cue.line, "warning")


def check_json(text: str) -> Iterator[Finding]:
    """Check the transcript JSON of Podcasting 2.0."""
    whole, listed = read_entries(text, "segments", "segment", P20)
    yield from whole.faults
    if whole.faults:
        return
    if not whole.text("version"):
        yield whole.error("transcript-version", "has no version", 'write "version": "1.0.0"')
    if not listed:
        yield whole.error("transcript-empty", "has no segment", "write what is said")
    for segment in listed:
        start, end = segment.number_field("startTime"), segment.number_field("endTime")
        if start is None or end is None or start < 0 or end < start:
            cure = "give startTime and endTime in seconds, in this order"
            yield segment.error("transcript-time", "has no times that can be", cure)
        if not segment.text("body").strip():
            yield segment.error("transcript-body", "has no body", "write what is said")
        if not segment.text("speaker").strip():
            yield segment.warning("transcript-speaker", "has no speaker", "name who speaks")
    begun = [
        (segment, start) for segment in listed if (start := segment.number_field("startTime")) is not None
    ]
    for (_, earlier), (segment, later) in pairwise(begun):
        if later < earlier:
            yield segment.error(
                "transcript-order", "starts before the one above it", "sort them by startTime"
            )


def _split_blocks(rows: Sequence[str], first: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the blocks between empty lines, each with the number of its first line."""
    block: list[str] = []
    for number, row in enumerate([*rows, ""], first):
        if row.strip():
            block.append(row)
        elif block:
            yield number - len(block), block
            block = []


def _parse_cue(line: int, times: re.Match[str], rows: Sequence[str]) -> ParsedCue:
    hours, minutes, seconds, millis, *end = (int(part or 0) for part in times.groups())
    start = hours * 3600 + minutes * 60 + seconds + millis / 1000
    return ParsedCue(line, start, end[0] * 3600 + end[1] * 60 + end[2] + end[3] / 1000, tuple(rows))


def _check_times(rule: str, source: str, cues: Sequence[ParsedCue]) -> Iterator[Finding]:
    for cue in cues:
        if cue.end <= cue.start:
            cure = "let it end after its start"
            yield _line_finding(
                f"{rule}-span", source, "has a cue that ends before it starts", cure, cue.line
            )
        if not any(row.strip() for row in cue.rows):
            yield _line_finding(
                f"{rule}-text", source, "has a cue without text", "write what is said", cue.line
            )
    for earlier, later in pairwise(cues):
        if later.start < earlier.start:
            cure = "sort the cues by their start"
            yield _line_finding(
                f"{rule}-order", source, "has a cue that starts before the one above", cure, later.line
            )
        elif later.start < earlier.end:
            cure = "end the one above earlier"
            message = "has a cue that starts while the one above is shown"
            yield _line_finding(f"{rule}-overlap", source, message, cure, later.line, "warning")


def _line_finding(
    rule: str, source: str, message: str, cure: str, line: int, severity: str = "error"
) -> Finding:
    return Finding(rule, severity, "the file", message, cure, source, line)

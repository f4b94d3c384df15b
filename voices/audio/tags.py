"""Tags of a finished file: ID3v2.3 in an MP3, for the oldest players, atoms in an M4A. The home of mutagen."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from mutagen import MutagenError
from mutagen.id3 import (
    APIC,
    CHAP,
    COMM,
    CTOC,
    ID3,
    TALB,
    TCON,
    TDRC,
    TIT2,
    TLAN,
    TLEN,
    TPE1,
    TRCK,
    TXXX,
    USLT,
    WOAF,
    WXXX,
    CTOCFlags,
    Encoding,
    PictureType,
)
from mutagen.mp4 import MP4, AtomDataType, MP4Cover, MP4FreeForm

from voices.errors import AudioFailed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from voices.audio.timeline import Timeline
    from voices.model import Chapter, Cue, Millis, Tags

UNUSED = 0xFFFFFFFF
"""A chapter's byte offsets are not used: players go by its times (ID3v2 chapter frame addendum 1.0, 3.1)."""

MOST_CHAPTERS = 255
"""What the one byte of a table of contents can count (the same, 3.2)."""

LINK = re.compile(r"https?://[!-~]{1,2000}")
"""What a chapter may link to."""

CONTENTS = "目录"

HEADER = 10
"""Bytes of the header of a tag, and of a frame (ID3v2.3, 3.1 and 3.3)."""

AIGC_ATOM = "----:com.apple.iTunes:AIGC"


def write_tags(path: Path, tags: Tags, timeline: Timeline) -> None:
    """Put the tags, the chapters and the transcript into a file that has none; raises `AudioFailed`.

    The chapters of an M4A are put into it when it is encoded (`listing`).
    """
    if len(timeline.chapters) > MOST_CHAPTERS:
        raise AudioFailed(
            f"{len(timeline.chapters)} chapters are more than the {MOST_CHAPTERS} an MP3 can list; join some"
        )
    try:
        if path.suffix == ".m4a":
            _write_atoms(path, tags, timeline)
        else:
            _add_frames(tags, timeline).save(path, v2_version=3)
            _put_in_order(path)
    except (MutagenError, ValueError, OSError) as error:
        raise AudioFailed(
            f"{path} cannot be tagged: {error}; check the language, the cover and the disk"
        ) from error


def list_chapters(timeline: Timeline) -> str:
    """Return the chapters in ffmpeg's metadata format, which has its own escapes."""
    spans = zip(timeline.chapters, _chapter_ends(timeline.chapters, timeline.length), strict=True)
    entries = [
        f"[CHAPTER]\nTIMEBASE=1/1000\nSTART={chapter.start}\nEND={end}\ntitle={_escape_metadata(_clean_text(chapter.title))}\n"
        for chapter, end in spans
    ]
    return "".join([";FFMETADATA1\n", *entries])


def aigc_label(producer: str, produced: str) -> str:
    """Return the label of GB 45438-2025, annex E: synthesised, by `producer`, as its number `produced`.

    The standard allows only printable ASCII in the values; raises `ValueError` for others.
    """
    for value in (producer, produced):
        if not (value.isascii() and value.isprintable()):
            raise ValueError(
                f"{value!r} cannot stand in the AIGC label; write it with ASCII letters and digits"
            )
    values = {
        "Label": "1",
        "ContentProducer": producer,
        "ProduceID": produced,
        "ReservedCode1": "",
        "ContentPropagator": "",
        "PropagateID": "",
        "ReservedCode2": "",
    }
    return json.dumps({"AIGC": values}, separators=(",", ":"))


def _add_frames(tags: Tags, timeline: Timeline) -> ID3:
    frames = ID3()
    _add_texts(frames, tags)
    _add_chapters(frames, timeline.chapters, timeline.length)
    frames.add(TLEN(encoding=Encoding.LATIN1, text=str(timeline.length)))
    frames.add(
        USLT(encoding=Encoding.UTF16, lang=tags.language, desc="", text=_transcript_text(timeline.cues))
    )
    frames.update_to_v23()
    return frames


def _add_texts(frames: ID3, tags: Tags) -> None:
    for frame, text in ((TIT2, tags.title), (TPE1, tags.artist), (TALB, tags.album), (TDRC, tags.date)):
        frames.add(frame(encoding=Encoding.UTF16, text=_clean_text(text)))
    frames.add(TLAN(encoding=Encoding.LATIN1, text=tags.language))
    frames.add(TCON(encoding=Encoding.LATIN1, text="Podcast"))
    if tags.number:
        frames.add(TRCK(encoding=Encoding.LATIN1, text=str(tags.number)))
    if tags.comment:
        frames.add(COMM(encoding=Encoding.UTF16, lang=tags.language, desc="", text=_clean_text(tags.comment)))
    if LINK.fullmatch(tags.page):
        frames.add(WOAF(url=tags.page))
    if tags.aigc:
        frames.add(TXXX(encoding=Encoding.LATIN1, desc="AIGC", text=tags.aigc))
    kind = "image/png" if tags.cover.startswith(b"\x89PNG") else "image/jpeg"
    frames.add(
        APIC(encoding=Encoding.LATIN1, mime=kind, type=PictureType.COVER_FRONT, desc="", data=tags.cover)
    )


def _add_chapters(frames: ID3, chapters: Sequence[Chapter], length: Millis) -> None:
    """Add CHAP frames, and the CTOC without which most players show none."""
    ids = [f"chp{number}" for number in range(len(chapters))]
    for element_id, chapter, end in zip(ids, chapters, _chapter_ends(chapters, length), strict=True):
        frames.add(
            CHAP(
                element_id=element_id,
                start_time=chapter.start,
                end_time=end,
                start_offset=UNUSED,
                end_offset=UNUSED,
                sub_frames=[_title_frame(chapter.title), *_link_frames(chapter.url)],
            )
        )
    flags = CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
    frames.add(
        CTOC(element_id="toc", flags=flags, child_element_ids=ids, sub_frames=[_title_frame(CONTENTS)])
    )


def _put_in_order(path: Path) -> None:
    """Put the file's chapters in the order in which they are heard.

    mutagen writes the shorter frame first, and some players list what comes first first. A frame of version 2.3 is its
    name, four bytes of length and two of flags, and its data; what is no frame any more is padding.
    """
    with path.open("r+b") as file:
        length = ID3(path).size - HEADER
        file.seek(HEADER)
        tag, offset = file.read(length), 0
        frames: list[bytes] = []
        while offset + HEADER <= length and tag[offset]:
            end = offset + HEADER + int.from_bytes(tag[offset + 4 : offset + 8], "big")
            frames.append(tag[offset:end])
            offset = end
        chapterwise: list[bytes] = sorted(frames, key=_chapter_start)
        file.seek(HEADER)
        file.write(b"".join(chapterwise) + tag[offset:])


def _chapter_start(frame: bytes) -> int:
    """Return the start of a chapter in milliseconds; other frames come before all chapters."""
    if not frame.startswith(b"CHAP"):
        return -1
    after_id = frame.index(b"\0", HEADER) + 1
    return int.from_bytes(frame[after_id : after_id + 4], "big")


def _chapter_ends(chapters: Sequence[Chapter], length: Millis) -> list[Millis]:
    """Return the end of each chapter: where the next begins, and the end of the programme."""
    return [*(chapter.start for chapter in chapters), length][1:]


def _link_frames(url: str) -> list[WXXX]:
    """Return the link of a chapter; what is no plain web address is none."""
    safe = LINK.fullmatch(url) is not None
    return [WXXX(encoding=Encoding.LATIN1, desc="", url=url)] if safe else []


def _write_atoms(path: Path, tags: Tags, timeline: Timeline) -> None:
    file = MP4(path)
    kind = MP4Cover.FORMAT_PNG if tags.cover.startswith(b"\x89PNG") else MP4Cover.FORMAT_JPEG
    texts = {
        "\xa9nam": tags.title,
        "\xa9ART": tags.artist,
        "\xa9alb": tags.album,
        "\xa9day": tags.date,
        "\xa9gen": "Podcast",
    }
    for atom, text in texts.items():
        file[atom] = [_clean_text(text)]
    if tags.number:
        file["trkn"] = [(tags.number, 0)]
    if tags.comment:
        file["\xa9cmt"] = [_clean_text(tags.comment)]
    file["\xa9lyr"] = [_transcript_text(timeline.cues)]
    file["covr"] = [MP4Cover(tags.cover, kind)]
    if tags.aigc:
        file[AIGC_ATOM] = [MP4FreeForm(tags.aigc.encode("ascii"), AtomDataType.UTF8)]
    file.save()


def _escape_metadata(text: str) -> str:
    """Escape a text without backslashes, of which ffmpeg takes one at a line's end for its continuation."""
    return re.sub(r"([=;#])", r"\\\1", text.replace("\\", "＼"))


def _title_frame(text: str) -> TIT2:
    return TIT2(encoding=Encoding.UTF16, text=_clean_text(text))


def _transcript_text(cues: Sequence[Cue]) -> str:
    """Return who says what, a line a sentence: what players show as lyrics."""
    return "\n".join(f"{_clean_text(cue.speaker)}：{_clean_text(cue.text)}" for cue in cues)


def _clean_text(text: str) -> str:
    """Leave out control characters, of which ID3 takes NUL for an end, and halves of characters."""
    printable = "".join(char if char >= " " and char != "\x7f" else " " for char in text)
    return printable.encode(errors="replace").decode().strip()

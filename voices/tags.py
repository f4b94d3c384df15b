"""What the MP3 says of itself, as ID3v2.3 for the oldest players. The home of mutagen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mutagen.id3 import (
    APIC,
    CHAP,
    CTOC,
    ID3,
    TALB,
    TCON,
    TDRC,
    TIT2,
    TLAN,
    TPE1,
    CTOCFlags,
    Encoding,
    PictureType,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from voices.model import Chapter, Millis, Tags

UNUSED = 0xFFFFFFFF
"""A chapter's byte offsets are not used: players go by its times (ID3v2 chapter frame addendum 1.0, 3.1)."""


def write(path: Path, tags: Tags, chapters: Sequence[Chapter], length: Millis) -> None:
    """Put the tags into a file that has none."""
    frames = ID3()
    for frame, text in ((TIT2, tags.title), (TPE1, tags.artist), (TALB, tags.album), (TDRC, tags.date)):
        frames.add(frame(encoding=Encoding.UTF16, text=text))
    frames.add(TLAN(encoding=Encoding.LATIN1, text=tags.language))
    frames.add(TCON(encoding=Encoding.LATIN1, text="Podcast"))
    kind = "image/png" if tags.cover.startswith(b"\x89PNG") else "image/jpeg"
    frames.add(
        APIC(encoding=Encoding.LATIN1, mime=kind, type=PictureType.COVER_FRONT, desc="", data=tags.cover)
    )
    _add_chapters(frames, chapters, length)
    frames.save(path, v2_version=3)


def _add_chapters(frames: ID3, chapters: Sequence[Chapter], length: Millis) -> None:
    """CHAP frames, and the CTOC without which most players show none."""
    ids = [f"chp{number}" for number in range(len(chapters))]
    ends = [chapter.start for chapter in chapters[1:]] + [length]
    for element_id, chapter, end in zip(ids, chapters, ends, strict=True):
        title = TIT2(encoding=Encoding.UTF16, text=chapter.title)
        frames.add(
            CHAP(
                element_id=element_id,
                start_time=chapter.start,
                end_time=end,
                start_offset=UNUSED,
                end_offset=UNUSED,
                sub_frames=[title],
            )
        )
    flags = CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
    frames.add(CTOC(element_id="toc", flags=flags, child_element_ids=ids, sub_frames=[]))

"""Reader of MP3 headers: size of the ID3 tag, and bit rate."""

from __future__ import annotations

HEADER = 10
"""Bytes of an ID3 tag that tell its length."""

FRAME = 256
"""Bytes of the first frame that tell its rate, and whether it changes."""

_MPEG_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_MPEG_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
"""kbit/s of layer III by the index in a frame's header (ISO 11172-3, 13818-3)."""

_LAYER_3, _VERSION_1, _SYNC = 1, 3, 0x7FF
_CHANGING = (b"Xing", b"VBRI")
"""Marks of a variable bit rate in the first frame; ffmpeg writes Info for a constant one."""


def tag_size(head: bytes) -> int:
    """Return the bytes of the ID3 tag; its size has seven bits a byte (ID3v2.4 §3.1)."""
    if head[:3] != b"ID3" or len(head) < HEADER:
        return 0
    size = 0
    for byte in head[6:HEADER]:
        size = size << 7 | byte & 0x7F
    return size + HEADER


def bit_rate(frame: bytes) -> int | None:
    """Return kbit/s from the first frame; None for a variable rate and for other bytes."""
    header = int.from_bytes(frame[:4], "big")
    index = header >> 12 & 15
    if header >> 21 != _SYNC or header >> 17 & 3 != _LAYER_3 or not 0 < index < len(_MPEG_1):
        return None
    if any(mark in frame for mark in _CHANGING):
        return None
    return (_MPEG_1 if header >> 19 & 3 == _VERSION_1 else _MPEG_2)[index]

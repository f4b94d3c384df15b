"""Reader of image headers; nothing is decoded."""

from __future__ import annotations

import io
from typing import NamedTuple

from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile


class ImageHeader(NamedTuple):
    """Header of an image: format (JPEG or PNG), Pillow's colour mode, size in pixels."""

    format: str
    mode: str
    width: int
    height: int


def read_header(data: bytes) -> ImageHeader | None:
    """Return the header; None for formats that directories refuse."""
    for reader in (JpegImageFile, PngImageFile):
        try:
            with reader(io.BytesIO(data)) as image:
                return ImageHeader(str(image.format), image.mode, image.width, image.height)
        except (SyntaxError, OSError, ValueError):
            # Broken headers fail in as many ways as there are formats.
            continue
    return None
